"""Attacks on contested ground, which the coder reads as an attack by a state on itself: whom they struck.

The names of places say whose a place is by law. Who attacks a place that is its own in law, but another's by claim or in
fact, attacks that other.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from foedus.brief.text import Text
from foedus.model.dates import earliest, is_date, latest
from foedus.model.event import VAGUE, Event
from foedus.world.attacks import Place, places
from foedus.world.treaties import within

_NAMELESS = re.compile(
    r"\b(?:gunm[ae]n|militants?|attackers?|(?:suicide )?bombers?|terrorists?|insurgents?|assailants?|rebels?|extremists?|"
    r"raiders?|separatists?|infiltrators?)$",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W_]+")
_FORCE = frozenset({"ASSAULT", "COERCE", "MOBILIZE"})
_STRIFE = _FORCE | {"THREATEN", "ACCUSE", "REQUEST", "REJECT"}


def rivals(text: Text) -> dict[str, Counter[str]]:
    """With whom each actor of a text is told to be at strife in the story's own days, force counting most."""
    found: dict[str, Counter[str]] = {}
    for line in text.lines:
        for event in line.events:
            other = event.recipient
            if other is None or other == event.actor or event.historical or {event.actor, other} & VAGUE:
                continue
            if event.type in _STRIFE:
                weight = 3 if event.type in _FORCE else 1
                found.setdefault(event.actor, Counter())[other] += weight
                found.setdefault(other, Counter())[event.actor] += weight
    return found


def victim(text: Text, event: Event, known: dict[str, Counter[str]]) -> tuple[str, bool] | None:
    """Whom an attack of an actor on ground of its own struck: the claimant of the place, surely; else its one rival.

    None where the text does not say what was struck by a name, or names nobody else it could have struck.
    """
    name = ground(text, event)
    if name is None:
        return None
    seen = Counter(mention.code for line in text.lines for mention in line.mentions)
    claimants = claimed(name, event, text) - {event.actor}
    if claimants:
        return max(sorted(claimants), key=lambda code: seen[code]), True
    own = known.get(event.actor)
    if not own or own.most_common(1)[0][1] < 3:
        return None
    return own.most_common(1)[0][0], False


def settle(text: Text) -> list[Event]:
    """The events of a text with every attack on ground that a list has as contested turned on its claimant."""
    known = rivals(text)
    settled = []
    for event in (event for line in text.lines for event in line.events):
        found = victim(text, event, known) if event.recipient == event.actor else None
        settled.append(replace(event, recipient=found[0]) if found and found[1] else event)
    return settled


def ground(text: Text, event: Event) -> str | None:
    """The name of what an actor struck that counts as its own; None where the text has no name there."""
    span = event.recipient_span
    if span is None or event.recipient != event.actor or nameless(text, event):
        return None
    name = text.document.text[span.start : span.end]
    return name if re.search(r"\b[A-Z]", name) else None


def nameless(text: Text, event: Event) -> str | None:
    """The words for attackers whom the text calls by no name ("gunmen"), and whom the coder lays to the state they struck."""
    span = event.actor_span
    if span is None or event.recipient != event.actor:
        return None
    words = text.document.text[span.start : span.end]
    return words if _NAMELESS.search(words) and not re.search(r"[A-Z]", words[1:]) else None


def claimed(name: str, event: Event, text: Text) -> set[str]:
    """Who held or claimed the place of this name on the day of the event; empty where no list has it."""
    words = frozenset(_WORD.findall(name.lower())) - {"the"}
    when = event.date if event.date and is_date(event.date) else text.document.published
    found: set[str] = set()
    for known, place in _named():
        if words and (words <= known or known <= words):
            found.update(place.of)
            days = (earliest(when), latest(when)) if when and is_date(when) else ()
            for code, start, end in place.claims:
                if not days or any(within(start, end, day) for day in days):
                    found.add(code)
    return found


@cache
def _named() -> tuple[tuple[frozenset[str], Place], ...]:
    every = places().values()
    return tuple((frozenset(_WORD.findall(one.name.lower())) - {"the"}, one) for one in every if one.of or one.claims)
