"""What a state has or is in a year: capabilities, major power, organisations, trade, democracy, wealth."""

from __future__ import annotations

from typing import Final

import numpy as np

from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index
from foedus.panel.joins.common import blank_outside, cut_warning, rows_of, years_of_spells, zero_inside
from foedus.panel.sources import source

CAPABILITIES: Final = {
    "milex": "military spending, thousands of current US dollars (pounds sterling before 1914)",
    "milper": "military personnel, thousands",
    "irst": "iron and steel production, thousands of tons",
    "pec": "primary energy consumption, thousands of coal-ton equivalents",
    "tpop": "total population, thousands",
    "upop": "urban population, thousands",
    "cinc": "composite index of national capability, share of the world, 0–1",
}
TRADE: Final = {
    "imports": "imports from all states, millions of current US dollars",
    "exports": "exports to all states, millions of current US dollars",
}
DEMOCRACY: Final = {
    "euds": "extended unified democracy score",
    "aeuds": "extended unified democracy score, re-based",
    "polity2": "Polity score, −10 to 10",
    "v2x_polyarchy": "V-Dem electoral democracy index, 0–1",
}
WEALTH: Final = {
    "mrgdppc": "GDP a head (Maddison Project), simulated mean, 2011 US dollars",
    "sd_mrgdppc": "its standard deviation",
    "pwtrgdp": "GDP (Penn World Table), simulated mean, millions of 2011 US dollars",
    "sd_pwtrgdp": "its standard deviation",
    "pwtpop": "population (Penn World Table), simulated mean, millions",
    "sd_pwtpop": "its standard deviation",
}


def state_columns(panel: Panel, what: str, table: str, meanings: dict[str, str]) -> Panel:
    """Columns of a state-year table: once for states, with 1 and 2 appended for dyads. No record is missing, never 0.

    Negative values are the keepers' mark for "missing" (−9, −8) in columns that cannot be negative.
    """
    index = rows_of(panel, what)
    data = source(panel.tables, table, ["ccode", "year", *meanings])
    found: dict[str, Array] = {}
    notes: dict[str, str] = {}
    for column, meaning in meanings.items():
        values = data[column].to_numpy(dtype=np.float64)
        if column in CAPABILITIES or column in TRADE:
            values = np.where(values < 0, np.nan, values)
        grid = index.state_grid(table, data["ccode"], data["year"], values)
        for name, key in _ends(panel, index, column):
            found[name] = grid.take(key)
            notes[name] = f"{meaning}; missing where {table} has no record"
    return panel.joined(found, notes, (table,), cut_warning(data))


def _ends(panel: Panel, index: Index, column: str) -> list[tuple[str, Array]]:
    if panel.unit == "dyad-year":
        return [(f"{column}1", index.key1), (f"{column}2", index.key2)]
    return [(column, index.key1)]


def capabilities(panel: Panel) -> Panel:
    """COW's national material capabilities."""
    return state_columns(panel, "capabilities", "cow_nmc", CAPABILITIES)


def trade(panel: Panel) -> Panel:
    """A state's total trade; in dyads the totals of both states, not their trade with each other."""
    return state_columns(panel, "trade totals", "cow_trade_sy", TRADE)


def democracy(panel: Panel) -> Panel:
    """Three measures of democracy, as isard brings them together."""
    return state_columns(panel, "democracy scores", "cw_democracy", DEMOCRACY)


def gdp(panel: Panel) -> Panel:
    """GDP and population, as isard brings them together."""
    return state_columns(panel, "GDP and population", "cw_gdppop", WEALTH)


def majors(panel: Panel) -> Panel:
    """Whether a state is one of COW's major powers at some time of the year; 0 for the others in the list's years."""
    index = rows_of(panel, "major powers")
    data = source(panel.tables, "cow_majors", ["ccode", "styear", "endyear"], year=None)
    row, year = years_of_spells(data["styear"], data["endyear"])
    pairs = np.unique(np.column_stack([data["ccode"].to_numpy()[row], year]), axis=0)
    grid = index.state_grid("cow_majors", pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    found, notes = {}, {}
    for name, key in _ends(panel, index, "cowmaj"):
        found[name] = zero_inside(index, grid.take(key).astype(np.float32), data.first, data.last)
        notes[name] = f"0/1, major power in COW's list, at some time of the year; missing after {data.last}"
    return panel.joined(found, notes, ("cow_majors",))


def igos(panel: Panel) -> Panel:
    """Shared full memberships of intergovernmental organisations; missing where the keeper has no record."""
    index = rows_of(panel, "shared organisations", ("dyad-year",))
    data = source(panel.tables, "cow_igo_ndy", ["ccode1", "ccode2", "year", "dyadigos"])
    laid = index.scatter(
        "cow_igo_ndy", data["ccode1"], data["ccode2"], data["year"], {"dyadigos": data["dyadigos"]}, symmetric=True
    )
    laid["dyadigos"] = blank_outside(index, laid["dyadigos"], data.first, data.last)
    notes = {"dyadigos": "number of organisations both are full members of; missing where cow_igo_ndy has no record"}
    return panel.joined(laid, notes, ("cow_igo_ndy",), cut_warning(data))
