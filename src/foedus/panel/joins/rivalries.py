"""Strategic rivalries: Thompson, Sakuwa and Suhas (2021), or Thompson and Dreyer (2012)."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index
from foedus.panel.joins.common import blank_outside, cut_warning, rows_of, years_of_spells, zero_inside
from foedus.panel.sources import Source, source

KINDS: Final = ("ideological", "interventionary", "positional", "spatial")
AUSTRIA_HUNGARY, AUSTRIA, SPLIT = 300, 305, 1919


def join(panel: Panel, kind: Literal["tss", "td"] = "tss") -> Panel:
    """Dyads: `ongoingrivalry`, the rivalry's number and its kinds as 0/1. States: `n_ideological` … `n_spatial`.

    0 without a record in the source's years, missing outside; the number is missing without a rivalry. Where two
    rivalries of one pair meet in a year, the earlier one (by number) stands. Rivalries of Austria-Hungary that outlive
    it are Austria's from 1919 on.
    """
    if kind not in ("tss", "td"):
        raise InputError(f"there is no rivalry source {kind!r}; ask for `tss` or `td`")
    index = rows_of(panel, "rivalries")
    data, number = _read(panel, kind)
    row, year, code1, code2 = _rivalry_years(data, kind)
    flags = _flags(data, kind)
    span = f"0 where {data.first}–{data.last} has no record, missing outside"
    table = data.table
    if panel.unit == "state-year":
        found = {}
        for name, flag in flags.items():
            column = _count(index, code1, code2, year, flag[row])[index.key1]
            found[f"n_{name}"] = zero_inside(index, column, data.first, data.last)
        notes = {name: f"number of ongoing {name.removeprefix('n_')} rivalries; {span}" for name in found}
        return panel.joined(found, notes, (table,), cut_warning(data))
    low, high = np.minimum(code1, code2), np.maximum(code1, code2)
    _, chosen = np.unique((low * 1000 + high) * 10000 + year, return_index=True)
    columns = {number: data[number].to_numpy(dtype=np.float64)[row][chosen]}
    columns |= {name: flag[row][chosen].astype(np.int8) for name, flag in flags.items()}
    columns["ongoingrivalry"] = np.ones(len(chosen), dtype=np.int8)
    laid = index.scatter(table, low[chosen], high[chosen], year[chosen], columns, symmetric=True)
    for name in (*flags, "ongoingrivalry"):
        laid[name] = zero_inside(index, laid[name], data.first, data.last)
    laid[number] = blank_outside(index, laid[number], data.first, data.last)
    notes = {name: f"0/1, {name} rivalry; {span}" for name in flags}
    notes |= {"ongoingrivalry": f"0/1, any strategic rivalry; {span}", number: f"number of the rivalry in {table}"}
    return panel.joined(laid, notes, (table,), cut_warning(data))


def _read(panel: Panel, kind: str) -> tuple[Source, str]:
    if kind == "tss":
        wanted = ["tssr_id", "ccode1", "ccode2", "start", "end", *KINDS]
        return source(panel.tables, "tss_rivalries", wanted, year="end"), "tssr_id"
    wanted = ["rivalryno", "ccode1", "ccode2", "styear", "endyear", "type1", "type2", "type3"]
    return source(panel.tables, "td_rivalries", wanted, year="endyear"), "rivalryno"


def _rivalry_years(data: Source, kind: str) -> tuple[Array, Array, Array, Array]:
    start, end = ("start", "end") if kind == "tss" else ("styear", "endyear")
    number = "tssr_id" if kind == "tss" else "rivalryno"
    order = np.argsort(data[number].to_numpy(dtype=np.int64), kind="stable")
    row, year = years_of_spells(np.maximum(data[start].to_numpy()[order], data.first), data[end].to_numpy()[order])
    row = order[row]
    codes = []
    for column in ("ccode1", "ccode2"):
        code = data[column].to_numpy(dtype=np.int64)[row]
        codes.append(np.where((code == AUSTRIA_HUNGARY) & (year >= SPLIT), AUSTRIA, code))
    return row, year, codes[0], codes[1]


def _flags(data: Source, kind: str) -> dict[str, Array]:
    if kind == "tss":
        return {name: data[name].fillna(0).to_numpy(dtype=np.float64) == 1 for name in KINDS}
    types = data.frame[["type1", "type2", "type3"]].fillna("").astype(str)
    return {name: (types == name).any(axis=1).to_numpy() for name in KINDS}


def _count(index: Index, code1: Array, code2: Array, year: Array, flag: Array) -> Array:
    inside = (year >= index.from_year) & (year <= index.to_year) & flag
    total = np.zeros(index.n_states * index.n_years)
    for code in (code1, code2):
        state = index.system.index(code[inside])
        key = state[state >= 0] * index.n_years + (year[inside] - index.from_year)[state >= 0]
        total += np.bincount(key, minlength=len(total))
    return total
