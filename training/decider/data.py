"""From annotated documents to rows that the decider learns from: one row a sentence, with its predicates, options and labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from foedus.actors.mentions import find
from foedus.coding.attribution import quoted_speaker
from foedus.coding.coder import _day
from foedus.coding.decide import masks
from foedus.coding.discourse import opened
from foedus.coding.entities import Entities, place
from foedus.coding.features import TYPES, option_features, predicate_features
from foedus.coding.parse import Sentence, parse
from foedus.coding.space import Predicate, predicates

NONE = len(TYPES)


@dataclass
class Row:
    """One sentence. `pred` holds one entry a predicate: word span, features, labels; options hang on it by index."""

    text: str
    starts: list[int]
    masks: list[tuple[int, int, int]]
    document: str
    sentence: int
    words: list[int] = field(default_factory=list)
    feats: list[np.ndarray] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    negative: list[int] = field(default_factory=list)
    modality: list[int] = field(default_factory=list)
    spoken: list[int] = field(default_factory=list)
    nobody: list[int] = field(default_factory=list)
    actors: list[tuple[list[tuple[int, int]], list[np.ndarray], list[int]]] = field(default_factory=list)
    recipients: list[tuple[list[tuple[int, int]], list[np.ndarray], list[int]]] = field(default_factory=list)
    weight: float = 1.0


# The corpus writes codes as the event format does, without hyphens; these are in the actor tables with one.
SAME = {"SPLM IO": "SPLM-IO", "JEM PAK": "JEM-PAK", "CPN M": "CPN-M"}
MODALITIES = ("actual", "future", "hypothetical")


def documents(paths: Iterable[Path]) -> Iterator[dict[str, Any]]:
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            if line.strip():
                doc = json.loads(line)
                for event in doc["events"]:
                    for place_ in ("actor", "recipient", "speaker"):
                        event[place_] = SAME.get(event.get(place_), event.get(place_))
                yield doc


def rows(docs: list[dict[str, Any]], report: dict[str, int] | None = None) -> list[Row]:
    """Rows of all documents; sentences are parsed together, discourse runs per document with the true events."""
    count = report if report is not None else {}
    sentences: list[list[Sentence]] = []
    for doc in docs:
        at, own = 0, []
        for index, text in enumerate(doc["sentences"]):
            start = doc["text"].find(text, at)
            at = max(start, at) + len(text) if start >= 0 else at
            own.append(Sentence(text, max(start, 0), index))
        sentences.append(own)
    for _ in parse(sentence for own in sentences for sentence in own):
        pass
    made = []
    for doc, own in zip(docs, sentences, strict=True):
        on = _day(doc.get("published"))
        discourse = opened(doc.get("title"), find)

        for sentence in own:
            mentions = find(sentence.text, on)
            names = place(sentence, mentions)
            e = Entities(sentence, names, discourse)
            discourse.take_turn(sentence.text)
            gold = [event for event in doc["events"] if event["sentence"] == sentence.index]
            found = predicates(e) if len(sentence) else []
            made.append(_row(doc, e, found, gold, count, masks(mentions)))
            discourse.quoted = quoted_speaker(e) or discourse.quoted
            discourse.addressed += [(discourse.here, g["actor"], g["recipient"]) for g in gold if g.get("recipient")]
            discourse.close(e)
    return made


def _row(
    doc: dict[str, Any],
    e: Entities,
    found: list[Predicate],
    gold: list[dict[str, Any]],
    count: dict[str, int],
    hidden: list[tuple[int, int, int]],
) -> Row:
    s = e.sentence
    row = Row(s.text, list(s.starts), hidden, doc["id"], s.index, weight=doc.get("weight", 1.0))
    by_word = _align(e, found, gold)
    for event in gold:
        count["events"] = count.get("events", 0) + 1
        if not any(event in events for events in by_word.values()):
            count["no predicate"] = count.get("no predicate", 0) + 1
    for p in found:
        events = by_word.get(p.word, [])
        kinds = [event["type"] for event in events]
        kind = max(set(kinds), key=kinds.count) if kinds else None
        events = [event for event in events if event["type"] == kind]
        row.words.append(p.word)
        row.feats.append(predicate_features(e, p))
        row.types.append(TYPES.index(kind) if kind else NONE)
        row.negative.append(int(any(event["polarity"] == "negative" for event in events)))
        row.modality.append(MODALITIES.index(events[0]["modality"]) if events else 0)
        row.spoken.append(int(any(event.get("speaker") for event in events)))
        row.nobody.append(int(bool(events) and all(event.get("recipient") is None for event in events)))
        doers = {event["actor"] for event in events}
        receivers = {event["recipient"] for event in events if event.get("recipient")}
        if kind == "CONSULT":
            doers, receivers = _consult(p, events)
        first_a = {o.ref.code for o in p.actors if o.rank == 0}
        first_r = {o.ref.code for o in p.recipients if o.rank == 0}
        row.actors.append(
            (
                [(o.ref.start, o.ref.end) for o in p.actors],
                [option_features(e, p, o, o.ref.code in first_r) for o in p.actors],
                [int(o.ref.code in doers) for o in p.actors],
            )
        )
        row.recipients.append(
            (
                [(o.ref.start, o.ref.end) for o in p.recipients],
                [option_features(e, p, o, o.ref.code in first_a) for o in p.recipients],
                [int(o.ref.code in receivers) for o in p.recipients],
            )
        )
        reach_a, reach_r = {o.ref.code for o in p.actors}, {o.ref.code for o in p.recipients}
        for event in events:
            if event["actor"] not in reach_a:
                count["actor out of reach"] = count.get("actor out of reach", 0) + 1
            elif event.get("recipient") and event["recipient"] not in reach_r:
                count["recipient out of reach"] = count.get("recipient out of reach", 0) + 1
    return row


def _consult(p: Predicate, events: list[dict[str, Any]]) -> tuple[set[str], set[str]]:
    """CONSULT is symmetric: whoever syntax proposes as subject counts as the actor."""
    first = {o.ref.code for o in p.actors if o.rank == 0}
    doers: set[str] = set()
    receivers: set[str] = set()
    for event in events:
        a, r = event["actor"], event.get("recipient")
        if r in first and a not in first:
            a, r = r, a
        doers.add(a)
        if r:
            receivers.add(r)
    return doers, receivers


def _align(e: Entities, found: list[Predicate], gold: list[dict[str, Any]]) -> dict[int, list[dict[str, Any]]]:
    """Which predicate each event hangs on: its trigger, else the one whose syntax and frame fit best."""
    s = e.sentence
    out: dict[int, list[dict[str, Any]]] = {}
    at_word = {p.word: p for p in found}
    for event in gold:
        trigger = event.get("trigger") or ""
        places = []
        if trigger:
            start = s.text.find(trigger)
            while start >= 0:
                end = start + len(trigger)
                places += [i for i in at_word if s.starts[i] < end and s.ends[i] > start]
                start = s.text.find(trigger, start + 1)
        pool = places or ([] if trigger else list(at_word))
        if not pool:
            continue
        out.setdefault(max(pool, key=lambda i: _fit(at_word[i], event)), []).append(event)
    return out


def _fit(p: Predicate, event: dict[str, Any]) -> float:
    score = 0.0
    if p.frame and p.frame.type == event["type"]:
        score += 3
    elif any(f.type == event["type"] for f in p.frames):
        score += 1.5
    for options, code in ((p.actors, event["actor"]), (p.recipients, event.get("recipient"))):
        for o in options:
            if o.ref.code == code:
                score += 1 - o.rank * 0.25
    return score
