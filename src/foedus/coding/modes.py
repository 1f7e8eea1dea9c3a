"""The PLOVER mode of an act and the contexts of a document, only where the text says them plainly. Data: `data/mode_cues.csv`, `contexts.csv`."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import lru_cache
from typing import Final

from foedus.coding.parse import Sentence
from foedus.coding.words import rows

_LEAST_CUES: Final = 2
"""Cue words of a context that a document must hold before it is said to be about it."""


@lru_cache(maxsize=1)
def _cues() -> dict[str, dict[str, str]]:
    """By type: cue, a word or a phrase of two, and its mode."""
    found: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows("mode_cues"):
        found[row["type"]].setdefault(row["cue"].lower(), row["mode"])
    return found


def mode(s: Sentence, i: int, kind: str, given: str | None) -> str | None:
    """The mode of the act of type `kind` at word `i`: the frame's own, else what its instrument and object say."""
    if given is not None:
        return given
    cues = _cues().get(kind)
    if not cues:
        return None
    near = [i, *s.children[i]]
    for k in s.children[i]:
        near += s.children[k]
        if s.deps[k] == "prep":
            near += [j for p in s.kids(k, "pobj") for j in s.children[p]]
    if s.deps[i] in {"dobj", "nsubjpass"}:
        near.append(s.heads[i])
    for k in sorted(set(near), key=lambda k: (k != i, abs(k - i))):
        pair = f"{s.lower[k]} {s.lemmas[k + 1]}" if k + 1 < len(s) else ""
        for cue in (pair, s.lemmas[k], s.lower[k]):
            if cue in cues:
                return cues[cue]
    return None


@lru_cache(maxsize=1)
def _context_cues() -> dict[str, str]:
    return {row["cue"].lower(): row["context"] for row in rows("contexts")}


def contexts(text: str) -> tuple[str, ...]:
    """The PLOVER contexts of a document, most frequent first, at most four."""
    cues = _context_cues()
    bare = (word.strip(".,;:!?\"'()“”‘’") for word in text.lower().replace("-", " ").split())
    counts = Counter(cues[word] for word in bare if word in cues)
    return tuple(name for name, n in counts.most_common(4) if n >= _LEAST_CUES)
