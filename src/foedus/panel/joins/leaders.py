"""Leaders of states, from Archigos."""

from __future__ import annotations

import datetime as dt
from typing import Final

import numpy as np

from foedus.panel.frame import Panel
from foedus.panel.index import Array
from foedus.panel.joins.common import cut_warning, rows_of
from foedus.panel.joins.crosswalk import cow_of_gw
from foedus.panel.sources import source

TEXT: Final = {
    "jan1obsid": "Archigos's number of the leader on the first day on record in the year",
    "dec31obsid": "Archigos's number of the leader on the last day on record in the year",
    "jan1leader": "name of the leader on the first day on record in the year",
    "dec31leader": "name of the leader on the last day on record in the year",
}
NUMBER: Final = {
    "n_leaders": "number of leaders in the year",
    "leadertransition": "0/1, the leader of the last day is not that of the first",
    "irregular": "0/1, a change of leader in the year, with at least one exit against the rules",
}


def join(panel: Panel) -> Panel:
    """Who led each state at the two ends of the year, how many leaders it had, and whether one went irregularly.

    Archigos counts by Gleditsch and Ward; its leaders are laid on COW's states by date. A state-year that Archigos does
    not know is missing. Dyads get each column for both states.
    """
    index = rows_of(panel, "leaders")
    data = source(
        panel.tables,
        "archigos",
        ["obsid", "gwcode", "leadid", "leader", "startdate", "enddate", "exit"],
        year=None,
    )
    spells: dict[int, list[tuple[int, int, int, bool]]] = {}
    frame = data.frame
    begins = frame["startdate"].to_numpy(dtype=np.int64)
    ends = frame["enddate"].to_numpy(dtype=np.int64)
    codes = frame["gwcode"].to_numpy(dtype=np.int64)
    irregular = (frame["exit"] == "Irregular").to_numpy()
    epoch = dt.date(1970, 1, 1).toordinal()
    for row in range(len(frame)):
        first, last = dt.date.fromordinal(int(begins[row]) + epoch), dt.date.fromordinal(int(ends[row]) + epoch)
        for year in range(max(first.year, index.from_year), min(last.year, index.to_year) + 1):
            a, b = max(first, dt.date(year, 1, 1)), min(last, dt.date(year, 12, 31))
            code = cow_of_gw(int(codes[row]), a) or cow_of_gw(int(codes[row]), b)
            if code is None:
                continue
            state = int(index.system.index([code])[0])
            if state >= 0:
                key = state * index.n_years + year - index.from_year
                spells.setdefault(key, []).append(
                    (a.toordinal(), b.toordinal(), row, bool(irregular[row]) and b == last)
                )
    size = index.n_states * index.n_years
    grids: dict[str, Array] = {name: np.full(size, None, dtype=object) for name in TEXT}
    grids |= {name: np.full(size, np.nan) for name in NUMBER}
    obsid, leader = frame["obsid"].to_numpy(dtype=object), frame["leader"].to_numpy(dtype=object)
    person = frame["leadid"].to_numpy(dtype=object)
    for key, held in spells.items():
        opening, closing = min(held)[2], max(held, key=lambda one: (one[1], one[0]))[2]
        changed = obsid[opening] != obsid[closing]
        grids["jan1obsid"][key], grids["dec31obsid"][key] = obsid[opening], obsid[closing]
        grids["jan1leader"][key], grids["dec31leader"][key] = leader[opening], leader[closing]
        grids["n_leaders"][key] = len({person[one[2]] for one in held})
        grids["leadertransition"][key] = float(changed)
        grids["irregular"][key] = float(changed and any(one[3] for one in held))
    found: dict[str, Array] = {}
    notes: dict[str, str] = {}
    sides = [("1", index.key1), ("2", index.key2)] if panel.unit == "dyad-year" else [("", index.key1)]
    for name, meaning in (NUMBER | TEXT).items():
        for suffix, key1 in sides:
            column = grids[name][key1]
            found[f"{name}{suffix}"] = column.astype(np.float32) if name in NUMBER else column
            notes[f"{name}{suffix}"] = f"{meaning}; missing where Archigos has no leader"
    return panel.joined(found, notes, ("archigos",), cut_warning(data))
