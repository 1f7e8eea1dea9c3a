"""Alliance obligations by dyad-year, from ATOP or from COW's formal alliances."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.joins.common import cut_warning, rows_of
from foedus.panel.sources import source

KINDS: Final = {
    "atop": ("atop_alliance", ("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul")),
    "cow": ("cow_alliance", ("cow_defense", "cow_neutral", "cow_nonagg", "cow_entente")),
}
MEANING: Final = {
    "defense": "defend the other",
    "offense": "join the other's attack",
    "neutral": "stay neutral",
    "nonagg": "not attack the other",
    "consul": "consult",
    "entente": "consult (entente)",
}


def join(panel: Panel, kind: Literal["atop", "cow"] = "atop") -> Panel:
    """0/1 columns, one an obligation, of state 1 towards state 2.

    In undirected panels a 1 says that at least one of the two is bound. A dyad without a record is 0 in the source's
    years and missing outside them. Raises InputError for an unknown source, DataError where its table is not loaded.
    """
    if kind not in KINDS:
        raise InputError(f"there is no alliance source {kind!r}; ask for `atop` or `cow`")
    index = rows_of(panel, "alliances", ("dyad-year",))
    table, columns = KINDS[kind]
    data = source(panel.tables, table, ["ccode1", "ccode2", "year", *columns])
    bits = np.full(len(data.frame), 128, dtype=np.uint8)
    for position, column in enumerate(columns):
        bits |= (data[column].to_numpy() == 1).astype(np.uint8) << position
    where, inside = index.addresses(table, data["ccode1"], data["ccode2"], data["year"])
    laid = np.zeros(len(index), dtype=np.uint8)
    rows = index.row_of[where]
    laid[rows[rows >= 0]] = bits[inside][rows >= 0]
    if not panel.directed:
        first, rest = np.divmod(where, index.n_states * index.n_years)
        second, year = np.divmod(rest, index.n_years)
        turned = index.row_of[(second * index.n_states + first) * index.n_years + year]
        laid[turned[turned >= 0]] |= bits[inside][turned >= 0]
    outside = index.outside(data.first, data.last)
    found, notes = {}, {}
    for position, column in enumerate((*columns, f"{kind}_alliance")):
        flag = ((laid >> (position if column in columns else 7)) & 1).astype(np.float32)
        if outside is not None:
            flag[outside] = np.nan
        found[column] = flag
        duty = MEANING.get(column.removeprefix(f"{kind}_"), "any of these")
        notes[column] = f"0/1, obligation: {duty}; no record is 0 in {data.first}–{data.last}, missing outside"
    return panel.joined(found, notes, (table,), cut_warning(data))
