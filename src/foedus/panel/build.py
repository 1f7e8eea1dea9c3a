"""The doors: state-years, dyad-years, state-days and dyad-disputes of any span."""

from __future__ import annotations

import os
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.errors import DataError, InputError
from foedus.panel.frame import Panel
from foedus.panel.index import build_index
from foedus.panel.system import FIRST_YEAR, System, load_system

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

PREFIX: Final = {"cow": "ccode", "gw": "gwcode"}
NAME: Final = {"cow": "cw_name", "gw": "gw_name"}


def state_years(start: int, end: int, system: System = "cow", world: Any = None) -> Panel:
    """Every state in every year in which it was a member for at least one day, by code and year.

    `world` is a World with research tables, `Tables`, or their folder; None looks in FOEDUS_RESEARCH_DATA and in the
    user's data folder. Raises DataError for a span outside the list of states.
    """
    tables = find_tables(world)
    index = build_index(_system(tables, system, start, end), start, end, dyads=False, directed=False, tables=tables)
    states = index.system
    name = NAME[system]
    columns = {
        PREFIX[system]: states.codes[index.first].astype(np.int32),
        "stateabb": np.array(states.labels, dtype=object)[index.first],
        name: np.array(states.names, dtype=object)[index.first],
        "year": index.years,
    }
    notes = {PREFIX[system]: f"{system.upper()} number of the state", "year": "calendar year"}
    notes |= {"stateabb": "abbreviation in the list of states", name: "name in the list of states"}
    if system == "gw":
        columns["microstate"] = np.array(states.micro, dtype=np.float32)[index.first]
        notes["microstate"] = "0/1, in Gleditsch and Ward's list of microstates"
    return Panel("state-year", system, None, (start, end), _sealed(columns), notes, (states.source,), index, tables)


def dyad_years(start: int, end: int, directed: bool = True, system: System = "cow", world: Any = None) -> Panel:
    """Every pair of states in every year in which both were members on one same day, by state 1, state 2 and year.

    Directed panels hold each pair both ways; undirected ones once, with the smaller code first. `world` and errors are
    those of `state_years`.
    """
    tables = find_tables(world)
    index = build_index(_system(tables, system, start, end), start, end, dyads=True, directed=directed, tables=tables)
    states = index.system
    prefix = PREFIX[system]
    assert index.second is not None
    codes = states.codes.astype(np.int32)
    columns = {f"{prefix}1": codes[index.first], f"{prefix}2": codes[index.second], "year": index.years}
    notes = {f"{prefix}{end}": f"{system.upper()} number of state {end}" for end in (1, 2)} | {"year": "calendar year"}
    if system == "gw":
        micro = np.array(states.micro, dtype=np.float32)
        columns |= {"microstate1": micro[index.first], "microstate2": micro[index.second]}
        notes |= {
            f"microstate{end}": f"0/1, state {end} is in Gleditsch and Ward's list of microstates" for end in (1, 2)
        }
    return Panel("dyad-year", system, directed, (start, end), _sealed(columns), notes, (states.source,), index, tables)


def state_days(start: int, end: int, system: System = "cow", world: Any = None) -> Panel:
    """Every state on every day of its membership, from 1 January of `start` to 31 December of `end`."""
    tables = find_tables(world)
    states = _system(tables, system, start, end)
    opens = int(np.datetime64(f"{start}-01-01", "D").astype(np.int64))
    closes = int(np.datetime64(f"{end}-12-31", "D").astype(np.int64))
    first, last = np.maximum(states.start, opens), np.minimum(states.end, closes)
    length = np.maximum(last - first + 1, 0)
    spell = np.repeat(np.arange(len(first)), length)
    begun = np.repeat(np.cumsum(length) - length, length)
    days = np.repeat(first, length) + np.arange(len(spell)) - begun
    columns = {
        PREFIX[system]: states.codes[states.member[spell]].astype(np.int32),
        "date": days.astype("datetime64[D]"),
    }
    notes = {PREFIX[system]: f"{system.upper()} number of the state", "date": "calendar day"}
    return Panel("state-day", system, None, (start, end), _sealed(columns), notes, (states.source,), None, tables)


def dyad_disputes(start: int, end: int, source: str = "gml", directed: bool = True, world: Any = None) -> Panel:
    """Every year of every militarised dispute between two states: one row a dispute, pair and year; nothing is merged.

    `source` is `gml` (Gibler, Miller and Little) or `cow`. All columns of the table are kept, under its own names.
    """
    from foedus.panel.joins.disputes import dispute_years

    tables = find_tables(world)
    data, columns = dispute_years(tables, source, start, end, directed)
    warnings = (f"the loaded table {data.table} ends in {data.last}",) if data.cut else ()
    notes = dict.fromkeys(columns, f"as in {data.table}")
    return Panel(
        "dyad-dispute", "cow", directed, (start, end), _sealed(columns), notes, (data.table,), None, tables, warnings
    )


def find_tables(world: Any) -> Tables | None:
    """Research tables of a World, of `Tables`, of a folder, or (None) of this machine; None where there are none."""
    from foedus.world.history.folder import data_folder, tables_in
    from foedus.world.history.tables import Tables

    if isinstance(world, Tables):
        return world
    if isinstance(world, str | os.PathLike):
        return Tables(tables_in(Path(world)))
    if world is not None and not hasattr(world, "tables"):
        raise InputError(f"world must be a World, Tables or a folder, not {type(world).__name__}")
    if world is not None:
        held: Tables | None = world.tables
        return held
    folder = data_folder()
    return Tables(folder) if folder.is_dir() else None


def _system(tables: Tables | None, system: System, start: int, end: int) -> Any:
    states = load_system(tables, system)
    if start > end:
        raise DataError(f"the span {start}–{end} ends before it starts; give the earlier year first")
    if start < FIRST_YEAR or end > states.last_year:
        raise DataError(
            f"the span {start}–{end} goes beyond the list {states.source}, which covers "
            f"{FIRST_YEAR}–{states.last_year}; "
            "ask for years inside it"
        )
    return states


def _sealed(columns: dict[str, Any]) -> Any:
    for values in columns.values():
        values.flags.writeable = False
    return MappingProxyType(columns)
