"""The record of conflict from research tables: who took part in which dispute, and who was at war in which year."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.assess.sources import Dispute, Participation, Spells, spells_of
from foedus.assess.tabular import columns, day_of, positions, records
from foedus.errors import DataError

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables


def wars(
    tables: Tables, index: dict[int, int], abbreviations: dict[str, int], notes: list[str]
) -> tuple[Spells, Spells]:
    """Own wars by calendar year: against states (COW wars, UCDP) and at home (UCDP). A year counts to its last day."""
    outer: set[tuple[int, int]] = set()
    inner: set[tuple[int, int]] = set()
    if "cow_war_inter" in tables:
        frame = columns(tables, "cow_war_inter", "ccode1", "year")
        outer.update(zip(positions(frame["ccode1"], index).tolist(), frame["year"].astype(int), strict=True))
    else:
        notes.append("no table cow_war_inter: wars between states come from UCDP alone")
    if "ucdp_acd" in tables:
        frame = columns(tables, "ucdp_acd", "gwno_a", "gwno_a_2nd", "gwno_b", "gwno_b_2nd", "year", "type_of_conflict")
        # Gleditsch-Ward keeps West Germany's and North Yemen's numbers after 1990 where COW begins new ones.
        heirs = {
            abbreviations.get(old): abbreviations.get(new)
            for old, new in (("GFR", "GMY"), ("YAR", "YEM"))
            if old in abbreviations and new in abbreviations
        }
        for row in records(frame):
            kind = str(row.type_of_conflict)
            states: set[int] = set()
            for cell in (row.gwno_a, row.gwno_a_2nd, row.gwno_b, row.gwno_b_2nd):
                states |= _numbers(cell)
            year = int(row.year)
            if year > 1990:
                states = {heirs.get(code) or code for code in states}
            target = outer if "interstate" in kind or kind == "2" else inner
            target.update((index.get(code, -1), year) for code in states)
    else:
        notes.append("no table ucdp_acd: wars at home are missing for the model")
    return _years(outer), _years(inner)


def _numbers(cell: Any) -> set[int]:
    if cell is None or cell != cell or str(cell) in {"", "<NA>", "nan"}:
        return set()
    return {int(float(part)) for part in str(cell).split(",") if part.strip()}


def _years(pairs: set[tuple[int, int]]) -> Spells:
    return spells_of(
        [
            (place, -1, dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal(), 1.0)
            for place, year in sorted(pairs)
            if place >= 0
        ]
    )


def disputes(tables: Tables, index: dict[int, int]) -> tuple[Participation, list[Dispute]]:
    """All participations, and the disputes with originators on both sides in order of days. Raises DataError for none."""
    import pandas as pd

    wanted = ("dispnum", "ccode", "styear", "stmon", "stday", "endyear", "endmon", "endday", "sidea", "orig")
    part = columns(tables, "gml_part", *wanted)
    place = positions(part["ccode"], index)
    values = part[list(wanted)].to_numpy(dtype=np.float64)
    values, place = values[place >= 0], place[place >= 0]
    frame = pd.DataFrame(
        {
            "dispute": values[:, 0].astype(np.int64),
            "state": place,
            "side": np.where(values[:, 8] == 1, 0, 1),
            "original": values[:, 9] == 1,
            # An unknown day is the first (start) or last (end) of its month.
            "start": [day_of(*row, at_end=False) for row in values[:, 2:5]],
            "end": [day_of(*row, at_end=True) for row in values[:, 5:8]],
        }
    )
    # Several spells: the first entry decides; an originator stays one.
    frame = frame.sort_values(
        ["dispute", "state", "original", "start", "side"], ascending=[True, True, False, True, True]
    )
    ends = frame.groupby(["dispute", "state"])["end"].max()
    frame = frame.drop_duplicates(["dispute", "state"]).reset_index(drop=True)
    frame["end"] = ends.to_numpy()
    hostility = columns(tables, "gml_mid_disps", "dispnum", "hostlev")
    levels = dict(zip(hostility["dispnum"].astype(int), hostility["hostlev"].fillna(0).astype(int), strict=True))
    found = []
    first = frame[frame["original"]]
    for key, group in first.groupby("dispute"):
        number = int(str(key))
        sides = tuple(tuple(int(s) for s in group.loc[group["side"] == side, "state"]) for side in (0, 1))
        if all(sides):
            found.append(Dispute(number, int(group["start"].min()), (sides[0], sides[1]), levels.get(number, 0)))
    if not found:
        raise DataError(
            f"{tables.folder}: table 'gml_part' holds no dispute with originators on both sides; pull it anew"
        )
    found.sort(key=lambda d: (d.day, d.id))
    arrays = {name: frame[name].to_numpy() for name in ("dispute", "state", "side", "original", "start", "end")}
    return Participation(**arrays), found
