"""What the store holds already of a file or of its rows: no file and no row counts twice, however often it comes."""

from __future__ import annotations

import sqlite3
from collections.abc import Hashable
from contextlib import closing
from pathlib import Path
from typing import Any, Final

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
