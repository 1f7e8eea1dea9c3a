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
from foedus.brief.whose import Thread, flat
from foedus.ledger.background import habitual

Stance = Literal["for", "against"]
_GAP = r"(?:\W+\w[\w'’.-]*){0,6}?\W+"
_DENIED = re.compile(
    r"(?i)(?:\b(?:no|not|never|nor|neither|without|hardly|cannot|lack(?:s|ed|ing)?)|n['’]t)\b(?! only\b)(?:\s+[\w'’-]+){0,4}\s*$"
)
_BOND_WITH = re.compile(r"(?i)\b(?:treaty|pact|alliance|agreement|accord|guarantees?) (?:with|to) (?:the )?$")
_BUT = re.compile(r"\b(?:but|yet|however|nevertheless|nonetheless)\b", re.IGNORECASE)
_ALTHOUGH = re.compile(r"\W*(?:although|though|while|despite)\b[^,;]*", re.IGNORECASE)
LONGEST = 600


@dataclass(frozen=True, slots=True)
class Cue:
    """One phrase of the table, compiled."""

    driver: str
    stance: Stance
    pattern: re.Pattern[str]
    bond: str = ""
    """Of ties, whether they are those of a friend or of a foe: the stance then follows from with whom they are."""
    even_denied: bool = False
    """Whether it argues for help after a "not" too ("cannot abandon its ally")."""
    elsewhere: bool = False
    """Whether it counts only where no side of the crisis is named after it."""


@cache
def cues() -> tuple[Cue, ...]:
    """All phrases in the table's order."""
    found = []
    for driver in table("reasons")["driver"]:
        for cue in driver["cue"]:
            for source in cue["match"]:
                pattern = re.compile(source.replace("{x}", _GAP), re.IGNORECASE)
                marks = {name: cue[name] for name in ("bond", "even_denied", "elsewhere") if name in cue}
                found.append(Cue(driver["key"], cue["stance"], pattern, **marks))
    return tuple(found)


def drivers() -> tuple[tuple[str, str], ...]:
    """Keys and titles of the drivers, in reading order."""
    return tuple((driver["key"], driver["title"]) for driver in table("reasons")["driver"])


def find(
    texts: Iterable[Text],
    supporters: Sequence[str],
    sides: Iterable[str] = (),
    clients: Mapping[str, str] | None = None,
    quiet: Sequence[str] = (),
) -> tuple[ReasonLine, ...]:
    """Sentences that argue for or against a supporter's helping, one row a driver, in the order of the table.

    A sentence is given to the supporter that it is about (`whose.Thread`). The `quiet`, who do nothing towards either side,
    come after the supporters: who holds back has reasons too.
    """
    wanted, parties, clients = set(supporters), set(sides), clients or {}
    rows: list[ReasonLine] = []
    for text in texts:
        thread = Thread(text, wanted, parties, quiet)
        for line in text.lines:
            if line.heading:
                thread.title(line)
            elif not _past(line):
                rows.extend(_rows(text, line, thread, parties, clients))
                thread.read(line)
    order = {key: place for place, (key, _) in enumerate(drivers())}
    ranks = {code: place for place, code in enumerate(dict.fromkeys([*supporters, *quiet]))}
    rows.sort(key=lambda row: (ranks[row.supporter], order[row.driver], row.stance))
    return tuple(rows)


def _past(line: Line) -> bool:
    """Whether a sentence tells of the past alone; a habit ("which buys Chile's gas") is background, and goes on."""
    return bool(line.events) and all(event.historical and not habitual(event) for event in line.events)


def _rows(text: Text, line: Line, thread: Thread, sides: set[str], clients: Mapping[str, str]) -> list[ReasonLine]:
    quote, words = text.quote(line), flat(text, line)
    if len(quote) > LONGEST or not re.search(table("reasons")["words"]["help"], quote, re.IGNORECASE):
        return []
    found: dict[tuple[str, str], ReasonLine] = {}
    places: dict[tuple[str, str], int] = {}
    for cue in cues():
        for match in cue.pattern.finditer(words):
            for supporter in thread.holders(line, *match.span()):
                if (supporter, cue.driver) in found or not _counts(cue, match, words, line, sides):
                    continue
                stance = _stance(cue, line, sides - {supporter}, clients.get(supporter))
                if stance == "for" and _blames(line, supporter, clients.get(supporter)):
                    continue
                places[supporter, cue.driver] = match.start()
                found[supporter, cue.driver] = ReasonLine(
                    supporter=supporter,
                    driver=cue.driver,
                    stance=stance,
                    quote=quote,
                    anchor=line.anchor,
                    who=_who(text, line),
                    cue=" ".join(match.group().split()),
                )
    for key in _conceded(words, found, places):
        del found[key]
    # A sentence that fires many drivers argues its strongest two; the rest is chance.
    ranked = sorted(found.values(), key=lambda row: -len(row.cue))
    return [row for row in ranked if sum(r.supporter == row.supporter for r in ranked[: ranked.index(row)]) < 2]


def _conceded(
    words: str, found: Mapping[tuple[str, str], ReasonLine], places: Mapping[tuple[str, str], int]
) -> set[tuple[str, str]]:
    """What a sentence only grants before its "but": it argues what follows."""
    return {
        one
        for one in found
        for other in found
        if one[0] == other[0]
        and found[one].stance != found[other].stance
        and (_BUT.search(words, places[one], places[other]) or _ALTHOUGH.fullmatch(words[: places[one]]))
        and places[one] < places[other]
    }


def _counts(cue: Cue, match: re.Match[str], words: str, line: Line, sides: set[str]) -> bool:
    """Whether a phrase argues what its entry says: it is not denied, and speaks of another war than this."""
    if cue.elsewhere and any(m.code in sides and m.start - line.start >= match.start() for m in line.mentions):
        return False
    if cue.driver == "duty" and any(
        m.code not in sides and _BOND_WITH.search(words[: m.start - line.start]) for m in line.mentions
    ):
        return False  # a treaty with somebody else
    clause = re.split(r"[,;:—]", words[: match.start()])[-1]
    return cue.stance == "against" or cue.even_denied or not _DENIED.search(clause)


def _stance(cue: Cue, line: Line, sides: set[str], client: str | None) -> Stance:
    """Ties to the client argue for helping it, ties to the other side against; a feud with either the other way round."""
    named = {mention.code for mention in line.mentions} & sides
    if not cue.bond or not named or (client in named and len(named) > 1):
        return cue.stance
    return "for" if (client in named) == (cue.bond == "friend") else "against"


def _blames(line: Line, supporter: str, client: str | None) -> bool:
    """Whether the supporter accuses its own client there: then nothing in the sentence argues for helping."""
    return any(e.type == "ACCUSE" and e.actor == supporter and e.recipient == client for e in line.events)


def _who(text: Text, line: Line) -> str:
    """Who argues it: the speaker of the sentence, else the author."""
    told = quotes.speaker(text, line)
    if told is None:
        return text.label
    return f"{labels.capital(told[1])}, in {text.document.outlet or text.document.title or text.label}"
