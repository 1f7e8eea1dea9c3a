"""Housekeeping after each write: small event files are merged, retired ones deleted once nobody reads them any more."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from foedus.store import codec, schema
from foedus.store.adding import catalogue_file
from foedus.store.files import EVENTS, STAGING, publish
from foedus.store.locks import is_lock

SMALL_ROWS: Final = 50_000
MANY: Final = 48
"""Small files from which on they are merged: a query opens each of them."""

GRACE: Final = dt.timedelta(minutes=15)
"""How long a retired file stays: longer than any query that may still be reading it."""


def sweep(folder: Path, db: sqlite3.Connection, now: Callable[[], str]) -> None:
    """Merge small files where there are many, and delete what was retired a while ago."""
    small = db.execute(
        "SELECT id FROM files WHERE retired IS NULL AND dataset=? AND rows < ? ORDER BY id", (codec.OWN, SMALL_ROWS)
    ).fetchall()
    if len(small) >= MANY:
        _merge(folder, db, [row["id"] for row in small], now)
    before = (dt.datetime.now(dt.UTC) - GRACE).isoformat(timespec="seconds").replace("+00:00", "Z")
    old = db.execute("SELECT id, path FROM files WHERE retired IS NOT NULL AND retired < ?", (before,)).fetchall()
    for row in old:
        with schema.transaction(db):
            # Another process may have brought the file back since.
            if not db.execute("SELECT 1 FROM files WHERE id=? AND retired < ?", (row["id"], before)).fetchone():
                continue
            db.execute("DELETE FROM superseded WHERE file=?", (row["id"],))
            db.execute("UPDATE documents SET file=NULL WHERE file=? AND events=0", (row["id"],))
            db.execute("DELETE FROM files WHERE id=?", (row["id"],))
            (folder / row["path"]).unlink(missing_ok=True)
    _old_leftovers(folder, db)


def _old_leftovers(folder: Path, db: sqlite3.Connection) -> None:
    """Delete what stopped writers left a day ago or earlier: no writer takes so long between a file and its entry."""
    before = dt.datetime.now().timestamp() - 86_400
    for path in [*(folder / STAGING).glob("*"), *(folder / EVENTS).rglob("*.parquet")]:
        # Another writer may have moved it into place, or cleared it away, a moment ago.
        with suppress(FileNotFoundError):
            if is_lock(path) or path.stat().st_mtime >= before:
                continue
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            elif not db.execute("SELECT 1 FROM files WHERE path=?", (path.relative_to(folder).as_posix(),)).fetchone():
                path.unlink()


def _merge(folder: Path, db: sqlite3.Connection, files: list[int], now: Callable[[], str]) -> None:
    import pyarrow as pa
    import pyarrow.compute as pc
    import pyarrow.parquet as pq

    tables = []
    taken: list[int] = []
    rows = 0
    for number in files:
        path = db.execute("SELECT path FROM files WHERE id=?", (number,)).fetchone()["path"]
        gone = [row[0] for row in db.execute("SELECT document FROM superseded WHERE file=?", (number,))]
        try:
            table = pq.read_table(folder / path, schema=codec.schema())
        except (OSError, pa.ArrowException):
            continue  # verify names it
        if gone:
            table = table.filter(pc.invert(pc.is_in(table["document"], value_set=pa.array(gone, pa.string()))))
        tables.append(table)
        taken.append(number)
        rows += table.num_rows
        if rows >= 4 * SMALL_ROWS:
            break
    if len(taken) < 2:
        return
    whole = pa.concat_tables(tables).sort_by([(name, "ascending") for name in ("actor", "recipient", "day", "id")])
    name = sha256(
        "\n".join(sorted(whole["id"].to_pylist())).encode("utf-8", "replace") + str(taken).encode()
    ).hexdigest()
    path = f"events/coded/{name[:2]}/{name[:32]}.parquet"
    publish(folder, path, lambda part: codec.write_table(part, whole))
    with schema.transaction(db):
        run = db.execute(
            "INSERT INTO runs (kind, what, started, ended) VALUES ('merge', ?, ?, ?)", (path, now(), now())
        )
        merged = catalogue_file(db, folder, path, codec.OWN, whole.num_rows, int(run.lastrowid or 0))
        marks = ",".join("?" * len(taken))
        held = {row[0] for row in db.execute("SELECT id FROM documents WHERE file=?", (merged,))}
        held |= {row[0] for row in db.execute(f"SELECT id FROM documents WHERE file IN ({marks})", taken)}
        db.execute(f"UPDATE documents SET file=? WHERE file IN ({marks})", (merged, *taken))
        # What was coded anew by another process while we read is in the merged file too, and must not be seen.
        late = set(whole["document"].unique().to_pylist()) - held
        db.executemany("INSERT OR IGNORE INTO superseded VALUES (?, ?)", [(merged, one) for one in sorted(late)])
        db.execute(f"UPDATE files SET retired=? WHERE id IN ({marks})", (now(), *taken))
