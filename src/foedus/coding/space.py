"""The space the decider searches: for every predicate of a sentence, everybody who may have done it and everybody it may fall on.

Syntax proposes first (`Option.rank` 0); everyone else named or meant in the sentence follows, since syntax is often wrong. The
same code builds the space for training and for coding, so that a model never meets features it was not fitted on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from foedus.coding.arguments import agents, is_passive, owner
from foedus.coding.attribution import Source, speaker
from foedus.coding.candidates import Candidate, candidates
from foedus.coding.entities import PRONOUNS, Entities, Ref
from foedus.coding.frames import Frame, match
from foedus.coding.parse import Sentence
from foedus.coding.receivers import people_object, recipients
from foedus.coding.scope import Scope, scope
from foedus.coding.words import words
from foedus.model.event import VAGUE

MOST_OPTIONS: Final = 16
"""Entities looked at for each place of a predicate; sentences with more name lists, not acts."""
_SKIPPED: Final = frozenset({"be", "have"})
_STANDS_FOR: Final = frozenset({"do", "have", "may", "might", "could", "would", "will", "can", "should"})
"""Auxiliaries that may stand for a verb said before ("China did not")."""


@dataclass(frozen=True, slots=True)
class Option:
    """One entity for one place of a predicate, by the road `how`; `rank` 0 is what syntax proposes, 1 and 2 its next choices, 3 the rest."""

    ref: Ref
    how: str
    rank: int


@dataclass(frozen=True, slots=True)
class Predicate:
    """A word that may name an act, with who may stand in its places, and whose word it may be (`voices`).

    `inward` says that it falls on people of no named state.

    `ruled` is the type that rules alone would code here, with their actors and recipients; None where they would code nothing.
    """

    word: int
    frames: tuple[Frame, ...]
    actors: tuple[Option, ...]
    recipients: tuple[Option, ...]
    scope: Scope
    source: Source | None
    passive: bool
    inward: bool
    voices: tuple[Option, ...] = ()
    ruled: str | None = None
    ruled_actors: frozenset[str] = frozenset()
    ruled_recipients: frozenset[str] = frozenset()

    @property
    def frame(self) -> Frame | None:
        """The best frame of the lexicon, where one fits."""
        return self.frames[0] if self.frames else None


def predicates(e: Entities) -> list[Predicate]:
    """Every predicate of the sentence: each word with a frame, and each other full verb."""
    s = e.sentence
    found = []
    everyone: list[Ref] | None = None
    focus: list[str] = []
    ruled: dict[int, list[Candidate]] = {}
    for candidate in candidates(e):
        ruled.setdefault(candidate.word, []).append(candidate)
    for i in range(len(s)):
        pos = s.pos[i]
        if pos not in {"VERB", "NOUN", "AUX", "ADJ", "PROPN"}:
            continue
        frames = tuple(match(s, i))
        if not frames and not _bare(s, i):
            continue
        named = e.names.at.get(i)
        if pos in {"NOUN", "PROPN"} and named is not None and named.end - named.start > 1:
            continue
        if frames and pos == "AUX" and not frames[0].type and not _bare(s, i):
            continue
        if everyone is None:
            everyone = _everyone(e)
            focus = e.discourse.focus({ref.code for ref in everyone})
        found.append(_predicate(e, i, frames, everyone, _focused(focus, i), ruled.get(i, [])))
    return found


def _bare(s: Sentence, i: int) -> bool:
    """Whether a word outside the lexicon may still name an act: a full verb, an auxiliary left alone, or being somewhere."""
    lemma = s.lemmas[i]
    if s.pos[i] == "VERB" and lemma not in _SKIPPED:
        return True
    if s.pos[i] not in {"AUX", "VERB"} or s.deps[i] in {"aux", "auxpass"}:
        return False
    if lemma == "be":
        return any(s.lower[k] in {"in", "at", "on", "with"} for k in s.kids(i, "prep"))
    return lemma in _STANDS_FOR and not s.kids(i, "dobj", "xcomp", "attr", "acomp")


def _focused(codes: list[str], i: int) -> list[Option]:
    """Whom the document is about but the sentence does not name: the unspoken recipient of "has not withdrawn"."""
    return [Option(Ref(code, f"focus{k + 1}", i, i + 1), f"focus{k + 1}", 3) for k, code in enumerate(codes)]


def _everyone(e: Entities) -> list[Ref]:
    """All entities that the sentence names or points to, once each, names before pronouns before descriptions."""
    s = e.sentence
    refs = [Ref(n.code, n.kind, n.start, n.end, n.sector, n.person) for n in e.names.all]
    pointing = [i for i in range(len(s)) if i not in e.names.at and s.lower[i] in PRONOUNS]
    described = [
        i
        for i in range(len(s))
        if i not in e.names.at
        and s.pos[i] in {"NOUN", "DET", "PRON", "NUM", "ADJ"}
        and (
            s.lemmas[i] in words("nouns", "relational")
            or s.lemmas[i] in words("nouns", "pair")
            or s.lower[i] in {"both", "each", "neither", "either", "two"}
        )
        and s.deps[i] not in {"compound", "amod", "det", "nummod"}
    ]
    for i in (*pointing, *described):
        refs.extend(e.single(i))
    seen: dict[str, Ref] = {}
    for ref in refs:
        if ref.code not in VAGUE:
            seen.setdefault(ref.code, ref)
    return list(seen.values())


def _predicate(
    e: Entities,
    i: int,
    frames: tuple[Frame, ...],
    everyone: list[Ref],
    unspoken: list[Option],
    ruled: list[Candidate],
) -> Predicate:
    s = e.sentence
    noun = s.pos[i] in {"NOUN", "PROPN"}
    frame = next((f for f in frames if f.type), None) or _BARE
    doers, how = owner(e, i) if noun else agents(e, i)
    actors = [Option(ref, how, 0) for ref in doers]
    places = recipients(e, i, frame)
    found: list[Option] = []
    for rank, (refs, where) in enumerate(places[:5]):
        found.extend(Option(ref, where, min(rank, 2)) for ref in refs)
    answered = e.discourse.interlocutors(doers) if doers else []
    found.extend(Option(ref, "answered", 2) for ref in answered)
    if noun and not doers:
        # A noun without a doer of its own may borrow any place of its own complement ("the arrest of X by Y" misparsed).
        actors.extend(Option(option.ref, option.how, 2) for option in found)
    actors.extend(Option(ref, "named", 3) for ref in everyone)
    found.extend(Option(ref, "named", 3) for ref in everyone)
    actors.extend(unspoken)
    found.extend(unspoken)
    source = speaker(e, i)
    voices = [Option(source.ref or Ref(source.code, "source", i, i + 1), "source", 0)] if source else []
    if e.discourse.quoted:
        voices.append(Option(Ref(e.discourse.quoted, "quoted", i, i + 1), "quoted", 1))
    voices.extend(Option(ref, "named", 3) for ref in everyone)
    voices.extend(unspoken[:3])
    return Predicate(
        i, frames, _once(actors), _once(found), scope(s, i), source, not noun and is_passive(s, i), people_object(s, i), _once(voices),
        ruled[0].type if ruled else None,
        frozenset(c.actor.code for c in ruled), frozenset(c.recipient.code for c in ruled if c.recipient),
    )  # fmt: skip


def _once(options: list[Option]) -> tuple[Option, ...]:
    best: dict[str, Option] = {}
    for option in options:
        if option.ref.code not in VAGUE:
            best.setdefault(option.ref.code, option)
    return tuple(list(best.values())[:MOST_OPTIONS])


_BARE: Final = Frame(
    "",
    "VERB",
    "",
    frozenset(),
    ("to", "against", "on", "with", "from", "at"),
    frozenset(),
    "",
    None,
    ("dobj", "iobj", "pobj", "poss-of-dobj", "obj-country", "comp"),
    ("subj",),
    frozenset(),
)
