"""Reading columns of research tables: checked for being there, state numbers as positions, dates in parts as days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess.sources import Ints
from foedus.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables

EPOCH: Final = dt.date(1970, 1, 1).toordinal()
FOREVER: Final = dt.date(9999, 12, 31).toordinal()


def columns(tables: Tables, name: str, *wanted: str) -> pd.DataFrame:
    """A table that has the columns wanted; DataError names the table and the column otherwise."""
    frame = tables[name]
    lacking = [column for column in wanted if column not in frame.columns]
    if lacking:
        raise DataError(
            f"{tables.folder}: table {name!r} has no column {', '.join(lacking)}; "
            f"fetch it anew with `foedus data pull {name}`"
        )
    if not len(frame):
        raise DataError(f"{tables.folder}: table {name!r} holds no rows; fetch it anew with `foedus data pull {name}`")
    return frame


def abbreviations(states: pd.DataFrame) -> dict[str, int]:
    """COW numbers by abbreviation, from the table of states."""
    return {str(a): int(c) for a, c in zip(states["stateabb"], states["ccode"], strict=True)}


def positions(values: Any, index: dict[int, int]) -> Ints:
    """Where the states with these numbers stand; -1 for a number that is none."""
    numbers = np.asarray(values, dtype=np.float64)
    top = max(index) + 1
    table = np.full(top + 1, -1, dtype=np.int64)
    for code, place in index.items():
        table[code] = place
    safe = np.where(np.isfinite(numbers) & (numbers >= 0) & (numbers < top), numbers, top).astype(np.int64)
    return table[safe]


def day_of(year: Any, month: Any, day: Any, *, at_end: bool) -> int:
    """The day of a date in parts; an unknown day or month is the first, or the last `at_end`."""
    y = int(year)
    m = int(month) if month == month and month > 0 else (12 if at_end else 1)
    if day == day and day > 0:
        try:
            return dt.date(y, m, int(day)).toordinal()
        except ValueError:  # 31 June and the like stand in the tables; the month's last day is meant
            pass
        at_end = True
    if not at_end:
        return dt.date(y, m, 1).toordinal()
    return (dt.date(y + m // 12, m % 12 + 1, 1) - dt.timedelta(1)).toordinal()


def days_of(values: pd.Series[Any]) -> Ints:
    """Days from a column of dates, as R keeps them (days since 1970) or as text."""
    import pandas as pd

    if pd.api.types.is_numeric_dtype(values):
        days: Ints = (values.to_numpy(dtype=np.float64) + EPOCH).astype(np.int64)
        return days
    return np.asarray([moment.date().toordinal() for moment in pd.to_datetime(values)], dtype=np.int64)


def records(frame: pd.DataFrame) -> Iterator[Any]:
    """The rows, each with its columns as attributes."""
    yield from frame.itertuples(index=False)
