"""An event in words, nearer to its sentence than its type alone: what was denied, what somebody declined to do."""

from __future__ import annotations

import re

from foedus.brief import labels
from foedus.ledger import rules
from foedus.model.event import Event

_WHAT = re.compile(
    r"^den(?:y|ies|ied|ying) ((?:that|having|any|[a-z]+ing|(?:the |all )?(?:reports?|claims?|rumou?rs?) (?:that|of))\b[^.;:]*)"
)
_FURTHER = re.compile(
    r", (?:and|but|which|while|though|saying|adding|calling|as|after|a day)\b.*| (?:but|while|though)\b.*"
)
_LONGEST = 120
"""Characters of a denial that are told in its own words."""


def told(event: Event, ground: str | None = None, nameless: str | None = None) -> str:
    """An event as a short sentence without its full stop; `ground` and `nameless` as `labels.act` has them."""
    actor = labels.capital(labels.running(event.actor))
    recipient = labels.running(event.recipient) if event.recipient else ""
    if verb := rules.declined(event):
        return f"{actor} declined to {verb} {recipient}"
    if not rules.denies(event):
        return labels.act(
            event.actor, event.recipient, event.type, event.mode, event.polarity, event.modality, ground, nameless
        )
    if event.polarity == "negative":
        done = labels.act(event.actor, event.recipient, event.type, event.mode, ground=ground, nameless=nameless)
        who = done if nameless else labels.running(event.actor) + done[len(actor) :]
        return f"It is denied that {who}"
    if what := _what(event):
        return f"{actor} denied {what}"
    return f"{actor} denied a charge or report concerning {recipient}"


def _what(event: Event) -> str | None:
    """What is denied, in the words of the sentence."""
    span = event.predicate_span
    found = _WHAT.search(" ".join(event.quote[span.start - event.start :].split())) if span else None
    words = _FURTHER.sub("", found[1]).rstrip(' ,”"') if found else ""
    return words if 0 < len(words) <= _LONGEST else None


def again(event: Event, beside: list[Event]) -> bool:
    """Whether an act denied stands beside the denial itself, which tells it already."""
    return (
        event.polarity == "negative"
        and rules.denies(event)
        and any(
            (one.document, one.start, one.type, one.polarity) == (event.document, event.start, "REJECT", "positive")
            and rules.denies(one)
            for one in beside
        )
    )
