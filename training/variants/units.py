"""The pieces that variants are made of: a few sentences with their events, and the corpus read into such pieces."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foedus.actors.mentions import Mention, find
from foedus.coding.parse import Sentence, parse

Event = dict[str, Any]
LOOK_BACK = 3
"""Sentences that may be taken along to say who a pronoun is."""


@dataclass
class Piece:
    """Up to four sentences with their events; the last one is what a rewriting changes."""

    id: str
    published: str
    sentences: list[str]
    events: list[Event]
    kind: str = "original"

    @property
    def year(self) -> int:
        return int(self.published[:4])


@dataclass
class Source:
    """A sentence of the corpus, parsed, with what it needs before it to be understood."""

    piece: Piece
    parsed: Sentence
    mentions: list[Mention] = field(default_factory=list)

    @property
    def events(self) -> list[Event]:
        last = len(self.piece.sentences) - 1
        return [e for e in self.piece.events if e["sentence"] == last]


def documents(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                yield json.loads(line)


def sources(docs: list[dict[str, Any]]) -> Iterator[Source]:
    """Every sentence whose actors can be told from itself and at most `LOOK_BACK` sentences before it."""
    usable = [d for d in docs if len(d.get("published") or "") == 10]
    parsed = parse(Sentence(text, 0, i) for d in usable for i, text in enumerate(d["sentences"]))
    for doc in usable:
        named = [{m.code for m in find(s, doc["published"])} for s in doc["sentences"]]
        for index, text in enumerate(doc["sentences"]):
            sentence = next(parsed)
            first = _first(doc, named, index)
            if first is None or not sentence.words:
                continue
            events = [dict(e, sentence=e["sentence"] - first) for e in doc["events"] if first <= e["sentence"] <= index]
            piece = Piece(f"{doc['id']}:{index}", doc["published"], doc["sentences"][first : index + 1], events)
            if all(sound(e, piece.sentences) for e in events):
                yield Source(piece, sentence, find(text, doc["published"]))


def _first(doc: dict[str, Any], named: list[set[str]], index: int) -> int | None:
    """The first sentence to take along so that each actor of those taken is named among them, or None."""
    for first in range(index, max(index - LOOK_BACK, 0) - 1, -1):
        here = set().union(*named[first : index + 1])
        events = [e for e in doc["events"] if first <= e["sentence"] <= index]
        if all(code is None or code in here for e in events for code in (e["actor"], e["recipient"])):
            return first
    return None


def sound(event: Event, sentences: list[str]) -> bool:
    """Whether the words that an event points at stand in its sentence."""
    text = sentences[event["sentence"]]
    return all(event.get(k) is None or event[k] in text for k in ("trigger", "actor_text", "recipient_text")) and bool(
        event.get("trigger")
    )
