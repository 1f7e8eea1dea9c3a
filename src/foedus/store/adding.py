"""Adding documents: read, skip what is known, code, and publish in batches that are whole or not there."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store import acts, codec, coding, copies, documents, schema
from foedus.store.coding import Codes
from foedus.store.files import digest, publish

BATCH: Final = 256
BATCH_SECONDS: Final = 5.0
GIVEN: Final = "given"
"""First letters of the version under which events that came with their documents are kept."""


@dataclass
class AddReport:
    """What an `add` did. `seen` were known by content or address; `restored` were damaged in the store and are whole again.

    `faults` are sources or documents at fault.
    """

    run: int = 0
    read: int = 0
    added: int = 0
    recoded: int = 0
    seen: int = 0
    changed_pages: int = 0
    restored: int = 0
    copies: int = 0
    events: int = 0
    acts: int = 0
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


Progress = Callable[[AddReport], object]


@dataclass
class _Coded:
    document: Document
    events: list[Event]
    fresh: bool
    fault: str | None = None


class _Again(Exception):
    """Another process has taken a document's id: the batch is written anew under another."""


class Adder:
    """One run of adding to a store. `given` says that the coder only hands on events that came with their documents.

    Each source or document at fault is told to `on_error`.
    """

    def __init__(
        self,
        folder: Path,
        db: sqlite3.Connection,
        coder: Codes,
        now: Callable[[], str],
        given: bool = False,
        on_error: Callable[[SourceError], object] | None = None,
    ) -> None:
        self._given = given
        self._folder = folder
        self._db = db
        self._coder = coder
        self._now = now
        self._on_error = on_error
        self._pending: dict[str, str] = {}
        self._ids: set[str] = set()
        self._recoding: set[str] = set()
        self._sightings: list[tuple[Any, ...]] = []
        self._new_faults: list[tuple[str, str]] = []
        self._noted: set[int] | None = None
        self.report = AddReport()

    def run(
        self,
        sources: Iterable[Document],
        workers: int = 1,
        progress: Progress | None = None,
        what: str = "",
        batch: int = BATCH,
    ) -> AddReport:
        """Add every document of a stream. Each batch is acknowledged through `progress` once it is safe on disk."""
        began = time.monotonic()
        report = self.report
        with schema.transaction(self._db):
            cursor = self._db.execute(
                "INSERT INTO runs (kind, what, coder, started) VALUES ('add', ?, ?, ?)",
                (what, self._coder.version, self._now()),
            )
        report.run = int(cursor.lastrowid or 0)
        waiting: list[_Coded] = []
        last = time.monotonic()
        for coded in self._coded(self._unseen(sources), workers):
            waiting.append(coded)
            if len(waiting) >= batch or time.monotonic() - last >= BATCH_SECONDS:
                self._publish(waiting)
                waiting, last = [], time.monotonic()
                if progress:
                    progress(report)
        self._publish(waiting)
        report.seconds = round(time.monotonic() - began, 3)
        self._close()
        if progress:
            progress(report)
        return report

    def fault(self, error: SourceError) -> None:
        """Note a source that could not be read; it is kept among the rejects."""
        self.report.faults.append(str(error))
        self._new_faults.append((error.source, error.reason))
        if self._on_error is not None:
            self._on_error(error)

    def _close(self) -> None:
        counts = self.report.to_dict()
        counts["faults"] = len(self.report.faults)
        with schema.transaction(self._db):
            self._db.execute(
                "UPDATE runs SET ended=?, counts=? WHERE id=?", (self._now(), json.dumps(counts), self.report.run)
            )

    def _unseen(self, stream: Iterable[Document]) -> Iterator[Document]:
        for document in stream:
            self.report.read += 1
            document = _storable(document)
            key = documents.url_key(document.url)
            known = self._waiting(document, key) or documents.seen(self._db, document)
            if known:
                if known.damaged:
                    with schema.transaction(self._db):
                        documents.restore(self._db, known.id, document)
                    self.report.restored += 1
                self._note(known, document)
                if self._outdated(known):
                    row = self._db.execute("SELECT * FROM documents WHERE id=?", (known.id,)).fetchone()
                    self._recoding.add(known.id)
                    yield documents.unpack(row)
                else:
                    self.report.seen += 1
                continue
            name = documents.free_id(self._db, document, self._ids)
            if name != document.id:
                document = replace(document, id=name)
            self._ids.add(name)
            self._pending[document.content_hash] = name
            if key:
                self._pending[key] = name
            yield document

    def _outdated(self, known: documents.Known) -> bool:
        """Whether another coder version made what is stored. Events that came coded are somebody's work: they stay."""
        coder = known.coder or ""
        if self._given and (known.why != "content" or self._coder.version == GIVEN):
            return False  # the events at hand are of this very text and no other; a person's file replaces nothing
        return coder != self._coder.version and not coder.startswith(GIVEN) and known.id not in self._recoding

    def _waiting(self, document: Document, key: str | None) -> documents.Known | None:
        """What this run has met already and not yet published."""
        for mark, why in ((document.content_hash, "content"), (key, "address, other text")):
            if mark and mark in self._pending:
                return documents.Known(self._pending[mark], why, self._coder.version, None, None)
        return None

    def _note(self, known: documents.Known, document: Document) -> None:
        if known.why == "address, other text":
            self.report.changed_pages += 1
        elif (document.source, document.url) == (known.source, known.url):
            return  # the same source read again is no news
        row = (known.id, document.source, document.url, document.content_hash, known.why, self._now())
        self._sightings.append(row)

    def _coded(self, stream: Iterator[Document], workers: int) -> Iterator[_Coded]:
        for document, events, failed in coding.code_all(self._coder, stream, workers):
            if failed:
                self.fault(SourceError(document.source or document.id, failed))
            yield _Coded(document, codec.identified(document, events), document.id not in self._recoding, failed)

    def _publish(self, batch: list[_Coded]) -> None:
        while True:
            rows = [codec.to_row(c.document, event, self._coder.version) for c in batch for event in c.events]
            path = self._write(rows)
            try:
                with schema.guarded(self._folder), schema.transaction(self._db):
                    self._catalogue(batch, path, len(rows))
            except _Again:
                batch = [self._renamed(coded) for coded in batch]
                continue
            break
        for coded in batch:
            self._recoding.discard(coded.document.id)
            self._pending.pop(coded.document.content_hash, None)
            self._pending.pop(documents.url_key(coded.document.url) or "", None)
            self._ids.discard(coded.document.id)

    def _write(self, rows: Sequence[dict[str, Any]]) -> str | None:
        """The event file of a batch. Its name follows from what is in it: writing it twice changes nothing."""
        if not rows:
            return None
        inside = sha256()
        for row in sorted(rows, key=lambda row: str(row["id"])):
            inside.update(repr(sorted(row.items(), key=lambda pair: pair[0])).encode("utf-8", "backslashreplace"))
        name = inside.hexdigest()
        path = f"events/coded/{name[:2]}/{name[:32]}.parquet"
        held = self._db.execute("SELECT 1 FROM files WHERE path=? AND retired IS NULL", (path,)).fetchone()
        if not held or not (self._folder / path).exists():
            publish(self._folder, path, lambda part: codec.write(part, rows))
        return path

    def _renamed(self, coded: _Coded) -> _Coded:
        row = self._db.execute("SELECT content_hash FROM documents WHERE id=?", (coded.document.id,)).fetchone()
        if not coded.fresh or row is None or row[0] == coded.document.content_hash:
            return coded
        document = replace(coded.document, id=f"{coded.document.id}-{coded.document.content_hash[:12]}")
        return _Coded(document, codec.identified(document, coded.events), True, coded.fault)

    def _catalogue(self, batch: list[_Coded], path: str | None, rows: int) -> None:
        db, report, now = self._db, self.report, self._now()
        added = recoded = events = linked = 0
        file = catalogue_file(db, self._folder, path, codec.OWN, rows, report.run) if path else None
        for coded in batch:
            kept = self._insert(coded, file, now) if coded.fresh else self._replace(coded, file)
            if kept is None:
                if file is not None and coded.events:
                    # Unless the other process has published the very same file.
                    db.execute(
                        "INSERT OR IGNORE INTO superseded SELECT ?, ? "
                        "WHERE NOT EXISTS (SELECT 1 FROM documents WHERE id=? AND file=?)",
                        (file, coded.document.id, coded.document.id, file),
                    )
                continue
            added += coded.fresh
            recoded += not coded.fresh
            events += len(coded.events)
            linked += kept
        if file is not None:
            retire_empty(db, [file], now)
        self._sightings = [row for row in self._sightings if not self._sighted(row)]
        db.executemany(
            "INSERT INTO rejects (run, source, reason) VALUES (?, ?, ?)",
            [(report.run, *fault) for fault in self._new_faults if self._is_news(fault)],
        )
        self._new_faults = []
        report.added += added
        report.recoded += recoded
        report.events += events
        report.copies += linked

    def _is_news(self, fault: tuple[str, str]) -> bool:
        """Whether no earlier run has noted this fault: the same command again does not make two of one."""
        if self._noted is None:
            rows = self._db.execute("SELECT source, reason FROM rejects WHERE import IS NULL")
            self._noted = {hash(tuple(row)) for row in rows}
        mark = hash(fault)
        if mark in self._noted:
            return False
        self._noted.add(mark)
        return True

    def _sighted(self, row: tuple[Any, ...]) -> bool:
        if not self._db.execute("SELECT 1 FROM documents WHERE id=?", (row[0],)).fetchone():
            return False
        self._db.execute("INSERT OR IGNORE INTO sightings VALUES (?, ?, ?, ?, ?, ?)", row)
        return True

    def _insert(self, coded: _Coded, file: int | None, now: str) -> bool | None:
        """Insert a new document; True where it repeats another's text, None where another process has stored it."""
        document = coded.document
        packed = documents.pack(document) | {
            "coder": self._coder.version, "file": file if coded.events else None, "events": len(coded.events),
            "fault": coded.fault,
        }  # fmt: skip
        try:
            number = documents.insert(self._db, packed, self.report.run, now)
        except sqlite3.IntegrityError:
            if documents.seen(self._db, document) is None:
                raise _Again from None
            self.report.seen += 1
            return None
        self._lift(file, document.id)
        self._report(coded)
        return copies.link(self._db, number, document.id, copies.sketch(document.text)) is not None

    def _replace(self, coded: _Coded, file: int | None) -> bool | None:
        """Put new events in the place of a document's old ones; None where another process has done so."""
        db, name = self._db, coded.document.id
        row = db.execute("SELECT coder, file FROM documents WHERE id=?", (name,)).fetchone()
        if row["coder"] == self._coder.version:
            return None
        if row["file"] is not None:
            db.execute("INSERT OR IGNORE INTO superseded VALUES (?, ?)", (row["file"], name))
        self._lift(file, name)
        db.execute(
            "UPDATE documents SET coder=?, file=?, events=?, fault=? WHERE id=?",
            (self._coder.version, file if coded.events else None, len(coded.events), coded.fault, name),
        )
        if row["file"] is not None:
            retire_empty(db, [row["file"]], self._now())
        db.execute("INSERT OR IGNORE INTO dirty SELECT DISTINCT bucket FROM reports WHERE document=?", (name,))
        db.execute("DELETE FROM reports WHERE document=?", (name,))
        self._report(coded)
        return False

    def _lift(self, file: int | None, name: str) -> None:
        # A file comes back under its old name where a coder goes back to what an earlier one said.
        self._db.execute("DELETE FROM superseded WHERE file=? AND document=?", (file, name))

    def _report(self, coded: _Coded) -> None:
        told = [(event.id, coded.document.id, acts.bucket(event)) for event in coded.events]
        self._db.executemany("INSERT INTO reports (event, document, bucket) VALUES (?, ?, ?)", told)
        self._db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(name,) for _, _, name in told])


def _storable(document: Document) -> Document:
    """The document without lone surrogates, which neither SQLite nor Parquet can hold; offsets stay as they are."""
    changed = {}
    for name in ("id", "title", "byline", "outlet", "published", "source", "url", "text", "original"):
        value = getattr(document, name)
        if isinstance(value, str) and not value.isascii():
            clean = codec.SURROGATE.sub("\ufffd", value)
            if clean != value:
                changed[name] = clean
    return replace(document, **changed) if changed else document  # type: ignore[arg-type]


def catalogue_file(db: sqlite3.Connection, folder: Path, path: str, dataset: str, rows: int, run: int) -> int:
    """Enter a published event file; returns its number (the old one where it stands there already)."""
    held = db.execute("SELECT id FROM files WHERE path=?", (path,)).fetchone()
    whole = folder / path
    size, mark = whole.stat().st_size, digest(whole)
    if held:
        # What comes back under an old name need not be the same to the byte.
        db.execute(
            "UPDATE files SET retired=NULL, rows=?, bytes=?, sha256=? WHERE id=?", (rows, size, mark, held["id"])
        )
        return int(held["id"])
    cursor = db.execute(
        "INSERT INTO files (path, dataset, rows, bytes, sha256, run) VALUES (?, ?, ?, ?, ?, ?)",
        (path, dataset, rows, size, mark, run),
    )
    return int(cursor.lastrowid or 0)


def retire_empty(db: sqlite3.Connection, files: Iterable[int], now: str) -> None:
    """Retire files of coded events that no document has events in any more; they are deleted after a while."""
    for file in files:
        if not db.execute("SELECT 1 FROM documents WHERE file=? LIMIT 1", (file,)).fetchone():
            db.execute("UPDATE files SET retired=? WHERE id=?", (now, file))
