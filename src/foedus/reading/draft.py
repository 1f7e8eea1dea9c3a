"""A document in the making: the original with its blocks, before body and apparatus are told apart."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from foedus.model.document import Apparatus, Translation

_BLANK_LINE = re.compile(r"\n[ \t\xa0]*\n")
Segment = tuple[int, int, int]


@dataclass(slots=True)
class Block:
    """A paragraph, heading or line of the original. `kind` is an apparatus kind, or None for the body."""

    start: int
    end: int
    kind: str | None = None
    heading: bool = False


@dataclass(slots=True)
class Draft:
    """What a format module hands over. `cuts` are (start, end, joiner): marks inside blocks to leave out.

    `verbatim` says that the text came as a field of a record: its body stays as it is, to the character.
    `hints` are (where it comes from, ISO date): used only to work out a date that is not stated.
    """

    original: str
    format: str
    blocks: list[Block] = field(default_factory=list)
    cuts: list[tuple[int, int, str]] = field(default_factory=list)
    verbatim: bool = False
    id: str = ""
    source: str | None = None
    title: str | None = None
    byline: str | None = None
    outlet: str | None = None
    published: str | None = None
    url: str | None = None
    language: str | None = None
    translation: Translation | None = None
    hints: list[tuple[str, str]] = field(default_factory=list)
    inferred: set[str] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)
    extra: dict[str, Any] = field(default_factory=dict)

    def content(self, block: Block) -> str:
        """The words of a block."""
        return self.original[block.start : block.end]

    def note(self, text: str) -> None:
        """Keep a remark, once."""
        if text not in self.notes:
            self.notes.append(text)


def assemble(
    original: str, blocks: list[Block], cuts: list[tuple[int, int, str]]
) -> tuple[str, tuple[Segment, ...], tuple[Apparatus, ...]]:
    """Body, its segments, and the apparatus, from blocks in the order of the original.

    Blocks with only white space between them keep it; where something was taken out between two, a blank line, a
    line break or a space stands in for it, by what was there.
    """
    writer = _Writer(original)
    apparatus: list[Apparatus] = []
    pending = sorted(cuts)
    at_cut = 0
    last_end: int | None = None
    for block in blocks:
        if block.start >= block.end:
            continue
        if block.kind is not None:
            apparatus.append(Apparatus(block.kind, original[block.start : block.end], block.start, block.end))
            continue
        if last_end is not None:
            gap = original[last_end : block.start]
            if gap.strip():
                writer.insert("\n\n" if _BLANK_LINE.search(gap) else "\n" if "\n" in gap else " ")
            else:
                writer.keep(last_end, block.start)
        while at_cut < len(pending) and pending[at_cut][0] < block.start:
            at_cut += 1
        position = block.start
        while at_cut < len(pending) and pending[at_cut][1] <= block.end:
            start, end, joiner = pending[at_cut]
            at_cut += 1
            if start < position:
                continue
            writer.keep(position, start)
            writer.insert(joiner)
            position = end
        writer.keep(position, block.end)
        last_end = block.end
    return "".join(writer.parts), tuple(writer.segments), tuple(apparatus)


class _Writer:
    """Collects stretches of the original, joining those that touch."""

    def __init__(self, original: str) -> None:
        self.original = original
        self.parts: list[str] = []
        self.segments: list[Segment] = []
        self.length = 0

    def keep(self, start: int, end: int) -> None:
        if start >= end:
            return
        if self.segments:
            text_start, original_start, length = self.segments[-1]
            if text_start + length == self.length and original_start + length == start:
                self.segments[-1] = (text_start, original_start, length + end - start)
                self._write(self.original[start:end])
                return
        self.segments.append((self.length, start, end - start))
        self._write(self.original[start:end])

    def insert(self, text: str) -> None:
        if text:
            self._write(text)

    def _write(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)
