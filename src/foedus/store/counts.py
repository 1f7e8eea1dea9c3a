"""What a store holds, in figures."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from foedus.store import schema


def counts(folder: Path, db: sqlite3.Connection) -> dict[str, Any]:
    """Counts of documents, events, acts, reviews and files, by data set and coder."""
    one = db.execute
    with schema.guarded(folder):
        files = one("SELECT count(*), coalesce(sum(rows), 0), coalesce(sum(bytes), 0) FROM files WHERE retired IS NULL")
        count, _, size = files.fetchone()
        datasets = {
            row[0]: row[1]
            for row in one(
                "SELECT dataset, sum(rows) FROM files WHERE retired IS NULL AND dataset <> 'foedus' GROUP BY 1"
            )
        }
        first, last = one("SELECT min(published), max(published) FROM documents").fetchone()
        found = {
            "documents": one("SELECT count(*) FROM documents").fetchone()[0],
            "first_published": first,
            "last_published": last,
            "events": one("SELECT coalesce(sum(events), 0) FROM documents").fetchone()[0],
            "imported": datasets,
            **{
                name: one(f"SELECT count(*) FROM {name}").fetchone()[0]
                for name in ("acts", "copies", "rejects", "sightings", "runs")
            },
            "reviews": one("SELECT count(*) FROM reviews WHERE undone IS NULL").fetchone()[0],
            "coders": {row[0]: row[1] for row in one("SELECT coder, count(*) FROM documents GROUP BY 1 ORDER BY 1")},
            "files": count,
            "bytes": size,
            "schema": schema.VERSION,
        }
    return found
