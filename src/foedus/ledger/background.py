"""Undated deeds that a text tells of as background: "in recent years", "before the attack". Phrases: `data/background.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import cache

from foedus.ledger.rules import table
from foedus.model.document import Document
from foedus.model.event import Event

_END = re.compile(r"(?<=[.!?])[\"'”’)]*\s+")
_BREAK = re.compile(r"\n[ \t]*\n")


def mark(events: Iterable[Event], documents: Mapping[str, Document]) -> list[Event]:
    """The same events, in order; an undated deed in a stretch of background becomes historical.

    A report dates what its text does not date, and so would make the trade of ten years a deed of today.
    """
    marked = []
    for event in events:
        document = documents.get(event.document)
        if asks(event) and (
            habitual(event) or (document is not None and in_background(document, event.start, event.end))
        ):
            event = replace(event, historical=True)
        marked.append(event)
    return marked


def asks(event: Event) -> bool:
    """Whether an event leaves open if it is background: an undated deed of, it seems, the story's own time."""
    return event.date is None and not event.historical and event.is_deed


def habitual(event: Event) -> bool:
    """Whether an event is the trade or help that goes on between two states, war or no war."""
    patterns, span = _patterns(), event.predicate_span
    if event.type not in ("COOPERATE", "AID") or patterns["present"].search(event.quote):
        return False
    if event.type == "COOPERATE" and patterns["habit"].search(event.quote):
        return True
    return span is not None and bool(patterns["aside"].search(event.quote[: span.end - event.start]))


def in_background(document: Document, start: int, end: int) -> bool:
    """Whether the words before `end` in its paragraph set the sentence at `start` in the past."""
    text = document.text
    first = max((match.end() for match in _BREAK.finditer(text, 0, start)), default=0)
    if not _BREAK.search(text):
        first = text.rfind("\n", 0, start) + 1
    year = int(document.published[:4]) if document.published else None
    past = False
    for sentence in [*_END.split(text[first:start].strip()), text[start:end]]:
        past = _sets(sentence.strip(), year, past)
    return past


def _sets(sentence: str, year: int | None, past: bool) -> bool:
    patterns = _patterns()
    if patterns["present"].search(sentence):
        return False
    if patterns["past"].search(sentence):
        return True
    if past or not year:
        return past
    since = patterns["since"].search(sentence)
    return bool(since and int(since[1]) < year)


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    settings = table("background")
    joined = {name: "|".join(f"(?:{one})" for one in settings[name]) for name in ("past", "present")}
    return {
        name: re.compile(one, re.IGNORECASE)
        for name, one in (joined | {one: settings[one] for one in ("since", "habit", "aside")}).items()
    }
