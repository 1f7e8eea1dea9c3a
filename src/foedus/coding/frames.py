"""The predicate lexicon: which verbs and nouns name which act, and where their recipient stands. Data: `data/frames.csv`."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from foedus.coding.parse import Sentence
from foedus.coding.words import rows

_NAMING: Final = frozenset({"call", "name", "declare", "label", "brand", "term", "dub", "style"})
"""Verbs that with a second object only give a name ("called it a measured response")."""
ANY: Final = frozenset({"*"})


@dataclass(frozen=True, slots=True)
class Frame:
    """One entry. Empty `particle`, `objects`, `complements` set no condition; more conditions make a frame more specific.

    `recipient` lists where to look for the recipient, best first; `prepositions` those that introduce it; `type` is empty for
    frames that are no event themselves (speech, wishes).
    """

    lemma: str
    pos: str
    particle: str
    objects: frozenset[str]
    prepositions: tuple[str, ...]
    complements: frozenset[str]
    type: str
    mode: str | None
    recipient: tuple[str, ...]
    agent: tuple[str, ...]
    flags: frozenset[str]

    @property
    def needs_preposition(self) -> bool:
        """Whether the frame holds only where one of its prepositions stands: they are then its only road to a recipient."""
        return (
            bool(self.prepositions)
            and bool(self.recipient)
            and all(place.startswith("pobj") for place in self.recipient)
        )

    @property
    def name(self) -> str:
        """How the frame is shown to a person: "break (off) relations → SANCTION discontinue"."""
        parts = [self.lemma, f"({self.particle})" if self.particle else ""]
        if self.objects and self.objects != ANY:
            parts.append("/".join(sorted(self.objects)[:3]))
        if self.complements:
            parts.append("to " + "/".join(sorted(self.complements)[:3]))
        head = " ".join(part for part in parts if part)
        return f"{head} → {self.type}{' ' + self.mode if self.mode else ''}" if self.type else head


def _split(cell: str | None) -> tuple[str, ...]:
    return tuple(part.strip() for part in (cell or "").replace(";", "|").replace(",", "|").split("|") if part.strip())


@lru_cache(maxsize=1)
def lexicon() -> dict[tuple[str, str], tuple[Frame, ...]]:
    """Frames by lemma and part of speech, most specific first."""
    found: dict[tuple[str, str], list[Frame]] = defaultdict(list)
    for row in rows("frames"):
        frame = Frame(
            row["lemma"], row["pos"], row["particle"] or "", frozenset(_split(row["object"])), _split(row["prep"]),
            frozenset(_split(row["xcomp"])), row["type"] or "", row["mode"] or None, _split(row["recipient"]), _split(row["agent"]),
            frozenset(_split(row["flags"])),
        )  # fmt: skip
        found[frame.lemma, frame.pos].append(frame)
    order = {key: tuple(sorted(frames, key=_specificity, reverse=True)) for key, frames in found.items()}
    return order


@lru_cache(maxsize=1)
def lemmas() -> frozenset[str]:
    """Every lemma that begins a frame, for a quick look before parsing."""
    return frozenset(lemma for lemma, _ in lexicon())


def _specificity(frame: Frame) -> tuple[int, int]:
    return (
        4 * bool(frame.particle)
        + 4 * (bool(frame.objects) and frame.objects != ANY)
        + 3 * (bool(frame.complements) and frame.complements != ANY)
        + (frame.complements == ANY)
        + (frame.objects == ANY)
        + bool(frame.needs_preposition),
        "weak" not in frame.flags,
    )


def match(sentence: Sentence, i: int) -> list[Frame]:
    """Frames that word `i` satisfies, most specific first; general ones follow as rivals."""
    pos = sentence.pos[i]
    pos = "VERB" if pos in {"VERB", "AUX"} else "NOUN" if pos in {"NOUN", "PROPN"} else pos
    candidates = lexicon().get((sentence.lemmas[i], pos), ())
    if not candidates and pos == "NOUN" and sentence.tags[i] in {"NNP", "NNPS"}:
        candidates = lexicon().get((sentence.lower[i], pos), ())
    if not candidates and pos == "VERB" and sentence.lower[i].endswith("s"):
        # The parser takes a noun it has never met for a verb ("the U.S. airstrikes on …").
        candidates = lexicon().get((sentence.lower[i].removesuffix("s"), "NOUN"), ())
    fitting = []
    for frame in candidates:
        if _fits(sentence, i, frame):
            if "block" in frame.flags:
                break
            fitting.append(frame)
    return fitting


def _fits(sentence: Sentence, i: int, frame: Frame) -> bool:
    kids = sentence.children[i]
    if (
        not frame.objects
        and not frame.particle
        and any(sentence.deps[k] == "oprd" for k in kids)
        and frame.lemma in _NAMING
    ):
        return False
    if frame.particle and not any(
        sentence.lower[k] in frame.particle.split()
        and sentence.deps[k] in {"prt", "advmod", "prep", "acomp", "aux", "mark", "agent"}
        for k in kids
    ):
        return False
    if frame.objects:
        noun = frame.pos == "NOUN"
        objects = (
            {sentence.lemmas[k] for k in kids if sentence.deps[k] in {"amod", "compound", "nmod"}}
            if noun
            else object_lemmas(sentence, i)
        )
        if not objects or (frame.objects != ANY and not (frame.objects & objects)):
            return False
    if frame.complements:
        complements = {sentence.lemmas[k] for k in kids if sentence.deps[k] in {"xcomp", "ccomp", "advcl", "acl"}}
        nested = {sentence.lemmas[j] for k in kids if sentence.deps[k] == "xcomp" for j in sentence.kids(k, "conj")}
        if not (frame.complements & (complements | nested)) and not (frame.complements == ANY and complements):
            return False
    return (
        frame.pos != "VERB"
        or not frame.needs_preposition
        or bool(frame.objects)
        or _has_preposition(sentence, i, frame)
    )


def _has_preposition(sentence: Sentence, i: int, frame: Frame) -> bool:
    kids = sentence.children[i]
    if any(sentence.lower[k] in frame.prepositions for k in kids):
        return True
    if "that" in frame.prepositions and any(sentence.deps[k] == "ccomp" for k in kids):
        return True
    # "held talks with": the parser may hang the preposition on the object; a passive or relative leaves it behind.
    return any(
        sentence.lower[j] in frame.prepositions
        for k in kids
        if sentence.deps[k] in {"dobj", "nsubjpass", "xcomp", "ccomp"}
        for j in sentence.children[k]
    )


def object_lemmas(sentence: Sentence, i: int) -> set[str]:
    """Lemmas of the objects of word `i`: direct, of a passive, and what they consist of ("a number of strikes")."""
    found: set[str] = set()
    queue = sentence.kids(i, "dobj", "nsubjpass", "attr", "npadvmod")
    if not queue and sentence.deps[i] in {"acl", "relcl"} and sentence.tags[i] in {"VBN", "VBD", "VBG"}:
        queue = [sentence.heads[i]]
    # "went on strike", "pulled out of the talks", "came to its aid": the noun may hang on the verb by a preposition.
    for prep in sentence.kids(i, "prep", "prt", "advmod"):
        queue += sentence.kids(prep, "pobj")
        queue += [p for deeper in sentence.kids(prep, "prep") for p in sentence.kids(deeper, "pobj")]
    while queue:
        k = queue.pop()
        found.add(sentence.lemmas[k])
        queue.extend(sentence.kids(k, "conj"))
        for prep in sentence.kids(k, "prep"):
            if sentence.lower[prep] == "of":
                found.update(sentence.lemmas[p] for p in sentence.kids(prep, "pobj"))
    return found
