"""Leaders of states, from Archigos."""

from __future__ import annotations

import datetime as dt
from typing import Final, NamedTuple

import numpy as np

from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index
from foedus.panel.joins.common import cut_warning, ends, rows_of
from foedus.panel.joins.crosswalk import numbers_by_year
from foedus.panel.sources import Source, source

TEXT: Final = {
    "jan1obsid": "Archigos's number of the leader on the first day on record in the year",
    "dec31obsid": "Archigos's number of the leader on the last day on record in the year",
    "jan1leader": "name of the leader on the first day on record in the year",
    "dec31leader": "name of the leader on the last day on record in the year",
}
NUMBER: Final = {
    "n_leaders": "number of leaders in the year",
    "leadertransition": "0/1, the leader of the last day is not that of the first",
    "irregular": "0/1, a change of leader in the year, one of whom left against the rules, then or later",
    "irregularexit": "0/1, a leader left against the rules in the year itself",
}
FIRST: Final = 1870


class Spell(NamedTuple):
    """A leader's days of one year: first and last day, row of the table, whether the leader left on the last one."""

    first: int
    last: int
    row: int
    left: bool


def join(panel: Panel) -> Panel:
    """Who led each state at the two ends of the year, how many leaders it had, and whether one went irregularly.

    Archigos counts by Gleditsch and Ward; in panels of COW numbers its states have the COW number that they carried for
    most of the year. A state-year that Archigos does not know is missing. Dyads get each column for both states.
    """
    index = rows_of(panel, "leaders", gw=True)
    data = source(
        panel.tables,
        "archigos",
        ["obsid", "gwcode", "leadid", "leader", "startdate", "enddate", "exit"],
        year=None,
    )
    frame = data.frame
    size = index.n_states * index.n_years
    grids: dict[str, Array] = {name: np.full(size, None, dtype=object) for name in TEXT}
    grids |= {name: np.full(size, np.nan) for name in NUMBER}
    obsid, leader = frame["obsid"].to_numpy(dtype=object), frame["leader"].to_numpy(dtype=object)
    person = frame["leadid"].to_numpy(dtype=object)
    irregular = (frame["exit"] == "Irregular").to_numpy()
    for key, held in _spells(index, data).items():
        opening, closing = min(held).row, max(held, key=lambda spell: (spell.last, spell.first)).row
        changed = obsid[opening] != obsid[closing]
        grids["jan1obsid"][key], grids["dec31obsid"][key] = obsid[opening], obsid[closing]
        grids["jan1leader"][key], grids["dec31leader"][key] = leader[opening], leader[closing]
        grids["n_leaders"][key] = len({person[spell.row] for spell in held})
        grids["leadertransition"][key] = float(changed)
        grids["irregular"][key] = float(changed and any(irregular[spell.row] for spell in held))
        grids["irregularexit"][key] = float(any(irregular[spell.row] and spell.left for spell in held))
    found: dict[str, Array] = {}
    notes: dict[str, str] = {}
    for name, meaning in (NUMBER | TEXT).items():
        for label, key1 in ends(panel, name):
            column = grids[name][key1]
            found[label] = column.astype(np.float32) if name in NUMBER else column
            notes[label] = f"{meaning}; missing where Archigos has no leader"
    return panel.joined(found, notes, ("archigos",), cut_warning(data))


def _spells(index: Index, data: Source) -> dict[int, list[Spell]]:
    """Every leader's days of every year, by the address of the state and year in the panel's grid."""
    found: dict[int, list[Spell]] = {}
    numbers = numbers_by_year("gw", "cow") if index.system.name == "cow" else None
    epoch = dt.date(1970, 1, 1).toordinal()
    columns = (data[name].to_numpy(dtype=np.int64).tolist() for name in ("gwcode", "startdate", "enddate"))
    for row, (code, begin, end) in enumerate(zip(*columns, strict=True)):
        first, last = dt.date.fromordinal(begin + epoch), dt.date.fromordinal(end + epoch)
        for year in range(max(first.year, index.from_year, FIRST), min(last.year, index.to_year) + 1):
            number = code if numbers is None else numbers.get((code, year), -1)
            state = int(index.system.index([number])[0])
            if state < 0:
                continue
            a, b = max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31))
            spell = Spell(a.toordinal(), b.toordinal(), row, b == last)
            found.setdefault(state * index.n_years + year - index.from_year, []).append(spell)
    return found
