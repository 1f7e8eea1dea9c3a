"""Plain text: paragraphs and lines, hard-wrapped or not."""

from __future__ import annotations

import re
from itertools import pairwise
from statistics import median

from foedus.reading.draft import Block, Draft
from foedus.reading.header import is_small_line

_PARAGRAPH_BREAK = re.compile(r"\n[ \t\r\f\v\xa0]*(?:\n[ \t\r\f\v\xa0]*)+|\f")


def draft_text(text: str, format_name: str = "text") -> Draft:
    """A draft whose blocks are the paragraphs of `text`."""
    draft = Draft(original=text, format=format_name)
    for start, end in paragraphs(text):
        add_paragraph(draft, start, end)
    return draft


def paragraphs(text: str) -> list[tuple[int, int]]:
    """Spans between blank lines, trimmed."""
    spans = []
    position = 0
    for match in _PARAGRAPH_BREAK.finditer(text):
        spans.append((position, match.start()))
        position = match.end()
    spans.append((position, len(text)))
    trimmed = (trim(text, start, end) for start, end in spans)
    return [(start, end) for start, end in trimmed if start < end]


def add_paragraph(draft: Draft, start: int, end: int) -> None:
    """One block for a hard-wrapped paragraph, its line ends read as spaces; else a block for each line."""
    text = draft.original
    lines = _lines(text, start, end)
    if not _wrapped(text, lines):
        draft.blocks.extend(Block(*line) for line in lines)
        return
    draft.blocks.append(Block(lines[0][0], lines[-1][1]))
    for (_, line_end), (next_start, _) in pairwise(lines):
        draft.cuts.append(line_break(text, line_end, next_start))


def line_break(text: str, line_end: int, next_start: int) -> tuple[int, int, str]:
    """The cut that joins two lines: with a space, or, where a word was divided, without its hyphen."""
    divided = text[line_end - 1] == "-" and text[line_end - 2 : line_end - 1].islower() and text[next_start].islower()
    return (line_end - 1, next_start, "") if divided else (line_end, next_start, " ")


def trim(text: str, start: int, end: int) -> tuple[int, int]:
    """The span without white space at its ends."""
    part = text[start:end]
    stripped = part.lstrip()
    start += len(part) - len(stripped)
    return start, start + len(stripped.rstrip())


def _lines(text: str, start: int, end: int) -> list[tuple[int, int]]:
    spans = []
    position = start
    for line in text[start:end].split("\n"):
        span = trim(text, position, position + len(line))
        if span[0] < span[1]:
            spans.append(span)
        position += len(line) + 1
    return spans


def _wrapped(text: str, lines: list[tuple[int, int]]) -> bool:
    """Whether the lines of a paragraph were broken to a width: alike in length, and ending amid sentences."""
    if len(lines) < 2:
        return False
    lengths = [end - start for start, end in lines[:-1]]
    widest = max(lengths)
    if not 45 <= widest <= 120 or lines[-1][1] - lines[-1][0] > widest + 4:
        return False
    if min(lengths) < 0.6 * widest or median(lengths) < 0.8 * widest:
        return False
    if any(is_small_line(text[start:end]) for start, end in lines):
        return False  # a title, a byline and a date on lines of their own are no broken paragraph
    amid = sum(text[end - 1] not in '.!?"”’:' for _, end in lines[:-1])
    return amid >= 0.5 * len(lengths)
