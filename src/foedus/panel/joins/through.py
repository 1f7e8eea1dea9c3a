"""Columns keyed by COW numbers, in panels of Gleditsch–Ward numbers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from types import MappingProxyType

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel, Unit
from foedus.panel.index import Array, build_index
from foedus.panel.system import load_system

UNKNOWN = "states without a COW number are missing in columns keyed by COW numbers"
Join = Callable[[Panel], Panel]


def through_cow(panel: Panel, join: Join, by_state: bool = False) -> Panel:
    """The panel with the columns that `join` gives a panel of COW numbers, row by row.

    The panel has its COW numbers (`ccode`, or `ccode1` and `ccode2`) already. `by_state` says that the columns are those
    of single states, so that in dyads each stands where its own state has a number. A row whose states COW does not
    count in that year is missing, never 0.
    """
    panel.rows()
    dyads = panel.unit == "dyad-year"
    joined, fresh = _joined(panel, join, dyads and not by_state)
    columns: dict[str, Array] = {}
    if not dyads:
        row = _rows(panel, joined, ["ccode"])
        columns = {name: _gather(joined[name], row) for name in fresh}
    elif by_state:
        for end in ("1", "2"):
            row = _rows(panel, joined, [f"ccode{end}"])
            columns |= {f"{name}{end}": _gather(joined[name], row) for name in fresh}
    else:
        columns = _dyadic(panel, joined, fresh)
    named = {name: joined.notes.get(name if name in fresh else name[:-1], "") for name in columns}
    widened = panel.joined(columns, named, joined.sources)
    return replace(widened, warnings=tuple(dict.fromkeys((*widened.warnings, *joined.warnings, UNKNOWN))))


def _joined(panel: Panel, join: Join, dyads: bool) -> tuple[Panel, list[str]]:
    """A panel of COW numbers of the same years with the columns of `join`, and their names.

    Its list of states is Foedus's own, which is COW's and goes on after it: sources may reach further than COW's list.
    """
    states = load_system(None, "cow")
    last = min(panel.span[1], states.last_year)
    if last < panel.span[0]:
        raise InputError(f"COW's list of states ends in {last}, before this panel begins; ask for earlier years")
    directed = bool(panel.directed)
    index = build_index(states, panel.span[0], last, dyads, directed, same_day=False, tables=panel.tables)
    held: dict[str, Array] = {"year": index.years}
    # Names that are taken stay taken: a join that avoids them must see them.
    blank = np.broadcast_to(np.float32(np.nan), len(index))
    if dyads or panel.unit == "state-year":
        held |= {name: blank for name in panel.columns if name != "year"}
    unit: Unit = "dyad-year" if dyads else "state-year"
    span = (panel.span[0], last)
    base = Panel(unit, "cow", directed if dyads else None, span, MappingProxyType(held), {}, (), index, panel.tables)
    joined = join(base)
    return joined, [name for name in joined.columns if name not in held]


def _rows(panel: Panel, joined: Panel, keys: list[str]) -> Array:
    """The row of the COW panel that each row of the panel stands for, −1 for none."""
    codes = [np.where(np.isnan(panel[key]), -1, panel[key]).astype(np.int64) for key in keys]
    return _look_up(joined, codes, panel["year"].astype(np.int64))


def _look_up(joined: Panel, codes: list[Array], years: Array) -> Array:
    index = joined.rows()
    states = [index.system.index(code) for code in codes]
    year = years - index.from_year
    inside = (year >= 0) & (year < index.n_years)
    for state in states:
        inside &= state >= 0
    if len(states) == 2:
        address = (states[0] * index.n_states + states[1]) * index.n_years + year
        grid = index.row_of
    else:
        address = states[0] * index.n_years + year
        grid = np.full(index.n_states * index.n_years, -1, dtype=np.int32)
        grid[index.key1] = np.arange(len(index), dtype=np.int32)
    row = np.full(len(years), -1, dtype=np.int64)
    row[inside] = grid[address[inside]]
    return row


def _dyadic(panel: Panel, joined: Panel, fresh: list[str]) -> dict[str, Array]:
    """Columns of dyads. In undirected panels the two numberings may order a pair differently: its ends are swapped."""
    codes = [np.where(np.isnan(panel[key]), -1, panel[key]).astype(np.int64) for key in ("ccode1", "ccode2")]
    turned = np.zeros(len(panel), dtype=bool)
    if not panel.directed:
        turned = codes[0] > codes[1]
        codes = [np.minimum(*codes), np.maximum(*codes)]
    row = _look_up(joined, codes, panel["year"].astype(np.int64))
    columns = {}
    for name in fresh:
        held = _gather(joined[name], row)
        other = f"{name[:-1]}{'2' if name.endswith('1') else '1'}" if name.endswith(("1", "2")) else name
        if other != name and other in fresh and turned.any():
            swapped = turned & (row >= 0)
            held[swapped] = joined[other][row[swapped]]
        columns[name] = held
    return columns


def _gather(values: Array, row: Array) -> Array:
    if values.dtype.kind not in "fO":
        values = values.astype(np.float64)
    held: Array = np.full(len(row), None if values.dtype == object else np.nan, dtype=values.dtype)
    known = row >= 0
    held[known] = values[row[known]]
    return held
