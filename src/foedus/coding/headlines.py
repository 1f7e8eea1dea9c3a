"""What the parser, taught on prose, misreads in headlines and tickers: verbs taken for nouns, and text all in capitals."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

_FINITE: Final = frozenset({"VBZ", "VBD", "VBP", "MD"})
_NAMES: Final = frozenset({"NNP", "NNPS", "NN", "NNS"})
_LONGEST: Final = 40
"""Words of the longest headline: what is longer and lacks a verb is a list."""
_PAST: Final = dict(
    pair.split(":")
    for pair in """send:sent strike:struck hit:hit meet:met take:took give:gave tell:told hold:held win:won fight:fought shoot:shot
    bring:brought seek:sought sell:sold buy:bought break:broke withdraw:withdrew begin:began make:made leave:left lose:lost fly:flew
    set:set cut:cut put:put let:let quit:quit say:said see:saw pay:paid lend:lent lay:laid sink:sank freeze:froze speak:spoke build:built
    drive:drove fall:fell find:found get:got keep:kept lead:led rise:rose sign:signed slay:slew spread:spread steal:stole swear:swore
    undertake:undertook uphold:upheld upset:upset go:went come:came""".split()
)
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_INITIALS: Final = re.compile(r"(?:[A-Z]\.){2,}|[A-Z]\.")
SHOUTED: Final = 0.8
"""Share of capitals among the letters from which a text counts as set in capitals."""


@lru_cache(maxsize=1)
def _verbs() -> frozenset[str]:
    from foedus.coding.frames import lexicon

    return frozenset(
        lemma for (lemma, pos), frames in lexicon().items() if pos == "VERB" and any(f.type for f in frames)
    )


def spoken(words: Sequence[str], tags: Sequence[str]) -> tuple[int, str] | None:
    """The place and lemma of a headline's verb that was not read as one ("Turkey summons Israeli envoy"), or None.

    `words` and `tags` (Penn Treebank) are those of the first parse. A sentence that has a finite verb has no other to find.
    """
    if not 3 <= len(words) <= _LONGEST or any(tag in _FINITE for tag in tags):
        return None
    for i in range(1, len(words) - 1):
        lemma = _lemma(words[i])
        after = words[i + 1].lower()
        if lemma and tags[i - 1] in _NAMES and after not in {"of", "'s", "’s", "and", ",", "(", ":"}:
            return i, lemma
    return None


def _lemma(word: str) -> str | None:
    """The verb of the lexicon of which `word` is the form in -s."""
    lower = word.lower()
    if not lower.endswith("s") or lower.endswith("ss"):
        return None
    # The part after a hyphen tells: "test-fires" is a way of firing.
    last = lower.rsplit("-", 1)[-1]
    for stem in (last[:-1], last[:-2] if last.endswith("es") else "", last[:-3] + "y" if last.endswith("ies") else ""):
        if len(stem) > 2 and stem in _verbs():
            return stem
    return None


def past(lemma: str) -> str:
    """The past of a verb: the form that the parser cannot take for a noun."""
    if lemma in _PAST:
        return _PAST[lemma]
    if lemma.endswith("e"):
        return lemma + "d"
    if lemma.endswith("y") and lemma[-2:-1] not in "aeiou":
        return lemma[:-1] + "ied"
    return lemma + "ed"


def shouted(text: str) -> bool:
    """Whether a sentence is set in capitals."""
    letters = [c for c in text if c.isalpha()]
    return len(letters) >= 12 and sum(c.isupper() for c in letters) >= SHOUTED * len(letters)


def lowered(text: str, names: Sequence[tuple[int, int]]) -> str:
    """A text in capitals as prose would set it: names (their characters) with capitals, all else small. No letter moves."""

    def small(match: re.Match[str]) -> str:
        word = match.group()
        named = any(a <= match.start() < b for a, b in names)
        made = word[0] + word[1:].lower() if named or not match.start() else word.lower()
        return made if len(made) == len(word) else word

    kept = [m.span() for m in _INITIALS.finditer(text)]
    return _WORD.sub(lambda m: m.group() if any(a <= m.start() < b for a, b in kept) else small(m), text)
