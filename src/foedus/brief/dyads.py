"""Every pair of actors with what the sources tell of attacks between them. Weights: `data/crisis.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from foedus.brief import blows
from foedus.brief.labels import table
from foedus.brief.text import Line, Text
from foedus.ledger.mentioned import named
from foedus.ledger.rules import speaks_of_attack
from foedus.model.dates import earliest, is_date, latest
from foedus.model.event import VAGUE, Event

_LIST = re.compile(r"(?:\s*(?:,|and|as well as|or|then|the|\w+(?:['’]s)?)){0,5}\s*")
JOINED = re.compile(r"\s*(?:,|(?:, )?and|as well as)\s+(?:the\s+)?")
"""What stands between two names of one list."""


@dataclass(slots=True)
class Dyad:
    """What the sources tell of one side's attacks on another.

    `plain` is the score without regard to what makes a blow less than an attack; `told` holds the days of the reports.

    `days` are those of attacks that a source tells of in its own voice, `claims` those of attacks that somebody else tells
    of, and `months` those of which no more than the month is told. `tellers` has None where a source speaks itself.
    """

    score: float = 0.0
    condemned: float = 0.0
    plain: float = 0.0
    days: list[dt.date] = field(default_factory=list)
    told: list[dt.date] = field(default_factory=list)
    claims: list[dt.date] = field(default_factory=list)
    months: list[str] = field(default_factory=list)
    tellers: set[str | None] = field(default_factory=set)
    reports: list[tuple[Text, Event]] = field(default_factory=list)
    nouns: list[tuple[Text, str]] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Attacks told of and condemned, together."""
        return self.score + self.condemned


Dyads = dict[tuple[str, str], Dyad]


def weigh(texts: Sequence[Text], looking_back: bool = False) -> Dyads:
    """Score every pair by the attacks told of, claims and repetition counting less, condemnations more.

    `looking_back` takes the attacks that the sources tell of as history instead of those of their own days.
    """
    settings = table("crisis")
    weights = settings["weight"]
    newest = max((latest(day) for text in texts if (day := text.document.published) and is_date(day)), default=None)
    dyads: defaultdict[tuple[str, str], Dyad] = defaultdict(Dyad)
    found = [(text, list(blows.told(text, newest, looking_back))) for text in texts]
    # An attack that the coder itself doubts makes no war; where the two are told to fight anyway, it is one more blow.
    fighting = {_pair(blow) for _, hits in found for _, blow in hits if not blow.doubted}
    for text, hits in found:
        _count(text, [hit for hit in hits if not hit[1].doubted or _pair(hit[1]) in fighting], dyads, weights)
    if not looking_back:
        for text in texts:
            _nominal(text, dyads, settings)
    _condemnations(texts, dyads, weights["condemned"])
    for (_, victim), dyad in dyads.items():
        if len(dyad.tellers - {None}) > 1 and dyad.tellers - {None, victim} - VAGUE:
            # What speakers on more than one side tell is as good as told by a source itself.
            dyad.days.extend(dyad.claims)
    return dict(dyads)


def _pair(blow: blows.Blow) -> frozenset[str]:
    return frozenset((blow.event.actor, blow.victim))


def _count(text: Text, hits: Sequence[tuple[Line, blows.Blow]], dyads: Dyads, weights: dict[str, Any]) -> None:
    """Adds the blows that one text tells of to their pairs."""
    seen: defaultdict[tuple[str, str], int] = defaultdict(int)
    day = text.document.published
    edge = latest(day) if day and is_date(day) else None
    spoken = _prominence(text)
    last: dict[tuple[str, str], Event] = {}
    for line, blow in hits:
        event = blow.event
        pair = (event.actor, blow.victim)
        factor = min(spoken.get(code, weights["unspoken"]) for code in pair)
        before = last.get((line.anchor, event.actor))
        if before is not None and not _joined(text, before, event):
            # "invaded A and drove its ruler into B": what is named later is less surely what was attacked.
            factor *= weights["further"]
        last[line.anchor, event.actor] = event
        factor *= weights["repeat"] ** min(seen[pair], 3)
        seen[pair] += 1
        dyad = dyads[pair]
        dyad.score += blow.weight * factor
        dyad.plain += blow.plain * factor
        dyad.reports.append((text, event))
        dyad.tellers.add(blow.teller)
        if edge and blow.teller is None:
            dyad.told.append(earliest(day or ""))
        # A report cannot tell of an attack as done before it was.
        when = earliest(blow.day) if blow.day and is_date(blow.day) and len(blow.day) == 10 else None
        if when and (edge is None or when <= edge):
            (dyad.days if blow.teller is None else dyad.claims).append(when)
        elif blow.day and len(blow.day) == 7 and edge and latest(blow.day) < edge:
            dyad.months.append(blow.day)


def _joined(text: Text, one: Event, other: Event) -> bool:
    """Whether two events' recipients stand in one list ("struck Egypt and Jordan")."""
    if one.recipient_span is None or other.recipient_span is None:
        return True
    between = text.document.text[one.recipient_span.end : other.recipient_span.start]
    return _LIST.fullmatch(between) is not None


def _prominence(text: Text) -> dict[str, float]:
    """How much a text speaks of each actor: a factor that is 1 for the ones it speaks of most, or names in its title."""
    weights = table("crisis")["weight"]
    counts: Counter[str] = Counter()
    for line in text.lines:
        counts.update({mention.code for mention in line.mentions})
    if not counts:
        return {}
    most = max(counts.values(), default=1)
    titled = named(text.document.title or "", text.document.published).codes
    low = float(weights["unspoken"])
    return {code: 1.0 if code in titled else low + (1.0 - low) * (counts[code] / most) ** 0.5 for code in counts}


def _nominal(text: Text, dyads: Dyads, settings: dict[str, Any]) -> None:
    """Attacks told of as nouns ("the US airstrikes on Iranian sites") that no event stands for yet."""
    noun = re.compile(settings["words"]["noun"], re.IGNORECASE)
    for line in text.lines:
        if line.heading or any(event.historical for event in line.events):
            continue
        for one, other in pairwise(line.mentions):
            pair = (one.code, other.code)
            between = text.document.text[one.end : other.start]
            if one.code == other.code or set(pair) & VAGUE or not noun.fullmatch(between):
                continue
            if not any(event.type == "ASSAULT" and (event.actor, event.recipient) == pair for event in line.events):
                _add_noun(dyads[pair], pair, text, line, one.start)
        for start, pair in _by_several(text, line, settings["words"]):
            # The words say it as plainly as can be, so the coder's doubt of its own event does not matter.
            if not any(event in line.events for _, event in dyads[pair].reports):
                _add_noun(dyads[pair], pair, text, line, start)


def _add_noun(dyad: Dyad, pair: tuple[str, str], text: Text, line: Line, start: int) -> None:
    """Adds an attack told of as a noun to its pair; `start` is where its words begin."""
    settings = table("crisis")
    issuer = blows.issuer(text)
    teller = issuer if issuer in pair else None
    if blows.opens_reason(text.document.text[line.start : start]):
        teller = pair[1]
    factor = settings["weight"]["noun"] * settings["weight"]["repeat"] ** min(len(dyad.nouns), 3)
    factor *= settings["speaker"]["none" if teller is None else "own" if teller == pair[0] else "victim"]
    dyad.tellers.add(teller)
    dyad.score += factor
    dyad.plain += factor
    dyad.nouns.append((text, line.anchor))


def _by_several(text: Text, line: Line, words: dict[str, str]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Place, attackers and victim of an attack told of as "the aggression of A and B against C"."""
    body = text.document.text
    nominal, against = (re.compile(words[name], re.IGNORECASE) for name in ("nominal", "against"))
    for place, (last, victim) in enumerate(pairwise(line.mentions)):
        if not against.fullmatch(body[last.end : victim.start]):
            continue
        first = place
        while first and JOINED.fullmatch(body[line.mentions[first - 1].end : line.mentions[first].start]):
            first -= 1
        if nominal.search(body[line.start : line.mentions[first].start]):
            attackers = {mention.code for mention in line.mentions[first : place + 1]} - {victim.code}
            start = line.mentions[first].start
            yield from ((start, (code, victim.code)) for code in sorted(attackers) if not {code, victim.code} & VAGUE)


def _condemnations(texts: Sequence[Text], dyads: Dyads, weight: float) -> None:
    """A third actor that condemns somebody for an attack tells who is seen as the attacker."""
    for text in texts:
        for line in text.lines:
            for event in line.events:
                if event.type != "ACCUSE" or event.historical or event.polarity != "positive":
                    continue
                if not speaks_of_attack(event.quote):
                    continue
                victims = {mention.code for mention in line.mentions} | {
                    other.recipient for other in line.events if other.recipient and other.type == "ASSAULT"
                }
                for (attacker, victim), dyad in dyads.items():
                    if attacker == event.recipient and victim in victims and event.actor not in (attacker, victim):
                        dyad.condemned += weight / max(len(victims), 1)
