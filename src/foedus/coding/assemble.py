"""From the decider's probabilities to candidate events: which pairs of actor and recipient make an event, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.coding.attribution import Source
from foedus.coding.blame import blamed, blames_the_victim
from foedus.coding.candidates import Candidate
from foedus.coding.decide import VAGUE_VOICES, in_sentence
from foedus.coding.entities import Ref
from foedus.coding.features import TYPES
from foedus.coding.frames import Frame
from foedus.coding.scope import Scope, affirmed
from foedus.coding.story import retold
from foedus.coding.when import ahead, belongs, of_another
from foedus.model.event import VAGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from foedus.coding.decide import Decision
    from foedus.coding.entities import Entities
    from foedus.coding.parse import Sentence
    from foedus.coding.space import Option, Predicate
    from foedus.coding.when import When

_NONE: Final = len(TYPES)
_WORD: Final = Frame("", "", "", frozenset(), (), frozenset(), "", None, (), (), frozenset())
_GO_BETWEEN: Final = frozenset(
    {"mediate", "mediation", "mediator", "broker", "between", "talk", "negotiation", "host", "invite", "office"}
)
_TAKES_SIDES: Final = frozenset({"SUPPORT", "AGREE", "AID", "COOPERATE", "ACCUSE", "SANCTION", "ASSAULT", "COERCE"})
_STOPS: Final = frozenset({"intercept", "shoot", "down", "destroy"})
_FLYING: Final = frozenset({"missile", "drone", "rocket", "projectile", "shell"})
_SELF: Final = frozenset(
    {"PROTEST", "COERCE", "ASSAULT", "RETREAT", "ACCUSE", "MOBILIZE", "SANCTION", "CONCEDE", "REJECT"}
)


def assemble(
    e: Entities,
    found: list[Predicate],
    decisions: list[Decision],
    least: dict[str, float],
    times: Sequence[When] = (),
    knots: tuple[Sequence[float], Sequence[float]] = ((0.0, 1.0), (0.0, 1.0)),
) -> list[Candidate]:
    """Candidates above the thresholds `least` (`event`, `place`, `joint`), the surest of each actor–recipient–type kept.

    `knots` turns the product of the parts' probabilities into a confidence: how often an event so scored is right.

    Rules and model are pooled: `type` and `roles` in `least` say how much the rules' own verdict weighs, so that either can
    overrule the other where it is surer.
    """
    kind, role = least.get("type", 0.0), least.get("roles", 0.0)
    decisions = [_pooled(p, d, kind, role) for p, d in zip(found, decisions, strict=True)]
    kept: dict[tuple[str, str | None, str], Candidate] = {}
    for p, d in zip(found, decisions, strict=True):
        for made in _of(e, p, d, least):
            turned = _for_the_target(e, blamed(e, made))
            candidate = _dated(turned, e, p, d, times, least.get("time", 0.0))
            actor, recipient = candidate.actor.code, candidate.recipient.code if candidate.recipient else None
            if candidate.type == "CONSULT" and recipient:
                actor, recipient = sorted((actor, recipient))
            key = (actor, recipient, candidate.type)
            if key not in kept or kept[key].confidence < candidate.confidence:
                kept[key] = candidate
    told = sorted(kept.values(), key=lambda c: c.word)
    found_here = [c for c in (retold(e, one, told) for one in told) if c is not None]
    return [
        replace(c, confidence=float(np.interp(c.confidence, *knots)))
        for c in found_here
        if not _on_both_sides(e, c, found_here)
        and not _judged_by_its_doer(e.sentence, c, found_here)
        and not blames_the_victim(e.sentence, c)
        and not _said_of_somebody(c, found_here)
    ]


def _on_both_sides(e: Entities, c: Candidate, made: Sequence[Candidate]) -> bool:
    """Whether a surer reading of the same word gives the act to the other side of a fight: nobody backs both in one breath.

    Two that "and" joins ("accused both Peru and Chile") may well both be meant.
    """
    if c.type not in _TAKES_SIDES or c.recipient is None:
        return False
    if c.type == "AGREE" and _GO_BETWEEN.intersection(e.sentence.lemmas):
        return False  # an offer to mediate is made to both
    fights = {frozenset(sides) for sides in e.discourse.dealings.clashes}
    fights |= {frozenset((o.actor.code, o.recipient.code)) for o in made if o.type == "ASSAULT" and o.recipient}
    return any(
        o.word == c.word
        and o.type == c.type
        and o.actor.code == c.actor.code
        and o.recipient is not None
        and (o.confidence, o.recipient.code) > (c.confidence, c.recipient.code)
        and frozenset((o.recipient.code, c.recipient.code)) in fights
        and not _together(e.sentence, o.recipient, c.recipient)
        for o in made
    )


def _together(s: Sentence, a: Ref, b: Ref) -> bool:
    """Whether two are named by the same words ("both sides") or joined by "and"."""
    return (a.start, a.end) == (b.start, b.end) or _first_of_list(s, a) == _first_of_list(s, b)


def _first_of_list(s: Sentence, ref: Ref) -> int:
    i = next((k for k in range(ref.start, ref.end) if not ref.start <= s.heads[k] < ref.end), ref.end - 1)
    while s.deps[i] == "conj" and s.heads[i] != i:
        i = s.heads[i]
    return i


def _said_of_somebody(c: Candidate, made: Sequence[Candidate]) -> bool:
    """Whether an accusation of nobody stands beside one of somebody, by the same actor in the same words."""
    return (
        c.type == "ACCUSE"
        and c.recipient is None
        and any(
            o.word == c.word and o.type == c.type and o.actor.code == c.actor.code and o.recipient is not None
            for o in made
        )
    )


def _judged_by_its_doer(s: Sentence, c: Candidate, made: Sequence[Candidate]) -> bool:
    """Whether an act noun is what its own doer condemns or praises ("expressed concern at the strikes"): then he did not do it."""
    if s.pos[c.word] not in {"NOUN", "PROPN"}:
        return False
    above = set(s.up(c.word))
    return any(
        o.word in above and o.type in {"ACCUSE", "SUPPORT"} and o.type != c.type and o.actor.code == c.actor.code
        for o in made
    )


def _for_the_target(e: Entities, c: Candidate) -> Candidate:
    """Help by stopping missiles is for whom they were meant, not for whose they are: whom their owner has fought so far."""
    s = e.sentence
    stopped = s.kid(c.word, "dobj", "nsubjpass")
    if c.type != "AID" or c.recipient is None or stopped is None or s.lemmas[c.word] not in _STOPS:
        return c
    owner = c.recipient.code
    if s.lemmas[stopped] not in _FLYING or not s.under(c.recipient.end - 1, stopped):
        return c
    target = next((b for a, b in reversed(e.discourse.dealings.clashes) if a == owner and b != c.actor.code), None)
    if target is None:
        return c
    return replace(c, recipient=Ref(target, "focus1", c.word, c.word + 1), recipient_how="focus1")


def _pooled(p: Predicate, d: Decision, kind: float, role: float) -> Decision:
    """The linear pool of the model's probabilities and the rules' verdict, where the rules give one."""
    if p.ruled is None or not len(d.voices):
        return d
    types = (1 - kind) * d.types
    types[TYPES.index(p.ruled)] += kind
    actors = (1 - role) * d.actors + role * np.array([o.ref.code in p.ruled_actors for o in p.actors], np.float32)
    receivers = (1 - role) * d.recipients + role * np.array(
        [o.ref.code in p.ruled_recipients for o in p.recipients], np.float32
    )
    return replace(d, types=types, actors=actors, recipients=receivers)


def _of(e: Entities, p: Predicate, d: Decision, least: dict[str, float]) -> list[Candidate]:
    kind_at = int(np.argmax(d.types[:_NONE]))
    sure = float(d.types[kind_at])
    if sure < least["event"] or not len(d.voices):
        return []
    kind = TYPES[kind_at]
    actors = [(o, float(x)) for o, x in zip(p.actors, d.actors, strict=True) if x >= least["place"]]
    receivers = [(o, float(x)) for o, x in zip(p.recipients, d.recipients, strict=True) if x >= least["place"]]
    scope, source = _marks(e.sentence, p, d, least.get("voice", 0.0))
    frame = next((f for f in p.frames if f.type == kind), None) or p.frame or _WORD
    rivals = tuple(
        (TYPES[k] if k < _NONE else "no event", float(d.types[k])) for k in np.argsort(-d.types)[:3] if k != kind_at
    )
    made: list[Candidate] = []
    codes_a = {o.ref.code for o, _ in actors}
    for actor, pa in actors:
        others = [(o, pr) for o, pr in receivers if o.ref.code != actor.ref.code]
        if others:
            for receiver, pr in others:
                if sure * pa * pr >= least["joint"]:
                    made.append(_candidate(p, kind, frame, actor, receiver, scope, source, sure * pa * pr, rivals))
            continue
        # An act inside a state needs a word for it, or the rules' own verdict: the model takes too many for one.
        inside = p.inward or actor.ref.code in p.ruled_recipients
        own = [(o, pr) for o, pr in receivers if o.ref.code == actor.ref.code and inside]
        if own and kind in _SELF and len(codes_a) == 1:
            made.append(_candidate(p, kind, frame, actor, own[0][0], scope, source, sure * pa * own[0][1], rivals))
        elif d.nobody >= 0.5:
            made.append(_candidate(p, kind, frame, actor, None, scope, source, sure * pa * d.nobody, rivals))
        else:
            # The best recipient below the bar still makes an event where everything else is sure.
            rest = [
                (o, float(x)) for o, x in zip(p.recipients, d.recipients, strict=True) if o.ref.code != actor.ref.code
            ]
            if rest:
                receiver, pr = max(rest, key=lambda item: item[1])
                if sure * pa * pr >= least["joint"]:
                    made.append(_candidate(p, kind, frame, actor, receiver, scope, source, sure * pa * pr, rivals))
    return made


def _marks(s: Sentence, p: Predicate, d: Decision, weight: float) -> tuple[Scope, Source | None]:
    modality = ("actual", "future", "hypothetical")[int(np.argmax(d.modality))]
    if modality == "actual" and p.scope.wished and s.deps[p.word] == "pcomp":
        modality = "hypothetical"  # "does not want to risk it by supporting X": the model sees the support alone
    scope = Scope(
        negative=(d.negative >= 0.5 and not affirmed(s, p.word)) or p.scope.cue == "deny",
        future=modality == "future",
        hypothetical=modality == "hypothetical",
        cue=p.scope.cue,
    )
    return scope, _source(p, d, weight)


def _dated(c: Candidate, e: Entities, p: Predicate, d: Decision, times: Sequence[When], weight: float) -> Candidate:
    """The candidate with the likeliest time, the rules' choice pooled in with `weight`."""
    chances = (1 - weight) * d.times
    ruled = belongs(e.sentence, [w for w in times if w.start >= 0 and not w.other], p.word)
    at = next((k for k, w in enumerate(times) if w is ruled), None)
    chances[0 if at is None or (ruled and ruled.limit) else at + 1] += weight
    # A story goes on in the day it spoke of last more often than the model, which sees a few sentences, can know.
    chances[1:] *= [2 if w.kind == "anchor" else 1 for w in times]
    chances[1:] *= [0 if of_another(e.sentence, w, p.word) else 1 for w in times]
    best = int(np.argmax(chances))
    time = ahead(e.sentence, times[best - 1], times) if best else None
    return replace(c, time=time, dated=True, historical=d.historical >= 0.5)


def _source(p: Predicate, d: Decision, weight: float) -> Source | None:
    """Whose word it is: the surest voice once the rules' verdict is pooled in with `weight`."""
    codes = [*VAGUE_VOICES, *(o.ref.code for o in p.voices)]
    chances = (1 - weight) * d.voices
    ruled = p.source.code if p.source else ""
    if ruled in codes:
        chances[codes.index(ruled)] += weight
    best = int(np.argmax(chances))
    if not codes[best]:
        return None
    if p.source and codes[best] == p.source.code:
        return Source(p.source.code, p.source.ref, p.source.verb)
    if best < len(VAGUE_VOICES):
        return Source(codes[best])
    option = p.voices[best - len(VAGUE_VOICES)]
    return Source(option.ref.code, option.ref if in_sentence(option) else None)


def _candidate(
    p: Predicate,
    kind: str,
    frame: Frame,
    actor: Option,
    receiver: Option | None,
    scope: Scope,
    source: Source | None,
    sure: float,
    rivals: Any,
) -> Candidate:
    mode = frame.mode if frame.type == kind else None
    return Candidate(
        p.word, frame, kind, mode, actor.ref, receiver.ref if receiver else None, actor.how, receiver.how if receiver else "none",
        scope, source, (), p.passive, sure, rivals,
    )  # fmt: skip


__all__ = ["VAGUE", "assemble"]
