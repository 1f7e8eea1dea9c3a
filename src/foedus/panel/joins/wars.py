"""COW's interstate wars."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from foedus.panel.frame import Panel
from foedus.panel.joins.common import blank_outside, cut_warning, peace_spell, rows_of, zero_inside
from foedus.panel.sources import Source, source

KEEP: Final = ("sidea", "initiator", "outcome", "batdeath")
MEANING: Final = {
    "sidea": "1 or 2: the side of the war",
    "initiator": "1: began the war",
    "outcome": "outcome for the state, in COW's codes",
    "batdeath": "battle deaths, missing where not known",
}


def join(panel: Panel, spells: bool = True) -> Panel:
    """Dyads that fought on opposite sides: `cowinteronset`, `cowinterongoing` (0 without a war in COW's years, missing
    outside), the war's number and both states' sides, and `cowinterspell`, the years of peace before.

    Where a dyad has several wars in a year, one that begins then stands for it, else the one with most battle deaths.
    States: `cowinteronset`, `cowinterongoing`, `cowinterspell` of any interstate war.
    """
    index = rows_of(panel, "wars")
    ends = [f"{column}{end}" for column in KEEP for end in "12"]
    wanted = ["warnum", "ccode1", "ccode2", "year", "cowinteronset", "cowinterongoing", "resume", *ends]
    data = source(panel.tables, "cow_war_inter", wanted)
    span = f"0 where {data.first}–{data.last} has none, missing outside"
    notes = {"cowinteronset": f"0/1, a war begins; {span}", "cowinterongoing": f"0/1, a war goes on; {span}"}
    found: dict[str, Any]
    if panel.unit == "state-year":
        found = {}
        for column in ("cowinteronset", "cowinterongoing"):
            frame = data.frame[data.frame[column] == 1]
            inside = frame["year"].between(index.from_year, index.to_year)
            where = index.system.index(frame["ccode1"][inside]) * index.n_years
            where += frame["year"][inside].to_numpy(dtype=np.int64) - index.from_year
            grid = np.zeros(index.n_states * index.n_years, dtype=np.float32)
            grid[where] = 1
            found[column] = zero_inside(index, grid[index.key1], data.first, data.last)
    else:
        taken = _one_a_year(data)
        columns: dict[str, Any] = {
            "cowinteronset": taken["cowinteronset"].to_numpy(dtype=np.int8),
            "cowinterongoing": taken["cowinterongoing"].to_numpy(dtype=np.int8),
            "warnum": taken["warnum"].to_numpy(dtype=np.float64),
            "resume": taken["resume"].to_numpy(dtype=np.float64),
        }
        notes["warnum"] = "COW's number of the war"
        notes["resume"] = "0/1, the war resumes after a break that year"
        for column in KEEP:
            for end in "12":
                label = f"cowinter{column}{end}" if f"{column}{end}" in panel.columns else f"{column}{end}"
                values = taken[f"{column}{end}"].to_numpy(dtype=np.float64)
                columns[label] = np.where(values < 0, np.nan, values) if column == "batdeath" else values
                notes[label] = f"state {end}: {MEANING[column]}"
        found = index.scatter(data.table, taken["ccode1"], taken["ccode2"], taken["year"], columns, symmetric=False)
        for column in found:
            blank = zero_inside if column in ("cowinteronset", "cowinterongoing") else blank_outside
            found[column] = blank(index, found[column], data.first, data.last)
    if spells:
        found["cowinterspell"] = peace_spell(index, found["cowinterongoing"])
        notes["cowinterspell"] = "years of peace before this row; 0 in the unit's first row and after a war"
    return panel.joined(found, notes, ("cow_war_inter",), cut_warning(data))


def _one_a_year(data: Source) -> Any:
    frame = data.frame
    deaths = frame[["batdeath1", "batdeath2"]].where(frame[["batdeath1", "batdeath2"]] >= 0).sum(axis=1, min_count=1)
    order = np.lexsort([-deaths.fillna(-1).to_numpy(), -frame["cowinteronset"].to_numpy()])
    key = (frame["ccode1"].to_numpy() * 1000 + frame["ccode2"].to_numpy()) * 10000 + frame["year"].to_numpy()
    _, first = np.unique(key[order], return_index=True)
    return frame.iloc[order[first]]
