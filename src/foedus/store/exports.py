"""Exports: events in the formats that others read, written aside and renamed; the report says what was not carried."""

from __future__ import annotations

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from itertools import chain
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from foedus import output
from foedus.errors import InputError, UsageError
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store import codec, forms
from foedus.store.files import DATABASE, EVENTS, QUARANTINE, STAGING, explained
from foedus.store.imports.tables import ICEWS, POLECAT
from foedus.store.publication import beside, reviews_of

if TYPE_CHECKING:
    from foedus.store.store import Store

FORMATS: Final = tuple(forms.LOSSES)
SUFFIXES: Final = {
    ".jsonl": "jsonl", ".parquet": "parquet", ".csv": "csv", ".txt": "polecat", ".tab": "icews", ".geojson": "geojson"
}  # fmt: skip


@dataclass
class ExportReport:
    """What an export wrote. `left_out` counts events by why they could not be told; `losses` is what no event carries."""

    path: str
    format: str
    events: int = 0
    documents: int = 0
    left_out: dict[str, int] = field(default_factory=dict)
    losses: tuple[str, ...] = ()
    beside: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@dataclass
class Content:
    """What stands in a file: for each data set and coder the events with their first and last day, and the codes that occur."""

    parts: dict[tuple[str, str], tuple[int, Any, Any]] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)

    @property
    def told(self) -> list[tuple[str, str, int, Any, Any]]:
        """Data set, coder, events, first and last day, in order."""
        return [(*name, *counted) for name, counted in sorted(self.parts.items())]

    def add(self, row: forms.Row) -> None:
        """Count a row that was written."""
        name = (row["dataset"], row["coder"] or "")
        count, first, last = self.parts.get(name, (0, None, None))
        if (day := row["day"]) is not None:
            first, last = min(first or day, day), max(last or day, day)
        self.parts[name] = (count + 1, first, last)
        self.codes |= {code for code in (row["actor"], row["recipient"]) if code}


def export(
    store: Store,
    path: Path,
    format: str | None,
    sql_filter: str | None,
    params: Sequence[Any],
    publish: bool,
    title: str | None,
    authors: Sequence[str],
) -> ExportReport:
    """Write the events that meet a condition; see `Store.export`."""
    name = format or SUFFIXES.get(path.suffix.lower(), "")
    if path.is_dir():
        raise InputError(f"{path}: this is a folder; name a file in it")
    if name not in FORMATS and format is None:
        raise UsageError(
            f"{path.name}: the ending tells the format; use one of {', '.join(SUFFIXES)}, or give --format"
        )
    if name not in FORMATS:
        raise UsageError(f"--format {name} is not known: choose one of {', '.join(FORMATS)}")
    refuse_own(store.folder, path)
    report = ExportReport(str(path), name, losses=forms.LOSSES[name])
    with explained(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        output.check(path)
        with output.aside(path) as part:
            content = _write(store, part, name, sql_filter, params, report)
        if publish:
            report.beside = beside(store, path, report, content, sql_filter, params, title, authors)
    return report


def refuse_own(folder: Path, path: Path) -> None:
    """Raises InputError for a place among a store's own files, which an export would destroy."""
    inside = os.path.relpath(os.path.realpath(path), os.path.realpath(folder)).split(os.sep)[0]
    if inside in (EVENTS, STAGING, QUARANTINE) or inside.startswith(DATABASE):
        raise InputError(f"{path}: this belongs to the store {folder} itself; choose another place")


def _write(
    store: Store, path: Path, name: str, sql_filter: str | None, params: Sequence[Any], report: ExportReport
) -> Content:
    if name == "parquet":
        import pyarrow as pa
        import pyarrow.parquet as pq

        content = Content()
        with pq.ParquetWriter(path, codec.schema(), compression="zstd") as parquet:
            for rows in _batches(store, store.select(sql_filter, params)):
                parquet.write_table(pa.Table.from_pylist(rows, schema=codec.schema()))
                report.events += len(rows)
                for row in rows:
                    content.add(row)
        return content
    with path.open("w", encoding="utf-8", errors="replace", newline="") as out:
        if name == "jsonl":
            return _jsonl(store, out, sql_filter, params, report)
        selected = chain.from_iterable(_batches(store, store.select(sql_filter, params)))
        return _lines(out, name, selected, report)


def _batches(store: Store, cursor: Any) -> Iterator[list[dict[str, Any]]]:
    names = [column[0] for column in cursor.description]
    for rows in store.batches(cursor):
        yield [dict(zip(names, row, strict=True)) for row in rows]


def _lines(out: IO[str], name: str, rows: Iterable[dict[str, Any]], report: ExportReport) -> Content:
    left: Counter[str] = Counter()
    content = Content()
    begin, one, end = _FORMS[name]
    out.write(begin)
    for row in rows:
        try:
            text = one(row)
        except forms.LeftOut as reason:
            left[str(reason)] += 1
            continue
        # Features are parted by commas, and the first has none before it.
        out.write(",\n" + text if name == "geojson" and report.events else text)
        report.events += 1
        content.add(row)
    out.write(end)
    report.left_out = dict(left)
    return content


def _csv_line(cells: Iterable[Any]) -> str:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerow([_safe(cell) for cell in cells])
    return out.getvalue()


def _safe(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str) and value[:1] and value[:1] in "=+-@\t\r":
        return "'" + value
    return value


_Form = tuple[str, Callable[[dict[str, Any]], str], str]
_FORMS: Final[dict[str, _Form]] = {
    "csv": (",".join(codec.COLUMNS) + "\n", lambda row: _csv_line(row[name] for name in codec.COLUMNS), ""),
    "plover": ("", lambda row: forms.json_line(forms.plover(row)), ""),
    "polecat": (forms.tab_line(list(POLECAT)), lambda row: forms.tab_line(forms.polecat(row)), ""),
    "icews": (forms.tab_line(list(ICEWS)), lambda row: forms.tab_line(forms.icews(row)), ""),
    "geojson": (
        '{"type": "FeatureCollection", "features": [\n',
        lambda row: json.dumps(forms.geojson(row), ensure_ascii=False),
        "\n]}\n",
    ),
}


def _jsonl(store: Store, out: IO[str], sql_filter: str | None, params: Sequence[Any], report: ExportReport) -> Content:
    content = Content()
    wanted = None
    if sql_filter:
        wanted = {
            row[0]
            for rows in store.batches(store.select(f"dataset = 'foedus' AND (\n{sql_filter}\n)", params, "id"))
            for row in rows
        }
    for document, events in store.coded():
        kept = [event for event in events if wanted is None or event.id in wanted]
        if wanted is not None and not kept:
            continue
        out.write(forms.json_line(record(document, kept)))
        report.documents += 1
        report.events += len(kept)
        for event in kept:
            content.add(codec.to_row(document, event, event.coder))
    condition = "dataset <> 'foedus'" + (f" AND (\n{sql_filter}\n)" if sql_filter else "")
    for rows in _batches(store, store.select(condition, params)):
        for row in rows:
            out.write(forms.json_line(forms.whole(row)))
            report.events += 1
            content.add(row)
    if kept_reviews := [review.to_dict() for review in reviews_of(store, sql_filter, params)]:
        out.write(forms.json_line({"reviews": kept_reviews}))
    return content


def record(document: Document, events: Iterable[Event]) -> dict[str, Any]:
    """A document with its events: the codebook's format, and all else that is known of both."""
    told = document.to_dict()
    rows = []
    for event in events:
        row = event.to_dict()
        row.pop("document")
        rows.append(row)
    first = {name: told.pop(name) for name in ("id", "published", "title", "text")}
    return {**first, "events": rows, **told}


def _writer(name: str) -> Callable[..., bytes]:
    def write(coded: Iterable[tuple[Document, Sequence[Event]]], explain: bool = False) -> bytes:
        out = io.StringIO(newline="")
        rows = (
            codec.to_row(document, event, event.coder)
            for document, events in coded
            for event in codec.identified(document, events)
        )
        _lines(out, name, rows, ExportReport("", name))
        return out.getvalue().encode("utf-8", "replace")

    return write


WRITERS: Final[dict[str, Callable[..., bytes]]] = {name: _writer(name) for name in ("plover", "polecat", "icews")}
"""Formats for `foedus code`: coded documents in, the bytes of a file out."""
