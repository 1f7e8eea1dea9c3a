from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.model.document import Document
from foedus.model.event import Event, Span

GOLD = Path(__file__).parent / "data" / "gold.jsonl"


def _gold():
    """The annotated documents of tests/brief/data, as (document, events)."""
    for line in GOLD.read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        document = Document(
            record["text"], id=record["id"], title=record["title"], published=record["published"], outlet="Test Wire"
        )
        places, at = [], 0
        for sentence in record["sentences"]:
            start = record["text"].index(sentence, at)
            at = start + len(sentence)
            places.append((start, at, sentence))
        events = []
        for number, plain in enumerate(record["events"]):
            fields = {key: value for key, value in plain.items() if key not in ("sentence", "quote")}
            start, end, quote = places[plain["sentence"]]
            events.append(
                Event(
                    **fields, sentence=plain["sentence"], start=start, end=end, quote=quote, document=document.id,
                    id=f"{document.id}-{number}", coder="annotated",
                )
            )  # fmt: skip
        yield document, events


@pytest.fixture(scope="session")
def gold():
    return {document.id: (document, events) for document, events in _gold()}


HOSTILE = "<script>alert(1)</script>\"' onload=x {{ 7*7 }} [red]x[/red] | `a` *b* javascript:alert(1)"


@pytest.fixture
def story():
    """Makes a document of sentences and hangs events on them: story([("Russia condemned…", [dict(...)]), …])."""

    def make(sentences, *, key="s1", published="2025-06-28", paragraphs=True, **more):
        joint = "\n\n" if paragraphs else " "
        text = joint.join(sentence for sentence, _ in sentences)
        document = Document(text, id=key, published=published, **more)
        events, at = [], 0
        for place, (sentence, acts) in enumerate(sentences):
            start = text.index(sentence, at)
            at = start + len(sentence)
            for number, act in enumerate(acts):
                act = dict(act)
                spans = {
                    f"{role}_span": Span(start + sentence.index(words), start + sentence.index(words) + len(words))
                    for role, words in act.pop("spans", {}).items()
                }
                events.append(
                    Event(
                        **act, **spans, start=start, end=at, quote=sentence, sentence=place, document=key,
                        id=f"{key}-{place}-{number}",
                    )
                )  # fmt: skip
        return document, events

    return make


@pytest.fixture
def hostile():
    return HOSTILE
