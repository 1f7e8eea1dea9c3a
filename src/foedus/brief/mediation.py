"""Third actors that offer or try to mediate, as the sources tell it: it takes no side, and so stands beside the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable

from foedus.brief import quotes
from foedus.brief.model import MediationRow
from foedus.brief.text import Line, Text
from foedus.ledger import rules
from foedus.ledger.background import in_background
from foedus.model.event import VAGUE

_UNDONE = re.compile(
    r"\b(?:no|not|never|n[’']t|nor|without|refus\w+|declin\w+|reject\w+|rul\w+ out|end(?:s|ed|ing)?|abandon\w+|gave up|"
    r"(?:which|who|that) had)\b(?:\W+\w+){0,4}\W*$|\b(?:may|might|can|could|would|should|if|unlikely)\b(?:\W+\w+){0,8}\W*$",
    re.IGNORECASE,
)
"""What stands before an offer that was not made, or is none of this story."""


def find(texts: Iterable[Text], sides: Collection[str]) -> tuple[MediationRow, ...]:
    """One row for each sentence in which a third actor offers or tries to mediate in the story's own days."""
    rows = []
    for text in texts:
        if not {mention.code for line in text.lines for mention in line.mentions} & set(sides):
            continue
        for line in text.lines:
            quote = text.quote(line)
            match = rules.mediation(quote)
            if line.heading or match is None or _UNDONE.search(quote[: match.start()]):
                continue
            actor = _actor(line, sides, match.start())
            if actor is None or in_background(text.document, line.start, line.end):
                continue
            told = quotes.speaker(text, line)
            rows.append(MediationRow(actor, quote, line.anchor, told[1] if told else text.label))
    return tuple(rows)


def _actor(line: Line, sides: Collection[str], at: int) -> str | None:
    """Who mediates: the actor of an offer or of talks coded there, else whom the sentence names first."""
    if any(event.historical or event.polarity == "negative" for event in line.events):
        return None
    for event in line.events:
        if event.type in ("AGREE", "CONSULT") and event.actor not in sides and event.actor not in VAGUE:
            return event.actor
    first = next((mention for mention in line.mentions if not mention.place or mention.start == line.start), None)
    if first is None or first.code in sides or first.code in VAGUE or first.start - line.start > at:
        return None
    return first.code
