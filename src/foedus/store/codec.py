"""Events as rows of a Parquet file and back. `COLUMNS` is what `docs/formats.md` lists."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, Final, cast

from foedus.model.dates import earliest, is_date
from foedus.model.document import Document
from foedus.model.event import QUADS, Event, Modality, Polarity, Span, Why

OWN: Final = "foedus"
"""The data set name of events that Foedus coded itself."""

COLUMNS: Final[dict[str, tuple[str, str]]] = {
    "id": ("string", "stable identity: document, sentence offset, actor, recipient, type; or data set and its own id"),
    "dataset": ("string", "foedus for what was coded here, else gdelt1, gdelt2, icews, polecat, acled, ucdp, plover"),
    "document": ("string", "id of the document, null for imported rows"),
    "actor": ("string", "entity code of who did it; UNKNOWN where the row names nobody we know"),
    "recipient": ("string", "entity code of to whom; null where there is none"),
    "type": ("string", "PLOVER type; null for a source's code that PLOVER has no event for"),
    "mode": ("string", "PLOVER mode, where plain"),
    "quad": ("string", "verbal/material cooperation/conflict"),
    "polarity": ("string", "positive, or negative: it did not happen"),
    "modality": ("string", "actual, future or hypothetical"),
    "kind": ("string", "word, deed or withheld"),
    "speaker": ("string", "entity code of whose word this is, null for the author's own"),
    "speaker_name": ("string", "the person who spoke"),
    "date": ("string", "when it happened: YYYY-MM-DD, YYYY-MM, YYYY or null"),
    "day": ("date", "first day that `date` may mean; failing that, the day of publication"),
    "dated": ("string", "event where `day` comes from `date`, report where from publication, null where neither"),
    "historical": ("bool", "background from before the story's own news"),
    "actor_sector": ("string", "GOV, MIL, LEG … where stated"),
    "recipient_sector": ("string", "as actor_sector"),
    "actor_name": ("string", "the actor as the source writes it"),
    "recipient_name": ("string", "the recipient as the source writes it"),
    "contexts": ("string", "PLOVER contexts, separated by blanks"),
    "quote": ("string", "the evidence sentence, verbatim"),
    "start_char": ("int64", "offset of the quote in the document's text"),
    "end_char": ("int64", "end of the quote, exclusive"),
    "sentence": ("int32", "number of the sentence, from 0"),
    "spans": ("string", "JSON: [start, end] of actor, recipient, predicate and speaker"),
    "confidence": ("double", "the coder's probability that actor, recipient and type are right"),
    "why": ("string", "JSON: how the coder came to it"),
    "coder": ("string", "name and version of the coder, or of the mapping for imported rows"),
    "published": ("string", "publication date of the report"),
    "url": ("string", "address of the report"),
    "directed": ("bool", "false where the source does not say who acted on whom (ACLED, UCDP battles)"),
    "source_id": ("string", "the row's id in its own data set"),
    "source_code": ("string", "the event code in the source's own scheme (CAMEO, ACLED sub-event, …)"),
    "intensity": ("double", "the source's own score (Goldstein, ICEWS intensity, …)"),
    "mentions": ("int32", "reports that the source counted for the row"),
    "place": ("string", "name of the place"),
    "country": ("string", "entity code of the state in which the place lies"),
    "latitude": ("double", "degrees north"),
    "longitude": ("double", "degrees east"),
    "raw": ("string", "the row as it came, for imported data"),
}
SURROGATE: Final = re.compile("[\ud800-\udfff]")
_SPANS: Final = ("actor_span", "recipient_span", "predicate_span", "speaker_span")


def schema() -> Any:
    """The Arrow schema of an event file."""
    import pyarrow as pa

    kinds = {
        "string": pa.string(), "date": pa.date32(), "bool": pa.bool_(), "int64": pa.int64(), "int32": pa.int32(),
        "double": pa.float64(),
    }  # fmt: skip
    return pa.schema([(name, kinds[kind]) for name, (kind, _) in COLUMNS.items()])


def keys(events: Sequence[Event]) -> list[str]:
    """Identities of one document's events that outlive recoding: document, sentence offset, actor, recipient, type.

    A second event with the same five (two acts told in one sentence) gets `#2`, in the order of their words.
    """

    def place(index: int) -> tuple[int, int, int]:
        span = events[index].predicate_span
        return (events[index].start, span.start if span else -1, index)

    order = sorted(range(len(events)), key=place)
    seen: Counter[str] = Counter()
    found = [""] * len(events)
    for index in order:
        event = events[index]
        key = f"{event.document}:{event.start}:{event.actor}:{event.recipient or '-'}:{event.type}"
        seen[key] += 1
        found[index] = key if seen[key] == 1 else f"{key}#{seen[key]}"
    return found


def identified(document: Document, events: Iterable[Event]) -> list[Event]:
    """The events of a document under their stable identities."""
    owned = [event if event.document == document.id else replace(event, document=document.id) for event in events]
    return [replace(event, id=key) for event, key in zip(owned, keys(owned), strict=True)]


def dated(date: str | None, published: str | None) -> tuple[dt.date | None, str | None]:
    """The day an event is filed under, and whether the text or the publication gives it."""
    for text, source in ((date, "event"), (published, "report")):
        if text and is_date(text):
            return earliest(text), source
    return None, None


def to_row(document: Document, event: Event, coder: str) -> dict[str, Any]:
    """The Parquet row of an event coded here."""
    day, basis = dated(event.date, document.published)
    row = dict.fromkeys(COLUMNS)
    row |= {
        "id": event.id, "dataset": OWN, "document": document.id, "actor": event.actor, "recipient": event.recipient,
        "type": event.type, "mode": event.mode, "quad": event.quad, "polarity": event.polarity,
        "modality": event.modality, "kind": event.kind, "speaker": event.speaker, "speaker_name": event.speaker_name,
        "date": event.date, "day": day, "dated": basis, "historical": event.historical,
        "actor_sector": event.actor_sector, "recipient_sector": event.recipient_sector,
        "contexts": " ".join(event.contexts), "quote": event.quote, "start_char": event.start, "end_char": event.end,
        "sentence": event.sentence, "spans": _spans(event), "confidence": event.confidence,
        "why": _why(event.why), "coder": event.coder or coder, "published": document.published, "url": document.url,
        "directed": True,
    }  # fmt: skip
    return row


def to_event(row: Mapping[str, Any]) -> Event:
    """The event of a row. Raises ValueError for a row without a PLOVER type."""
    if row["type"] not in QUADS:
        raise ValueError(f"{row['id']} has no PLOVER type ({row.get('source_code')}); read it with Store.sql")
    places = json.loads(row["spans"]) if row.get("spans") else [None] * 4
    spans = {name: Span(*place) if place else None for name, place in zip(_SPANS, places, strict=True)}
    why = json.loads(row["why"]) if row.get("why") else None
    return Event(
        actor=row["actor"],
        recipient=row["recipient"],
        type=row["type"],
        mode=row["mode"],
        polarity=cast(Polarity, row["polarity"]),
        modality=cast(Modality, row["modality"]),
        speaker=row["speaker"],
        date=row["date"],
        historical=bool(row["historical"]),
        quote=row["quote"] or "",
        start=row["start_char"] or 0,
        end=row["end_char"] or 0,
        sentence=row["sentence"] or 0,
        document=row["document"] or "",
        id=row["id"],
        **spans,
        actor_sector=row["actor_sector"],
        recipient_sector=row["recipient_sector"],
        speaker_name=row["speaker_name"],
        contexts=tuple((row["contexts"] or "").split()),
        confidence=1.0 if row["confidence"] is None else row["confidence"],
        why=Why(why["frame"], tuple(why["notes"]), tuple((n, p) for n, p in why["rivals"])) if why else None,
        coder=row["coder"] or "",
    )


def _spans(event: Event) -> str | None:
    places = [getattr(event, name) for name in _SPANS]
    if not any(places):
        return None
    return json.dumps([[place.start, place.end] if place else None for place in places], separators=(",", ":"))


def _why(why: Why | None) -> str | None:
    if why is None:
        return None
    return json.dumps({"frame": why.frame, "notes": why.notes, "rivals": why.rivals}, ensure_ascii=False)


def write(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows as one event file, sorted so that the same events make the same bytes."""
    import pyarrow as pa

    ordered = sorted(rows, key=lambda row: (row["actor"], row["recipient"] or "", str(row["day"] or ""), row["id"]))
    try:
        table = pa.Table.from_pylist(ordered, schema=schema())
    except UnicodeEncodeError:
        # Lone surrogates, which JSON can escape and Parquet cannot hold; looked for only where there is one.
        table = pa.Table.from_pylist([_storable(row) for row in ordered], schema=schema())
    write_table(path, table)


def _storable(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: SURROGATE.sub("\ufffd", value) if isinstance(value, str) else value for name, value in row.items()}


def write_table(path: Path, table: Any) -> None:
    """Write an Arrow table of the event schema as one event file."""
    import pyarrow.parquet as pq

    pq.write_table(table, path, compression="zstd", row_group_size=122_880, write_page_checksum=True)
