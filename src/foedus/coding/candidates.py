"""Candidate events of a parsed sentence: every predicate of the lexicon with its actors, recipients, scope and speaker."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from foedus.coding.arguments import agents, is_passive, owner, patients
from foedus.coding.attribution import Source, speaker
from foedus.coding.entities import Entities, Ref
from foedus.coding.frames import Frame, match
from foedus.coding.parse import Sentence
from foedus.coding.receivers import people_object, recipients
from foedus.coding.scope import Scope, scope
from foedus.coding.when import When
from foedus.coding.words import words
from foedus.model.event import VAGUE

_PROMISED: Final = frozenset({"CONSULT", "SUPPORT", "COOPERATE", "AID", "AGREE"})
_THREATENED: Final = frozenset({"SANCTION", "MOBILIZE", "COERCE", "ASSAULT", "PROTEST"})
_INWARD: Final = frozenset({"PROTEST", "COERCE", "ASSAULT", "RETREAT", "ACCUSE", "MOBILIZE", "SANCTION"})
"""Types that often stay inside one state, with the same code on both sides."""
_ALONE: Final = frozenset({"MOBILIZE", "AGREE", "REJECT"})
"""Types that may stand without a recipient; so may resignations."""
_ANSWERS: Final = frozenset({"REJECT", "AGREE", "CONCEDE", "RETREAT", "THREATEN", "ACCUSE", "REQUEST"})
"""Types that may lean on what was said to the actor before."""
_ABOUT: Final = frozenset({"REQUEST", "AGREE", "THREATEN", "REJECT"})
"""What these are about is no event of its own."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A possible event before anything is decided. `actor_how` and `recipient_how` name the roads to the two."""

    word: int
    frame: Frame
    type: str
    mode: str | None
    actor: Ref
    recipient: Ref | None
    actor_how: str
    recipient_how: str
    scope: Scope
    source: Source | None
    rivals: tuple[Frame, ...] = ()
    passive: bool = False
    confidence: float = 0.5
    weighed: tuple[tuple[str, float], ...] = ()
    time: When | None = None
    """The time of the act where one was picked; `dated` says whether picking was tried (else the rules date it)."""
    dated: bool = False
    historical: bool = False


def candidates(e: Entities) -> list[Candidate]:
    """All candidates of the sentence, each actor–recipient pair of a predicate once."""
    s = e.sentence
    found: list[Candidate] = []
    typed: dict[int, str] = {}
    for i in range(len(s)):
        frames = match(s, i)
        if not frames:
            continue
        frame = frames[0]
        if not frame.type:
            continue
        if s.pos[i] in {"NOUN", "PROPN"} and _inside_name(e, i):
            continue
        typed[i] = frame.type
        found.extend(_of_predicate(e, i, frame, tuple(f for f in frames[1:4] if f.type and f.type != frame.type)))
    return _settle(e, found)


def _inside_name(e: Entities, i: int) -> bool:
    named = e.names.at.get(i)
    return named is not None and named.end - named.start > 1


def _of_predicate(e: Entities, i: int, frame: Frame, rivals: tuple[Frame, ...]) -> Iterator[Candidate]:
    s = e.sentence
    over = scope(s, i)
    if over.wished:
        return
    noun = s.pos[i] in {"NOUN", "PROPN"}
    doers, how = owner(e, i) if noun else agents(e, i)
    doers = _able(s, doers, how)
    passive = not noun and is_passive(s, i)
    places = recipients(e, i, frame)
    symmetric = bool(frame.flags & {"symmetric", "both-ways"}) or frame.type == "CONSULT"
    if _reciprocal(s, i) or (symmetric and len(doers) > 1 and not _outside(places, doers, strict=True)):
        yield from _pairs(
            e, i, frame, doers, how, over, rivals, both="both-ways" in frame.flags or frame.type != "CONSULT"
        )
        return
    if noun and symmetric and not doers:
        between = [refs for refs, where in places if where == "prep:between" and len(refs) > 1]
        if between:
            yield from _pairs(e, i, frame, between[0], "between", over, rivals, both=frame.type != "CONSULT")
            return
    if not doers:
        return
    receivers, where = _receivers(e, i, frame, doers, places)
    source = speaker(e, i)
    kind = frame.type
    if over.will:
        kind, over, source = _announced(kind, over, source, doers)
        if over.future and any(
            e.sentence.lower[k] in {"if", "unless"}
            for c in e.sentence.kids(i, "advcl")
            for k in e.sentence.kids(c, "mark")
        ):
            over = replace(over, future=False, hypothetical=True)
    if kind == "THREATEN" and where.startswith("complement") and _kindly(e.sentence, i):
        # "threatened to help Iran" threatens whoever Iran's enemy is.
        receivers, where = [], "none"
    if not receivers and kind in _ANSWERS:
        # "rejected the charge", "thanked him but turned the offer down": it answers whoever last addressed the actor.
        receivers, where = e.discourse.interlocutors(doers), "answered"
    if not receivers:
        if "needs-recipient" in frame.flags or "weak" in frame.flags:
            return
        if kind in _ALONE or frame.mode == "resign" or "no-recipient" in frame.flags:
            for doer in doers:
                yield Candidate(i, frame, kind, frame.mode, doer, None, how, "none", over, source, rivals, passive)
        return
    for doer in doers:
        for receiver in receivers:
            if receiver.code == doer.code and not (
                kind in _INWARD
                and where in {"inward", "object", "object-owner", "prep:against", "object-prep:of", "prep:of"}
            ):
                continue
            yield Candidate(
                i,
                frame,
                kind,
                frame.mode if kind == frame.type else None,
                doer,
                receiver,
                how,
                where,
                over,
                source,
                rivals,
                passive,
            )


def _kindly(s: Sentence, i: int) -> bool:
    """Whether what the verb at `i` announces is an act of help."""
    return any(
        frame.type in {"AID", "SUPPORT", "COOPERATE"} for k in s.kids(i, "xcomp", "ccomp") for frame in match(s, k)[:1]
    )  # fmt: skip


def _able(s: Sentence, refs: list[Ref], how: str) -> list[Ref]:
    """Refs that can act: no vague collectives, and no mere scene ("the port in Yemen")."""
    able = [ref for ref in refs if ref.code not in VAGUE]
    return able


def _outside(places: list[tuple[list[Ref], str]], doers: list[Ref], strict: bool = False) -> bool:
    mine = {ref.code for ref in doers}
    return any(
        ref.code not in mine and ref.code not in VAGUE
        for refs, where in places
        for ref in refs
        if not strict or where in {"object", "dative"} or where.endswith((":with", "prep:to"))
    )


def _receivers(
    e: Entities, i: int, frame: Frame, doers: list[Ref], places: list[tuple[list[Ref], str]]
) -> tuple[list[Ref], str]:
    mine = {ref.code for ref in doers}
    for refs, where in places:
        others = [ref for ref in refs if ref.code not in VAGUE and ref.code not in mine]
        if others and not (where in {"prep:in", "prep:at", "prep:near"} and _scene(e, i, where)):
            return others, where
    inward = frame.type in _INWARD - {"SANCTION", "MOBILIZE"} and (
        people_object(e.sentence, i)
        or any(
            ref.code in mine
            for refs, where in places[:2]
            for ref in refs
            if where in {"object", "object-owner", "object-prep:of", "prep:against", "prep:of", "object-prep:against"}
        )
    )
    if inward or frame.type == "PROTEST":
        return [Ref(ref.code, "inward", ref.start, ref.end) for ref in doers], "inward"
    return [], "none"


def _scene(e: Entities, i: int, where: str) -> bool:
    """A place that is only where it happened ("met in Geneva", "signed at Camp David")."""
    preposition = where.removeprefix("prep:")
    frames = match(e.sentence, i)
    return not (frames and preposition in frames[0].prepositions)


def _reciprocal(s: Sentence, i: int) -> bool:
    return any(
        s.lower[k] == "other"
        and any(s.lower[j] in {"each"} for j in s.children[k])
        or (s.lower[k] == "another" and any(s.lower[j] == "one" for j in s.children[k]))
        for k in s.subtree(i)
        if k > i
    )


def _pairs(
    e: Entities, i: int, frame: Frame, refs: list[Ref], how: str, over: Scope, rivals: tuple[Frame, ...], both: bool
) -> Iterator[Candidate]:
    source = speaker(e, i)
    kind = frame.type
    if over.will:
        kind, over, source = _announced(kind, over, source, refs)
    for a, first in enumerate(refs):
        for b, second in enumerate(refs):
            if a != b and first.code != second.code and (a < b or both):
                yield Candidate(
                    i,
                    frame,
                    kind,
                    frame.mode if kind == frame.type else None,
                    first,
                    second,
                    how,
                    "joint",
                    over,
                    source,
                    rivals,
                )


def _announced(kind: str, over: Scope, source: Source | None, doers: list[Ref]) -> tuple[str, Scope, Source | None]:
    """ "Will send" said by its actor is AGREE, "will strike" THREATEN; said by another it lies in the future."""
    own = source is None or any(ref.code == source.code for ref in doers)
    if own and kind in _PROMISED:
        return "AGREE", replace(over, will=False), None
    if own and kind in _THREATENED:
        return "THREATEN", replace(over, will=False), None
    if kind == "THREATEN" and own:
        return kind, replace(over, will=False), source
    return kind, replace(over, will=False, future=True), source


def _settle(e: Entities, found: list[Candidate]) -> list[Candidate]:
    """Drops what another candidate is about, and keeps each actor–recipient–type once, the plainest road first."""
    s = e.sentence
    about = {c.word for c in found if c.type in _ABOUT or "opaque" in c.frame.flags}
    kept: dict[tuple[str, str | None, str], Candidate] = {}
    for candidate in found:
        if candidate.scope.conditional and any(
            s.heads[_clause_top(s, candidate.word)] == w or s.under(candidate.word, w)
            for w in about
            if _type_at(found, w) == "THREATEN"
        ):
            continue
        if any(_is_about(s, candidate.word, w) for w in about if w != candidate.word):
            continue
        if _said_by_verb(s, candidate, found):
            continue
        key = (candidate.actor.code, candidate.recipient.code if candidate.recipient else None, candidate.type)
        if candidate.type == "CONSULT" and candidate.recipient:
            first, second = sorted((candidate.actor.code, candidate.recipient.code))
            key = (first, second, "CONSULT")
        if key not in kept:
            kept[key] = candidate
    return list(kept.values())


def _said_by_verb(s: Sentence, candidate: Candidate, found: list[Candidate]) -> bool:
    """Whether an act noun only completes a verb that is coded already ("lifted its blockade", "signed an agreement")."""
    i = candidate.word
    if s.pos[i] not in {"NOUN", "PROPN"}:
        return False
    head = s.heads[i]
    if s.deps[i] == "pobj":
        head = s.heads[head]
    elif s.deps[i] not in {"dobj", "nsubjpass", "attr", "conj"}:
        return False
    return any(other.word == head and other.actor.code == candidate.actor.code for other in found)


def _type_at(found: list[Candidate], word: int) -> str:
    return next(c.type for c in found if c.word == word)


def _clause_top(s: Sentence, i: int) -> int:
    word = i
    for head in s.up(i):
        if s.deps[word] == "advcl":
            return word
        word = head
    return word


def _is_about(s: Sentence, i: int, verb: int) -> bool:
    """Whether predicate `i` is only what the request, promise, threat or refusal at `verb` is about."""
    word = i
    for head in s.up(i):
        dep = s.deps[word]
        if dep in {"relcl", "parataxis", "appos"} and word != i:
            return False
        if dep in {"relcl", "parataxis"} and not any(s.lower[k] == "to" for k in s.kids(word, "aux")):
            return False
        if dep == "conj" and s.pos[word] in {"VERB", "AUX"} and s.kids(word, "nsubj", "nsubjpass"):
            return False
        if head == verb:
            if s.lemmas[verb] in {"deny", "reject", "dispute"}:
                return False
            if dep == "advcl":
                return any(s.lower[k] in {"unless", "if"} for k in s.kids(word, "mark")) or any(
                    s.lower[k] == "to" for k in s.kids(word, "aux")
                )
            if dep == "prep":
                return s.lower[word] in {"for", "of", "to", "with", "on"} and s.pos[i] == "NOUN" and not _own_doer(s, i)
            return dep in {"xcomp", "ccomp", "dobj", "pcomp", "acl", "relcl", "oprd", "attr"} and not (
                dep == "dobj" and _own_doer(s, i)
            )
        word = head
    return False


def _own_doer(s: Sentence, noun: int) -> bool:
    return bool(s.kids(noun, "poss")) or any(s.lower[k] in {"by", "from"} for k in s.kids(noun, "prep", "agent"))


def undergoer(e: Entities, i: int) -> list[Ref]:
    """Whom predicate `i` falls on, for explanations."""
    return patients(e, i)


__all__ = ["Candidate", "candidates", "undergoer", "words"]
