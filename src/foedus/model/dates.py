"""Dates known to the day, the month or the year, as the strings `2025-06-22`, `2025-06`, `2025`.

They stay strings through the whole program: a string sorts, travels as JSON and never claims a day it does not know.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re

_FORM = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?")


def is_date(text: str) -> bool:
    """Whether `text` is a valid date of one of the three precisions."""
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def bounds(text: str) -> tuple[dt.date, dt.date]:
    """First and last day that `text` may mean. Raises ValueError for anything that is no date."""
    match = _FORM.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if year < dt.MINYEAR:
        raise ValueError(f"{text!r} is no date: there is no year 0")
    if month is None:
        return dt.date(year, 1, 1), dt.date(year, 12, 31)
    if not 1 <= month <= 12:
        raise ValueError(f"{text!r} is no date: month {month}")
    if day is None:
        return dt.date(year, month, 1), dt.date(year, month, calendar.monthrange(year, month)[1])
    try:
        exact = dt.date(year, month, day)
    except ValueError:
        raise ValueError(f"{text!r}: there is no such day; write YYYY-MM-DD") from None
    return exact, exact


def earliest(text: str) -> dt.date:
    """The first day that `text` may mean."""
    return bounds(text)[0]


def latest(text: str) -> dt.date:
    """The last day that `text` may mean."""
    return bounds(text)[1]


def day(value: str | dt.date) -> dt.date:
    """A full date from a date or its ISO string; refuses a month or a year."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    first, last = bounds(value)
    if first != last:
        raise ValueError(f"{value!r} does not name a day; write YYYY-MM-DD")
    return first
