"""Near-duplicate documents: wire copy that several outlets print is linked to the first that was stored.

A document's word 5-grams are sketched by MinHash (64 values); documents that agree on one of 16 bands are compared.
"""

from __future__ import annotations

import re
import sqlite3
import zlib
from functools import cache
from typing import Any, Final

SHINGLE: Final = 5
HASHES: Final = 64
BANDS: Final = 16
LIKE: Final = 0.55
"""Share of equal sketch values (an estimate of the share of 5-grams in common) from which two texts are one story."""

_WORD: Final = re.compile(r"\w+")
_PRIME: Final = (1 << 31) - 1
_MOST: Final = 50
"""Texts with which one is compared: those that share most bands with it."""


@cache
def _factors() -> Any:
    import numpy as np

    rng = np.random.default_rng(1815)
    return (
        rng.integers(1, _PRIME, HASHES, dtype=np.uint64)[:, None],
        rng.integers(0, _PRIME, HASHES, dtype=np.uint64)[:, None],
    )


def sketch(text: str) -> bytes | None:
    """The sketch of a text, or None for one too short to tell copies from coincidence (under 20 words)."""
    import numpy as np

    words = _WORD.findall(text.lower())
    if len(words) < 20:
        return None
    grams = {
        zlib.crc32(" ".join(words[i : i + SHINGLE]).encode("utf-8", "replace")) for i in range(len(words) - SHINGLE + 1)
    }
    hashed = np.fromiter(grams, dtype=np.uint64, count=len(grams)) % np.uint64(_PRIME)
    times, plus = _factors()
    lowest = ((times * hashed[None, :] + plus) % np.uint64(_PRIME)).min(axis=1)
    return bytes(lowest.astype("<u4").tobytes())


def bands(of: bytes) -> list[int]:
    """The band keys of a sketch: texts that share one are compared."""
    width = len(of) // BANDS
    return [(index << 32) | zlib.crc32(of[index * width : (index + 1) * width]) for index in range(BANDS)]


def likeness(one: bytes, other: bytes) -> float:
    """Share of equal values of two sketches."""
    import numpy as np

    return float((np.frombuffer(one, "<u4") == np.frombuffer(other, "<u4")).mean())


def link(db: sqlite3.Connection, number: int, document: str, drawn: bytes | None) -> str | None:
    """Keep a document's sketch and link it to the earliest stored text that it repeats; returns that one's id."""
    if drawn is None:
        return None
    keys = bands(drawn)
    marks = ",".join("?" * len(keys))
    near = db.execute(
        f"SELECT document, count(*) FROM bands WHERE band IN ({marks}) GROUP BY document ORDER BY 2 DESC, 1 LIMIT ?",
        (*keys, _MOST),
    ).fetchall()
    best: tuple[float, int] | None = None
    for other, _ in near:
        held = db.execute("SELECT sketch FROM sketches WHERE document=?", (other,)).fetchone()
        alike = likeness(drawn, held[0]) if held else 0.0
        if alike >= LIKE and (best is None or (alike, -other) > (best[0], -best[1])):
            best = (alike, other)
    if best is None:
        # Only originals stand in the bands: a story that goes round a thousand times is compared with one text.
        db.execute("INSERT OR REPLACE INTO sketches VALUES (?, ?)", (number, drawn))
        db.executemany("INSERT OR IGNORE INTO bands VALUES (?, ?)", [(key, number) for key in keys])
        return None
    original = str(db.execute("SELECT id FROM documents WHERE n=?", (best[1],)).fetchone()[0])
    db.execute("INSERT OR REPLACE INTO copies VALUES (?, ?, ?)", (document, original, round(best[0], 3)))
    return original
