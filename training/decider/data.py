"""From annotated documents to rows that the decider learns from: one row a sentence, with its predicates, options and labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from foedus.coding import when
from foedus.coding.attribution import quoted_speaker
from foedus.coding.coder import _promising
from foedus.coding.decide import VAGUE_VOICES, in_sentence, named_elsewhere
from foedus.coding.discourse import opened
from foedus.coding.entities import Entities, place
from foedus.coding.features import TIME_WIDTH, TYPES, option_features, predicate_features, time_features, word_at
from foedus.coding.naming import Naming
from foedus.coding.parse import Sentence, parse
from foedus.coding.space import Option, Predicate, predicates
from foedus.coding.when import When
from foedus.coding.windows import Hidden, hidden

NONE = len(TYPES)


@dataclass
class Options:
    """What may fill one place of one predicate: its words (None: not in the sentence), where else it is named, its code, and the answer."""

    spans: list[tuple[int, int] | None] = field(default_factory=list)
    elsewhere: list[int | None] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    feats: list[np.ndarray] = field(default_factory=list)
    right: list[int] = field(default_factory=list)


@dataclass
class Row:
    """One sentence. The lists hold one entry a predicate. A title is a row without words."""

    text: str
    starts: list[int]
    names: list[Hidden]
    document: str
    sentence: int
    words: list[int] = field(default_factory=list)
    feats: list[np.ndarray] = field(default_factory=list)
    types: list[int] = field(default_factory=list)
    negative: list[int] = field(default_factory=list)
    modality: list[int] = field(default_factory=list)
    voice: list[int] = field(default_factory=list)
    """Place of the right speaker among `VAGUE_VOICES` and the options of place `s`; -1 where it is none of them."""
    nobody: list[int] = field(default_factory=list)
    historical: list[int] = field(default_factory=list)
    times: list[tuple[int, int]] = field(default_factory=list)
    """Words of each time of the sentence, (-1, -1) where it does not stand there."""
    time_feats: list[np.ndarray] = field(default_factory=list)
    """For each predicate: one row a time."""
    time: list[int] = field(default_factory=list)
    """Which time is right: 0 for none, else its number from 1; -1 where none of them is."""
    places: dict[str, list[Options]] = field(default_factory=lambda: {"a": [], "r": [], "s": []})
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
        title = doc.get("title") or ""
        naming = Naming(doc.get("published"), title)
        discourse = opened(title, naming.title)
        published = doc.get("published")
        anchor: str | None = None
        story: int | None = None
        made.append(Row(title, [], hidden(naming.title), doc["id"], -1))
        for sentence in own:
            mentions = naming.mentions(sentence.text)
            if not _promising(sentence.text, mentions):
                count["events not looked at"] = count.get("events not looked at", 0) + sum(
                    event["sentence"] == sentence.index for event in doc["events"]
                )
            names = place(sentence, mentions)
            e = Entities(sentence, names, discourse)
            discourse.take_turn(sentence.text)
            gold = [event for event in doc["events"] if event["sentence"] == sentence.index]
            found = predicates(e) if len(sentence) else []
            whens = when.times(sentence.text, published, anchor)
            times = when.readings(whens, published, anchor, story)
            row = _row(doc, e, found, gold, count, hidden(mentions), times)
            if len(sentence) and _promising(sentence.text, mentions):
                made.append(row)
            discourse.quoted = quoted_speaker(e) or discourse.quoted
            for g in gold:
                if g.get("recipient"):
                    happened = g.get("polarity") != "negative" and g.get("modality") != "hypothetical"
                    discourse.dealt(g["actor"], g["recipient"], g["type"] == "ASSAULT" and happened)
            discourse.close(e)
            if len(sentence) and _promising(sentence.text, mentions):
                story = when.last_year(whens, story)
                anchor = next((w.date for w in reversed(whens) if w.date and len(w.date) == 10), anchor)
    return made


def _row(
    doc: dict[str, Any],
    e: Entities,
    found: list[Predicate],
    gold: list[dict[str, Any]],
    count: dict[str, int],
    names: list[Hidden],
    times: list[When],
) -> Row:
    s = e.sentence
    row = Row(s.text, list(s.starts), names, doc["id"], s.index, weight=doc.get("weight", 1.0))
    for w in times:
        at = word_at(s, w)
        row.times.append((-1, -1) if at is None else (at, at + 2))
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
        row.nobody.append(int(bool(events) and all(event.get("recipient") is None for event in events)))
        row.historical.append(int(any(event.get("historical") for event in events)))
        row.time_feats.append(
            np.stack([time_features(e, p, w, times, doc.get("published")) for w in times])
            if times
            else np.zeros((0, TIME_WIDTH), np.float32)
        )
        row.time.append(_time(e, p, times, events[0].get("date") if events else None))
        doers = {event["actor"] for event in events}
        receivers = {event["recipient"] for event in events if event.get("recipient")}
        if kind == "CONSULT":
            doers, receivers = _consult(p, events)
        first_a = {o.ref.code for o in p.actors if o.rank == 0}
        first_r = {o.ref.code for o in p.recipients if o.rank == 0}
        row.places["a"].append(_options(e, p, p.actors, first_r, doers))
        row.places["r"].append(_options(e, p, p.recipients, first_a, receivers))
        speaker = (events[0].get("speaker") or "") if events else ""
        row.places["s"].append(_options(e, p, p.voices, first_a, {speaker}))
        codes = [*VAGUE_VOICES, *(o.ref.code for o in p.voices)]
        row.voice.append(codes.index(speaker) if speaker in codes else -1)
        reach_a, reach_r = {o.ref.code for o in p.actors}, {o.ref.code for o in p.recipients}
        for event in events:
            if event["actor"] not in reach_a:
                count["actor out of reach"] = count.get("actor out of reach", 0) + 1
            elif event.get("recipient") and event["recipient"] not in reach_r:
                count["recipient out of reach"] = count.get("recipient out of reach", 0) + 1
    return row


def _time(e: Entities, p: Predicate, times: list[When], date: str | None) -> int:
    if date is None:
        return 0
    fit = [k for k, w in enumerate(times) if w.date == date]
    if not fit:
        return -1
    ruled = when.belongs(e.sentence, [w for w in times if w.start >= 0 and not w.other], p.word)
    return 1 + next((k for k in fit if times[k] is ruled), fit[0])


def _options(e: Entities, p: Predicate, options: tuple[Option, ...], other: set[str], right: set[str]) -> Options:
    made = Options()
    for o in options:
        made.spans.append((o.ref.start, o.ref.end) if in_sentence(o) else None)
        made.elsewhere.append(named_elsewhere(e, o.ref))
        made.codes.append(o.ref.code)
        made.feats.append(option_features(e, p, o, o.ref.code in other))
        made.right.append(int(o.ref.code in right))
    return made


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
