"""When an act happened: dates in a sentence, worked out from the publication date, and tied to the predicate they belong to."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from foedus.coding.expressions import COUNTED, PATTERNS, Basis, days_from, in_year, value
from foedus.coding.parse import Sentence
from foedus.model import dates

if TYPE_CHECKING:
    from collections.abc import Sequence

_ANSWERS: Final = frozenset(
    "retaliation revenge reprisal response reply answer retribution vengeance punishment payback condemnation sanction".split()
)
"""Nouns by which an act answers another."""
_PLANNED: Final = frozenset(
    "go due set schedule expect plan intend vow promise pledge agree prepare hope threaten".split()
)
_KINDS: Final = {"part": "rel", "season": "rel"}
"""Sorts of expression that the decider knows under another's name."""


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
    basis = _basis(published, anchor)
    taken: list[tuple[int, int]] = []
    matches: list[tuple[str, re.Match[str]]] = []
    for name, pattern in PATTERNS:
        for match in pattern.finditer(text):
            if not any(a < match.end() and match.start() < b for a, b in taken):
                taken.append(match.span())
                matches.append((name, match))
    # Times counted from another ("the night before") come after those that stand by themselves.
    found: list[When] = []
    for name, match in sorted(matches, key=lambda item: (item[0] in COUNTED, item[1].start())):
        here = next((w.date for w in reversed(found) if w.start < match.start() and w.date and len(w.date) == 10), None)
        date = value(name, match, replace(basis, here=_day(here)))
        if isinstance(date, bool):
            continue
        ahead = text[max(0, match.start() - 10) : match.start()].lower() + match.group().lower()
        limit = bool(re.search(r"\b(?:until|till|before|by|from)\b(?! today)", ahead)) and name not in COUNTED
        since = bool(re.search(r"\b(?:since)\b", ahead))
        found.append(When(match.start(), match.end(), date, limit, since, _KINDS.get(name, name)))
    return sorted(found, key=lambda when: when.start)


def _day(date: str | None) -> dt.date | None:
    return dt.date.fromisoformat(date) if date and len(date) == 10 else None


def _basis(published: str | None, anchor: str | None) -> Basis:
    day = dates.latest(published) if published and dates.is_date(published) else None
    return Basis(day, day is not None and len(published or "") == 10, _day(anchor))


def readings(
    whens: list[When], published: str | None, anchor: str | None = None, story: int | None = None
) -> list[When]:
    """All dates that the sentence's times may mean: each as `times` reads it, then other readings, the publication day, the anchor.

    `story` is the last year that the document named: in a piece about 1962, "in August" may be August 1962.
    """
    basis = _basis(published, anchor)
    day = basis.published
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
            add(when, days_from(when.date, 7))
            if when.date == (day.isoformat() if day else None):
                add(when, days_from(when.date, -7))
        if when.kind in {"month", "dm", "md"}:
            add(when, in_year(when.date, int(when.date[:4]) + 1))
            if story is not None:
                add(when, in_year(when.date, story))
        if when.kind == "later" and anchor is None and story is not None and len(when.date) == 4 and day:
            year = f"{story + int(when.date) - day.year:04d}"
            add(when, year if dates.is_date(year) else False)
    if day is not None and basis.exact:
        add(When(-1, -1, None, kind="issued"), day.isoformat())
    if anchor is not None:
        add(When(-2, -2, None, kind="anchor"), anchor)
    return found


_EXPLICIT: Final = frozenset({"dmy", "mdy", "my", "year", "bareyear", "iso"})


def last_year(whens: list[When], before: int | None) -> int | None:
    """The last year named in full, else the one named before."""
    return next((int(w.date[:4]) for w in reversed(whens) if w.kind in _EXPLICIT and w.date), before)


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


def of_another(s: Sentence, when: When, i: int) -> bool:
    """Whether a time belongs to an act that predicate `i` answers ("struck in retaliation for the bombing on 1 April").

    Said so by a noun of cause before the time: what is answered is another act, at a time of its own.
    """
    if when.start < 0 or s.pos[i] not in {"VERB", "AUX"}:
        return False
    words = [k for k in range(len(s)) if s.starts[k] < when.end and s.ends[k] > when.start]
    if not words or not i < words[0]:
        return False
    cause = next((k for k in range(words[0] - 1, i, -1) if s.lemmas[k] in _ANSWERS), None)
    if cause is None or any(s.pos[k] in {"VERB", "AUX"} or s.lower[k] in {",", ";"} for k in range(cause, words[0])):
        return False
    return any(s.lower[k] in {"for", "to", "over"} for k in range(cause + 1, min(cause + 3, words[0])))


def ahead(s: Sentence, when: When, among: Sequence[When]) -> When:
    """The weekday to come where the words speak of what will be ("will sail on Monday"), else the time as it is."""
    issued = next((w.date for w in among if w.kind == "issued"), None)
    if when.kind != "weekday" or when.other or when.date is None or issued is None or when.date >= issued:
        return when
    k = next((k for k in range(len(s)) if s.starts[k] < when.end and s.ends[k] > when.start), None)
    if k is None or not _to_come(s, clause(s, k)):
        return when
    return next((w for w in among if w.start == when.start and w.other and w.date and w.date > issued), when)


def _to_come(s: Sentence, v: int) -> bool:
    """Whether verb `v` tells of what will be: "will sail", "is to sail", "is due to sail", "would sail"."""
    aux = {s.lower[k] for k in s.kids(v, "aux")}
    if aux & {"will", "wo", "'ll", "’ll", "shall", "would"}:
        return not aux & {"have", "had"}
    head = s.heads[v]
    return (
        "to" in aux
        and s.deps[v] == "xcomp"
        and (s.lemmas[head] in _PLANNED or s.lower[head] in {"is", "are", "was", "were"})
    )


def is_historical(date: str | None, published: str | None) -> bool:
    """Whether `date` lies more than about a year before the publication."""
    if not date or not published or not dates.is_date(published):
        return False
    return (dates.earliest(published) - dates.latest(date)).days > 330
