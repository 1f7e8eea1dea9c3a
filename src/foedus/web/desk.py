"""The reading desk: a document marked in place, events with their reviews, the queue, agreement and accuracy."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise
from typing import Any, Final

from foedus.brief import labels
from foedus.brief.text import is_heading, paragraphs
from foedus.ledger.rules import standing, weight
from foedus.model.document import Document
from foedus.model.event import QUADS, Event
from foedus.store.reviews import Review
from foedus.web.shelf import Shelf

MOST: Final = 20_000
"""Events that the queue chooses from: the newest."""
ROLES: Final = ("actor", "act", "recipient", "speaker")
_SPANS: Final = {
    "actor": "actor_span",
    "act": "predicate_span",
    "recipient": "recipient_span",
    "speaker": "speaker_span",
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text under the same marks: roles, and numbers of the events that mark it."""

    text: str
    roles: tuple[str, ...] = ()
    events: tuple[int, ...] = ()
    evidence: tuple[int, ...] = ()
    starts: tuple[int, ...] = ()

    @property
    def marks(self) -> str:
        """Numbers of the events, for the page's script."""
        return " ".join(map(str, sorted({*self.events, *self.evidence})))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph or section title in pieces."""

    heading: bool
    pieces: tuple[Piece, ...]


def marked(document: Document, events: Sequence[Event]) -> tuple[Paragraph, ...]:
    """The whole text in pieces. Spans may nest, overlap and cross; each piece knows all that lie over it."""
    text = document.text
    stretches: list[tuple[int, int, str, int]] = []
    for number, event in enumerate(events):
        if located(document, event):
            stretches.append((event.start, event.end, "", number))
        for role, name in _SPANS.items():
            span = getattr(event, name)
            if span is not None and 0 <= span.start < span.end <= len(text):
                stretches.append((span.start, span.end, role, number))
    found = []
    stretches.sort(key=lambda one: one[0], reverse=True)
    near: list[tuple[int, int, str, int]] = []  # begun and not ended yet: paragraphs come in order
    for start, end in paragraphs(text):
        while stretches and stretches[-1][0] < end:
            near.append(stretches.pop())
        over = near = [one for one in near if one[1] > start]
        edges = sorted(
            {start, end, *(min(max(edge, start), end) for first, last, _, _ in over for edge in (first, last))}
        )
        pieces = []
        for left, right in pairwise(edges):
            here = [one for one in over if one[0] <= left and right <= one[1]]
            roles = {role for _, _, role, _ in here if role}
            pieces.append(
                Piece(
                    text[left:right],
                    tuple(role for role in ROLES if role in roles),
                    tuple(sorted({number for _, _, role, number in here if role})),
                    tuple(sorted({number for _, _, role, number in here if not role})),
                    tuple(sorted({number for first, _, role, number in here if not role and first == left})),
                )
            )
        found.append(Paragraph(is_heading(text[start:end]), tuple(pieces)))
    return tuple(found)


def located(document: Document, event: Event) -> bool:
    """Whether the evidence stands in the text where the event says."""
    return event.end > event.start and document.text[event.start : event.end] == event.quote


def unlocated(document: Document, events: Sequence[Event]) -> list[dict[str, Any]]:
    """What could not be placed in the text: evidence that is elsewhere, and parts named without a place."""
    found = []
    for number, event in enumerate(events):
        missing = []
        if not located(document, event):
            missing.append("evidence sentence")
        for role, name in _SPANS.items():
            told = {"actor": event.actor, "recipient": event.recipient, "speaker": event.speaker, "act": event.type}[
                role
            ]
            if told and getattr(event, name) is None:
                missing.append(role)
        if missing:
            found.append({"number": number, "event": event, "missing": missing})
    return found


@dataclass(frozen=True, slots=True)
class Opinion:
    """What the standing reviews make of an event. `agreed` is None with fewer than two reviewers who voted."""

    up: int
    down: int
    rejected: bool
    corrected: dict[str, Any]
    agreed: bool | None


def vote(review: Review) -> str | None:
    """`up` or `down` (a correction says that the event was wrong as it stood), None for a mere comment."""
    if review.fields:
        return "down"
    return review.verdict


def votes(reviews: Iterable[Review]) -> dict[str, dict[str, str]]:
    """The last vote of each reviewer on each event: event → reviewer → vote."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for review in reviews:
        said = vote(review)
        if said is not None:
            found[review.event][review.reviewer or "unnamed"] = said
    return dict(found)


def opinion(reviews: Sequence[Review]) -> Opinion:
    """What the reviews of one event come to; the figures follow the last word, as `Store.events(corrected=True)` does."""
    mine = votes(reviews)
    last = next(iter(mine.values()), {})
    counts = Counter(last.values())
    rejected, fields = False, dict[str, Any]()
    for review in reviews:
        fields |= review.fields
        if review.verdict is not None or review.fields:
            rejected = review.verdict == "down" and not review.fields
    agreed = len(counts) == 1 if len(last) > 1 else None
    return Opinion(counts["up"], counts["down"], rejected, fields, agreed)


def alpha(units: Iterable[Iterable[str]]) -> float | None:
    """Krippendorff's alpha for nominal votes; a unit is the votes on one event. None where nothing can vary or compare.

    Krippendorff, Content Analysis (2004), chapter 11: one minus observed over expected disagreement, by coincidences.
    """
    together: Counter[tuple[str, str]] = Counter()
    for unit in units:
        counts = Counter(unit)
        size = sum(counts.values())
        if size < 2:
            continue
        for one, n in counts.items():
            for other, m in counts.items():
                pairs = n * (m - 1) if one == other else n * m
                together[one, other] += pairs / (size - 1)  # type: ignore[assignment]
    totals: Counter[str] = Counter()
    for (one, _), n in together.items():
        totals[one] += n
    whole = sum(totals.values())
    expected = sum(totals[a] * totals[b] for a in totals for b in totals if a != b)
    if whole <= 1 or expected == 0:
        return None
    observed = sum(n for (one, other), n in together.items() if one != other)
    return 1 - (whole - 1) * observed / expected


def wilson(right: int, total: int, z: float = 1.645) -> tuple[float, float]:
    """The 90 % interval of a share, after Wilson (1927)."""
    if total == 0:
        return 0.0, 1.0
    share = right / total
    middle = (share + z * z / (2 * total)) / (1 + z * z / total)
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / (1 + z * z / total)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def agreement(reviews: Sequence[Review]) -> dict[str, Any]:
    """Agreement between reviewers: alpha, events that two or more voted on, and those on which they differ."""
    cast_ = votes(reviews)
    shared = {event: told for event, told in cast_.items() if len(told) > 1}
    last = {review.event: review for review in reviews}
    value = alpha(told.values() for told in shared.values())
    return {
        "alpha": None if value is None else round(value, 4),
        "reviewers": sorted({name for told in cast_.values() for name in told}),
        "events": len(cast_),
        "events_shared": len(shared),
        "disagreements": [
            {"event": event, "document": last[event].document, "what": _was(last[event]), "votes": told}
            for event, told in sorted(shared.items())
            if len(set(told.values())) > 1
        ],
    }


def accuracy(reviews: Sequence[Review]) -> list[dict[str, Any]]:
    """How often reviewers let an event stand as coded, by type, with Wilson's 90 % interval. A tie counts as not right."""
    kinds = {review.event: str(review.snapshot.get("type", "?")) for review in reviews}
    by_type: defaultdict[str, list[bool]] = defaultdict(list)
    for event, told in votes(reviews).items():
        counts = Counter(told.values())
        by_type[kinds[event]].append(counts["up"] > counts["down"])
    rows = []
    for kind in [*(name for name in QUADS if name in by_type), *sorted(by_type.keys() - QUADS.keys())]:
        right, total = sum(by_type[kind]), len(by_type[kind])
        low, high = wilson(right, total)
        rows.append({"type": kind, "right": right, "reviewed": total, "share": right / total, "low": low, "high": high})
    return rows


def queue(shelf: Shelf, order: str, sides: Sequence[str], reviewer: str, limit: int) -> list[dict[str, Any]]:
    """Events worth a reader's eye that nobody, or not this reviewer, has voted on.

    `uncertain` asks first for what the coder is least sure of; `consequential` for what moves the figures most: the
    intensity of the act times the chance that it is wrong, acts between the parties of the crisis counting double.
    There, of events that say the same, the second weighs half and the third a third: the figures count an act once.
    """

    party = frozenset(sides)

    def make() -> list[tuple[float, Event]]:
        found = shelf.memo(
            ("open",), lambda: shelf.newest("dataset = 'foedus' AND NOT historical", [], MOST)[0], reviews=False
        )
        ranked = sorted(((_rank(event, order, party), event) for event in found), key=_first)
        return sorted(_spread(ranked), key=_first) if order == "consequential" else ranked

    done = votes(shelf.reviews())
    ranked = shelf.memo(("queue", order, party), make, reviews=False)
    waiting = (
        (rank, event)
        for rank, event in ranked
        if (reviewer not in done.get(event.id, {}) if reviewer else event.id not in done)
    )
    chosen = list(islice(waiting, limit))
    headers = shelf.headers(event.document for _, event in chosen)
    return [
        {
            "event": event,
            "what": said(event),
            "rank": round(rank, 3),
            "votes": done.get(event.id, {}),
            "header": headers.get(event.document),
        }
        for rank, event in chosen
    ]


def _first(pair: tuple[float, Event]) -> tuple[float, str]:
    return -pair[0], pair[1].id


def _spread(ranked: Iterable[tuple[float, Event]]) -> Iterator[tuple[float, Event]]:
    """The same with the weight of every event shared by those before it that say the same."""
    told: Counter[tuple[object, ...]] = Counter()
    for rank, event in ranked:
        same = (event.actor, event.recipient, event.type, event.mode, event.polarity, event.modality, event.date)
        told[same] += 1
        yield rank / told[same], event


def _rank(event: Event, order: str, party: frozenset[str]) -> float:
    doubt = 1 - event.confidence
    if order == "uncertain":
        return doubt
    double = 2.0 if event.actor in party or event.recipient in party else 1.0
    sure = 1.0 if standing(event) == "stands" else 0.5
    return weight(event.type, event.mode) * (doubt + 0.05) * double * sure


def _was(review: Review) -> str:
    """What a review is of, as the event stood then."""
    held = review.snapshot
    if not (held.get("actor") and held.get("type")):
        return review.event  # one that came from elsewhere without what it is of
    return labels.act(
        held["actor"], held.get("recipient"), held["type"], held.get("mode"), held.get("polarity", "positive"),
        held.get("modality", "actual"),
    )  # fmt: skip


def said(event: Event) -> str:
    """An event as a short sentence."""
    return labels.act(event.actor, event.recipient, event.type, event.mode, event.polarity, event.modality)
