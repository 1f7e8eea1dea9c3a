"""Contiguity and distance."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index, meetings
from foedus.panel.joins.common import blank_outside, column_date, cut_warning, rows_of, years_of_spells, zero_inside
from foedus.panel.sources import Source, source

# Equatorial radius of WGS84, as R's geosphere takes it for a sphere: the same figures come out.
RADIUS_KM: Final = 6378.137
PREFIX: Final = {"cow": "ccode", "gw": "gwcode"}


def contiguity(panel: Panel, slice: Literal["first", "last"] = "first") -> Panel:
    """Dyads: `conttype` 1 land, 2–5 water up to 12, 24, 150, 400 miles, 0 none. States: counts of `land` and `sea`.

    Where the type changes within a year, the `first` or the `last` of the year counts. 1816–2016; missing outside.
    """
    if slice not in ("first", "last"):
        raise InputError(f"slice must be `first` or `last`, not {slice!r}")
    index = rows_of(panel, "contiguity types")
    data = source(panel.tables, "cow_contdir", ["ccode1", "ccode2", "conttype", "stdate", "enddate"], year=None)
    code1, code2, year, kind = _contiguous_years(data, slice)
    span = f"0 where {data.first}–{data.last} has no record, missing outside"
    if panel.unit == "dyad-year":
        laid = index.scatter("cow_contdir", code1, code2, year, {"conttype": kind.astype(np.int8)}, symmetric=False)
        column = zero_inside(index, laid["conttype"], data.first, data.last)
        notes = {"conttype": f"1 land; water up to 2: 12, 3: 24, 4: 150, 5: 400 miles; 0 not contiguous; {span}"}
        return panel.joined({"conttype": column}, notes, ("cow_contdir",))
    grids = _counts(index, code1, year, kind)
    found = {name: zero_inside(index, grid[index.key1], data.first, data.last) for name, grid in grids.items()}
    notes = {"land": f"number of land neighbours; {span}", "sea": f"number of neighbours over water; {span}"}
    return panel.joined(found, notes, ("cow_contdir",))


def _contiguous_years(data: Source, slice: str) -> tuple[Array, Array, Array, Array]:
    """One row a pair and year. A spell covers the years of its monthly marks, counted from its first day."""
    year1, month1, day1 = column_date(data["stdate"])
    year2, month2, day2 = column_date(data["enddate"])
    marks = (year2 - year1) * 12 + (month2 - month1) - (day2 < day1)
    last_year = year1 + (month1 - 1 + marks) // 12
    order = np.argsort(year1 * 400 + month1 * 31 + day1, kind="stable")
    if slice == "last":
        order = order[::-1]
    row, year = years_of_spells(year1[order], last_year[order])
    row = order[row]
    code1, code2 = data["ccode1"].to_numpy()[row], data["ccode2"].to_numpy()[row]
    key = (code1 * 1000 + code2) * 10000 + year
    _, chosen = np.unique(key, return_index=True)
    return code1[chosen], code2[chosen], year[chosen], data["conttype"].to_numpy()[row][chosen]


def _counts(index: Index, code: Array, year: Array, kind: Array) -> dict[str, Array]:
    inside = (year >= index.from_year) & (year <= index.to_year)
    where = index.system.index(code[inside]) * index.n_years + (year[inside] - index.from_year)
    size = index.n_states * index.n_years
    land = np.bincount(where, weights=kind[inside] == 1, minlength=size)
    sea = np.bincount(where, weights=kind[inside] > 1, minlength=size)
    return {"land": land, "sea": sea}


def distance(panel: Panel, minimum: bool = True) -> Panel:
    """Dyads: `capdist` between capitals (great circle) and `mindist` between nearest points, kilometres.

    States: the smallest of each to any other member of the year. The capital is that of the year's first day on record.
    Panels of Gleditsch–Ward numbers take the tables that are counted by them.
    """
    index = rows_of(panel, "distances", gw=True)
    code = PREFIX[panel.system]
    capitals = source(panel.tables, f"{panel.system}_capitals", [code, "stdate", "enddate", "lat", "lng"], year=None)
    which, table = _capital_grid(index, capitals, code)
    found: dict[str, Array] = {}
    notes = {}
    if panel.unit == "dyad-year":
        column = table[which[index.key1], which[index.key2]]
        found["capdist"] = blank_outside(index, column, capitals.first, capitals.last)
        notes["capdist"] = "great-circle kilometres between capitals (first capital of the year)"
    else:
        found["mincapdist"] = _nearest(index, table, which)[index.key1]
        notes["mincapdist"] = "great-circle kilometres to the nearest capital of another member (first of the year)"
    used = [capitals.table]
    warning = ""
    if minimum:
        data = source(panel.tables, f"{panel.system}_mindist", [f"{code}1", f"{code}2", "year", "mindist"])
        pair = (data[f"{code}1"], data[f"{code}2"])
        if panel.unit == "dyad-year":
            found |= index.scatter(data.table, *pair, data["year"], {"mindist": data["mindist"]}, symmetric=True)
            notes["mindist"] = f"kilometres between nearest points; {data.first}–{data.last}, missing without a record"
        else:
            grid = np.full(index.n_states * index.n_years, np.inf)
            inside = data["year"].between(index.from_year, index.to_year).to_numpy()
            offset = data["year"].to_numpy(dtype=np.int64)[inside] - index.from_year
            for codes in pair:
                key = index.system.index(codes.to_numpy()[inside]) * index.n_years + offset
                np.fmin.at(grid, key, data["mindist"].to_numpy()[inside])
            grid[np.isinf(grid)] = np.nan
            found["minmindist"] = grid[index.key1]
            notes["minmindist"] = f"kilometres to the nearest state; {data.first}–{data.last}, missing without a record"
        used.append(data.table)
        warning = cut_warning(data)
    return panel.joined(found, notes, tuple(used), warning)


def _capital_grid(index: Index, capitals: Source, code: str) -> tuple[Array, Array]:
    """Which capital (by row; the last row stands for none) each state had each year, and the distances between them."""
    starts, ends = column_date(capitals["stdate"])[0], column_date(capitals["enddate"])[0]
    order = np.argsort(-capitals["stdate"].to_numpy(dtype=np.float64), kind="stable")  # the earliest is written last
    row, year = years_of_spells(np.maximum(starts[order], index.from_year), np.minimum(ends[order], index.to_year))
    row = order[row]
    count = len(capitals.frame)
    which = np.full(index.n_states * index.n_years, count, dtype=np.int32)
    which[index.system.index(capitals[code].to_numpy()[row]) * index.n_years + (year - index.from_year)] = row
    phi = np.radians(capitals["lat"].to_numpy(dtype=np.float64))
    turn = np.radians(capitals["lng"].to_numpy(dtype=np.float64))
    delta = turn[:, None] - turn[None, :]
    sin1, cos1, sin2, cos2 = np.sin(phi)[:, None], np.cos(phi)[:, None], np.sin(phi)[None, :], np.cos(phi)[None, :]
    across = np.hypot(cos2 * np.sin(delta), cos1 * sin2 - sin1 * cos2 * np.cos(delta))
    table = np.full((count + 1, count + 1), np.nan)
    table[:count, :count] = RADIUS_KM * np.arctan2(across, sin1 * sin2 + cos1 * cos2 * np.cos(delta))
    return which, table


def _nearest(index: Index, table: Array, which: Array) -> Array:
    here, _, _ = index.system.presence(index.from_year, index.to_year)
    met = meetings(index.system, index.from_year, index.to_year)
    nearest = np.full((index.n_states, index.n_years), np.nan)
    for year in range(index.n_years):
        members = np.flatnonzero(here[:, year])
        capital = which[members * index.n_years + year]
        apart = table[np.ix_(capital, capital)].copy()
        apart[~met[np.ix_(members, members)][:, :, year]] = np.nan
        np.fill_diagonal(apart, np.nan)
        known = ~np.isnan(apart).all(axis=1)
        nearest[members[known], year] = np.nanmin(apart[known], axis=1)
    flat: Array = nearest.ravel()
    return flat
