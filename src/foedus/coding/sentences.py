"""Cuts a text into sentences with exact offsets, without a parser.

A rule-based cut comes first because most sentences never need parsing: the coder looks at their words and names, and parses
only those that can hold an event. Offsets always satisfy `text[start:end]`, with no white space at either end.
"""

from __future__ import annotations

import re
from typing import Final

LONGEST: Final = 1500
"""Characters after which a run without a full stop is cut at white space: no sentence of prose is longer."""

_ABBREVIATIONS: Final = frozenset(
    """mr mrs ms dr prof gen lt col sgt capt maj adm cmdr brig sen rep gov pres hon rev fr st ste mt ft no nos vs etc eg ie cf
    inc ltd corp co bros jr sr art arts sec para pp p vol ed approx dept est fig al m mm mme mlle messrs h.e jan feb mar apr jun
    jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun u.s u.k u.n e.u u.s.s.r d.c a.m p.m i.e e.g ph.d""".split()
)
# A full stop, question or exclamation mark with what closes after it, then white space.
_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s)|[。！？]|\n\s*\n|\n(?=\s*(?:[-–•*▪◦‣·]|\d{1,3}[.)])\s)|\n")
_BULLET: Final = re.compile(r"\s*(?:[-–•*▪◦‣·]|\d{1,3}[.)])\s")
_WORD_BEFORE: Final = re.compile(r"[^\s(\"'“‘«\[]+$")
_LIST_NUMBER: Final = re.compile(r"(?:^|\n)\s*\(?(?:\d{1,3}|[ivxlc]{1,5}|[a-zA-Z])[.)]$")
_OPENS_SENTENCE: Final = re.compile(r"\s*[\"'“‘«(\[]*\s*(?:[A-Z0-9À-ÖØ-ÞĀ-ɏА-ЯЁ؀-ۿ一-鿿]|$)")


def split(text: str) -> list[tuple[int, int]]:
    """Start and end of each sentence of `text`, in order, none empty, none overlapping."""
    cuts: list[tuple[int, int]] = []
    start = 0
    listed = _is_list(text)
    for match in _END.finditer(text):
        end = match.end()
        if match.group() == "\n" and not listed and not _BULLET.match(text, end):
            continue
        if match.group()[0] in ".!?…" and not _ends_sentence(text, start, match):
            continue
        start = _add(text, start, end, cuts)
    _add(text, start, len(text), cuts)
    return cuts


def _is_list(text: str) -> bool:
    """Whether each line stands for itself (headlines, a timeline), rather than being a wrapped piece of prose."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return len(lines) > 1 and sum(bool(_OPENS_SENTENCE.match(line)) for line in lines[1:]) >= 0.8 * (len(lines) - 1)


def _ends_sentence(text: str, start: int, match: re.Match[str]) -> bool:
    if not _OPENS_SENTENCE.match(text, match.end()):
        return False
    if match.group()[0] != "." or match.group().startswith(("..", '."', ".'", ".”", ".’")):
        return True
    head = text[max(start, match.start() - 40) : match.start()]
    word = _WORD_BEFORE.search(head)
    if word is None:
        return True
    last = word.group()
    if last.lower() in _ABBREVIATIONS:
        # "in the U.S. The ministry": an abbreviation may still end a sentence where a plain sentence opener follows.
        return "." in last and bool(
            re.match(
                r"\s+(?:The|A|An|It|He|She|They|But|In|On|And|This|That|We)\b", text[match.end() : match.end() + 8]
            )
        )
    if len(last) == 1 and last.isalpha() and last.isupper():
        return False
    if re.fullmatch(r"(?:[A-Za-z]\.)+[A-Za-z]", last):
        return False
    return not _LIST_NUMBER.search(text[start : match.start() + 1])


def _add(text: str, start: int, end: int, cuts: list[tuple[int, int]]) -> int:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    while right - left > LONGEST:
        room = text[left : left + LONGEST]
        at = max(room.rfind("; "), room.rfind(", "))
        at = at if at > LONGEST // 2 else room.rfind(" ")
        middle = left + (at + 1 if at > LONGEST // 2 else LONGEST)
        chunk = text[left:middle].rstrip()
        cuts.append((left, left + len(chunk)))
        left = middle + len(text[middle:right]) - len(text[middle:right].lstrip())
    if left < right:
        cuts.append((left, right))
    return end
