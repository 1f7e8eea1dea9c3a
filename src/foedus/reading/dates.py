"""Dates as texts and records write them, and the year that one of them leaves out."""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/.])(0?[1-9]|1[0-2])\2(0?[1-9]|[12]\d|3[01])(?!\d)")
_ISO_MONTH = re.compile(r"(?<![\d-])((?:18|19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])")
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NUMERIC = re.compile(r"(?<![\d/.])(\d{1,2})([/.-])(\d{1,2})\2((?:19|20)\d\d)(?![\d/])")
_EAST = re.compile(r"(?:((?:18|19|20)\d\d)\s*[年년]\s*)?(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일]")
_YEAR = re.compile(r"(?<![\d.,/-])(1[89]\d\d|20\d\d)(?![\d/-]|[.,]\d)")
_EPOCH = re.compile(r"1\d{9}(?:\d{3})?")
_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])[/-]?(0[1-9]|[12]\d|3[01])(?=\D|$)")
_ADDRESS_DASH = re.compile(r"(?<!\d)((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?!\d)")
_AHEAD = re.compile(
    r"\b(?:by|until|till|before|through|expir\w+|deadline|scheduled|due|will|planned|upcoming|next)\b[^.]{0,25}$", re.I
)
_SCAN = 200_000


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text: where it stands and what it states; year or day may be unstated (None)."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None

    @property
    def iso(self) -> str | None:
        """The date as a string of the model, or None where the year is not stated."""
        if self.year is None:
            return None
        return f"{self.year:04d}-{self.month:02d}" + ("" if self.day is None else f"-{self.day:02d}")


def find(text: str, day_first: bool | None = None) -> list[Found]:
    """All dates in the first 200,000 characters of `text` that state at least a month, in order."""
    found = [one for one in _candidates(text[:_SCAN], day_first) if _possible(one)]
    found.sort(key=lambda one: (one.start, -one.end))
    kept: list[Found] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


def parse(value: object, day_first: bool | None = None) -> tuple[str | None, str | None]:
    """A date of the model from a field of a record, and a note where it had to be cut or given up.

    The day is the one written, in whatever time zone it was written.
    """
    if value is None:
        return None, None
    if isinstance(value, dt.datetime | dt.date):
        return value.isoformat()[:10], None
    text = str(value).strip()
    if not text:
        return None, None
    if _EPOCH.fullmatch(text):
        seconds = int(text[:10])
        return dt.datetime.fromtimestamp(seconds, dt.UTC).date().isoformat(), None
    if match := re.fullmatch(r"(1[5-9]\d\d|20\d\d)(?:-(0[1-9]|1[0-2]))?", text):
        return match[0], None
    if match := _COMPACT.match(text):
        one = Found(0, 8, int(match[1]), int(match[2]), int(match[3]))
        return (one.iso, None) if _possible(one) else (None, f"{text!r} is no date")
    for one in find(text, day_first):
        if one.year is not None:
            return one.iso, None
    numeric = _NUMERIC.search(text)
    if numeric and int(numeric[1]) <= 12 and int(numeric[3]) <= 12:
        return numeric[4], f"{numeric[0]} can be read in two ways; day_first settles it, only the year is kept"
    if year := _YEAR.search(text):
        return year[1], f"only the year of {text[:60]!r} is clear"
    return None, f"{text[:60]!r} is no date that can be read"


def in_address(address: str) -> str | None:
    """The date in a URL's path or a file's name, as `/2025/06/28/`, `/20250628/` or `2025-06-28`."""
    for pattern in (_ADDRESS, _ADDRESS_DASH, _COMPACT):
        for match in pattern.finditer(address):
            one = Found(*match.span(), int(match[1]), int(match[2]), int(match[3]))
            if _possible(one) and 1900 <= int(match[1]) <= 2100:
                return one.iso
    return None


def year_of(month: int, day: int, text: str, hints: list[tuple[str, str]], today: dt.date) -> tuple[int, str]:
    """The year that a day and month most likely had, and the reason in words.

    In order: a date in an address; the latest full date of the text that does not point ahead; other hints (a
    file's name); the latest month or year in the text; and only then today.
    """
    for label, hint in hints:
        if label in ("address", "page's own date"):
            return _nearest(month, day, dt.date.fromisoformat(hint)), f"from the {label} ({hint})"
    found = find(text)
    full = [
        dt.date(one.year, one.month, one.day)
        for one in found
        if one.year and one.day and not _AHEAD.search(text[max(0, one.start - 40) : one.start])
    ]
    full = [one for one in full if one <= today + dt.timedelta(days=2)]
    if full:
        return _nearest(month, day, max(full)), f"from the latest full date in the text ({max(full)})"
    for label, hint in hints:
        return _nearest(month, day, dt.date.fromisoformat(hint)), f"from the {label} ({hint})"
    months = [dt.date(one.year, one.month, 15) for one in found if one.year and one.day is None]
    months = [one for one in months if one <= today]
    if months:
        latest = max(months)
        return _nearest(month, day, latest), f"from the latest month in the text ({latest:%Y-%m})"
    years = [int(match[1]) for match in _YEAR.finditer(text[:_SCAN]) if int(match[1]) <= today.year]
    if years:
        return max(years), f"from the latest year in the text ({max(years)})"
    year = today.year if (month, day) <= (today.month, today.day) else today.year - 1
    return year, "from today's date, for want of anything better"


def _nearest(month: int, day: int, to: dt.date) -> int:
    """The year that brings the day and month closest to a date; a story comes rather after what it tells."""
    best = to.year
    least = 10_000.0
    for year in (to.year - 1, to.year, to.year + 1):
        try:
            distance = (dt.date(year, month, day) - to).days
        except ValueError:
            continue
        weighed = float(distance) if distance >= 0 else -1.5 * distance
        if weighed < least:
            best, least = year, weighed
    return best


def _possible(one: Found) -> bool:
    try:
        dt.date(one.year or 2024, one.month, one.day or 1)
    except ValueError:
        return False
    return True


def _candidates(text: str, day_first: bool | None) -> Iterator[Found]:
    for match in _ISO.finditer(text):
        yield Found(*match.span(), int(match[1]), int(match[3]), int(match[4]))
    for match in _ISO_MONTH.finditer(text):
        yield Found(*match.span(), int(match[1]), int(match[2]), None)
    for match in _EAST.finditer(text):
        yield Found(*match.span(), int(match[1]) if match[1] else None, int(match[2]), int(match[3]))
    for match in _NUMERIC.finditer(text):
        first, second, year = int(match[1]), int(match[3]), int(match[4])
        if match[2] == "." or first > 12 or first == second or day_first is True:
            yield Found(*match.span(), year, second, first)
        elif second > 12 or day_first is False:
            yield Found(*match.span(), year, first, second)
    numbers, day_month, month_day, month_year = _named()
    for pattern in (day_month, month_day):
        for match in pattern.finditer(text):
            if not _is_name(match["m"]):
                continue
            stated = int(match["y"]) if match["y"] else None
            yield Found(*match.span(), stated, numbers[match["m"].lower()], int(match["d"]))
    for match in month_year.finditer(text):
        if _is_name(match["m"]):
            yield Found(*match.span(), int(match["y"]), numbers[match["m"].lower()], None)


def _is_name(word: str) -> bool:
    """Whether a word is a month here: `may` and its like only with a capital letter."""
    numbers, ordinary = _data()
    # Ignoring case also matches letters such as the long s, which no list has.
    return word.lower() in numbers and (word[0].isupper() or word.lower() not in ordinary)


@cache
def _data() -> tuple[dict[str, int], frozenset[str]]:
    table = tomllib.loads(files("foedus.reading").joinpath("data/months.toml").read_text("utf-8"))
    numbers = {name: int(number) for number, names in table["months"].items() for name in names}
    return numbers, frozenset(table["ordinary"])


@cache
def _named() -> tuple[dict[str, int], re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    numbers = _data()[0]
    names = "|".join(sorted(map(re.escape, numbers), key=len, reverse=True))
    month = rf"(?P<m>{names})\b\.?"
    year = r"(?P<y>1[5-9]\d\d|20\d\d)(?!\d)"
    day = r"(?P<d>[0-3]?\d)"
    day_month = re.compile(
        rf"(?<![\d.,:/-]){day}(?:st|nd|rd|th|er|º|\.)?\s+(?:de\s+|of\s+)?{month}(?:,?\s+(?:de\s+|del\s+)?{year})?", re.I
    )
    month_day = re.compile(rf"\b{month}\s+{day}(?:st|nd|rd|th)?(?![\d:]|[.,]\d)(?:,?\s+{year})?", re.I)
    month_year = re.compile(rf"\b{month},?\s+(?:of\s+|de\s+)?{year}", re.I)
    return numbers, day_month, month_day, month_year
