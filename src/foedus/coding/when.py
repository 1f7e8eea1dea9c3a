"""When an act happened: dates in a sentence, worked out from the publication date, and tied to the predicate they belong to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import Final

from foedus.coding.parse import Sentence
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
_PATTERNS: Final = tuple(
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


_COUNTED: Final = frozenset({"later", "nextday", "sameday"})
_KINDS: Final = {"part": "rel", "season": "rel"}
"""Sorts of expression that the decider knows under another's name."""
_SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each begins."""


@dataclass(frozen=True, slots=True)
class When:
    """A time named in a sentence: its characters, the date it means, and whether it marks only a limit ("until", "before")."""

    start: int
    end: int
    date: str | None
    limit: bool = False
    since: bool = False
    kind: str = ""
    """Which sort of expression it is; `issued` and `anchor` stand for the publication and for the last day spoken of before."""
    other: bool = False
    """A second reading of the same words ("on Friday" as the one to come)."""


def times(text: str, published: str | None, anchor: str | None = None) -> list[When]:
    """The times named in `text`, in order. `anchor` is the last full date spoken of before ("two days earlier")."""
    day = _publication_day(published)
    taken: list[tuple[int, int]] = []
    matches: list[tuple[str, re.Match[str]]] = []
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                matches.append((name, match))
    # Times counted from another ("the night before") come after those that stand by themselves.
    found: list[When] = []
    for name, match in sorted(matches, key=lambda item: (item[0] in _COUNTED, item[1].start())):
        before = [when for when in found if when.start < match.start()]
        value = _value(name, match, day, published, anchor, before)
        if isinstance(value, bool):
            continue
        ahead = text[max(0, match.start() - 10) : match.start()].lower() + match.group().lower()
        limit = bool(re.search(r"\b(?:until|till|before|by|from)\b(?! today)", ahead)) and name not in _COUNTED
        since = bool(re.search(r"\b(?:since)\b", ahead))
        found.append(When(match.start(), match.end(), value, limit, since, _KINDS.get(name, name)))
    return sorted(found, key=lambda when: when.start)


def readings(
    whens: list[When], published: str | None, anchor: str | None = None, story: int | None = None
) -> list[When]:
    """All dates that the sentence's times may mean: each as `times` reads it, then other readings, the publication day, the anchor.

    `story` is the last year that the document named: in a piece about 1962, "in August" may be August 1962.
    """
    day = _publication_day(published)
    found = list(whens)

    def add(when: When, date: str | bool | None) -> None:
        if isinstance(date, str) and all(date != w.date or w.start != when.start for w in found):
            found.append(replace(when, date=date, other=True))

    for when in whens:
        if when.date is None:
            continue
        full = len(when.date) == 10
        if when.kind in {"weekday", "lastday", "dm", "md", "yesterday"} and when.since and full:
            add(when, when.date[:7])
        if when.kind == "weekday" and full:
            add(when, (dt.date.fromisoformat(when.date) + dt.timedelta(7)).isoformat())
            if when.date == (day.isoformat() if day else None):
                add(when, (dt.date.fromisoformat(when.date) - dt.timedelta(7)).isoformat())
        if when.kind in {"month", "dm", "md"}:
            add(when, _other_year(when.date, int(when.date[:4]) + 1))
            if story is not None:
                add(when, _other_year(when.date, story))
        if when.kind == "later" and anchor is None and story is not None and len(when.date) == 4 and day:
            add(when, f"{story + int(when.date) - day.year:04d}")
    if day is not None and published is not None and len(published) == 10:
        add(When(-1, -1, None, kind="issued"), day.isoformat())
    if anchor is not None:
        add(When(-2, -2, None, kind="anchor"), anchor)
    return found


def _other_year(date: str, year: int) -> str | bool | None:
    parts = date.split("-")
    return _iso(year, int(parts[1]), int(parts[2]) if len(parts) == 3 else None)


_EXPLICIT: Final = frozenset({"dmy", "mdy", "my", "year", "bareyear", "iso"})


def last_year(whens: list[When], before: int | None) -> int | None:
    """The last year named in full, else the one named before."""
    return next((int(w.date[:4]) for w in reversed(whens) if w.kind in _EXPLICIT and w.date), before)


def _publication_day(published: str | None) -> dt.date | None:
    if not published or not dates.is_date(published):
        return None
    return dates.latest(published)


def _iso(year: int, month: int | None = None, day: int | None = None) -> str | bool | None:
    try:
        if month is None:
            return f"{year:04d}"
        if day is None:
            return f"{year:04d}-{month:02d}"
        return dt.date(year, month, day).isoformat()
    except ValueError:
        return False


def _value(
    name: str, m: re.Match[str], day: dt.date | None, published: str | None, anchor: str | None, found: list[When]
) -> str | bool | None:
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
        return _offset(g[0], g[1], g[2] in {"earlier", "before"}, _last_day(found, anchor, day))
    if name == "nextday":
        base = _last_day(found, anchor, None)
        if base is None:
            return None
        back = g[0] == "previous" or g[1].endswith("before")
        return (base + dt.timedelta(-1 if back else 1)).isoformat()
    if day is None:
        if name in {"dm", "md", "month"} and anchor:
            day = dates.latest(anchor)
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
        return day.isoformat() if published and len(published) == 10 else None
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
        base = _last_day(found, anchor, None)
        return (
            base.isoformat()
            if base and g[0] in {"day", "evening", "night", "morning"}
            else (base.isoformat()[:7] if base and g[0] in {"week", "month"} else None)
        )
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


def _last_day(found: list[When], anchor: str | None, default: dt.date | None) -> dt.date | None:
    for when in reversed(found):
        if when.date and len(when.date) == 10:
            return dt.date.fromisoformat(when.date)
    if anchor and len(anchor) == 10:
        return dt.date.fromisoformat(anchor)
    return default


def belongs(s: Sentence, whens: list[When], i: int) -> When | None:
    """The time that belongs to the predicate at word `i`: nearest below its own clause, else its governing clause's."""
    if not whens:
        return None
    words = {k: when for when in whens for k in range(len(s)) if s.starts[k] < when.end and s.ends[k] > when.start}
    own = [k for k in words if clause(s, k) == clause(s, i)]
    below = [k for k in own if s.under(k, i)]
    pick = below or own
    clock = next((when for when in whens if when.kind == "clock"), None)
    if not pick and clock is not None:
        return clock
    if pick:
        return words[min(pick, key=lambda k: abs(k - i))]
    if s.pos[i] in {"NOUN", "PROPN"}:
        return None
    for head in s.up(i):
        if s.deps[i] in {"conj"} or s.deps[clause(s, i)] in {"conj", "advcl", "xcomp", "pcomp"}:
            above = [k for k in words if clause(s, k) == clause(s, head)]
            if above and clause(s, head) != clause(s, i):
                return words[min(above, key=lambda k: abs(k - i))]
    return None


def clause(s: Sentence, i: int) -> int:
    """The verb (or root) that heads the clause of word `i`."""
    if s.pos[i] in {"VERB", "AUX"} and s.deps[i] not in {"aux", "auxpass", "amod", "compound"}:
        return i
    for head in s.up(i):
        if s.pos[head] in {"VERB", "AUX"} and s.deps[head] not in {"aux", "auxpass"}:
            return head
        i = head
    return i


def is_historical(date: str | None, published: str | None) -> bool:
    """Whether `date` lies more than about a year before the publication."""
    if not date or not published or not dates.is_date(published):
        return False
    return (dates.earliest(published) - dates.latest(date)).days > 330
