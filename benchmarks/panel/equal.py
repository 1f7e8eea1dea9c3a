"""Compares every column of a panel with what R's peacesciencer gives on the same files.

Usage: python benchmarks/panel/equal.py PEACESCIENCER ISARD STEVEMISC [--figures FILE]
The three are checkouts (R/ and data/ are used); FILE keeps R's figures, which take minutes, for the next run.
Needs Rscript with dplyr, tidyr, rlang, geosphere and magrittr. Exit status 1 where a figure differs and is not expected to.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

import foedus.panel as fp
from foedus.world.history.tables import Tables

Join = Callable[[fp.Panel], fp.Panel]
BOTH: list[Join] = [
    fp.Panel.with_capabilities,
    fp.Panel.with_majors,
    fp.Panel.with_contiguity,
    fp.Panel.with_distance,
    fp.Panel.with_rivalries,
    fp.Panel.with_igos,
    fp.Panel.with_democracy,
    fp.Panel.with_gdp,
    fp.Panel.with_leaders,
    fp.Panel.with_gw_codes,
]
GW: list[Join] = [fp.Panel.with_distance, fp.Panel.with_democracy, fp.Panel.with_gdp, fp.Panel.with_leaders]
# Figures that differ by decision: what they are, and why.
SERBIA = "in 2006 COW's 345 is Yugoslavia, then Serbia: both leaders count; peacesciencer counts the first one's year"
EXPECTED = {
    **{f"cow-{way}:{name}": SERBIA for way in ("directed", "undirected", "states") for name in ("leader", "n_leaders")},
}


def joined(panel: fp.Panel, joins: list[Join]) -> fp.Panel:
    for join in joins:
        panel = join(panel)
    return panel


def panels(tables: Tables) -> dict[str, fp.Panel]:
    """Our panels under the labels of R's figures."""
    found: dict[str, fp.Panel] = {}
    for way, directed in (("cow-directed", True), ("cow-undirected", False)):
        base = fp.dyad_years(1816, 2010, directed, world=tables)
        found[way] = joined(base, [fp.Panel.with_alliances, *BOTH, fp.Panel.with_disputes])
        found[f"{way}-cow"] = base.with_disputes("cow")
        wars = fp.dyad_years(1816, 2007, directed, world=tables).with_wars()
        found[f"{way}-2007"] = wars
        for kind in ("spells", "peace_years"):
            spells = base.with_disputes().with_disputes("cow")
            found[f"{way}-{kind}"] = spells
            found[f"{way}-{kind}-2007"] = wars
    base = fp.state_years(1816, 2010, world=tables)
    found["cow-states"] = joined(
        base, [*BOTH, fp.Panel.with_trade, lambda panel: panel.with_disputes(known_leaders=True)]
    )
    base = fp.state_years(1816, 2020, system="gw", world=tables)
    found["gw-states"] = joined(base, [*GW, fp.Panel.with_conflicts, fp.Panel.with_cow_codes])
    for way, directed in (("gw-directed", True), ("gw-undirected", False)):
        base = fp.dyad_years(1816, 2020, directed, system="gw", world=tables)
        by_cow = [fp.Panel.with_cow_codes, fp.Panel.with_capabilities, fp.Panel.with_igos]
        found[way] = joined(base, [*GW, *by_cow])
    return found


def figures(panel: fp.Panel, label: str, column: str) -> list[float]:
    """Rows, sum, missing, and a sum in which every row weighs differently."""
    keys = [f"{'gwcode' if label.startswith('gw') else 'ccode'}{end}" for end in ("1", "2", "")]
    held = [panel[key].astype(np.int64) for key in keys if key in panel.columns]
    weight = (held[0] * 7 + (held[1] * 13 if len(held) > 1 else 0) + panel["year"].astype(np.int64) * 29) % 1009
    values = panel[column]
    if values.dtype == object:
        values = np.array([np.nan if text is None or text != text else sum(map(ord, str(text))) for text in values])
    values = values.astype(np.float64)
    return [len(values), float(np.nansum(values)), int(np.isnan(values).sum()), float(np.nansum(values * weight))]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("peacesciencer", "isard", "stevemisc"):
        parser.add_argument(name, type=Path)
    parser.add_argument("--figures", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        for source in (given.peacesciencer, given.isard):
            for path in (source / "data").glob("*.rda"):
                (Path(folder) / path.name).symlink_to(path.resolve())
        if given.figures and given.figures.is_file():
            text = given.figures.read_text()
        else:
            script = Path(__file__).with_name("equal.R")
            call = ["Rscript", script, given.peacesciencer, folder, given.stevemisc]
            done = subprocess.run(call, capture_output=True, text=True, check=True)
            text = done.stdout
            print(done.stderr, end="", file=sys.stderr)
            if given.figures:
                given.figures.write_text(text)
        theirs: dict[str, Any] = json.loads(text)
        ours = panels(Tables(folder))
    return report(ours, theirs)


def report(ours: dict[str, fp.Panel], theirs: dict[str, Any]) -> int:
    counts = {"equal": 0, "expected": 0, "unequal": 0, "not ours": 0}
    for name, wanted in theirs.items():
        label, column = name.split(":")
        panel = ours[label]
        if column not in panel.columns:
            counts["not ours"] += 1
            print(f"not ours  {name}")
            continue
        found = figures(panel, label, column)
        same = [bool(np.isclose(one, other, rtol=1e-9, atol=1e-6)) for one, other in zip(found, wanted, strict=True)]
        if all(same):
            counts["equal"] += 1
            continue
        reason = next((why for start, why in EXPECTED.items() if start in name), "")
        counts["expected" if reason else "unequal"] += 1
        print(f"{'expected' if reason else 'UNEQUAL '}  {name}: {found} and {wanted} {reason}")
    print(", ".join(f"{number} {kind}" for kind, number in counts.items()), "columns, four figures each")
    return 1 if counts["unequal"] else 0


if __name__ == "__main__":
    sys.exit(main())
