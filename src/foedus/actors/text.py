"""Names as keys: one way to cut a text into words and to compare words, shared by the resolver and the matcher."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}(?:[^\W\d_](?![\w]))?|[^\W_]+(?:[\u0300-\u036f]+[^\W_]*)*")
"""One word, or an abbreviation with its full stops (`U.S.`); apostrophes and hyphens part words."""

_GAP = re.compile(r"(?:\s{1,3}|[-\u2010\u2011\u2013'\u2019\u02bc\u2018`]|\.\s?|\s?[&/(]\s?)?")


class Token(NamedTuple):
    """A word with its key and its place in the text."""

    key: str
    text: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def fold(word: str) -> str:
    """The word without case, marks and full stops: `Élysée` → `elysee`, `U.S.` → `us`."""
    if word.isascii():
        return word.replace(".", "").lower()
    plain = unicodedata.normalize("NFKD", word.replace("ı", "i").replace("ł", "l").replace("ø", "o"))
    return "".join(mark for mark in plain if not unicodedata.combining(mark)).replace(".", "").casefold()


def tokens(text: str) -> list[Token]:
    """The words of `text` in order, with exact character offsets."""
    return [Token(fold(m.group()), m.group(), m.start(), m.end()) for m in TOKEN.finditer(text)]


def joined(text: str, left: Token, right: Token) -> bool:
    """Whether nothing but a space, hyphen, apostrophe or abbreviation stop stands between two words."""
    gap = _GAP.fullmatch(text, left.end, right.start)
    # A full stop ends a sentence unless the word before it is short: `St. Lucia`, but `Congo. Republic`.
    return gap is not None and ("." not in gap.group() or left.end - left.start <= 3)


@lru_cache(maxsize=65536)
def key(name: str) -> tuple[str, ...]:
    """The key of a name: its folded words."""
    if name.isalpha() and name.isascii():
        return (name.lower(),)
    return tuple(fold(word) for word in TOKEN.findall(name))


@lru_cache(maxsize=65536)
def capitals(name: str) -> tuple[bool, ...]:
    """Which words of a name start with a capital letter."""
    return tuple(word[0].isupper() for word in TOKEN.findall(name))
