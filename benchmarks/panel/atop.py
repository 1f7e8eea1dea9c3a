"""Holds the shipped commitments against ATOP: years, parties and kinds of clause.

Usage: python benchmarks/panel/atop.py DATA [--list]
DATA holds atop_alliance. For every commitment with years in 1815–2018 and parties that COW counts: in which share of its
directed dyad-years ATOP has the same kind of clause. The other way: which share of ATOP's defence dyad-years a shipped
commitment covers. A difference is a place to look, no error by itself: ATOP leaves out guarantees, peace treaties,
declarations and basing, and it counts by its own rules when a treaty ends.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from foedus.model.dates import earliest, latest
from foedus.model.treaty import Treaty
from foedus.panel.joins.crosswalk import of_entity
from foedus.world import treaties as law
from foedus.world.history.tables import Tables

FIRST, LAST, SAME = 1815, 2018, 0.8
KINDS = ("defense", "offense", "neutrality", "nonaggression")
COLUMNS = {"defense": "defense", "offense": "offense", "neutrality": "neutral", "nonaggression": "nonagg"}
Key = tuple[int, int, int]


def owed(treaty: Treaty, kind: str) -> Iterator[Key]:
    """Directed dyad-years (COW numbers) in which the first state owes the second a clause of that kind."""
    for one in treaty.parties:
        for other in treaty.parties:
            due = any(
                clause.kind == kind
                and (not clause.by or one.code in clause.by)
                and (not clause.to or other.code in clause.to)
                for clause in treaty.clauses
            )
            if one.code == other.code or not due:
                continue
            first = max(earliest(date).year for date in (treaty.start, one.start, other.start) if date)
            ends = [latest(date).year for date in (treaty.end, one.end, other.end) if date]
            for year in range(max(first, FIRST), min([*ends, LAST]) + 1):
                day = dt.date(year, 7, 1)
                codes = of_entity("cow", one.code, day), of_entity("cow", other.code, day)
                if codes[0] is not None and codes[1] is not None:
                    yield codes[0], codes[1], year


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("--list", action="store_true", help="name the commitments that differ")
    given = parser.parse_args()
    frame = Tables(given.data)["atop_alliance"]
    keys = list(zip(*(frame[name].astype(int) for name in ("ccode1", "ccode2", "year")), strict=True))
    coded: dict[str, set[Key]] = {
        kind: {key for key, flag in zip(keys, frame[f"atop_{COLUMNS[kind]}"], strict=True) if flag == 1}
        for kind in KINDS
    }
    held, same, ours = 0, 0, set[Key]()
    for treaty in law.shipped():
        for kind in KINDS:
            years = list(owed(treaty, kind))
            if kind in ("defense", "offense"):
                ours.update(years)
            if not years:
                continue
            share = sum(key in coded[kind] for key in years) / len(years)
            held += 1
            same += share >= SAME
            if given.list and share < SAME:
                print(f"{treaty.id:<28} {kind:<14} {share:6.0%} of {len(years):,} dyad-years")
    covered = sum(key in ours for key in coded["defense"]) / len(coded["defense"])
    print(f"{same} of {held} clauses stand in ATOP in at least {SAME:.0%} of their dyad-years")
    print(f"{covered:.1%} of ATOP's {len(coded['defense']):,} directed dyad-years of defence are covered")


if __name__ == "__main__":
    main()
