"""Reasons that the sources themselves give for and against helping. Phrases: `data/reasons.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Literal

from foedus.brief import labels, quotes
from foedus.brief.labels import table
from foedus.brief.model import ReasonLine
from foedus.brief.text import Line, Text
from foedus.model.event import VAGUE

Stance = Literal["for", "against"]
_GAP = r"(?:\W+\w[\w'’.-]*){0,6}?\W+"
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of the table, compiled."""

    driver: str
    stance: Stance
    pattern: re.Pattern[str]


@cache
def cues() -> tuple[Cue, ...]:
    """All phrases in the table's order."""
    found = []
    for driver in table("reasons")["driver"]:
        for cue in driver["cue"]:
            for source in cue["match"]:
                pattern = re.compile(source.replace("{x}", _GAP), re.IGNORECASE)
                found.append(Cue(driver["key"], cue["stance"], pattern))
    return tuple(found)


def drivers() -> tuple[tuple[str, str], ...]:
    """Keys and titles of the drivers, in reading order."""
    return tuple((driver["key"], driver["title"]) for driver in table("reasons")["driver"])


def find(
    texts: Iterable[Text],
    supporters: Sequence[str],
    sides: Iterable[str] = (),
    clients: Mapping[str, str] | None = None,
) -> tuple[ReasonLine, ...]:
    """Sentences that argue for or against a supporter's helping, one row a driver, in the order of the table.

    A sentence is given to the supporter it names first, or which the sentences before it are about.
    """
    wanted, parties = set(supporters), set(sides)
    rows: list[ReasonLine] = []
    for text in texts:
        about: str | None = None
        titled: str | None = None
        for line in text.lines:
            named = [mention.code for mention in line.mentions if mention.code not in VAGUE]
            ours = [code for code in named if code in wanted]
            if line.heading:
                titled = ours[0] if ours else titled
                about = titled or about
                continue
            if line.events and all(event.historical for event in line.events):
                continue
            subject = _subject(text, line, ours, named, parties, about)
            if ours:
                about = ours[0]
            elif named and not set(named) & parties:
                about = None
            if subject is None:
                continue
            hostile = {event.recipient for event in line.events if event.type == "ACCUSE" and event.actor == subject}
            blames = (clients or {}).get(subject) in hostile
            rows.extend(row for row in _rows(text, line, subject) if not (blames and row.stance == "for"))
    order = {key: place for place, (key, _) in enumerate(drivers())}
    rows.sort(key=lambda row: (supporters.index(row.supporter), order[row.driver], row.stance))
    return tuple(rows)


def _subject(
    text: Text, line: Line, ours: list[str], named: list[str], parties: set[str], about: str | None
) -> str | None:
    """The supporter a sentence is about, or None."""
    quote = text.quote(line)
    pronoun = bool(re.search(table("reasons")["words"]["pronoun"], quote, re.IGNORECASE))
    if pronoun and about is not None:
        return about
    if ours:
        return ours[0]
    if about is None or (named and named[0] not in parties and not set(named) & parties):
        return None
    return about if not named else None


def _rows(text: Text, line: Line, supporter: str) -> list[ReasonLine]:
    quote = text.quote(line)
    if len(quote) > LONGEST or not re.search(table("reasons")["words"]["help"], quote, re.IGNORECASE):
        return []
    found: dict[str, ReasonLine] = {}
    for cue in cues():
        if cue.driver in found:
            continue
        match = cue.pattern.search(quote)
        if match is None:
            continue
        found[cue.driver] = ReasonLine(
            supporter=supporter,
            driver=cue.driver,
            stance=cue.stance,
            quote=quote,
            anchor=line.anchor,
            who=_who(text, line),
            cue=" ".join(match.group().split()),
        )
    # A sentence that fires many drivers argues its strongest two; the rest is chance.
    return sorted(found.values(), key=lambda row: -len(row.cue))[:2]


def _who(text: Text, line: Line) -> str:
    """Who argues it: the speaker of the sentence, else the author."""
    told = quotes.speaker(text, line)
    if told is None:
        return text.label
    return f"{labels.capital(told[1])}, in {text.document.outlet or text.document.title or text.label}"
