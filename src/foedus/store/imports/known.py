"""What the store holds already of a file or of its rows: no file and no row counts twice, however often it comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

from foedus.store.imports.repeats import REVISED
from foedus.store.imports.rows import MAPPING, Bad
from foedus.store.views import Views

_KNOWN: Final = "SELECT id FROM events WHERE dataset <> 'foedus' AND id IN (SELECT unnest(?))"


class Told:
    """The rows that a file has told, by their ids: hashes alone, so that millions fit."""

    def __init__(self) -> None:
        self._said: dict[int, int] = {}

    def again(self, row: dict[str, Any], says: Hashable) -> bool:
        """Whether the file has told this row before. Raises Bad where it said something else under its id."""
        key, said = hash(row["id"]), hash(says)
        if key not in self._said:
            self._said[key] = said
            return False
        if self._said[key] != said:
            raise Bad(f"a second row with the id {row['source_id'] or row['id']!r}")
        return True


def taken(db: sqlite3.Connection, format: str, fingerprint: str, mapping: str) -> bool:
    """Whether a file was taken in with this mapping, or with it and more."""
    query = "SELECT 1 FROM imports WHERE format=? AND sha256=? AND mapping IN (?, ?)"
    return db.execute(query, (format, fingerprint, mapping, f"{MAPPING}+rows")).fetchone() is not None


def imports(db: sqlite3.Connection, format: str, fingerprint: str) -> list[int]:
    """The imports of a file under any mapping."""
    return [row[0] for row in db.execute("SELECT id FROM imports WHERE format=? AND sha256=?", (format, fingerprint))]


def lacking(db: sqlite3.Connection, format: str, fingerprint: str, mapping: str) -> list[int]:
    """The imports of a file with this mapping, or with it and more, of which rows may have been lost since."""
    query = (
        "SELECT id FROM imports WHERE format=? AND sha256=? AND substr(mapping, 1, instr(mapping, '?') - 1) IN (?, ?)"
    )
    return [row[0] for row in db.execute(query, (format, fingerprint, mapping, f"{MAPPING}+rows"))]


def lose(db: sqlite3.Connection, file: int) -> tuple[list[str], list[str]]:
    """Mark the imports that miss rows with an event file: given again, they bring what the store does not hold.

    Returns the sources of those whose file it was, and of those that left out rows because the store held them.
    """
    lost = db.execute("SELECT dataset, rows FROM files WHERE id=?", (file,)).fetchone()
    query = "SELECT i.id, i.source FROM imports i JOIN file_imports f ON f.import = i.id WHERE f.file=? ORDER BY i.id"
    own = db.execute(query, (file,)).fetchall()
    # Which of a run's files held rows that stood already is not kept, and of our own files not always that there were any.
    others = db.execute(
        "SELECT i.id, i.source FROM imports i JOIN runs r ON r.id = i.run "
        "WHERE (i.format IN (?1, 'jsonl') OR ?1 = 'rows') AND instr(i.mapping, '?') = 0 AND (i.format = 'jsonl' "
        "OR coalesce(json_extract(r.counts, '$.repeated'), 1) > 0 "
        "OR EXISTS (SELECT 1 FROM rejects WHERE import = i.id AND reason = ?2)) ORDER BY i.id",
        (lost["dataset"], REVISED),
    ).fetchall()
    owners = {row["id"] for row in own}
    others = [row for row in others if row["id"] not in owners]
    db.execute("DELETE FROM file_imports WHERE file=?", (file,))
    for row in own:
        db.execute("UPDATE imports SET rows = max(rows - ?, 0) WHERE id=?", (lost["rows"], row["id"]))
    for row in [*own, *others]:
        # No mapping is called so: the file is not known any more. With the number, since a file may be lost twice.
        db.execute(
            "UPDATE imports SET mapping = mapping || '?' || id WHERE id=? AND instr(mapping, '?') = 0", (row["id"],)
        )
    return [row["source"] for row in own], [row["source"] for row in others]


def join(db: sqlite3.Connection, number: int, entered: int) -> None:
    """What stands of an import that lacked rows belongs to the one that brought them."""
    db.execute("UPDATE imports SET rows = rows + (SELECT rows FROM imports WHERE id=?) WHERE id=?", (number, entered))
    db.execute("UPDATE OR IGNORE file_imports SET import=? WHERE import=?", (entered, number))
    for table in ("file_imports", "rejects"):
        db.execute(f"DELETE FROM {table} WHERE import=?", (number,))
    db.execute("DELETE FROM imports WHERE id=?", (number,))


def retire(db: sqlite3.Connection, number: int, now: str) -> None:
    """Take an import back, with its files and rejects."""
    db.execute(
        "UPDATE files SET retired=? WHERE id IN (SELECT file FROM file_imports WHERE import=?) AND id NOT IN "
        "(SELECT file FROM file_imports WHERE import<>?)",
        (now, number, number),
    )
    for table in ("file_imports", "rejects"):
        db.execute(f"DELETE FROM {table} WHERE import=?", (number,))
    db.execute("DELETE FROM imports WHERE id=?", (number,))


def held(folder: Path, db: sqlite3.Connection, dataset: str, rows: list[dict[str, Any]]) -> dict[str, str]:
    """Of these rows, what the store holds by their ids: editions of a data set overlap, and a row must not count twice."""
    files = "SELECT 1 FROM files WHERE retired IS NULL AND dataset IN (?, 'rows') LIMIT 1"
    if not rows or not db.execute(files, (dataset,)).fetchone():
        return {}
    query = "SELECT id, raw FROM events WHERE dataset = ? AND coder = ? AND id IN (SELECT unnest(?))"
    with closing(Views(folder, db)) as views:
        known = views.query(query, [dataset, f"{dataset}/{MAPPING}", [row["id"] for row in rows]]).fetchall()
    return dict(known)


def unknown(folder: Path, db: sqlite3.Connection, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows that the store does not hold: an export that comes home must not count twice."""
    if not rows:
        return []
    with closing(Views(folder, db)) as views:
        known = {row[0] for row in views.query(_KNOWN, [[row["id"] for row in rows]]).fetchall()}
    return [row for row in rows if row["id"] not in known]
