"""On whom an accusation falls that is about an act: on who did it, never on whom it was done to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from foedus.coding.arguments import is_passive
from foedus.coding.entities import Ref
from foedus.coding.frames import match

if TYPE_CHECKING:
    from foedus.coding.candidates import Candidate
    from foedus.coding.entities import Entities
    from foedus.coding.parse import Sentence

_HOSTILE: Final = frozenset({"ASSAULT", "COERCE", "SANCTION", "MOBILIZE"})
_FORCE: Final = frozenset(
    """aggression annexation assault attack blockade bombardment bombing capture conquest encirclement encroachment incursion infiltration
    invasion occupation offensive partition raid seizure shelling siege storming strangulation subjugation takeover""".split()
)
"""Nouns of force whose "of" names the victim."""
_ONTO: Final = frozenset({"of", "into", "on", "against", "upon"})
_OBJECT: Final = ("dobj", "nsubjpass")


def blamed(e: Entities, c: Candidate) -> Candidate:
    """The accusation turned on whoever its object names as the doer: "condemned the violation of Iran's borders by Iraq".

    Where it names the victim alone ("condemned the occupation of Kuwait"), on whoever the document told of using force on it, else on nobody.
    """
    s = e.sentence
    if c.type != "ACCUSE" or c.recipient is None:
        return c
    if (noun := _deed(s, c.word)) is not None and c.recipient.code in (found := _suffers(e, noun)):
        return replace(c, recipient=_doer(e, noun, c, found), recipient_how="focus1")
    if not s.under(c.recipient.end - 1, c.word):
        return c
    for at in (c.recipient.end - 1, *s.up(c.recipient.end - 1)):
        if s.pos[at] == "VERB":
            return c
        for k in s.kids(at, "prep", "agent"):
            if s.lower[k] == "by" and k >= c.recipient.end:
                doers = [ref for p in s.kids(k, "pobj") for ref in e.phrase(p) if ref.code != c.actor.code]
                if len(doers) == 1:
                    return replace(c, recipient=doers[0], recipient_how="object-by")
    return c


def _deed(s: Sentence, word: int) -> int | None:
    """The noun of force that the accusation at `word` is about: its object, or what stands after "for" or "of" behind it."""
    objects = [*s.kids(word, *_OBJECT)]
    objects += [p for k in s.kids(word, "prep") if s.lower[k] in {"of", "for", "over", "at"} for p in s.kids(k, "pobj")]
    return next((k for k in objects if s.lemmas[k] in _FORCE), None)


def _suffers(e: Entities, noun: int) -> frozenset[str]:
    """Whom a noun of force names as those it falls on; where it names none, whom force was used on last, if he used none."""
    s = e.sentence
    named = [
        ref.code for k in s.kids(noun, "prep") if s.lower[k] in _ONTO for p in s.kids(k, "pobj") for ref in e.phrase(p)
    ]
    if named or e._modifiers(noun):
        return frozenset(named)
    clashes = e.discourse.dealings.clashes
    last = clashes[-1][1] if clashes else None
    return frozenset() if last is None or any(doer == last for doer, _ in clashes) else frozenset({last})


def _doer(e: Entities, noun: int, c: Candidate, victims: frozenset[str]) -> Ref | None:
    """Who did it: named by "by" or as its owner, else whoever has used force on the victims so far."""
    s = e.sentence
    apart = {c.actor.code, *victims}
    # "by Chile" often hangs on the verb, though nobody but the subject condemns in the active voice.
    below = s.subtree(noun) if is_passive(s, c.word) else s.subtree(c.word)
    named = [ref for k in below if k > noun and s.lower[k] == "by" for p in s.kids(k, "pobj") for ref in e.phrase(p)]
    for ref in (*named, *e._modifiers(noun)):
        if ref.code not in apart:
            return ref
    fought = (
        doer for doer, victim in reversed(e.discourse.dealings.clashes) if victim in victims and doer not in apart
    )
    code = next(fought, None)
    return None if code is None else Ref(code, "focus1", noun, noun + 1)


def blames_the_victim(s: Sentence, c: Candidate) -> bool:
    """Whether an accusation was given to whom the act falls on that it is about ("condemned the strikes on Iran")."""
    if c.type != "ACCUSE" or c.recipient is None:
        return False
    for at in s.up(c.recipient.end - 1):
        if at == c.word:
            return False
        if s.lower[at] in {"on", "against", "upon"} and s.deps[at] == "prep":
            noun = s.heads[at]
            hostile = any(frame.type in _HOSTILE for frame in match(s, noun)) and s.pos[noun] == "NOUN"
            return hostile and noun != c.word and s.under(noun, c.word)
    return False
