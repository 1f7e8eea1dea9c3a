"""Looking a store over: what is missing, altered or unknown, each fault with what can be done about it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Literal

from foedus.errors import StoreError
from foedus.store import codec, documents
from foedus.store.files import DATABASE, EVENTS, STAGING, digest
from foedus.store.locks import alone, is_lock

Kind = Literal[
    "missing file",
    "altered file",
    "stray file",
    "leftover",
    "database",
    "document",
    "counts",
    "index",
    "reports",
    "awaited",
    "unreadable file",
]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: its kind, what it is about, what is wrong, and whether `repair` can mend it."""

    kind: Kind
    what: str
    says: str
    mendable: bool
    key: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)

    def __str__(self) -> str:
        return f"{self.what}: {self.says}"


def verify(folder: Path, db: sqlite3.Connection, leftovers: bool = False) -> list[Fault]:
    """Every fault of a store. A clean store gives an empty list; writers at work beside it do no harm.

    `leftovers` lists also what stopped writers left lying, which nobody acknowledged and nothing reads, and imports whose
    source may bring rows that were lost.
    """
    found = list(_database(db))
    if any(fault.kind == "database" for fault in found):
        return found
    found += _files(folder, db)
    found += _documents(db)
    found += _reports(db)
    if leftovers:
        with alone(folder) as nobody_writes:
            # While somebody writes, what a stopped writer left cannot be told from what is about to be entered.
            found += strays(folder, db) if nobody_writes else []
        found += _awaited(db)
    return found


def _database(db: sqlite3.Connection) -> Iterator[Fault]:
    try:
        for (line,) in db.execute("PRAGMA integrity_check(20)"):
            if line != "ok":
                yield Fault("database", DATABASE, f"SQLite says: {line}; put the file back from a backup", False)
    except sqlite3.DatabaseError as error:
        yield Fault("database", DATABASE, f"SQLite says: {error}; put the file back from a backup", False)
        return
    try:
        if not db.in_transaction:
            db.execute("INSERT INTO documents_fts (documents_fts, rank) VALUES ('integrity-check', 1)")
    except sqlite3.DatabaseError as error:
        # The check is put as a write, which a store that is only lent cannot take: that is no fault of the index.
        if error.sqlite_errorcode & 0xFF not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_BUSY):
            yield Fault("index", DATABASE, f"the full-text index does not match the documents ({error})", True)


def _files(folder: Path, db: sqlite3.Connection) -> Iterator[Fault]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    rows = db.execute("SELECT * FROM files WHERE retired IS NULL ORDER BY id").fetchall()
    for row in rows:
        path = folder / row["path"]
        fault = None
        try:
            same = path.is_file() and path.stat().st_size == row["bytes"] and digest(path) == row["sha256"]
        except OSError as error:
            # It may be whole: nothing is set aside for want of a right to read it.
            yield Fault("unreadable file", row["path"], f"{error.strerror}; give yourself the right to read it", False)
            continue
        if not path.is_file():
            fault = ("missing file", "the event file is gone")
        elif not same:
            fault = ("altered file", "the event file is not as it was written")
        else:
            try:
                held = pq.ParquetFile(path).metadata.num_rows
                if held != row["rows"]:
                    fault = ("altered file", f"holds {held} rows, the catalogue says {row['rows']}")
            except (OSError, pa.ArrowException) as error:
                fault = ("altered file", f"cannot be read ({error})")
        if fault and not db.execute("SELECT 1 FROM files WHERE id=? AND retired IS NULL", (row["id"],)).fetchone():
            continue  # merged away while we looked
        if fault:
            way, mendable = _way_out(db, row)
            yield Fault(fault[0], row["path"], f"{fault[1]}; {way}", mendable, row["id"])  # type: ignore[arg-type]
        elif row["dataset"] == codec.OWN:
            yield from _counts(folder, db, row)


def _way_out(db: sqlite3.Connection, row: Any) -> tuple[str, bool]:
    if row["dataset"] == codec.OWN:
        count = db.execute("SELECT count(*) FROM documents WHERE file=?", (row["id"],)).fetchone()[0]
        return f"repair marks its {count} documents, and `foedus store add` or `recode` codes them anew", True
    told = db.execute(
        "SELECT source FROM imports i JOIN file_imports f ON f.import = i.id WHERE f.file=?", (row["id"],)
    ).fetchone()
    source = told["source"] if told else "its source"
    return f"repair forgets it, then import {source} again", True


def _counts(folder: Path, db: sqlite3.Connection, row: Any) -> Iterator[Fault]:
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    counted = pc.value_counts(pq.read_table(folder / row["path"], columns=["document"])["document"])
    held = {pair["values"].as_py(): pair["counts"].as_py() for pair in counted}
    for one in db.execute("SELECT id, events FROM documents WHERE file=?", (row["id"],)):
        if held.get(one["id"], 0) != one["events"]:
            says = f"has {held.get(one['id'], 0)} events in {row['path']}, the catalogue says {one['events']}"
            yield Fault("counts", one["id"], says, True, one["id"])
    known = {one[0] for one in db.execute("SELECT id FROM documents WHERE file=?", (row["id"],))}
    gone = {one[0] for one in db.execute("SELECT document FROM superseded WHERE file=?", (row["id"],))}
    for name in sorted(known & gone):
        yield Fault("counts", str(name), f"its events in {row['path']} are hidden", True, name)
    for name in sorted(held.keys() - known - gone):
        yield Fault(
            "counts", str(name), f"has events in {row['path']} that no document owns", True, ("hide", row["id"], name)
        )


def _documents(db: sqlite3.Connection) -> Iterator[Fault]:
    for row in db.execute("SELECT * FROM documents"):
        if documents.checksum(row) != row["checksum"]:
            way = f"add its source {row['source']} again, or take it from a backup"
            yield Fault("document", row["id"], f"a stored byte has changed; {way}", False)
            continue
        try:
            whole = documents.unpack(row)
        except StoreError as error:
            yield Fault("document", row["id"], str(error), False)
            continue
        if whole.content_hash != row["content_hash"]:
            yield Fault("document", row["id"], "its text does not match its fingerprint; take it from a backup", False)
        if row["events"] and row["file"] is None:
            yield Fault(
                "counts", row["id"], "its events have no file; repair marks it to be coded anew", True, row["id"]
            )


def _reports(db: sqlite3.Connection) -> Iterator[Fault]:
    rows = db.execute(
        "SELECT d.id, d.events, count(r.event) AS told FROM documents d LEFT JOIN reports r ON r.document = d.id "
        "GROUP BY d.id HAVING d.events <> told"
    )
    for row in rows:
        yield Fault("reports", row["id"], f"has {row['told']} reports for {row['events']} events", True, row["id"])
    # One whose bucket is marked waits for the grouping at the end of a run; any other has been passed over.
    lost = db.execute(
        "SELECT document, count(*) AS told FROM reports WHERE act IS NULL AND bucket NOT IN (SELECT bucket FROM dirty) "
        "GROUP BY document"
    )
    for row in lost:
        yield Fault("reports", row["document"], f"has {row['told']} reports of no act", True, row["document"])


def _awaited(db: sqlite3.Connection) -> Iterator[Fault]:
    """Imports of which a lost event file held rows: `repair` has marked them, and their source brings what is missing."""
    for row in db.execute("SELECT id, source FROM imports WHERE instr(mapping, '?') > 0 ORDER BY id"):
        says = "rows of it may be missing since an event file was lost; import it again"
        yield Fault("awaited", row["source"], says, False, row["id"])


def strays(folder: Path, db: sqlite3.Connection) -> Iterator[Fault]:
    """What stopped writers left. To be asked only while no writer is at work."""
    known = {row["path"] for row in db.execute("SELECT path FROM files")}
    found = sorted(path for path in (folder / EVENTS).rglob("*") if path.is_file())
    for path in found:
        name = path.relative_to(folder).as_posix()
        if name not in known:
            yield Fault("stray file", name, "is in no catalogue: its writer was stopped; repair removes it", True, name)
    staging = folder / STAGING
    for path in sorted(staging.glob("*")) if staging.is_dir() else ():
        if not is_lock(path):
            name = path.relative_to(folder).as_posix()
            yield Fault(
                "leftover", name, "was being written when its writer was stopped; repair removes it", True, name
            )
