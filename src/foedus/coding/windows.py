"""The sentences of a document as the encoder reads them: a few at a time, names hidden behind stand-ins that last for the window.

A sentence alone does not say who "it", "the three allies" or the unnamed recipient of "rejected the charge" is. So the encoder
reads windows of neighbouring sentences; the last ones of a window open the next, so that every sentence but a document's first has some
before it. One actor keeps one stand-in throughout a window, under all its names.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Array = NDArray[np.float32]

LONGEST: Final = 160
"""Word pieces of a window; a longer sentence is cut there, and the words beyond get no vector of their own."""
LEAD: Final = 64
"""Word pieces, at most, of the sentences that a window repeats from the one before."""
_FIRST_ID: Final = 10
PLACES: Final = 20
"""Stand-ins of a sort; a window with more actors uses them twice."""
KINDS: Final = ("name", "adjective", "person")
"""Sorts of names that have stand-ins of their own, given to actors in order of appearance."""
_START, _STOP = 101, 102


def stand_in(kind: int, number: int) -> int:
    """Id of the tokenizer's unused token that stands for the `number`-th actor of a window, named as `KINDS[kind]`."""
    return _FIRST_ID + kind * PLACES + number % PLACES


@dataclass(frozen=True, slots=True)
class Hidden:
    """A name in the characters `start` to `end` of a sentence: the actor's code, and in which way it is named."""

    start: int
    end: int
    code: str
    kind: int


def hidden(mentions: Sequence[Any]) -> list[Hidden]:
    """The names of a sentence that the encoder must not read, each place once."""
    made: list[Hidden] = []
    for mention in sorted(mentions, key=lambda m: m.core_start):
        if made and mention.core_start < made[-1].end:
            continue
        kind = 2 if mention.person else 1 if mention.alias_kind in {"adjective", "demonym", "people"} else 0
        made.append(Hidden(mention.core_start, mention.core_end, mention.code, kind))
    return made


@dataclass(slots=True)
class Pieces:
    """A sentence in word pieces. `ids` has -1 - k for the k-th hidden name; `words` gives each word's first piece, -1 beyond the end."""

    ids: list[int]
    words: list[int]
    names: list[Hidden]


def cut(
    tokenizer: Any, texts: Sequence[str], starts: Sequence[Sequence[int]], names: Sequence[list[Hidden]]
) -> list[Pieces]:
    """Sentences in word pieces, names as placeholders. `starts` holds the character at which each word begins."""
    made = []
    for item, begins, spans in zip(
        tokenizer.encode_batch(list(texts), add_special_tokens=False), starts, names, strict=True
    ):
        ids: list[int] = []
        ends: list[int] = []
        froms: list[int] = []
        span, last, many = 0, -1, len(spans)
        for token, (begin, end) in zip(item.ids, item.offsets, strict=True):
            while span < many and spans[span].end <= begin:
                span += 1
            if span < many and end > spans[span].start:
                if last != span:
                    last = span
                    ids.append(-1 - span)
                    froms.append(spans[span].start)
                    ends.append(spans[span].end)
                continue
            ids.append(token)
            froms.append(begin)
            ends.append(end)
        words, k, n = [], 0, len(ids)
        for begin in begins:
            while k < n and ends[k] <= begin:
                k += 1
            words.append(k if k < n and froms[k] <= begin else -1)
        made.append(Pieces(ids, words, spans))
    return made


@dataclass(slots=True)
class Window:
    """Sentences `first` to `end` (exclusive) of a document read together; decisions are made from `own` on."""

    first: int
    own: int
    end: int


def windows(lengths: Sequence[int]) -> Iterator[Window]:
    """Windows over sentences of the given lengths in word pieces."""
    at = 0
    while at < len(lengths):
        first, used = at, 1
        while first > 0 and used + lengths[first - 1] + 1 <= LEAD:
            first -= 1
            used += lengths[first] + 1
        end = at
        while end < len(lengths) and (end == at or used + lengths[end] + 1 <= LONGEST):
            used += lengths[end] + 1
            end += 1
        if used > LONGEST:
            first = at
        yield Window(first, at, end)
        at = end


@dataclass(slots=True)
class Layout:
    """The ids of a window, where each of its sentences begins in them, and where each actor stands before a sentence."""

    ids: list[int]
    offsets: list[int] = field(default_factory=list)
    before: list[dict[str, int]] = field(default_factory=list)
    """For each sentence of the window: the piece at which every actor named before it was last named."""


def layout(sentences: Sequence[Pieces], order: dict[str, int] | None = None) -> Layout:
    """Lays sentences out as one sequence. `order` numbers the actors (training shuffles it); by default as they appear."""
    number = {} if order is None else order
    made = Layout([_START])
    last: dict[str, int] = {}
    for sentence in sentences:
        made.offsets.append(len(made.ids))
        made.before.append(dict(last))
        for piece in sentence.ids:
            if piece < 0:
                name = sentence.names[-1 - piece]
                last[name.code] = len(made.ids)
                piece = stand_in(name.kind, number.setdefault(name.code, len(number)))
            made.ids.append(piece)
        made.ids.append(_STOP)
    if len(made.ids) > LONGEST:
        made.ids = [*made.ids[: LONGEST - 1], _STOP]
    return made


def padded(rows: Sequence[list[int]]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Rows of ids as one matrix, and the mask of what is real in it."""
    width = max((len(row) for row in rows), default=2)
    ids = np.zeros((len(rows), width), np.int64)
    mask = np.zeros((len(rows), width), np.int64)
    for n, row in enumerate(rows):
        ids[n, : len(row)] = row
        mask[n, : len(row)] = 1
    return ids, mask
