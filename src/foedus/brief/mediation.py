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


_TURNED_DOWN = re.compile(
    r"(?:\b(?:but|and|yet|which|though|only)\b|\b(?:was|were|been|being)\b)[^.;]{0,60}?\b(?:turned (?:\w+ ){0,3}?down|rejected|"
    r"rebuffed|refused|declined|spurned|dismissed|(?:did|does|do|would) not accept|(?:was|were) not accepted)\b",
    re.IGNORECASE,
)
"""What stands behind an offer that was not accepted."""
_ENDED = re.compile(r"\b(?:end(?:s|ed|ing)?|abandon\w*|g[ai]ve\w* up|suspend\w*|broke off|call\w* off|withdr[ae]w\w*)"
                    r"(?:\W+[\w'’]+){0,3}\W*$", re.IGNORECASE)  # fmt: skip
_REFUSED = re.compile(r"\b(?:refus\w+|declin\w+|reject\w+|rul\w+ out|rebuff\w*|spurn\w*|dismiss\w*|turn\w+ down)\b"
                      r"(?:\W+[\w'’]+){0,5}\W*$", re.IGNORECASE)  # fmt: skip


def find(texts: Iterable[Text], sides: Collection[str]) -> tuple[MediationRow, ...]:
    """One row for each sentence in which a third actor offers or tries to mediate in the story's own days.

    What the sources go on to tell ended by the mediator, or refused by a side, is left out.
    """
    rows: list[tuple[int, MediationRow]] = []
    for number, text in sorted(enumerate(texts), key=_day):
        if not {mention.code for line in text.lines for mention in line.mentions} & set(sides):
            continue
        for line in text.lines:
            quote = text.quote(line)
            match = rules.mediation(quote)
            if line.heading or match is None:
                continue
            before = quote[: match.start()]
            if in_background(text.document, line.start, line.end):
                continue
            over = _over(line, sides, before)
            if over is not None:
                rows = [row for row in rows if over and row[1].actor not in over]
            actor = _actor(line, sides, match.start())
            if actor is None or _UNDONE.search(before) or _TURNED_DOWN.search(quote[match.end() :]):
                continue
            told = quotes.speaker(text, line)
            rows.append((number, MediationRow(actor, quote, line.anchor, told[1] if told else text.label)))
    return tuple(row for _, row in sorted(rows, key=lambda row: row[0]))


def _day(place: tuple[int, Text]) -> tuple[bool, str]:
    """Sorts texts by their day; what has none comes last, as it came."""
    published = place[1].document.published
    return (published is None, published or "")


def _over(line: Line, sides: Collection[str], before: str) -> set[str] | None:
    """Whose offers a sentence ends, up to its word for mediation: those named, or all (an empty set); None where none."""
    end = line.start + len(before)
    named = [mention.code for mention in line.mentions if mention.start < end]
    third = {code for code in named if code not in sides and code not in VAGUE}
    if _ENDED.search(before):
        return third or None
    refused = _REFUSED.search(before)
    return third if refused and len(set(named) & set(sides)) == 1 else None


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
