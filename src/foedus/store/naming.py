"""Names in reports tell acts apart and hold them together, where words and dates do not.

Two amendments to the ledger's grouping, for deeds alone. A report without a date joins the one act of those days with which it shares
a place or a person that none of the others names. And a group told of two days, each in two reports or more, is two acts
where the reports of one day name nobody and nothing that those of the other name: a second strike has another place.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from foedus.model.dates import bounds, is_date
from foedus.model.event import QUADS, Event

DAYS: Final = 7
"""Days between publication and act within which a report without a date may join."""

_TOKEN: Final = re.compile(r"[^\W\d_][\w’'-]*")
_CALENDAR: Final = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september "
    "october november december".split()
)


@lru_cache(maxsize=65_536)
def names(quote: str, actor: str, recipient: str | None) -> frozenset[str]:
    """Capitalised words inside a sentence that are neither days or months nor names of the two parties."""
    found = set()
    for index, match in enumerate(_TOKEN.finditer(quote)):
        word = match.group().removesuffix("'s").removesuffix("’s")
        if index == 0 or not word[0].isupper() or word.lower() in _CALENDAR or len(word) < 3:
            continue
        if _means(word) not in (actor, recipient):
            found.add(word.lower())
    return frozenset(found)


@lru_cache(maxsize=65_536)
def _means(word: str) -> str | None:
    """The party that a word names: a state, its people or its capital, which speaks for it; no other town and no person."""
    from foedus.actors.resolver import resolve

    found = resolve(word)
    return found.code if found and found.person is None and "gazetteer" not in found.source else None


def amended(acts: list[list[Event]], published: Mapping[str, str | None]) -> list[list[Event]]:
    """Acts of one pair and type, as names put them right. The outcome does not depend on the order of the acts."""
    first = next((event for act in acts for event in act), None)
    if first is None or not QUADS[first.type].startswith("material") or first.polarity != "positive":
        return acts
    parted = [part for act in acts for part in _parted(act)]
    return _joined(parted, published)


def _named(act: list[Event]) -> frozenset[str]:
    return frozenset().union(*(names(event.quote, event.actor, event.recipient) for event in act))


def _day(event: Event) -> str | None:
    return event.date if event.date and len(event.date) == 10 else None


def _parted(act: list[Event]) -> list[list[Event]]:
    days: defaultdict[str, list[Event]] = defaultdict(list)
    for event in act:
        if day := _day(event):
            days[day].append(event)
    firm = {day: _named(events) for day, events in days.items() if len({e.document for e in events}) >= 2}
    told = sorted(firm)
    if len(told) < 2 or any(not firm[day] for day in told):
        return [act]
    if any(firm[one] & firm[other] for at, one in enumerate(told) for other in told[at + 1 :]):
        return [act]
    parts: dict[str, list[Event]] = {day: list(days[day]) for day in told}
    for event in act:
        if _day(event) in firm:
            continue
        mine = names(event.quote, event.actor, event.recipient)
        # To the day that names what it names; failing that to the first, which the later reports look back to.
        best = max(told, key=lambda day: (len(mine & firm[day]), day == _day(event), -told.index(day)))
        parts[best].append(event)
    return list(parts.values())


def _joined(acts: list[list[Event]], published: Mapping[str, str | None]) -> list[list[Event]]:
    if len(acts) < 2:
        return acts
    dated = [act for act in acts if any(event.date for event in act)]
    whole = [list(act) for act in dated]
    spans = [_span(act, published) for act in dated]
    told = [_named(act) for act in dated]
    left = []
    for act in acts:
        if any(event.date for event in act):
            continue
        target = _one_of(act, dated, spans, told, published)
        if target is None:
            left.append(act)
        else:
            whole[target] += act
    return whole + left


def _one_of(
    act: list[Event],
    dated: list[list[Event]],
    spans: list[tuple[int, int] | None],
    told: list[frozenset[str]],
    published: Mapping[str, str | None],
) -> int | None:
    """The act of those days that alone names what an undated one names, or None."""
    when = _span(act, published)
    if when is None:
        return None
    modes = {event.mode for event in act if event.mode}
    near = [
        at
        for at, span in enumerate(spans)
        if span is not None
        and span[0] <= when[1]
        and when[0] - span[1] <= DAYS
        and _agree(modes, {event.mode for event in dated[at] if event.mode})
    ]
    common = Counter(name for at in near for name in told[at])
    mine = {name for name in _named(act) if common[name] == 1}
    shares = [(len(mine & told[at]), at) for at in near]
    best = max(shares, default=(0, 0))
    if best[0] == 0 or sum(1 for count, _ in shares if count == best[0]) > 1:
        return None
    return best[1]


def _agree(one: set[str], other: set[str]) -> bool:
    return not one or not other or bool(one & other)


def _span(act: list[Event], published: Mapping[str, str | None]) -> tuple[int, int] | None:
    days: list[int] = []
    for event in act:
        text = event.date or published.get(event.document)
        if text and is_date(text):
            first, last = bounds(text)
            days += [first.toordinal(), last.toordinal()]
    return (min(days), max(days)) if days else None
