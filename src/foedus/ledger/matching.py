"""One act, many reports: groups events that tell of the same act. The rule is in `data/matching.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache

from foedus.ledger.rules import table
from foedus.model.dates import bounds, is_date
from foedus.model.event import QUADS, Event

CLOSEST = 24
"""An undated event is compared with so many acts, those that share most of its words."""
MEMBERS = 12
"""And with so many reports of each."""
_WORD = re.compile(r"[^\W_]+")


@cache
def _stop() -> frozenset[str]:
    return frozenset(table("matching")["stop"]["words"].split())


def stems(text: str) -> frozenset[str]:
    """The words of a sentence that carry its sense, cut to their first letters."""
    length = int(table("matching")["stem"])
    words = (match.group().lower() for match in _WORD.finditer(text))
    return frozenset(word[:length] for word in words if word not in _stop())


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shorter text's words found in the longer (0 to 1)."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


@dataclass(slots=True)
class Group:
    """Events told to be one act, in the order they were met."""

    events: list[Event] = field(default_factory=list)
    words: list[frozenset[str]] = field(default_factory=list)
    modes: set[str] = field(default_factory=set)

    def add(self, event: Event, words: frozenset[str]) -> None:
        """Take one more report in."""
        self.events.append(event)
        self.words.append(words)
        if event.mode:
            self.modes.add(event.mode)


def group(events: Iterable[Event], published: Mapping[str, str | None] | None = None) -> list[list[Event]]:
    """Split events into acts. `published` gives the date of each document, for acts that the text does not date."""
    published = published or {}
    buckets: defaultdict[tuple[object, ...], list[Event]] = defaultdict(list)
    for event in events:
        key = (
            event.actor, event.recipient, event.type, event.polarity, event.modality, event.historical,
        )  # fmt: skip
        buckets[key].append(event)
    acts: list[list[Event]] = []
    for bucket in buckets.values():
        acts.extend(found.events for found in _split(bucket, published))
    return acts


def _split(events: list[Event], published: Mapping[str, str | None]) -> list[Group]:
    # Dated events come first, so that an undated report joins the act that it tells of and does not found a rival one.
    ordered = sorted(enumerate(events), key=lambda pair: (_exact(pair[1].date) is None, pair[1].date is None, pair[0]))
    groups: list[Group] = []
    by_day: defaultdict[dt.date | None, list[Group]] = defaultdict(list)
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    near = int(table("matching")["near_days"])
    for _, event in ordered:
        words = stems(event.quote)
        when = _exact(event.date)
        if when is not None:
            days = (when + dt.timedelta(days=step) for step in range(-near, near + 1))
            candidates = [found for day in days for found in by_day.get(day, ())]
        else:
            shares = Counter(place for word in words for place in by_word[word])
            candidates = [groups[place] for place, _ in shares.most_common(CLOSEST)]
        best: tuple[float, Group] | None = None
        for candidate in candidates:
            fit = _fit(event, words, candidate, published)
            if fit is not None and (best is None or fit > best[0]):
                best = (fit, candidate)
        if best:
            best[1].add(event, words)
            if best[1] not in by_day[when]:
                by_day[when].append(best[1])
        else:
            found = Group()
            found.add(event, words)
            for word in words:
                by_word[word].append(len(groups))
            groups.append(found)
            by_day[when].append(found)
    return groups


def _fit(event: Event, words: frozenset[str], candidate: Group, published: Mapping[str, str | None]) -> float | None:
    """How well an event fits a group (its best member's share above the bar), or None."""
    if event.mode and candidate.modes and event.mode not in candidate.modes:
        return None
    kind = "deed" if QUADS[event.type].startswith("material") and event.polarity == "positive" else "word"
    best: float | None = None
    for other, other_words in zip(candidate.events[:MEMBERS], candidate.words[:MEMBERS], strict=True):
        same_document = bool(event.document) and event.document == other.document
        if same_document and (event.start, event.end) == (other.start, other.end):
            # The same sentence told twice of the pair: two acts only if the coder gave two dates or speakers.
            if event.date == other.date and event.speaker == other.speaker:
                return 1.0
            continue
        nearness = _nearness(event, other, published)
        if nearness is None:
            continue
        bars = table("matching")["share"]["same_document" if same_document else kind]
        share = shared(words, other_words)
        if share >= bars[nearness] and (best is None or share > best):
            best = share
    return best


def _nearness(one: Event, other: Event, published: Mapping[str, str | None]) -> str | None:
    """Name of the bar that applies, or None where the dates tell of two acts."""
    settings = table("matching")
    first, second = _span(one.date), _span(other.date)
    if first and second:
        if one.date == other.date and first[0] == first[1]:
            return "same_date"
        gap = max((second[0] - first[1]).days, (first[0] - second[1]).days, 0)
        return "near_date" if gap <= settings["near_days"] else None
    reports = _span(published.get(one.document)), _span(published.get(other.document))
    if reports[0] and reports[1]:
        gap = max((reports[1][0] - reports[0][1]).days, (reports[0][0] - reports[1][1]).days, 0)
        return "undated" if gap <= settings["report_days"] else None
    return "no_date_at_all"


@lru_cache(maxsize=8192)
def _span(date: str | None) -> tuple[dt.date, dt.date] | None:
    return bounds(date) if date and is_date(date) else None


def _exact(date: str | None) -> dt.date | None:
    span = _span(date)
    return span[0] if span and span[0] == span[1] else None
