"""`Sources` from the research tables of a folder (GML-MID, COW, ATOP, UCDP, V-Dem as their R packages ship them).

Nothing here knows a state by its number: rows may come in any order, and numbers may be permuted throughout the
folder. Where a
rule needs one particular state, it goes by COW's abbreviation.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.assess import sources as src
from foedus.assess.sources import Dispute, Ints, Participation, Singles, Sources, Spells, spells_of
from foedus.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables

EPOCH = dt.date(1970, 1, 1).toordinal()
FOREVER = dt.date(9999, 12, 31).toordinal()
YEARLY = {
    "cinc": ("cow_nmc", "cinc"),
    "milper": ("cow_nmc", "milper"),
    "milex": ("cow_nmc", "milex"),
    "polyarchy": ("cw_democracy", "v2x_polyarchy"),
    "euds": ("cw_democracy", "euds"),
    "gdppc": ("cw_gdppop", "mrgdppc"),
    "population": ("cw_gdppop", "pwtpop"),
    "imports": ("cow_trade_sy", "imports"),
    "exports": ("cow_trade_sy", "exports"),
}
NEEDED = ("cow_states", "cow_majors", "cow_contdir", "gml_part", "gml_mid_disps")


def from_tables(tables: Tables) -> Sources:
    """The sources of a history folder. Raises DataError, naming the table, where one that is needed is missing or
    hollow.
    """
    for name in NEEDED:
        columns(tables, name)
    states = columns(tables, "cow_states", "stateabb", "ccode", "styear", "endyear")
    order = states.sort_values(["stateabb", "ccode"])
    codes = [int(code) for code in order["ccode"].drop_duplicates()]
    index = {code: place for place, code in enumerate(codes)}
    last = int(max(float(states["endyear"].max()), float(columns(tables, "gml_part")["styear"].max())))
    first = 1815
    notes: list[str] = []
    yearly = {name: _yearly(tables, *where, index, first, last, notes) for name, where in YEARLY.items()}
    ties, ties_known, rival_known = _ties(tables, index, first, last, notes)
    past, disputes = _disputes(tables, index)
    capitals, latlon = _capitals(tables, index, notes)
    wars, civil = _wars(tables, index, abbreviations(states), notes)
    return Sources(
        keys=list(codes),
        first=first,
        last=last,
        present=_dated(states, index, open_end=True),
        majors=_dated(columns(tables, "cow_majors"), index, open_end=True),
        contiguity=_contiguity(columns(tables, "cow_contdir"), index),
        wars=wars,
        civil_wars=civil,
        yearly=yearly,
        ties=ties,
        ties_known=ties_known,
        rival_known=rival_known,
        igos=_igos(tables, index, first, last, notes),
        capitals=capitals,
        capital_latlon=latlon,
        past=past,
        disputes=disputes,
        regions=_regions(states, index),
        notes=notes,
        reach=f"disputes to {max(dt.date.fromordinal(d.day).year for d in disputes)}",
    )


def coded_from_tables(tables: Tables) -> Sources:
    """The sources of a folder with states by entity code instead of COW number; built once a folder."""
    kept: dict[Path, Sources] = _CODED
    if tables.folder not in kept:
        from foedus.actors import tables as actors

        found = from_tables(tables)
        codes = {
            membership.number: state.code
            for state in actors.states().values()
            for membership in state.memberships
            if membership.system == "cow"
        }
        kept[tables.folder] = replace(found, keys=[codes.get(int(str(key)), key) for key in found.keys])
    return kept[tables.folder]


_CODED: dict[Path, Sources] = {}


def columns(tables: Tables, name: str, *wanted: str) -> pd.DataFrame:
    """A table that has the columns wanted; DataError names the table and the column otherwise."""
    frame = tables[name]
    lacking = [column for column in wanted if column not in frame.columns]
    if lacking:
        raise DataError(
            f"{tables.folder}: table {name!r} has no column {', '.join(lacking)}; "
            f"fetch it anew with `foedus data pull {name}`"
        )
    if not len(frame):
        raise DataError(f"{tables.folder}: table {name!r} holds no rows; fetch it anew with `foedus data pull {name}`")
    return frame


def abbreviations(states: pd.DataFrame) -> dict[str, int]:
    """COW numbers by abbreviation, from the table of states."""
    return {str(a): int(c) for a, c in zip(states["stateabb"], states["ccode"], strict=True)}


def _positions(values: Any, index: dict[int, int]) -> Ints:
    numbers = np.asarray(values, dtype=np.float64)
    top = max(index) + 1
    table = np.full(top + 1, -1, dtype=np.int64)
    for code, place in index.items():
        table[code] = place
    safe = np.where(np.isfinite(numbers) & (numbers >= 0) & (numbers < top), numbers, top).astype(np.int64)
    return table[safe]


def day_of(year: Any, month: Any, day: Any, *, at_end: bool) -> int:
    """The day of a date in parts; an unknown day or month is the first, or the last `at_end`."""
    y = int(year)
    m = int(month) if month == month and month > 0 else (12 if at_end else 1)
    if day == day and day > 0:
        try:
            return dt.date(y, m, int(day)).toordinal()
        except ValueError:  # 31 June and the like stand in the tables; the month's last day is meant
            pass
        at_end = True
    if not at_end:
        return dt.date(y, m, 1).toordinal()
    return (dt.date(y + m // 12, m % 12 + 1, 1) - dt.timedelta(1)).toordinal()


def _r_days(values: pd.Series[Any]) -> Ints:
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values):
        days: Ints = (values.to_numpy(dtype=np.float64) + EPOCH).astype(np.int64)
        return days
    return np.asarray([moment.date().toordinal() for moment in pd.to_datetime(values)], dtype=np.int64)


def _dated(frame: pd.DataFrame, index: dict[int, int], *, open_end: bool) -> Spells:
    rows = []
    places = _positions(frame["ccode"], index)
    parts = frame[["styear", "stmonth", "stday", "endyear", "endmonth", "endday"]].to_numpy(dtype=np.float64)
    ends = [day_of(*part[3:], at_end=True) for part in parts]
    final = max(ends)
    for place, part, end in zip(places, parts, ends, strict=True):
        if place >= 0:
            # A spell that reaches the table's last day is still running.
            rows.append(
                (int(place), -1, day_of(*part[:3], at_end=False), FOREVER if open_end and end == final else end, 1.0)
            )
    return spells_of(rows)


def _contiguity(frame: pd.DataFrame, index: dict[int, int]) -> Spells:
    a, b = _positions(frame["ccode1"], index), _positions(frame["ccode2"], index)
    start, end = _r_days(frame["stdate"]), _r_days(frame["enddate"])
    end = np.where(end == end.max(), FOREVER, end)
    kind = frame["conttype"].to_numpy(dtype=np.float64)
    keep = (a >= 0) & (b >= 0) & (kind >= 1)
    return Spells(a[keep], b[keep], start[keep], end[keep], kind[keep])


def _yearly(
    tables: Tables, name: str, column: str, index: dict[int, int], first: int, last: int, notes: list[str]
) -> Singles:
    grid = np.full((len(index), last - first + 1), np.nan, dtype=np.float32)
    if name not in tables:
        notes.append(f"no table {name}: {column} is missing for the model")
        return grid
    frame = columns(tables, name, "ccode", "year", column)
    place = _positions(frame["ccode"], index)
    year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
    with np.errstate(invalid="ignore"):  # R writes its NA as a signalling NaN
        value = frame[column].to_numpy(dtype=np.float32)
    keep = (place >= 0) & (year >= 0) & (year <= last - first)
    if column != "euds":
        keep &= value >= 0  # -9 and -8 stand for missing
    grid[place[keep], year[keep]] = value[keep]
    return grid


def _ties(
    tables: Tables, index: dict[int, int], first: int, last: int, notes: list[str]
) -> tuple[Any, src.Bools, src.Bools]:
    size, years = len(index), last - first + 1
    grid = np.zeros((years, size, size), dtype=np.uint8)
    known = np.zeros(years, dtype=np.bool_)
    rivals = np.zeros(years, dtype=np.bool_)
    if "atop_alliance" in tables:
        frame = columns(tables, "atop_alliance", "ccode1", "ccode2", "year", "atop_defense")
        a, b = _positions(frame["ccode1"], index), _positions(frame["ccode2"], index)
        year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
        bits = np.full(len(frame), src.ANY_PACT, dtype=np.uint8)
        for column, bit in (
            ("atop_defense", src.DEFENSE),
            ("atop_offense", src.OFFENSE),
            ("atop_neutral", src.NEUTRAL),
            ("atop_nonagg", src.NONAGGRESSION),
            ("atop_consul", src.CONSULT),
        ):
            bits |= np.where(frame[column].to_numpy(dtype=np.float64) == 1, bit, 0).astype(np.uint8)
        bits[bits == src.ANY_PACT] = 0
        keep = (a >= 0) & (b >= 0) & (year >= 0) & (year < years)
        np.bitwise_or.at(grid, (year[keep], a[keep], b[keep]), bits[keep])
        known[year[keep].min() : year[keep].max() + 1] = True
    else:
        notes.append("no table atop_alliance: pacts are missing for the model")
    for name, columns_, bit in (
        ("tss_rivalries", ("start", "end"), src.RIVAL),
        ("td_rivalries", ("styear", "endyear"), src.RIVAL_LIGHT),
    ):
        if name not in tables:
            notes.append(f"no table {name}: rivalries are missing for the model")
            continue
        frame = columns(tables, name, "ccode1", "ccode2", *columns_)
        a, b = _positions(frame["ccode1"], index), _positions(frame["ccode2"], index)
        start = frame[columns_[0]].to_numpy(dtype=np.float64)
        end = frame[columns_[1]].to_numpy(dtype=np.float64)
        top = np.nanmax(end)
        # What runs to the table's last year, or has no end, is still running.
        end = np.where(~np.isfinite(end) | (end >= top), last, end)
        for i, j, s, e in zip(a, b, start, end, strict=True):
            if i >= 0 and j >= 0 and e >= first:
                low, high = max(int(s) - first, 0), min(int(e) - first, years - 1)
                grid[low : high + 1, i, j] |= bit
                grid[low : high + 1, j, i] |= bit
        rivals[:] = True
    return grid, known, rivals


def _igos(tables: Tables, index: dict[int, int], first: int, last: int, notes: list[str]) -> Any:
    if "cow_igo_ndy" not in tables:
        notes.append("no table cow_igo_ndy: shared organisations are missing for the model")
        return None
    frame = columns(tables, "cow_igo_ndy", "ccode1", "ccode2", "year", "dyadigos")
    grid = np.full((last - first + 1, len(index), len(index)), -1, dtype=np.int16)
    a, b = _positions(frame["ccode1"], index), _positions(frame["ccode2"], index)
    year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
    value = np.nan_to_num(frame["dyadigos"].to_numpy(dtype=np.float64), nan=-1).astype(np.int16)
    keep = (a >= 0) & (b >= 0) & (year >= 0) & (year <= last - first)
    grid[year[keep], a[keep], b[keep]] = value[keep]
    grid[year[keep], b[keep], a[keep]] = value[keep]
    return grid


def _capitals(tables: Tables, index: dict[int, int], notes: list[str]) -> tuple[Spells, src.Floats]:
    if "cow_capitals" not in tables:
        notes.append("no table cow_capitals: distances are missing for the model")
        return Spells.empty(), np.zeros((0, 2))
    frame = columns(tables, "cow_capitals", "ccode", "stdate", "enddate", "lat", "lng")
    place = _positions(frame["ccode"], index)
    end = _r_days(frame["enddate"])
    end = np.where(end == end.max(), FOREVER, end)
    start = _r_days(frame["stdate"])
    keep = place >= 0
    latlon = frame[["lat", "lng"]].to_numpy(dtype=np.float64)[keep]
    return Spells(place[keep], place[keep], start[keep], end[keep], np.ones(keep.sum())), latlon


def _wars(
    tables: Tables, index: dict[int, int], abbreviations: dict[str, int], notes: list[str]
) -> tuple[Spells, Spells]:
    """Own wars by calendar year: against states (COW wars, UCDP) and at home (UCDP). A year counts to its last day."""
    outer: set[tuple[int, int]] = set()
    inner: set[tuple[int, int]] = set()
    if "cow_war_inter" in tables:
        frame = columns(tables, "cow_war_inter", "ccode1", "year")
        outer.update(zip(_positions(frame["ccode1"], index).tolist(), frame["year"].astype(int), strict=True))
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
        for row in _records(frame):
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


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples(index=False)


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


def _disputes(tables: Tables, index: dict[int, int]) -> tuple[Participation, list[Dispute]]:
    import pandas as pd

    wanted = ("dispnum", "ccode", "styear", "stmon", "stday", "endyear", "endmon", "endday", "sidea", "orig")
    part = columns(tables, "gml_part", *wanted)
    place = _positions(part["ccode"], index)
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
    disputes = []
    first = frame[frame["original"]]
    for key, group in first.groupby("dispute"):
        number = int(str(key))
        sides = tuple(tuple(int(s) for s in group.loc[group["side"] == side, "state"]) for side in (0, 1))
        if all(sides):
            disputes.append(Dispute(number, int(group["start"].min()), (sides[0], sides[1]), levels.get(number, 0)))
    if not disputes:
        raise DataError(
            f"{tables.folder}: table 'gml_part' holds no dispute with originators on both sides; pull it anew"
        )
    disputes.sort(key=lambda d: (d.day, d.id))
    arrays = {name: frame[name].to_numpy() for name in ("dispute", "state", "side", "original", "start", "end")}
    return Participation(**arrays), disputes


@cache
def _region_table() -> dict[str, int]:
    with files("foedus.assess").joinpath("data", "cow_regions.csv").open(encoding="utf-8") as file:
        return {row["stateabb"]: int(row["region"]) for row in csv.DictReader(file)}


def region_of(abbreviation: str) -> int:
    """COW's region of a state by its abbreviation; 0 where it has none."""
    return _region_table().get(abbreviation, 0)


def _regions(states: pd.DataFrame, index: dict[int, int]) -> Ints:
    """COW's five regions by abbreviation (1 Europe, 2 Americas, 3 Africa, 4 Middle East, 5 Asia and Oceania); 0
    unknown.
    """
    table = _region_table()
    regions = np.zeros(len(index), dtype=np.int64)
    for abb, code in zip(states["stateabb"], states["ccode"].astype(int), strict=True):
        regions[index[code]] = table.get(str(abb), 0)
    return regions
