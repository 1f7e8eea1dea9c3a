"""Our own JSONL: documents with their events (the codebook's format), and rows of imported data, as `export` writes them."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from typing import IO, Any, Final, TypeVar

from foedus.model.dates import is_date
from foedus.model.document import Apparatus, Document, Translation
from foedus.model.event import QUADS, Event, Span, Why
from foedus.store.adding import GIVEN, AddReport
from foedus.store.codec import COLUMNS, OWN, dated
from foedus.store.imports import rows
from foedus.store.imports.rows import Bad, Reject, lines, sensible, typed, words, wrong

Coded = tuple[Document, list[Event]]
_SPANS: Final = ("actor_span", "recipient_span", "predicate_span", "speaker_span")
_TYPES: Final = {
    **dict.fromkeys(
        ("actor", "recipient", "mode", "polarity", "modality", "speaker", "speaker_name", "date", "quote", "coder",
         "actor_sector", "recipient_sector"), "string"),
    **dict.fromkeys(("start", "end"), "int64"),
    "sentence": "int32", "historical": "bool", "confidence": "double",
}  # fmt: skip
_LANGUAGE: Final = re.compile(r"[A-Za-z]{2,8}([-_][A-Za-z0-9]{1,8})*|")
_NUMBERS: Final = tuple(name for name, (kind, _) in COLUMNS.items() if kind == "double")
_EVENT: Final = frozenset(field.name for field in fields(Event))


def parse(stream: IO[bytes]) -> Iterator[Coded | dict[str, Any] | list[dict[str, Any]] | Reject]:
    """What each line holds: a document with its events, an imported row, or the reviews of an export."""
    for line, text in enumerate(lines(stream), 1):
        plain = text.strip()
        if not plain:
            continue
        try:
            record = rows.record(plain)
            if "row" in record:
                yield _row(record["row"])
            elif "reviews" in record and "text" not in record:
                yield from _reviews(record["reviews"], line)
            else:
                yield _document(record)
        except Bad as bad:
            yield Reject(line, str(bad), plain)
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            yield Reject(line, f"not in the codebook's format: {wrong(error)}", plain)


def _row(told: dict[str, Any]) -> dict[str, Any]:
    strange = told.keys() - COLUMNS.keys()
    if strange:
        raise Bad(f"unknown columns: {', '.join(sorted(strange))[:80]}")
    if not told.get("id") or not told.get("dataset") or not told.get("actor"):
        raise Bad("a row needs id, dataset and actor")
    if told["dataset"] == OWN:
        raise Bad("a row of foedus belongs to a document; give the document with its events")
    if told.get("type") is not None and told["type"] not in QUADS:
        raise Bad(f"type {told['type']!r} is no PLOVER type")
    typed(told, {name: kind for name, (kind, _) in COLUMNS.items() if kind != "date"})
    sensible(told)
    row = dict.fromkeys(COLUMNS) | told
    row |= {name: float(told[name]) for name in _NUMBERS if told.get(name) is not None}
    row["day"], row["dated"] = dated(row["date"], row["published"])
    return row


def _reviews(told: list[dict[str, Any]], line: int) -> Iterator[list[dict[str, Any]] | Reject]:
    """The reviews that can be kept, and those that cannot: one at fault costs no other."""
    if not isinstance(told, list):
        raise Bad("reviews is no list")
    kept = []
    for one in told:
        try:
            if not isinstance(one, dict):
                raise Bad("a review is no JSON object")
            kept.append(_review(one))
        except Bad as bad:
            yield Reject(line, str(bad), json.dumps(one, ensure_ascii=False))
    if kept:
        yield kept


def _review(told: dict[str, Any]) -> dict[str, Any]:
    typed(told, dict.fromkeys(("event", "document", "verdict", "comment", "reviewer", "at", "undone"), "string"))
    if not told.get("event") or not told.get("at"):
        raise Bad("a review needs event and at")
    if told.get("verdict") not in (None, "up", "down"):
        raise Bad(f"a verdict is up or down, not {told['verdict']!r}")
    # What a reviewer may correct is asked when he does so: what stands in a file he has said, and it is kept.
    for name in ("fields", "snapshot"):
        if not isinstance(told.get(name) or {}, dict):
            raise Bad(f"{name} of a review is no JSON object")
    return told


def _document(record: dict[str, Any]) -> Coded:
    if not isinstance(record.get("text"), str):
        raise Bad("the document has no text")
    told = {
        key: record.get(key)
        for key in ("title", "byline", "outlet", "published", "source", "url", "language", "format")
    }
    for key, value in told.items():
        if value is not None and not isinstance(value, str):
            raise Bad(f"{key} is not text")
    if told["published"] is not None and not is_date(told["published"]):
        raise Bad(f"published {told['published']!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    if told["language"] is not None and not _LANGUAGE.fullmatch(told["language"]):
        raise Bad(f"language {told['language'][:20]!r} is no code; write en, or leave it out")
    typed(record, {"original": "string"})
    document = Document(
        text=record["text"],
        id=str(record.get("id") or ""),
        **told,
        original=record.get("original") or "",
        segments=tuple((a, b, c) for a, b, c in (_whole(part, 3) for part in record.get("segments") or ())),
        apparatus=tuple(_part(Apparatus, part) for part in record.get("apparatus") or ()),
        translation=_part(Translation, record["translation"]) if record.get("translation") else None,
        inferred=frozenset(words(record, "inferred")),
        notes=words(record, "notes"),
        extra=dict(record.get("extra") or {}),
    )
    return document, [_event(document, event, words(record, "sentences")) for event in record.get("events") or ()]


def _event(document: Document, given: dict[str, Any], sentences: Sequence[str]) -> Event:
    # A field that is null says as much as one that is not there.
    told = {name: value for name, value in given.items() if value is not None}
    if told.get("type") not in QUADS:
        raise Bad(f"event type {told.get('type')!r} is no PLOVER type")
    if not told.get("actor"):
        raise Bad("an event has no actor")
    typed(told, _TYPES)
    sensible(told)
    known = {"recipient": None} | {name: value for name, value in told.items() if name in _EVENT}
    known |= {name: Span(*_whole(told[name], 2)) if told.get(name) else None for name in _SPANS}
    known["contexts"] = words(told, "contexts")
    known["confidence"] = float(told.get("confidence", 1.0))
    known["why"] = _why(told["why"]) if told.get("why") else None
    known["document"] = document.id
    quote = told.get("quote") or (sentences[told["sentence"]] if sentences and "sentence" in told else "")
    known["quote"] = quote
    if "start" not in told:
        known["start"] = max(document.text.find(quote), 0) if quote else 0
    if not told.get("end"):
        known["end"] = known["start"] + len(quote)
    typed(known, dict.fromkeys(("start", "end"), "int64"))
    return Event(**known)


def _why(told: dict[str, Any]) -> Why:
    rivals = tuple((name, chance) for name, chance in told["rivals"])
    for name, chance in rivals:
        typed({"rival": name, "chance": chance}, {"rival": "string", "chance": "double"})
    typed(told, {"frame": "string"})
    return Why(told["frame"], words(told, "notes"), rivals)


_Part = TypeVar("_Part", Apparatus, Translation)


def _part(kind: type[_Part], told: dict[str, Any]) -> _Part:
    typed(told, {name: "int64" if name in ("start", "end") else "string" for name in told})
    return kind(**told)


def _whole(told: Sequence[Any], count: int) -> tuple[int, ...]:
    """So many whole numbers, none of them absent."""
    names = ("start", "end", "length")[:count]
    found = dict(zip(names, told, strict=True))
    typed(found, dict.fromkeys(names, "int64"))
    if None in found.values():
        raise Bad(f"{told} is no place in a text")
    return tuple(found.values())


class Given:
    """Stands in for a coder where documents come with their events."""

    def __init__(self, version: str = GIVEN) -> None:
        self.version = version
        self._events: dict[str, list[Event]] = {}

    def offer(self, coded: Coded, to: AddReport) -> Iterator[Document]:
        """A document for an addition to take; its events are at hand until they are asked for or it is passed over."""
        document, events = coded
        key, passed = document.content_hash, to.seen
        # The same text again in one file is passed over, and the events of the first are the ones that count.
        first = self._events.setdefault(key, events) is events
        yield document
        if first and to.seen > passed:
            self._events.pop(key, None)

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        """The events that came with each document."""
        for document in documents:
            events = self._events.pop(document.content_hash, [])
            yield document, [replace(event, document=document.id) for event in events]
