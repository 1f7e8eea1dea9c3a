"""`Sources` from the research tables of a folder (GML-MID, COW, ATOP, UCDP, V-Dem as their R packages ship them).

Nothing here knows a state by its number: rows may come in any order, and numbers may be permuted throughout the folder. Where a
rule needs one particular state, it goes by COW's abbreviation.
"""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from foedus.assess import record
from foedus.assess import ties as between
from foedus.assess.sources import Floats, Ints, Singles, Sources, Spells, spells_of
from foedus.assess.tabular import FOREVER, abbreviations, columns, day_of, days_of, positions

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables

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
    ties, ties_known, rival_known = between.ties(tables, index, first, last, notes)
    past, disputes = record.disputes(tables, index)
    capitals, latlon = _capitals(tables, index, notes)
    wars, civil = record.wars(tables, index, abbreviations(states), notes)
    return Sources(
        keys=list(codes),
        first=first,
        last=last,
        present=_dated(states, index, open_end=True),
        majors=_dated(columns(tables, "cow_majors"), index, open_end=True),
        contiguity=between.contiguity(columns(tables, "cow_contdir"), index),
        wars=wars,
        civil_wars=civil,
        yearly=yearly,
        ties=ties,
        ties_known=ties_known,
        rival_known=rival_known,
        igos=between.igos(tables, index, first, last, notes),
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
    return both_from_tables(tables)[1]


def both_from_tables(tables: Tables) -> tuple[Sources, Sources]:
    """The sources of a folder with states by COW number, and the same by entity code; built once a folder."""
    kept: dict[Path, tuple[Sources, Sources]] = _CODED
    if tables.folder not in kept:
        from foedus.actors import tables as actors

        found = from_tables(tables)
        codes = {
            membership.number: state.code
            for state in actors.states().values()
            for membership in state.memberships
            if membership.system == "cow"
        }
        kept[tables.folder] = (found, replace(found, keys=[codes.get(int(str(key)), key) for key in found.keys]))
    return kept[tables.folder]


_CODED: dict[Path, tuple[Sources, Sources]] = {}


def _dated(frame: pd.DataFrame, index: dict[int, int], *, open_end: bool) -> Spells:
    rows = []
    places = positions(frame["ccode"], index)
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


def _yearly(
    tables: Tables, name: str, column: str, index: dict[int, int], first: int, last: int, notes: list[str]
) -> Singles:
    grid = np.full((len(index), last - first + 1), np.nan, dtype=np.float32)
    if name not in tables:
        notes.append(f"no table {name}: {column} is missing for the model")
        return grid
    frame = columns(tables, name, "ccode", "year", column)
    place = positions(frame["ccode"], index)
    year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
    with np.errstate(invalid="ignore"):  # R writes its NA as a signalling NaN
        value = frame[column].to_numpy(dtype=np.float32)
    keep = (place >= 0) & (year >= 0) & (year <= last - first)
    if column != "euds":
        keep &= value >= 0  # -9 and -8 stand for missing
    grid[place[keep], year[keep]] = value[keep]
    return grid


def _capitals(tables: Tables, index: dict[int, int], notes: list[str]) -> tuple[Spells, Floats]:
    if "cow_capitals" not in tables:
        notes.append("no table cow_capitals: distances are missing for the model")
        return Spells.empty(), np.zeros((0, 2))
    frame = columns(tables, "cow_capitals", "ccode", "stdate", "enddate", "lat", "lng")
    place = positions(frame["ccode"], index)
    end = days_of(frame["enddate"])
    end = np.where(end == end.max(), FOREVER, end)
    start = days_of(frame["stdate"])
    keep = place >= 0
    latlon = frame[["lat", "lng"]].to_numpy(dtype=np.float64)[keep]
    return Spells(place[keep], place[keep], start[keep], end[keep], np.ones(keep.sum())), latlon


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
