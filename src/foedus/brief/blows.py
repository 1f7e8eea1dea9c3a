"""What one event weighs as an attack, and whom it struck. Weights and words: `data/crisis.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from foedus.brief import contested
from foedus.brief.labels import table
from foedus.brief.text import Line, Text
from foedus.ledger.mentioned import named
from foedus.model.dates import bounds, is_date, latest
from foedus.model.event import VAGUE, Event

_NEAR_VERB = 32
"""Characters from a verb on in which its particle stands ("shot the plane down")."""
_NEAR_OBJECT = 48
"""Characters between a verb and its object ("imposed a naval blockade")."""


@dataclass(frozen=True, slots=True)
class Blow:
    """An event as an attack on `victim`. `plain` is its weight before it is told to be an answer or an incident.

    What is `doubted`, by the coder or because its victim is inferred, counts only between two who are told to fight anyway;
    `day` is the event's own, None where an inferred victim, or what the event answers, must not tell who began.
    `teller` is who says so, None where a source does in its own voice.
    """

    event: Event
    victim: str
    weight: float
    plain: float
    doubted: bool
    day: str | None
    teller: str | None


def told(text: Text, newest: dt.date | None, looking_back: bool) -> Iterator[tuple[Line, Blow]]:
    """The attacks of one text in the order told; `newest` is the day of the latest source."""
    weights = table("crisis")["weight"]
    rivals = contested.rivals(text)
    day = text.document.published
    written = latest(day) if day and is_date(day) else None
    own = issuer(text)
    for line in text.lines:
        elsewhere = {event.actor for event in line.events if event.type == "ASSAULT" and event.recipient != event.actor}
        for event in sorted(line.events, key=_place):
            victim, sure = event.recipient, True
            if victim == event.actor and event.actor not in elsewhere:
                victim, sure = contested.victim(text, event, rivals) or (None, False)
            if victim is None or victim == event.actor or {event.actor, victim} & VAGUE:
                continue
            teller = _teller(event, victim, own)
            if teller == event.actor and _denied(event):
                continue
            settled = _blockades(event) or event.recipient == event.actor
            plain = _weight(event, victim, teller, written or newest, newest, looking_back)
            if plain <= 0 or event.confidence < least(named=True):
                continue
            doubted = event.confidence < least(settled)
            plain *= (event.confidence if doubted else 1.0) * (1.0 if sure else weights["own_ground"])
            weight = plain * _lessened(event, text)
            mine = sure and not _names_what_it_answers(event)
            yield line, Blow(event, victim, weight, plain, doubted or not sure, event.date if mine else None, teller)


def is_answer(event: Event) -> bool:
    """Whether the sentence calls the attack an answer to another."""
    return bool(_words("retaliation").search(event.quote)) and not _is_reason(event)


def in_passing(event: Event) -> bool:
    """Whether the sentence tells of the attack in a clause on somebody whom it has something else to say of."""
    span = event.predicate_span
    return span is not None and bool(_words("aside").search(event.quote[: span.start - event.start]))


def least(named: bool = False) -> float:
    """The coder's confidence below which an attack is doubted; `named` where its word or its place settles the doubt."""
    settings = table("crisis")
    return float(settings["least_named" if named else "least_confidence"])


def _place(event: Event) -> tuple[int, int]:
    """Where in its document an event's recipient stands."""
    return (event.start, event.recipient_span.start if event.recipient_span else event.end)


def issuer(text: Text) -> str | None:
    """The one whose own statement a text is, by its title."""
    title = text.document.title or ""
    if text.document.byline or not _words("statement").search(title):
        return None
    codes = set(named(title, text.document.published).codes)
    return codes.pop() if len(codes) == 1 else None


def _teller(event: Event, victim: str, own: str | None) -> str | None:
    """Whose word an attack rests on. That a party was attacked first is its own word, whoever passes its reason on."""
    if event.speaker is not None:
        return event.speaker
    if _is_reason(event):
        return victim
    return own if own in (event.actor, victim) else None


def _is_reason(event: Event) -> bool:
    """Whether the sentence tells of the attack as what another was the answer to."""
    if event.predicate_span is None:
        return False
    places = [span.start - event.start for span in (event.actor_span, event.predicate_span) if span]
    return opens_reason(event.quote[: max(places)], min(places))


def opens_reason(words: str, before: int | None = None) -> bool:
    """Whether some words of a sentence lead, before a place in them, to what another act was the answer to."""
    return any(
        (before is None or found.end() <= before) and not re.search("[,;]", words[found.end() :])
        for found in _words("reason").finditer(words)
    )


def _names_what_it_answers(event: Event) -> bool:
    """Whether the verb itself is the answer ("answered a raid of 2 May"), so that the day beside it is the other's."""
    span = event.predicate_span
    return span is not None and any(
        found.start() == span.start - event.start for found in _words("reason").finditer(event.quote)
    )


def _denied(event: Event) -> bool:
    """Whether its actor denies the attack ("denied carrying out the strike")."""
    span = event.predicate_span
    before = event.quote[: span.start - event.start] if span else event.quote
    found = list(_words("denial").finditer(before))
    return bool(found) and not re.search(r"[,;]|\b(?:and|but)\b", before[found[-1].end() :])


def _weight(
    event: Event, victim: str, teller: str | None, written: dt.date | None, newest: dt.date | None, looking_back: bool
) -> float:
    """The weight of an event by its kind, its teller and its day, 0 when it is no attack."""
    settings = table("crisis")
    weights = settings["weight"]
    if event.polarity != "positive" or event.modality != "actual" or event.historical != looking_back:
        return 0.0
    if event.type == "ASSAULT":
        factor = 1.0
    elif event.type == "COERCE" and event.mode == "seize":
        factor = weights["coerce"]
    elif _blockades(event):
        factor = weights["blockade"]
    else:
        return 0.0
    speakers = settings["speaker"]
    if teller is None:
        factor *= speakers["none"]
    elif teller == event.actor:
        factor *= speakers["own"]
    elif teller == victim:
        factor *= speakers["victim"]
    else:
        factor *= speakers.get(teller, speakers["other"])
    if event.date and is_date(event.date):
        ended = bounds(event.date)[1]
        for edge, days in ((written, settings["window_days"]), (newest, settings["reach_days"])):
            if edge and not looking_back and (edge - ended).days > int(days):
                return 0.0
    else:
        factor *= weights["undated"]
    return float(factor)


def _blockades(event: Event) -> bool:
    """Whether an event shuts a state's coasts by force: an act of aggression like an attack (UN resolution 3314, 3(c))."""
    if event.type not in ("COERCE", "SANCTION"):
        return False
    found = _words("blockade").search(event.quote)
    span = event.predicate_span
    return found is not None and (span is None or abs(event.start + found.start() - span.start) <= _NEAR_OBJECT)


def _lessened(event: Event, text: Text) -> float:
    """What is left of a blow that answers another, that air defence dealt, or that was owned to be a mistake."""
    weights = table("crisis")["weight"]
    factor = 1.0
    if is_answer(event):
        factor *= weights["retaliation"]
    verb = event.quote
    if event.predicate_span:
        verb = text.document.text[event.predicate_span.start : event.predicate_span.end + _NEAR_VERB]
    if _words("downing").search(verb):
        factor *= weights["downing"]
    if _words("mistake").search(event.quote):
        factor *= weights["mistake"]
    return float(factor)


@cache
def _words(name: str) -> re.Pattern[str]:
    settings: dict[str, Any] = table("crisis")["words"]
    return re.compile(settings[name], re.IGNORECASE)
