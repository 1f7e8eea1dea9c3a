"""What counts for whom: section, direction and standing of an event, from data and the rules in `docs/ledger.md`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.model.event import QUADS, Event
from foedus.model.ledger import Direction, Section, Standing

_WORD = re.compile(r"[^\W_]+")
_NEAR = 40
"""Characters before and after a verb in which its subject and its object stand."""
PARTLESS = frozenset({"REQUEST"})
"""Types that ask something of the recipient without harming or helping it."""


@cache
def table(name: str) -> dict[str, Any]:
    """A data file of this room, parsed once."""
    return tomllib.loads((files("foedus.ledger") / "data" / f"{name}.toml").read_text(encoding="utf-8"))


def weight(event_type: str, mode: str | None = None) -> float:
    """Unsigned intensity of a type, or of its mode where the table has one."""
    weights = table("weights")
    by_mode = weights["mode"].get(f"{event_type} {mode}")
    return float(weights["type"][event_type] if by_mode is None else by_mode)


def weights_version() -> str:
    """Version of the intensity table."""
    return str(table("weights")["version"])


@cache
def _attack_words() -> frozenset[str]:
    return frozenset(table("matching")["on_behalf"]["words"].split())


def speaks_of_attack(quote: str) -> bool:
    """Whether a sentence has a word for an attack, a war or an intervention."""
    return any(match.group().lower() in _attack_words() for match in _WORD.finditer(quote))


@cache
def _mediation() -> re.Pattern[str]:
    return re.compile(table("matching")["mediation"]["words"], re.IGNORECASE)


def mediation(quote: str) -> re.Match[str] | None:
    """The first word for mediation or good offices in a sentence."""
    return _mediation().search(quote)


@cache
def _phrase(name: str) -> re.Pattern[str]:
    return re.compile(table("matching")["phrases"][name])


def spares(event: Event) -> bool:
    """A refusal to condemn or punish the recipient, which serves it ("refused to condemn", "blocked sanctions on")."""
    return event.type == "REJECT" and event.polarity == "positive" and bool(_phrase("spared").search(event.quote))


def declined(event: Event) -> str | None:
    """What somebody declined to do to the recipient ("condemn"), where the sentence says so."""
    found = _phrase("declined").search(event.quote) if spares(event) else None
    return found[1] if found else None


def denies(event: Event) -> bool:
    """A report or charge called untrue, and the act that is so denied: it helps nobody and refuses nobody anything."""
    if event.type == "REJECT" and event.polarity == "positive":
        span = event.predicate_span
        words = event.quote[span.start - event.start :] if span else ""
        return bool(_phrase("denied").search(words))
    if event.polarity != "negative":
        return False
    if event.why is not None and "scope: deny" in event.why.notes:
        return True
    return bool(_phrase("untrue").search(event.quote)) and event.why is None


def held_up(event: Event) -> bool:
    """Help that stands in the sentence as what somebody blocked."""
    span = event.predicate_span
    before = event.quote[: max(span.start - event.start, 0)] if span else event.quote
    return event.type in ("AID", "COOPERATE") and bool(_phrase("held_up").search(before))


def takes_no_side(event: Event) -> bool:
    """Taking one's own people out of a country, and keeping the peace in it: done neither for it nor against it."""
    if event.type != "MOBILIZE" and QUADS[event.type] != "material cooperation":
        return False
    return bool(_phrase("own_people").search(event.quote) or _phrase("peacekeeping").search(_named(event)))


def leaves(event: Event) -> bool:
    """A withdrawal of the actor's own forces or mission."""
    return event.type == "RETREAT" and event.mode == "withdraw" and bool(_phrase("leaves").search(event.quote))


def mediates(event: Event) -> bool:
    """An offer or a talk of a go-between: the sentence has a word for it, and a promise no other verb between."""
    if event.type not in ("AGREE", "CONSULT"):
        return False
    if event.mode == "third-party":
        return True
    span = event.predicate_span
    for found in _mediation().finditer(event.quote):
        if event.type == "CONSULT" or span is None:
            return True
        first, last = span.start - event.start, span.end - event.start
        between = event.quote[found.end() : first] if found.end() <= first else event.quote[last : found.start()]
        if not _phrase("other_verb").search(between):
            return True
    return False


def _named(event: Event) -> str:
    """The words around an event's verb; the whole sentence where the verb is not known."""
    span = event.predicate_span
    if span is None:
        return event.quote
    first, last = span.start - event.start, span.end - event.start
    return event.quote[max(first - _NEAR, 0) : last + _NEAR]


def freezes(event: Event) -> bool:
    """Blocking of assets, which keeps an invaded state's wealth from the invader as well as punishing its owner."""
    return event.type == "SANCTION" and bool(_phrase("assets").search(event.quote))


def is_attack(event: Event) -> bool:
    """An attack or seizure told of as done, in the story's own time."""
    return (
        event.type in ("ASSAULT", "COERCE")
        and event.polarity == "positive"
        and event.modality == "actual"
        and not event.historical
    )


@cache
def _stop_pattern() -> re.Pattern[str]:
    return re.compile(table("matching")["on_behalf"]["stop"], re.IGNORECASE)


def is_hostile(event: Event) -> bool:
    """Whether an act towards the adversary works against it: an appeal does only where it demands an end or change."""
    if event.type != "REQUEST":
        return True
    return event.mode in ("yield", "change") or bool(_stop_pattern().search(event.quote))


def section(event: Event) -> Section:
    """The kind of act, whoever it serves."""
    if event.polarity == "negative" or held_up(event):
        return "withheld"
    if event.type == "REJECT":
        return "word" if spares(event) or denies(event) else "refusal"
    if event.type == "AGREE" or (event.modality == "future" and QUADS[event.type].endswith("cooperation")):
        return "promise"
    return "deed" if QUADS[event.type].startswith("material") else "word"


def standing(event: Event) -> Standing:
    """How far the sources vouch for the act; a statement's own maker vouches for the statement."""
    if event.historical:
        return "historical"
    verbal = QUADS[event.type].startswith("verbal")
    # Of future acts, the codebook leaves retreats and concessions to their own actor; the rest is foresight.
    announced = event.speaker == event.actor or (event.speaker is None and event.type in ("RETREAT", "CONCEDE"))
    if event.modality == "hypothetical" or (event.modality == "future" and not announced):
        return "hypothetical"
    if event.polarity == "negative" and denies(event):
        return "denied"
    if event.polarity == "negative" and event.speaker == event.actor and QUADS[event.type].endswith("conflict"):
        return "denied"
    if event.speaker is None or (event.speaker == event.actor and (verbal or event.modality == "future")):
        return "stands"
    if event.polarity == "negative" and event.speaker == event.actor:
        return "stands"
    return "claimed"


def direction(event: Event, client: str, adversaries: Collection[str], linked: bool) -> tuple[Direction, bool]:
    """Whom an act of the supporter serves, and whether it does so on the client's behalf.

    `linked` says that the text ties the act to the crisis: only then does an act against the adversary count.
    """
    if takes_no_side(event) or denies(event):
        return "neutral", False
    friendly = QUADS[event.type].endswith("cooperation") or spares(event)
    if event.recipient == client:
        if event.type in PARTLESS or event.mode == "ceasefire":
            return "neutral", False
        return ("for" if friendly else "against"), False
    if event.recipient in adversaries:
        if event.mode in ("third-party", "ceasefire"):
            return "neutral", False
        if friendly:
            return "adversary", False
        return ("for", True) if linked else ("neutral", False)
    return "neutral", False
