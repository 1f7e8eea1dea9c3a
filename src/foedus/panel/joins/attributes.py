"""What a state has or is in a year: capabilities, major power, organisations, trade, democracy, wealth."""

from __future__ import annotations

from typing import Final

import numpy as np

from foedus.errors import DataError
from foedus.panel.frame import Panel
from foedus.panel.index import Array
from foedus.panel.joins.common import blank_outside, cut_warning, ends, rows_of, years_of_spells, zero_inside
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
MEMBERSHIPS: Final = {
    "sum_igo_full": "number of organisations the state is a full member of",
    "sum_igo_associate": "number of organisations it is an associate member of",
    "sum_igo_observer": "number of organisations it is an observer of",
    "sum_igo_anytype": "number of organisations it belongs to in any of these ways",
}
TRADE: Final = {
    "imports": "imports from all states, millions of current US dollars",
    "exports": "exports to all states, millions of current US dollars",
}
FLOWS: Final = {
    "flow1": "imports of state 1 from state 2, millions of current US dollars",
    "flow2": "imports of state 2 from state 1, millions of current US dollars",
    "smoothflow1": "flow1, smoothed by its keepers",
    "smoothflow2": "flow2, smoothed by its keepers",
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


def state_columns(panel: Panel, what: str, table: str, meanings: dict[str, str], gw_table: str = "") -> Panel:
    """Columns of a state-year table: once for states, with 1 and 2 appended for dyads. No record is missing, never 0.

    `gw_table` is the same source counted by Gleditsch–Ward numbers, for panels of those. Negative values are the
    keepers' mark for "missing" (−9, −8) in columns that cannot be negative.
    """
    index = rows_of(panel, what, gw=bool(gw_table))
    table, code = (table, "ccode") if panel.system == "cow" else (gw_table, "gwcode")
    data = source(panel.tables, table, [code, "year", *meanings])
    found: dict[str, Array] = {}
    notes: dict[str, str] = {}
    for column, meaning in meanings.items():
        values = data[column].to_numpy(dtype=np.float64)
        if column in CAPABILITIES or column in TRADE:
            values = np.where(values < 0, np.nan, values)
        grid = index.state_grid(table, data[code], data["year"], values)
        for name, key in ends(panel, column):
            found[name] = grid.take(key)
            notes[name] = f"{meaning}; missing where {table} has no record"
    return panel.joined(found, notes, (table,), cut_warning(data))


def capabilities(panel: Panel) -> Panel:
    """COW's national material capabilities."""
    return state_columns(panel, "capabilities", "cow_nmc", CAPABILITIES)


def trade(panel: Panel, totals: bool = False) -> Panel:
    """States: total imports and exports. Dyads: their trade with each other, or with `totals` the totals of both.

    Dyadic columns are `flow1` (imports of state 1 from state 2), `flow2` and their smoothed values; missing where COW
    has no record. Raises DataError where the table of dyadic trade is not loaded.
    """
    if totals or panel.unit != "dyad-year":
        return state_columns(panel, "trade totals", "cow_trade_sy", TRADE)
    index = rows_of(panel, "trade flows", ("dyad-year",))
    if panel.tables is None or "cow_trade_ddy" not in panel.tables:
        raise DataError(
            "trade between two states needs the table cow_trade_ddy: run `foedus data pull cow_trade_ddy`, or put COW's "
            "Dyadic_COW_4.0.csv in the data folder; for each state's totals take .with_trade(totals=True) (`trade-totals`)"
        )
    data = source(panel.tables, "cow_trade_ddy", ["ccode1", "ccode2", "year", *FLOWS])
    columns = {name: np.where(data[name].to_numpy() < 0, np.nan, data[name].to_numpy()) for name in FLOWS}
    laid = index.scatter(data.table, data["ccode1"], data["ccode2"], data["year"], columns, symmetric=False)
    notes = {name: f"{meaning}; missing where {data.table} has no record" for name, meaning in FLOWS.items()}
    return panel.joined(laid, notes, (data.table,), cut_warning(data))


def democracy(panel: Panel) -> Panel:
    """Three measures of democracy, as isard brings them together."""
    return state_columns(panel, "democracy scores", "cw_democracy", DEMOCRACY, "gw_democracy")


def gdp(panel: Panel) -> Panel:
    """GDP and population, as isard brings them together."""
    return state_columns(panel, "GDP and population", "cw_gdppop", WEALTH, "gw_gdppop")


def majors(panel: Panel) -> Panel:
    """Whether a state is one of COW's major powers at some time of the year; 0 for the others in the list's years."""
    index = rows_of(panel, "major powers")
    data = source(panel.tables, "cow_majors", ["ccode", "styear", "endyear"], year=None)
    row, year = years_of_spells(data["styear"], data["endyear"])
    pairs = np.unique(np.column_stack([data["ccode"].to_numpy()[row], year]), axis=0)
    grid = index.state_grid("cow_majors", pairs[:, 0], pairs[:, 1], np.ones(len(pairs)))
    found, notes = {}, {}
    for name, key in ends(panel, "cowmaj"):
        found[name] = zero_inside(index, grid.take(key).astype(np.float32), data.first, data.last)
        notes[name] = f"0/1, major power in COW's list, at some time of the year; missing after {data.last}"
    return panel.joined(found, notes, ("cow_majors",))


def igos(panel: Panel) -> Panel:
    """Dyads: shared full memberships of intergovernmental organisations. States: their memberships by kind.

    Missing where the keeper has no record.
    """
    if panel.unit != "dyad-year":
        return state_columns(panel, "organisations", "cow_igo_sy", MEMBERSHIPS)
    index = rows_of(panel, "shared organisations", ("dyad-year",))
    data = source(panel.tables, "cow_igo_ndy", ["ccode1", "ccode2", "year", "dyadigos"])
    laid = index.scatter(
        "cow_igo_ndy", data["ccode1"], data["ccode2"], data["year"], {"dyadigos": data["dyadigos"]}, symmetric=True
    )
    laid["dyadigos"] = blank_outside(index, laid["dyadigos"], data.first, data.last)
    notes = {"dyadigos": "number of organisations both are full members of; missing where cow_igo_ndy has no record"}
    return panel.joined(laid, notes, ("cow_igo_ndy",), cut_warning(data))
