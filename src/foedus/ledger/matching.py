"""One act, many reports: groups events that tell of the same act. The rule is in `data/matching.toml`."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from sys import intern

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


@lru_cache(maxsize=65_536)
def stems(text: str) -> frozenset[str]:
    """The words of a sentence that carry its sense, cut to their first letters."""
    length, stop = int(table("matching")["stem"]), _stop()
    words = map(str.lower, _WORD.findall(text))
    return frozenset(intern(word[:length]) for word in words if word not in stop)


def shared(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the shorter text's words found in the longer (0 to 1)."""
    shorter = min(len(one), len(other))
    return len(one & other) / shorter if shorter else 0.0


class _Report:
    """An event with what the comparison needs of it: words, first and last day as numbers, days of its publication."""

    __slots__ = ("event", "exact", "first", "last", "published", "words")

    def __init__(self, event: Event, published: Mapping[str, str | None]) -> None:
        self.event = event
        self.words = stems(event.quote)
        self.first, self.last = _days(event.date)
        self.exact = self.first != 0 and self.first == self.last
        self.published = _days(published.get(event.document))


class Group:
    """Reports told to be of one act, in the order they were met."""

    __slots__ = ("modes", "reports")

    def __init__(self, first: _Report) -> None:
        self.reports = [first]
        self.modes = {first.event.mode} if first.event.mode else set()

    def add(self, report: _Report) -> None:
        """Take one more report in."""
        self.reports.append(report)
        if report.event.mode:
            self.modes.add(report.event.mode)


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
        if len(bucket) == 1:
            acts.append(bucket)
            continue
        acts.extend([report.event for report in found.reports] for found in _split(bucket, published))
    return acts


def _split(events: list[Event], published: Mapping[str, str | None]) -> list[Group]:
    # Dated events come first, so that an undated report joins the act that it tells of and does not found a rival one.
    reports = [_Report(event, published) for event in events]
    reports.sort(key=lambda report: (not report.exact, report.event.date is None))
    deed = QUADS[events[0].type].startswith("material") and events[0].polarity == "positive"
    rule = _rule("deed" if deed else "word")
    groups: list[Group] = []
    by_day: defaultdict[int, list[Group]] = defaultdict(list)
    by_word: defaultdict[str, list[int]] = defaultdict(list)
    for report in reports:
        when = report.first if report.exact else 0
        if when:
            days = range(when - rule.near, when + rule.near + 1)
            candidates = [found for day in days if day in by_day for found in by_day[day]]
        else:
            shares = Counter(place for word in report.words for place in by_word[word])
            candidates = [groups[place] for place, _ in shares.most_common(CLOSEST)]
        best: tuple[float, Group] | None = None
        for candidate in candidates:
            fit = _fit(report, candidate, rule)
            if fit is not None and (best is None or fit > best[0]):
                best = (fit, candidate)
        if best:
            best[1].add(report)
            if best[1] not in by_day[when]:
                by_day[when].append(best[1])
        else:
            found = Group(report)
            for word in report.words:
                by_word[word].append(len(groups))
            groups.append(found)
            by_day[when].append(found)
    return groups


def _fit(report: _Report, candidate: Group, rule: _Rule) -> float | None:
    """How well a report fits a group (its best member's share above the bar), or None."""
    event, words = report.event, report.words
    if event.mode and candidate.modes and event.mode not in candidate.modes:
        return None
    best: float | None = None
    for member in candidate.reports[:MEMBERS]:
        other = member.event
        same_document = bool(event.document) and event.document == other.document
        if same_document and event.start == other.start and event.end == other.end:
            # The same sentence told twice of the pair: two acts only if the coder gave two dates or speakers.
            if event.date == other.date and event.speaker == other.speaker:
                return 1.0
            continue
        nearness = _nearness(report, member, rule)
        if nearness is None:
            continue
        share = shared(words, member.words)
        bars = rule.same_document if same_document else rule.bars
        if share >= bars[nearness] and (best is None or share > best):
            best = share
    return best


@dataclass(frozen=True, slots=True)
class _Rule:
    """The figures of `data/matching.toml` for one kind of act."""

    near: int
    report: int
    bars: dict[str, float]
    same_document: dict[str, float]


@cache
def _rule(kind: str) -> _Rule:
    settings = table("matching")
    share = settings["share"]
    return _Rule(int(settings["near_days"]), int(settings["report_days"]), share[kind], share["same_document"])


def _nearness(one: _Report, other: _Report, rule: _Rule) -> str | None:
    """Name of the bar that applies, or None where the dates tell of two acts."""
    if one.first and other.first:
        if one.exact and one.event.date == other.event.date:
            return "same_date"
        near = other.first - one.last <= rule.near and one.first - other.last <= rule.near
        return "near_date" if near else None
    first, last = one.published
    start, end = other.published
    if first and start:
        return "undated" if start - last <= rule.report and first - end <= rule.report else None
    return "no_date_at_all"


@lru_cache(maxsize=32_768)
def _days(date: str | None) -> tuple[int, int]:
    """First and last day of a date as numbers from 1; zeros where there is none."""
    if not date or not is_date(date):
        return 0, 0
    first, last = bounds(date)
    return first.toordinal(), last.toordinal()
