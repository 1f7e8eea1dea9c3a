"""What every join shares: which units it takes, and blanking the years a source does not cover."""

from __future__ import annotations

from typing import Any

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.index import Array, Index
from foedus.panel.sources import Source


def rows_of(panel: Panel, what: str, units: tuple[str, ...] = ("dyad-year", "state-year"), gw: bool = False) -> Index:
    """The panel's rows. InputError for a unit the columns mean nothing for, or for a panel of Gleditsch–Ward numbers
    where the columns have no source counted by them (`gw`: they have one).
    """
    if panel.unit not in units:
        raise InputError(f"{what} are columns of {' and '.join(units)} panels, not of {panel.unit}s")
    if panel.system != "cow" and not gw:
        raise InputError(
            f"{what} are keyed by COW numbers; join .with_cow_codes() (on the command line `cow-codes`) first, "
            "or start from a panel with system='cow'"
        )
    return panel.rows()


def ends(panel: Panel, column: str) -> list[tuple[str, Array]]:
    """Names and addresses of a state's column: itself for states, with 1 and 2 appended for dyads."""
    index = panel.rows()
    if panel.unit == "dyad-year":
        return [(f"{column}1", index.key1), (f"{column}2", index.key2)]
    return [(column, index.key1)]


def zero_inside(index: Index, column: Array, first: int, last: int) -> Array:
    """NaN becomes 0 in the years that a source covers and stays NaN in the others."""
    outside = index.outside(first, last)
    if outside is None:
        np.nan_to_num(column, copy=False, nan=0.0)
    else:
        column[np.isnan(column) & ~outside] = 0
        column[outside] = np.nan
    return column


def blank_outside(index: Index, column: Array, first: int, last: int) -> Array:
    """NaN in the years that a source does not cover."""
    outside = index.outside(first, last)
    if outside is not None:
        column[outside] = np.nan
    return column


def cut_warning(source: Source) -> str:
    """A line for the metadata where the loaded table stops short of its keeper's span; "" where it does not."""
    return f"the loaded table {source.table} ends in {source.last}: later years are missing" if source.cut else ""


def years_of_spells(starts: Any, ends: Any) -> tuple[Array, Array]:
    """Row number and year for every year of every spell (both ends included)."""
    first, last = np.asarray(starts, dtype=np.int64), np.asarray(ends, dtype=np.int64)
    length = np.maximum(last - first + 1, 0)
    row = np.repeat(np.arange(len(first)), length)
    begun = np.repeat(np.cumsum(length) - length, length)
    return row, np.repeat(first, length) + np.arange(len(row)) - begun


def peace_spell(index: Index, ongoing: Array) -> Array:
    """Years of peace before each row: 0 in a unit's first row and after a conflict, else one more than before.

    Counted over the unit's rows as they stand, so that years out of the state system do not count. NaN where `ongoing`
    is not known, and the count begins anew after such a gap.
    """
    unit = index.first if index.second is None else index.first.astype(np.int64) * index.n_states + index.second
    position = np.arange(len(index))
    known = ~np.isnan(ongoing)
    fresh = np.ones(len(index), dtype=bool)
    fresh[1:] = (unit[1:] != unit[:-1]) | (ongoing[:-1] == 1) | ~known[:-1]
    begun = np.maximum.accumulate(np.where(fresh, position, 0))
    spell = (position - begun).astype(np.float64)
    spell[~known] = np.nan
    return spell


def column_date(days: Any) -> tuple[Array, Array, Array]:
    """Year, month and day of R dates (days since 1970-01-01) or of ISO strings."""
    given = np.asarray(days)
    stamps = (
        given.astype("datetime64[D]") if given.dtype.kind in "OUMT" else given.astype(np.int64).astype("datetime64[D]")
    )
    months = stamps.astype("datetime64[M]")
    years = stamps.astype("datetime64[Y]").astype(np.int64) + 1970
    return years, months.astype(np.int64) % 12 + 1, (stamps - months.astype("datetime64[D]")).astype(np.int64) + 1
