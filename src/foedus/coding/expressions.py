"""Expressions of time in English and the dates they mean, counted from the publication and from the day spoken of before."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from foedus.model import dates

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"), ("february", "feb"), ("march", "mar"), ("april", "apr"), ("may",), ("june", "jun"), ("july", "jul"),
            ("august", "aug"), ("september", "sept", "sep"), ("october", "oct"), ("november", "nov"), ("december", "dec"),
        ),
        1,
    )
    for name in names
}  # fmt: skip
_DAYS: Final = {
    name: n for n, name in enumerate(("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"))
}
_NUMBERS: Final = {
    word: n for n, word in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "several": 0, "few": 0}
_MONTH: Final = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_DAY: Final = "(" + "|".join(_DAYS) + ")"
_N: Final = r"(\d{1,3}|" + "|".join(_NUMBERS) + ")"
_ORD: Final = r"(\d{1,2})(?:st|nd|rd|th)?"
_ORDINALS: Final = {
    word: n
    for n, word in enumerate(
        """first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth
        seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth
        twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first""".split(),
        1,
    )
}
PATTERNS: Final = tuple(
    (name, re.compile(pattern, re.IGNORECASE))
    for name, pattern in (
        ("dmy", rf"\b{_ORD}(?: of)? {_MONTH},? (\d{{4}})\b"),
        ("mdy", rf"\b{_MONTH} {_ORD},? (\d{{4}})\b"),
        ("iso", r"\b(\d{4})-(\d\d)-(\d\d)\b"),
        ("dm", rf"\b{_ORD}(?: of)? {_MONTH}(?![a-z])"),
        ("md", rf"\b{_MONTH} {_ORD}(?!\d)\b"),
        ("my", rf"\b(?:early |late |mid-)?{_MONTH},? (?:of )?(\d{{4}})\b"),
        ("ofmonth", rf"\bof (last|this|next) {_MONTH}(?![a-z])"),
        ("lastmonth_name", rf"\b(last|this|next) {_MONTH}(?![a-z])"),
        ("later", rf"\b{_N} (day|week|month|year)s? (earlier|later|before|after)\b"),
        ("ago", rf"\b{_N} (hour|day|week|fortnight|month|year)s? ago\b"),
        ("since_unit", r"\bin recent (?:days|weeks|months)\b"),
        (
            "part",
            r"\b(?:(?:the |its )?(?:very )?(?:start|beginning|middle|end|turn) of|(?:early|earlier|late|later) in) "
            r"(the|this|last|next) (month|year)\b",
        ),
        ("part", r"\b(?:earlier|later) (this) (month|year)\b"),
        ("season", r"\b(?:since|in|during|until|by|from|through) the (spring|summer|autumn|fall|winter)\b(?! of)"),
        ("weekof", rf"\b{_DAY} of (last|next|this) week\b"),
        ("lastday", rf"\b(last|next|this) {_DAY}\b"),
        ("weekago", rf"\b{_DAY} (?:week|last)\b"),
        (
            "rel",
            r"\b(last|this|next|past|previous|coming|following) (fortnight|week|month|year|night|weekend|spring|summer|autumn|fall|winter)\b",
        ),
        (
            "yesterday",
            r"\b(the day before yesterday|day after tomorrow|yesterday|today|tonight|tomorrow|this (?:morning|afternoon|evening)|overnight)\b",
        ),
        (
            "nextday",
            r"\b(?:the )?(?:(next|following|previous) (?:day|morning|night|evening|afternoon)"
            r"|(night before|day before|evening before|day after|morning after))\b",
        ),
        ("clock", r"^\W*([0-2]?\d[:.][0-5]\d)\b"),
        (
            "ordinal",
            r"\b(?:on|since|until|by|night of|morning of|evening of) the ("
            + "|".join(sorted(_ORDINALS, key=len, reverse=True))
            + r"|\d{1,2}(?=st|nd|rd|th))(?:st|nd|rd|th)?\b(?! (?:of|day|time|year))",
        ),
        ("sameday", r"\b(?:the )?(?:same|that) (day|evening|night|morning|week|month|year)\b"),
        ("weekday", rf"\b{_DAY}\b"),
        ("month", rf"\b(?:early|late|mid|in|since|by|until|during|from|of|last)[ -](?:in )?{_MONTH}(?![a-z])"),
        (
            "year",
            r"\b(?:in|since|of|by|from|during|until|before|after|early|late|mid-?|year|summer|spring|autumn|winter)"
            r" ?(?:early |late |mid-)?((?:1[89]|20)\d\d)\b",
        ),
        ("bareyear", r"(?<![\d,.-])((?:1[89]|20)\d\d)(?![\d,-]|\.\d)"),
    )
)
"""Each sort of expression with its pattern, those that take precedence first."""

COUNTED: Final = frozenset({"later", "nextday", "sameday"})
"""Expressions counted from another ("the night before")."""
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each begins."""


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | bool | None:
    try:
        if month is None:
            return f"{year:04d}"
        if day is None:
            return f"{year:04d}-{month:02d}"
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Basis:
    """What times are counted from: the last day of the publication, and the last full dates spoken of before."""

    published: dt.date | None
    exact: bool
    """Whether the publication is known to the day."""
    anchor: dt.date | None
    """The last one in the sentences before."""
    here: dt.date | None = None
    """The last one in this sentence, before the expression."""

    @property
    def last(self) -> dt.date | None:
        """The last day spoken of."""
        return self.here or self.anchor


def value(name: str, match: re.Match[str], basis: Basis) -> str | bool | None:
    """The date that an expression means (`YYYY`, `YYYY-MM` or `YYYY-MM-DD`).

    None where it is a time without a date that we can tell, False where it is no time, or none of the calendar's years.
    """
    try:
        date = _read(name, match, basis)
    except OverflowError:
        return False
    return False if isinstance(date, str) and not dates.is_date(date) else date


def days_from(date: str, days: int) -> str | bool:
    """The day so many days from another; False beyond the calendar's ends."""
    try:
        return (dt.date.fromisoformat(date) + dt.timedelta(days)).isoformat()
    except OverflowError:
        return False


def in_year(date: str, year: int) -> str | bool | None:
    """The same day or month in another year; False where that year has none."""
    parts = date.split("-")
    moved = _iso(year, int(parts[1]), int(parts[2]) if len(parts) == 3 else None)
    return moved if isinstance(moved, str) and dates.is_date(moved) else False


def _read(name: str, m: re.Match[str], basis: Basis) -> str | bool | None:
    day, last = basis.published, basis.last
    g = [part.lower().rstrip(".") if part else "" for part in m.groups()]
    if name == "dmy":
        return _iso(int(g[2]), _MONTHS[g[1]], int(g[0]))
    if name == "mdy":
        return _iso(int(g[2]), _MONTHS[g[0]], int(g[1]))
    if name == "iso":
        return _iso(int(g[0]), int(g[1]), int(g[2]))
    if name == "my":
        return _iso(int(g[1]), _MONTHS[g[0]])
    if name in {"year", "bareyear"}:
        year = int(g[0])
        if name == "bareyear" and day and year > day.year + 30:
            return False
        return _iso(year)
    if name == "since_unit":
        return None
    if name == "later":
        return _offset(g[0], g[1], g[2] in {"earlier", "before"}, last or day)
    if name == "nextday":
        if last is None:
            return None
        back = g[0] == "previous" or g[1].endswith("before")
        return (last + dt.timedelta(-1 if back else 1)).isoformat()
    if day is None:
        if name in {"dm", "md", "month"} and basis.anchor is not None:
            day = basis.anchor
        else:
            return None
    if name == "dm":
        return _near(day, _MONTHS[g[1]], int(g[0]))
    if name == "md":
        return False if m.group(1)[0].islower() else _near(day, _MONTHS[g[0]], int(g[1]))
    if name == "month":
        month = _MONTHS[g[0]]
        if g[0] == "may" and not re.search(r"\bMay\b", m.group()):
            return False
        return _iso(day.year if month <= day.month else day.year - 1, month)
    if name in {"ofmonth", "lastmonth_name"}:
        month = _MONTHS[g[1]]
        if g[0] == "next":
            return _iso(day.year if month > day.month else day.year + 1, month)
        year = day.year if month < day.month or (g[0] == "this" and month == day.month) else day.year - 1
        return _iso(year, month)
    if name == "ago":
        if g[1] == "hour":
            return day.isoformat()
        return _offset(g[0], g[1], True, day)
    if name == "yesterday":
        shift = {
            "yesterday": -1,
            "the day before yesterday": -2,
            "tomorrow": 1,
            "day after tomorrow": 2,
            "overnight": -1,
        }.get(g[0], 0)
        return (day + dt.timedelta(shift)).isoformat()
    if name == "clock":
        return day.isoformat() if basis.exact else None
    if name == "ordinal":
        number = int(g[0]) if g[0].isdigit() else _ORDINALS[g[0]]
        if not 1 <= number <= 31:
            return False
        month = day.year * 12 + day.month - 1 - (number > day.day)
        return _iso(month // 12, month % 12 + 1, number)
    if name == "part":
        return _relative("this" if g[0] == "the" else g[0], g[1], day)
    if name == "season":
        return _iso(day.year if day.month >= _SEASONS[g[0]] else day.year - 1)
    if name == "weekof":
        monday = day - dt.timedelta(day.weekday())
        shift = {"last": -7, "this": 0, "next": 7}[g[1]]
        return (monday + dt.timedelta(shift + _DAYS[g[0]])).isoformat()
    if name in {"weekday", "lastday", "weekago"}:
        which = g[1] if name == "lastday" else g[0]
        if name == "lastday" and g[0] == "next":
            return (day + dt.timedelta(((_DAYS[which] - day.weekday() - 1) % 7) + 1)).isoformat()
        back = (day.weekday() - _DAYS[which]) % 7
        if back == 0 and name in {"lastday", "weekago"}:
            back = 7
        return (day - dt.timedelta(back)).isoformat()
    if name == "sameday":
        if last is None or g[0] == "year":
            return None
        return last.isoformat()[:7] if g[0] in {"week", "month"} else last.isoformat()
    return _relative(g[0], g[1], day)


def _relative(which: str, unit: str, day: dt.date) -> str | bool | None:
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1, "following": 1}[which]
    if unit == "night":
        return (day + dt.timedelta(min(step, 0))).isoformat()
    if unit == "fortnight":
        return (day + dt.timedelta(14 * step)).isoformat()[:7]
    if unit in {"week", "weekend"}:
        if unit == "weekend" and step <= 0:
            return (day - dt.timedelta((day.weekday() - 5) % 7)).isoformat()[:7]
        return (day + dt.timedelta(7 * step)).isoformat()[:7]
    if unit == "month":
        month = day.year * 12 + day.month - 1 + step
        return _iso(month // 12, month % 12 + 1)
    if unit == "year":
        return _iso(day.year + step)
    return _iso(
        day.year
        + (step if step < 0 and unit in {"autumn", "fall", "winter"} and day.month < 9 else 0 if step < 0 else step)
    )


def _near(day: dt.date, month: int, number: int) -> str | bool | None:
    """The day and month nearest the publication, the past preferred."""
    options = [
        value for year in (day.year - 1, day.year, day.year + 1) if isinstance(value := _iso(year, month, number), str)
    ]
    if not options:
        return False
    return min(
        options,
        key=lambda value: (
            abs((dt.date.fromisoformat(value) - day).days - (-60))
            if dt.date.fromisoformat(value) <= day + dt.timedelta(120)
            else 10**6
        ),
    )


def _offset(count: str, unit: str, back: bool, base: dt.date | None) -> str | bool | None:
    n = int(count) if count.isdigit() else _NUMBERS.get(count, 0)
    if base is None or n == 0:
        return None
    sign = -1 if back else 1
    if unit == "day":
        return (base + dt.timedelta(sign * n)).isoformat()
    if unit in {"week", "fortnight"}:
        return (base + dt.timedelta(sign * (7 if unit == "week" else 14) * n)).isoformat()[:7]
    if unit == "month":
        month = base.year * 12 + base.month - 1 + sign * n
        return _iso(month // 12, month % 12 + 1)
    return _iso(base.year + sign * n)
