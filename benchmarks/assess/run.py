"""Measure the estimate: the backtests beside their baselines, the time of each part, the escalation. Writes README.md and JSON.

    python benchmarks/assess/run.py [times] [join-relevant] [ladder] …

The tables are found through FOEDUS_RESEARCH_DATA (default ../shared/data).
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path

import numpy as np

from foedus.assess import backtest, features, ladder_backtest, report, spread
from foedus.assess.assess import assess
from foedus.assess.history import from_tables
from foedus.assess.units import units
from foedus.model.crisis import Crisis
from foedus.world.history.tables import Tables
from foedus.world.world import World

HERE = Path(__file__).parent
HISTORY = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "history"


def main() -> None:
    runs = {
        "join-relevant": lambda t: backtest.stacked(t, 1945, (1946, 1989)),
        "join-relevant-rolling": lambda t: backtest.stacked(t, 1945, (1946, 1989), rolling=10),
        "join-war": lambda t: backtest.stacked(t, 1945, (1946, 1989), "war"),
        "join-all": lambda t: backtest.stacked(t, 1945, (1946, 1989), "all", boosting=False),
        "ladder": lambda t: ladder_backtest.ladder_backtest(t, 1945, (1946, 1989)),
        "ladder-rolling": lambda t: ladder_backtest.ladder_backtest(t, 1945, (1946, 1989), rolling=10),
    }
    wanted = sys.argv[1:] or ["times", *runs]
    if "times" in wanted:
        write("times", speeds())
    for name in (name for name in runs if name in wanted):
        start = time.process_time()
        found = runs[name](Tables(HISTORY))
        found.seconds = time.process_time() - start
        plain = found.to_dict()
        plain["misses"] = plain["misses"][:12]
        write(name, plain)
    lines = [
        "# The estimate, measured",
        "",
        "Made by `run.py` on the research tables (event-bearing ones end in 1989).",
        "",
    ]
    times = json.loads((HERE / "times.json").read_text(encoding="utf-8"))
    lines += [
        "| what | seconds of CPU |",
        "|---|---|",
        *(f"| {what} | {value:.1f} |" for what, value in times.items()),
        "",
    ]
    for name in runs:
        lines += section(name, json.loads((HERE / f"{name}.json").read_text(encoding="utf-8")))
    (HERE / "README.md").write_text("\n".join(lines).rstrip() + "\n", encoding="utf-8")


def write(name: str, plain: dict) -> None:
    text = json.dumps(plain, indent=1, ensure_ascii=False, default=float)
    (HERE / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def speeds() -> dict[str, float]:
    times: dict[str, float] = {}

    def took(what: str, start: float) -> None:
        times[what] = time.process_time() - start

    start = time.process_time()
    sources = from_tables(Tables(HISTORY))
    took("reading the tables", start)
    start = time.process_time()
    rows = units(sources, sources.disputes)
    features.table(sources, rows)
    took(f"feature table of 1816–1989, all states ({len(rows):,} rows)", start)
    start = time.process_time()
    some = rows.take(rows.relevant)
    features.table(sources, some)
    took(f"the same, relevant states ({len(some):,} rows)", start)
    crisis, world = Crisis(["IRN"], ["ISR", "USA"], "2025-06-22"), World.shipped()
    assess(crisis, world)
    start = time.process_time()
    assess(crisis, world)
    took("one crisis, every third state, warm", start)
    source = np.random.default_rng(1)
    odds, effects = source.normal(-4, 1, (40, 2)), source.normal(0.1, 0.3, (2, 40, 40, 2))
    start = time.process_time()
    spread.simulate(odds, effects, 100_000)
    took("escalation, 100,000 runs of 40 states", start)
    return times


def section(name: str, found: dict) -> list[str]:
    names = list(next(iter(found["scores"].values())))
    lines = [
        f"## {name}",
        "",
        f"{found['design']} design, {found['population']}; fitted on {found['train']}, scored on {found['test']}: "
        f"{found['rows']:,} rows, {found['events']} events, {found['disputes']} disputes; {found['seconds']:.0f} s of CPU in all.",
        "",
        "| model | " + " | ".join(report.LABELS[n] for n in names) + " |",
        "|---|" + "---|" * len(names),
    ]
    for model, values in found["scores"].items():
        cells = (f"{report.figure(n, values[n][0])} ({report.span(n, *values[n][1:])})" for n in names)
        lines.append(f"| {model} | " + " | ".join(cells) + " |")
    if found["coverage"].get("groups"):
        held = found["coverage"]
        lines += ["", f"90 % intervals held the joins of {held['inside']} of {held['groups']} groups."]
    return [*lines, ""]


if __name__ == "__main__":
    main()
