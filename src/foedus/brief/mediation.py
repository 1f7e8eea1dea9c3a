"""Third actors that offer or try to mediate, as the sources tell it: it takes no side, and so stands beside the ledger."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import replace

from foedus.brief import quotes
from foedus.brief.model import MediationRow, Outcome
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


_OFFER = r"(?:offers?|mediat\w+|proposals?|initiative|plan|overtures?|good offices|help|services|idea)"
_NO = (
    r"(?:turned (?:\w+ ){0,3}?down|rejected|rebuffed|refused|declined|spurned|dismissed|not accepted|"
    r"(?:did|does|do|would) not accept)"
)
_TURNED_DOWN = re.compile(
    rf"\b(?:was|were|been|being) (?:\w+ ){{0,3}}?{_NO}\b"
    rf"|(?:[;,]|\b(?:but|and|yet|which|though|only|while)\b)[^.;]{{0,60}}?\b{_NO}\b(?=\W*$|[.,;]| (?:it|them|this|both|on|in)\b"
    rf"| (?:the|its|his|her|their|that|any|all) (?:\w+ ){{0,3}}?{_OFFER}\b| to (?:accept|take|consider|hear|talk|meet|see)\b)",
    re.IGNORECASE,
)
"""What stands behind an offer that was not accepted; what the go-between itself refuses to do is another matter."""
_TAKEN = re.compile(
    r"(?<!not )\b(?:accept(?:s|ed)|agreed to (?:it|the offer)|took (?:it|the offer) up|welcomed)\b", re.IGNORECASE
)
_ENDED = re.compile(r"\b(?:end(?:s|ed|ing)?|abandon\w*|g[ai]ve\w* up|suspend\w*|broke off|call\w* off|withdr[ae]w\w*)"
                    r"(?:\W+[\w'’]+){0,3}\W*$", re.IGNORECASE)  # fmt: skip
_REFUSED = re.compile(r"\b(?:refus\w+|declin\w+|reject\w+|rul\w+ out|rebuff\w*|spurn\w*|dismiss\w*|turn\w+ down)\b"
                      r"(?:\W+[\w'’]+){0,5}\W*$", re.IGNORECASE)  # fmt: skip
TITLES: dict[Outcome, str] = {
    "live": "mediates",
    "split": "offered to mediate, accepted by one side, refused by the other",
    "turned down": "offered to mediate, turned down",
    "ended": "mediation ended",
}


def by_mediator(rows: Iterable[MediationRow]) -> list[tuple[str, str, list[MediationRow]]]:
    """What became of the offers, the mediator and its sentences; live offers first."""
    found: dict[tuple[Outcome, str], list[MediationRow]] = {}
    for row in rows:
        found.setdefault((row.outcome, row.actor), []).append(row)
    order = list(TITLES)
    ranked = sorted(found.items(), key=lambda item: order.index(item[0][0]))
    return [(TITLES[outcome], actor, told) for (outcome, actor), told in ranked]


def find(texts: Iterable[Text], sides: Collection[str]) -> tuple[MediationRow, ...]:
    """One row for each sentence in which a third actor offers or tries to mediate in the story's own days.

    What the sources go on to tell ended by the mediator, or refused by a side, is no live offer any more: it stays, with
    what became of it and the sentence that says so.
    """
    rows: list[tuple[int, MediationRow]] = []
    for number, text in sorted(enumerate(texts), key=_day):
        if not {mention.code for line in text.lines for mention in line.mentions} & set(sides):
            continue
        for line in text.lines:
            quote = text.quote(line)
            match = rules.mediation(quote)
            if line.heading or match is None or in_background(text.document, line.start, line.end):
                continue
            before, behind = quote[: match.start()], quote[match.end() :]
            told = quotes.speaker(text, line)
            who = told[1] if told else text.label
            over = _over(line, sides, before)
            if over is not None:
                outcome, whose = over
                whose = whose or {row.actor for _, row in rows if row.outcome == "live"}
                rows = [
                    (place, replace(row, outcome=outcome) if row.actor in whose and row.outcome == "live" else row)
                    for place, row in rows
                ]
                rows += [(number, MediationRow(actor, quote, line.anchor, who, outcome)) for actor in sorted(whose)]
            actor = _actor(line, sides, match.start())
            if over is not None or actor is None or _UNDONE.search(before):
                continue
            rows.append((number, MediationRow(actor, quote, line.anchor, who, _outcome(behind))))
    return tuple(row for _, row in sorted(rows, key=lambda row: row[0]))


def _outcome(behind: str) -> Outcome:
    """What the words behind an offer say became of it."""
    if not _TURNED_DOWN.search(behind):
        return "live"
    return "split" if _TAKEN.search(behind) else "turned down"


def _day(place: tuple[int, Text]) -> tuple[bool, str]:
    """Sorts texts by their day; what has none comes last, as it came."""
    published = place[1].document.published
    return (published is None, published or "")


def _over(line: Line, sides: Collection[str], before: str) -> tuple[Outcome, set[str]] | None:
    """Whose offers a sentence ends or refuses, up to its word for mediation: those named, or all (an empty set)."""
    end = line.start + len(before)
    named = [mention.code for mention in line.mentions if mention.start < end]
    third = {code for code in named if code not in sides and code not in VAGUE}
    if _ENDED.search(before):
        # "ended its mediation in Sudan" is about another war.
        elsewhere = any(mention.place and mention.code not in {*sides, *third} for mention in line.mentions)
        return ("ended", third) if third and not elsewhere else None
    refused = _REFUSED.search(before)
    return ("turned down", third) if refused and len(set(named) & set(sides)) == 1 else None


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
