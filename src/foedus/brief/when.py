"""Full dates written in a sentence, for attacks that the coder could not date and for what to watch."""

from __future__ import annotations

import datetime as dt
import re

from foedus.brief.labels import MONTHS
from foedus.model.dates import is_date, latest

_MONTH = "|".join(f"{month}|{month[:3]}\\.?" for month in MONTHS) + r"|Sept\.?"
_DATE = re.compile(
    rf"(?<![\w.])(?:(?P<day1>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month1>{_MONTH})(?:,? (?P<year1>\d{{4}}))?"
    rf"|(?P<month2>{_MONTH}) (?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?!\d)(?:,? (?P<year2>\d{{4}}))?"
    r"|(?P<iso>\d{4}-\d\d-\d\d))(?!\w)"
)
_WEEKDAY = "(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_SPAN = f"(?:week|month|year|spring|summer|autumn|fall|winter|{_WEEKDAY})"
_LOOSE = re.compile(
    r"(?<!\w)(?:(?:in|by|before|until|after|since|from|on|late|early|mid|end of) )?"
    rf"(?:(?:next|coming|this) {_SPAN}|tomorrow|tonight|(?:in|within) the (?:coming|next) (?:hours|days|weeks|years)"
    rf"|within (?:\w+ )?(?:hours|days|weeks|months)|(?:{_MONTH}) \d{{4}}|on {_WEEKDAY})(?!\w)",
    re.IGNORECASE,
)


def dates(sentence: str, published: str | None) -> list[dt.date]:
    """Full dates in reading order; a year not given is that which brings the date nearest to the publication."""
    around = latest(published) if published and is_date(published) else None
    found = []
    for match in _DATE.finditer(sentence):
        if match["iso"]:
            if is_date(match["iso"]):
                found.append(dt.date.fromisoformat(match["iso"]))
            continue
        day = int(match["day1"] or match["day2"])
        word = (match["month1"] or match["month2"])[:3]
        month = next(place for place, name in enumerate(MONTHS, 1) if name.startswith(word))
        year = match["year1"] or match["year2"]
        value = _make(int(year), month, day) if year else _nearest(month, day, around)
        if value:
            found.append(value)
    return found


def phrases(sentence: str) -> tuple[str, ...]:
    """The words for time in a sentence, as written."""
    spans = [match.span() for match in _DATE.finditer(sentence)]
    for match in _LOOSE.finditer(sentence):
        if not any(start < match.end() and match.start() < end for start, end in spans):
            spans.append(match.span())
    return tuple(dict.fromkeys(sentence[start:end].strip() for start, end in sorted(spans)))


def _nearest(month: int, day: int, around: dt.date | None) -> dt.date | None:
    if around is None:
        return None
    years = (around.year - 1, around.year, around.year + 1)
    options = [value for year in years if (value := _make(year, month, day))]
    return min(options, key=lambda value: abs((value - around).days), default=None)


def _make(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None
