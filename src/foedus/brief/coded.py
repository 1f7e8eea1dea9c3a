"""Coded documents as files: the codebook's JSONL, CSV, Parquet, and whatever the store's exports add."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, Final

from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import Event

Coded = tuple[Document, Sequence[Event]]
COLUMNS: Final = (
    "document", "published", "title", "outlet", "url", "id", "sentence", "start", "end", "actor", "actor_sector",
    "recipient", "recipient_sector", "type", "mode", "quad", "polarity", "modality", "kind", "speaker", "speaker_name",
    "date", "historical", "contexts", "confidence", "quote", "coder",
)  # fmt: skip
SUFFIXES: Final = {".jsonl": "jsonl", ".csv": "csv", ".parquet": "parquet", ".txt": "polecat"}
FORMATS: Final = ("jsonl", "csv", "parquet", "plover", "polecat")


def record(document: Document, events: Iterable[Event], explain: bool = False) -> dict[str, Any]:
    """One line of the codebook's file format. `explain` adds how each event was come to."""
    rows = []
    for event in events:
        row = event.to_dict()
        row.pop("document")
        if not explain:
            row.pop("why")
        rows.append(row)
    return {
        "id": document.id,
        "published": document.published,
        "title": document.title,
        "text": document.text,
        "events": rows,
    }


def row(document: Document, event: Event) -> dict[str, Any]:
    """One event as a flat row of `COLUMNS`."""
    known = event.to_dict()
    told = {
        "document": document.id,
        "published": document.published,
        "title": document.title,
        "outlet": document.outlet,
        "url": document.url,
        "quad": event.quad,
        "contexts": " ".join(event.contexts),
    }
    return {name: told[name] if name in told else known[name] for name in COLUMNS}


def as_jsonl(coded: Iterable[Coded], explain: bool = False) -> bytes:
    """One JSON object a document, one a line."""
    lines = (json.dumps(record(document, events, explain), ensure_ascii=False) for document, events in coded)
    return "".join(line + "\n" for line in lines).encode("utf-8", "replace")


def as_csv(coded: Iterable[Coded], explain: bool = False) -> bytes:
    """One event a row, with a header. A cell that a spreadsheet could take for a formula is led by an apostrophe."""
    file = io.StringIO(newline="")
    columns = [*COLUMNS, "why"] if explain else list(COLUMNS)
    writer = csv.DictWriter(file, columns, lineterminator="\n")
    writer.writeheader()
    for document, events in coded:
        for event in events:
            cells = row(document, event) | ({"why": _why(event)} if explain else {})
            writer.writerow({name: cell(value) for name, value in cells.items()})
    return file.getvalue().encode("utf-8", "replace")


def as_parquet(coded: Iterable[Coded], explain: bool = False) -> bytes:
    """One event a row, typed: `historical` is a boolean, offsets are integers, what is unknown is null."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    columns = [*COLUMNS, "why"] if explain else list(COLUMNS)
    kinds = {"sentence": pa.int32(), "start": pa.int64(), "end": pa.int64(), "historical": pa.bool_()}
    kinds["confidence"] = pa.float64()
    schema = pa.schema([(name, kinds.get(name, pa.string())) for name in columns])
    rows = [
        row(document, event) | ({"why": _why(event)} if explain else {})
        for document, events in coded
        for event in events
    ]
    sink = pa.BufferOutputStream()
    pq.write_table(pa.Table.from_pylist(rows, schema=schema), sink)
    return bytes(sink.getvalue().to_pybytes())


_WRITERS: Final[dict[str, Callable[..., bytes]]] = {"jsonl": as_jsonl, "csv": as_csv, "parquet": as_parquet}


def writer(name: str) -> Callable[..., bytes]:
    """The function that turns coded documents into the bytes of a format. Raises InputError for one unknown.

    Formats beyond the three here are asked of `foedus.store.exports.WRITERS` (name → function of the same shape).
    """
    if name in _WRITERS:
        return _WRITERS[name]
    try:
        further: dict[str, Callable[..., bytes]] = import_module("foedus.store.exports").WRITERS
    except (ImportError, AttributeError):
        further = {}
    if name in further:
        return further[name]
    known = ", ".join([*_WRITERS, *further])
    raise InputError(f"--format {name} is not known here: choose one of {known}")


def _why(event: Event) -> str:
    if event.why is None:
        return ""
    rivals = ", ".join(f"{label} {value:.2f}" for label, value in event.why.rivals)
    return "; ".join(part for part in (event.why.frame, *event.why.notes, rivals) if part)


def cell(value: Any) -> Any:
    """A value as a cell of a CSV file: empty for None, and no text that a spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] in "=+-@\t\r" and value[:1]:
        return "'" + value
    return value
