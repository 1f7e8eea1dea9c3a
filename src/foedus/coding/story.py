"""Acts whose words name the wrong side: whom they fall on follows from who has fought whom in the story so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from foedus.coding.entities import Ref, spoken
from foedus.coding.frames import match

if TYPE_CHECKING:
    from foedus.coding.candidates import Candidate
    from foedus.coding.entities import Entities
    from foedus.coding.parse import Sentence

_HELP: Final = frozenset({"AID", "SUPPORT", "COOPERATE"})
_FORCE: Final = frozenset({"ASSAULT", "COERCE"})


def retold(e: Entities, c: Candidate, made: Sequence[Candidate]) -> Candidate | None:
    """The candidate among those `made` of its sentence as the story has it; None where the story rules it out."""
    if c.recipient is None:
        return c
    if c.type == "THREATEN" and _to_help(e.sentence, c.word, c.recipient):
        # "threatened to help Peru" threatens whoever fights Peru.
        foes = _foes(e, c.recipient.code, made)
        if c.actor.code in foes:
            return None
        return replace(c, recipient=_meant(c, foes[-1]) if foes else None, recipient_how="focus1")
    if c.type in _FORCE and _judged_by(e.sentence, c, made):
        # Who "condemned the Chilean raids" may be the one raided; not where the story knows of another, and not of him.
        targets = [b for a, b in e.discourse.dealings.clashes if a == c.actor.code]
        if targets and c.recipient.code not in targets:
            return replace(c, recipient=_meant(c, targets[-1]), recipient_how="focus1")
    return c


def _meant(c: Candidate, code: str) -> Ref:
    return Ref(code, "focus1", c.word, c.word + 1)


def _to_help(s: Sentence, i: int, whom: Ref) -> bool:
    return s.lemmas[i] == "threaten" and any(
        s.under(whom.end - 1, k) and frame.type in _HELP
        for k in s.kids(i, "xcomp", "ccomp")
        for frame in match(s, k)[:1]
    )


def _judged_by(s: Sentence, c: Candidate, made: Sequence[Candidate]) -> bool:
    """Whether an act noun was given to its judge as the victim, who stands outside its own phrase."""
    if c.recipient is None or s.pos[c.word] not in {"NOUN", "PROPN"}:
        return False
    if spoken(c.recipient.how) and s.under(c.recipient.end - 1, c.word):
        return False
    above = set(s.up(c.word))
    return any(o.type == "ACCUSE" and o.word in above and o.actor.code == c.recipient.code for o in made)


def _foes(e: Entities, of: str, made: Sequence[Candidate]) -> list[str]:
    """Who has used force against one, the last of them last."""
    here = [(o.actor.code, o.recipient.code) for o in made if o.type == "ASSAULT" and o.recipient]
    return [a for a, b in [*e.discourse.dealings.clashes, *here] if b == of and a != of]
