"""Texts in other languages than English: kept, and said not to be coded."""

from __future__ import annotations

from pathlib import Path

from foedus.reading.language import uncoded
from foedus.store.store import Store


def added(folder: Path, run: int) -> list[str]:
    """Lines on the documents that a run has added and that are not coded for their language."""
    with Store(folder, create=False) as store:
        rows = store._db.execute(
            "SELECT coalesce(title, id), language FROM documents WHERE run=? AND language <> 'en' ORDER BY n", (run,)
        )
        return uncoded((row[0], row[1]) for row in rows)
