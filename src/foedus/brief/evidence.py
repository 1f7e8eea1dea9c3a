"""The sources with their marks: actor, act, recipient and speaker of every coded event, overlapping spans included."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from foedus.brief import labels, wording
from foedus.brief.model import DocumentView, Evidence, ParagraphView, Run, SentenceView
from foedus.brief.text import Line, Text, shown
from foedus.model.event import Event, Span

ROLES = ("actor", "act", "recipient", "speaker")


def runs(text: str, start: int, end: int, spans: Sequence[tuple[Span, str]]) -> tuple[Run, ...]:
    """Cut `text[start:end]` wherever a span begins or ends; each run carries the roles of all spans over it."""
    clipped = [
        (max(span.start, start), min(span.end, end), role)
        for span, role in spans
        if span.start < end and span.end > start and span.end > span.start
    ]
    edges = sorted({start, end, *(edge for left, right, _ in clipped for edge in (left, right))})
    found: list[Run] = []
    for left, right in pairwise(edges):
        over = {role for first, last, role in clipped if first <= left and right <= last}
        roles = tuple(role for role in ROLES if role in over)
        if found and found[-1].roles == roles:
            found[-1] = Run(found[-1].text + text[left:right], roles)
        else:
            found.append(Run(text[left:right], roles))
    return tuple(found)


def spans(events: Sequence[Event]) -> list[tuple[Span, str]]:
    """Every marked stretch of some events, with its role."""
    marked: list[tuple[Span, str]] = []
    for event in events:
        pairs = (
            (event.actor_span, "actor"),
            (event.predicate_span, "act"),
            (event.recipient_span, "recipient"),
            (event.speaker_span, "speaker"),
        )
        marked.extend((span, role) for span, role in pairs if span is not None)
    return marked


def view(text: Text) -> DocumentView:
    """The whole document, paragraph by paragraph."""
    marked = spans([event for line in text.lines for event in line.events])
    paragraphs: list[ParagraphView] = []
    current: list[SentenceView] = []
    last: Line | None = None
    for line in text.lines:
        if last is not None and line.paragraph != last.paragraph:
            paragraphs.append(ParagraphView(last.heading, tuple(current)))
            current = []
        lead = "" if last is None or line.paragraph != last.paragraph else " "
        current.append(
            SentenceView(
                anchor=line.anchor,
                runs=runs(text.document.text, line.start, line.end, marked),
                events=tuple(dict.fromkeys(describe(event) for event in line.events)),
                lead=lead,
            )
        )
        last = line
    if last is not None:
        paragraphs.append(ParagraphView(last.heading, tuple(current)))
    return DocumentView(text.key, tuple(paragraphs))


def describe(event: Event) -> str:
    """One event in words, with its date, its doubt and its speaker."""
    words = wording.told(event)
    notes = []
    if event.date:
        notes.append(labels.date(event.date))
    if event.historical:
        notes.append("background")
    if event.speaker:
        notes.append(f"says {event.speaker_name or labels.running(event.speaker)}")
    return f"{words} [{event.type}{' ' + event.mode if event.mode else ''}]" + (
        f" ({'; '.join(notes)})" if notes else ""
    )


def of(text: Text, event: Event) -> Evidence:
    """The sentence behind an event."""
    line = text.at(event.start)
    quote = shown(event.quote or (text.quote(line) if line else ""))
    return Evidence(
        anchor=line.anchor if line else text.key,
        document=text.key,
        quote=quote,
        source=text.document.outlet or text.document.title or text.label,
        published=text.document.published,
        speaker=event.speaker,
        speaker_name=event.speaker_name,
    )
