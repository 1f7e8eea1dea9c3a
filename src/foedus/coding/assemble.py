"""From the decider's probabilities to candidate events: which pairs of actor and recipient make an event, and how sure it is."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.coding.attribution import Source
from foedus.coding.candidates import Candidate
from foedus.coding.features import TYPES
from foedus.coding.frames import Frame
from foedus.coding.scope import Scope
from foedus.model.event import VAGUE

if TYPE_CHECKING:
    from foedus.coding.decide import Decision
    from foedus.coding.entities import Entities
    from foedus.coding.space import Option, Predicate

_NONE: Final = len(TYPES)
_WORD: Final = Frame("", "", "", frozenset(), (), frozenset(), "", None, (), (), frozenset())
_SELF: Final = frozenset(
    {"PROTEST", "COERCE", "ASSAULT", "RETREAT", "ACCUSE", "MOBILIZE", "SANCTION", "CONCEDE", "REJECT"}
)


def assemble(
    e: Entities, found: list[Predicate], decisions: list[Decision], least: dict[str, float]
) -> list[Candidate]:
    """Candidates above the thresholds `least` (`event`, `place`, `joint`), the surest of each actor–recipient–type kept.

    Rules and model are pooled: `type` and `roles` in `least` say how much the rules' own verdict weighs, so that either can
    overrule the other where it is surer.
    """
    kind, role = least.get("type", 0.0), least.get("roles", 0.0)
    decisions = [_pooled(p, d, kind, role) for p, d in zip(found, decisions, strict=True)]
    kept: dict[tuple[str, str | None, str], Candidate] = {}
    for p, d in zip(found, decisions, strict=True):
        for candidate in _of(e, p, d, least):
            actor, recipient = candidate.actor.code, candidate.recipient.code if candidate.recipient else None
            if candidate.type == "CONSULT" and recipient:
                actor, recipient = sorted((actor, recipient))
            key = (actor, recipient, candidate.type)
            if key not in kept or kept[key].confidence < candidate.confidence:
                kept[key] = candidate
    return sorted(kept.values(), key=lambda c: c.word)


def _pooled(p: Predicate, d: Decision, kind: float, role: float) -> Decision:
    """The linear pool of the model's probabilities and the rules' verdict, where the rules give one."""
    if p.ruled is None:
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
    if sure < least["event"]:
        return []
    kind = TYPES[kind_at]
    actors = [(o, float(x)) for o, x in zip(p.actors, d.actors, strict=True) if x >= least["place"]]
    receivers = [(o, float(x)) for o, x in zip(p.recipients, d.recipients, strict=True) if x >= least["place"]]
    scope, source = _marks(e, p, d, least.get("spoken", 0.5))
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
        own = [(o, pr) for o, pr in receivers if o.ref.code == actor.ref.code]
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


def _marks(e: Entities, p: Predicate, d: Decision, spoken: float) -> tuple[Scope, Source | None]:
    modality = ("actual", "future", "hypothetical")[int(np.argmax(d.modality))]
    scope = Scope(
        negative=d.negative >= 0.5,
        future=modality == "future",
        hypothetical=modality == "hypothetical",
        cue=p.scope.cue,
    )
    if d.spoken < (spoken if p.source else 0.7):
        return scope, None
    source = p.source
    if source is None and e.discourse.quoted:
        source = Source(e.discourse.quoted)
    return scope, Source(source.code, source.ref, source.verb) if source else None


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
