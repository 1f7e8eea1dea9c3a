"""How alike two states vote in the United Nations General Assembly."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index
from foedus.panel.joins.common import column_date, rows_of
from foedus.panel.joins.crosswalk import of_iso2
from foedus.panel.sources import source

VOTES = {"yes": 1, "abstain": 2, "no": 3}


def join(panel: Panel) -> Panel:
    """`unagree`: the share of roll calls of the year in which both voted (yes, abstain, no) and voted the same, 0–1;
    `uns3`: Signorino and Ritter's S over the three votes, −1 to 1; `unvotes`: the number of those roll calls.

    Years are those of the votes' dates. Missing where the two never voted together that year.
    """
    index = rows_of(panel, "voting affinities", ("dyad-year",), gw=True)
    votes = source(panel.tables, "un_votes", ["rcid", "country_code", "vote"], year=None)
    assert panel.tables is not None
    calls = panel.tables["un_roll_calls"]
    matrices = _by_year(index, votes.frame, calls)
    columns = {name: np.full(len(index), np.nan) for name in ("unagree", "uns3", "unvotes")}
    assert index.second is not None
    for year, grid in matrices.items():
        rows = np.flatnonzero(index.years == year)
        agreed, apart, both = _compare(grid)
        one, other = index.first[rows], index.second[rows]
        count = both[one, other]
        met = count > 0
        columns["unagree"][rows[met]] = (agreed[one, other] / np.maximum(count, 1))[met]
        columns["uns3"][rows[met]] = (1 - apart[one, other] / np.maximum(count, 1))[met]
        columns["unvotes"][rows[met]] = count[met]
    notes = {
        "unagree": "share of the year's roll calls with both voting in which they voted the same, 0–1",
        "uns3": "S score over yes, abstain, no with equal weights, −1 to 1",
        "unvotes": "roll calls of the year in which both voted; missing where none",
    }
    return panel.joined(columns, notes, ("un_votes", "un_roll_calls"))


def _by_year(index: Index, votes: Any, calls: Any) -> dict[int, Array]:
    """A grid (state × roll call) of votes 1–3 (0: did not vote) for every year of the panel."""
    import pandas as pd

    system = index.system.name
    year_of = dict(zip(calls["rcid"].astype(int), column_date(calls["date"])[0], strict=True))
    rcid = votes["rcid"].to_numpy(dtype=np.int64)
    wanted, where = np.unique(rcid, return_inverse=True)
    years = np.array([year_of.get(int(one), -1) for one in wanted])[where]
    kind, kinds = pd.factorize(votes["vote"])
    vote = np.array([*(VOTES.get(str(one), 0) for one in kinds), 0], dtype=np.int8)[kind]
    country, names = pd.factorize(votes["country_code"].fillna(""))
    grids = {}
    for year in range(index.from_year, index.to_year + 1):
        chosen = np.flatnonzero(years == year)
        if not len(chosen):
            continue
        codes = [
            of_iso2(system, str(name), dt.date(year, 12, 31)) or of_iso2(system, str(name), dt.date(year, 1, 1))
            for name in names
        ]
        state = index.system.index([-1 if code is None else code for code in codes])[country[chosen]]
        calls_here, call = np.unique(rcid[chosen], return_inverse=True)
        known = state >= 0
        grid = np.zeros((index.n_states, len(calls_here)), dtype=np.int8)
        grid[state[known], call[known]] = vote[chosen][known]
        grids[year] = grid
    return grids


def _compare(grid: Array) -> tuple[Array, Array, Array]:
    """Pairwise counts: votes alike, distance between votes (0, 1, 2), votes that both cast."""
    masks = [(grid == value).astype(np.float32) for value in (1, 2, 3)]
    cast = (grid > 0).astype(np.float32)
    agreed = sum(mask @ mask.T for mask in masks)
    far = masks[0] @ masks[2].T
    opposed = far + far.T
    both = cast @ cast.T
    return agreed, (both - agreed - opposed) + 2 * opposed, both
