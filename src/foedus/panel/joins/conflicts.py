"""Armed conflicts of the Uppsala Conflict Data Program and the Peace Research Institute Oslo, by state-year."""

from __future__ import annotations

from typing import Any, Final

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.index import Array
from foedus.panel.joins.common import cut_warning, peace_spell, rows_of, zero_inside
from foedus.panel.sources import source

KINDS: Final = ("extrasystemic", "interstate", "intrastate", "II")
WAR: Final = 2


def join(panel: Panel, kind: str | None = None, only_wars: bool = False, spells: bool = True) -> Panel:
    """`ucdpongoing`, `ucdponset` (0 without a conflict in UCDP's years, missing outside), `maxintensity` (1 minor, 2
    war), `conflict_ids`, and `ucdpspell`, the years of peace before; of states on side A of the conflict.

    `kind` keeps one type of conflict (extrasystemic, interstate, intrastate, II: internationalised intrastate),
    `only_wars` intensity 2. An onset is the first year on record of that conflict and state. UCDP counts by
    Gleditsch–Ward numbers: InputError for panels of COW numbers.
    """
    if kind is not None and kind not in KINDS:
        raise InputError(f"there is no type of conflict {kind!r}; ask for {', '.join(KINDS)}")
    if panel.system != "gw":
        raise InputError("armed conflicts are keyed by Gleditsch–Ward numbers; start from state_years(system='gw')")
    index = rows_of(panel, "armed conflicts", ("state-year",), gw=True)
    data = source(panel.tables, "ucdp_acd", ["conflict_id", "year", "gwno_a", "intensity_level", "type_of_conflict"])
    frame = data.frame
    if kind is not None:
        frame = frame[frame["type_of_conflict"] == kind]
    if only_wars:
        frame = frame[frame["intensity_level"] == WAR]
    frame = frame.drop_duplicates(["conflict_id", "gwno_a", "year"]).sort_values(["conflict_id", "gwno_a", "year"])
    frame = frame.assign(ucdponset=~frame.duplicated(["conflict_id", "gwno_a"]))
    frame = frame[frame["year"].between(index.from_year, index.to_year)]
    state = index.system.index(frame["gwno_a"])
    known = state >= 0
    where = (state * index.n_years + frame["year"].to_numpy(dtype=np.int64) - index.from_year)[known]
    found = _grids(index.n_states * index.n_years, where, frame[known])
    columns = {name: grid[index.key1] for name, grid in found.items()}
    for name in ("ucdpongoing", "ucdponset"):
        columns[name] = zero_inside(index, columns[name], data.first, data.last)
    span = f"0 where {data.first}–{data.last} has none, missing outside"
    notes = {
        "ucdpongoing": f"0/1, an armed conflict goes on; {span}",
        "ucdponset": f"0/1, one begins; {span}",
        "maxintensity": "highest intensity of the year: 1 minor, 2 war; missing without a conflict",
        "conflict_ids": "UCDP's numbers of the conflicts, separated by semicolons",
    }
    if spells:
        columns["ucdpspell"] = peace_spell(index, columns["ucdpongoing"])
        notes["ucdpspell"] = "years of peace before this row; 0 in the state's first row and after a conflict"
    return panel.joined(columns, notes, ("ucdp_acd",), cut_warning(data))


def _grids(size: int, where: Array, frame: Any) -> dict[str, Array]:
    grids: dict[str, Array] = {
        name: np.full(size, np.nan, dtype=np.float32) for name in ("ucdpongoing", "ucdponset", "maxintensity")
    }
    grids["ucdpongoing"][where] = 1
    np.fmax.at(grids["ucdponset"], where, frame["ucdponset"].to_numpy(dtype=np.float32))
    np.fmax.at(grids["maxintensity"], where, frame["intensity_level"].to_numpy(dtype=np.float32))
    told = np.full(size, None, dtype=object)
    for key, number in zip(where.tolist(), frame["conflict_id"].tolist(), strict=True):
        told[key] = f"{int(number)}" if told[key] is None else f"{told[key]}; {int(number)}"
    return grids | {"conflict_ids": told}
