"""Finds the crisis that reports are about: who was attacked, by whom, since when. Weights: `data/crisis.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Literal

from foedus.brief.labels import listed, name, table
from foedus.brief.model import Attack, CrisisPart
from foedus.brief.text import Line, Text
from foedus.brief.when import dates
from foedus.errors import CrisisError
from foedus.ledger.mentioned import named
from foedus.ledger.rules import speaks_of_attack
from foedus.model.dates import bounds, earliest, is_date, latest
from foedus.model.event import VAGUE, Event

NOT_FOUND = (
    "no attack of one state or group on another was found in these sources: "
    "name the crisis, for example --attacked IRN --by ISR,USA --on 2025-06-22"
)


_LIST = re.compile(r"(?:\s*(?:,|and|as well as|or|then|the|\w+(?:['’]s)?)){0,5}\s*")


@dataclass(slots=True)
class Dyad:
    """What the sources tell of one side's attacks on another."""

    score: float = 0.0
    condemned: float = 0.0
    days: list[dt.date] = field(default_factory=list)
    reports: list[tuple[Text, Event]] = field(default_factory=list)
    nouns: list[tuple[Text, str]] = field(default_factory=list)

    @property
    def total(self) -> float:
        """Attacks told of and condemned, together."""
        return self.score + self.condemned


Dyads = dict[tuple[str, str], Dyad]


def find(
    texts: Sequence[Text],
    attacked: Iterable[str] = (),
    attackers: Iterable[str] = (),
    on: str | None = None,
) -> CrisisPart:
    """The crisis, found or as given; what is given is never overruled. Raises CrisisError where nothing can be said."""
    given_attacked = tuple(dict.fromkeys(code.strip().upper() for code in attacked if code.strip()))
    given_attackers = tuple(dict.fromkeys(code.strip().upper() for code in attackers if code.strip()))
    if on is not None and not is_date(on):
        raise CrisisError(f"--on {on!r} is no date; write YYYY-MM-DD")
    if on is not None and earliest(on) > dt.date.today():
        raise CrisisError(f"--on {on} lies in the future: give the day of an attack that has happened")
    both = set(given_attacked) & set(given_attackers)
    if both:
        raise CrisisError(f"{', '.join(sorted(both))} cannot be attacked and attacker at once: name each on one side")
    dyads = weigh(texts)
    looking_back = False
    if not given_attacked and not given_attackers and not _attacked(dyads):
        past = weigh(texts, looking_back=True) if _mostly_past(texts) else {}
        if _attacked(past):
            dyads, looking_back = past, True
    attacked_side = given_attacked or _attacked(dyads, given_attackers)
    if not attacked_side:
        raise CrisisError(NOT_FOUND)
    attacking_side = given_attackers or _attackers(dyads, attacked_side)
    if not attacking_side:
        raise CrisisError(
            f"nobody who attacked {listed([name(code) for code in attacked_side])} was found in these sources: "
            "name the attackers too, for example --by ISR,USA"
        )
    attacks = tuple(_attack(code, attacked_side, dyads, texts, on) for code in attacking_side)
    days = [attack.date for attack in attacks if attack.date]
    doubts = _doubts(dyads, attacked_side, attacking_side, looking_back)
    return CrisisPart(
        attacked=attacked_side,
        attackers=tuple(sorted(attacks, key=lambda attack: (attack.date is None, attack.date or ""))),
        date=on or (max(days, key=earliest) if days else None),
        found="given" if given_attacked and given_attackers else "found in the sources",
        looking_back=looking_back,
        doubts=() if given_attacked and given_attackers else doubts,
    )


def weigh(texts: Sequence[Text], looking_back: bool = False) -> Dyads:
    """Score every pair by the attacks told of, claims and repetition counting less, condemnations more.

    `looking_back` takes the attacks that the sources tell of as history instead of those of their own days.
    """
    settings = table("crisis")
    weights = settings["weight"]
    newest = max((latest(day) for text in texts if (day := text.document.published) and is_date(day)), default=None)
    dyads: Dyads = defaultdict(Dyad)
    for text in texts:
        seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        day = text.document.published
        edge = latest(day) if day and is_date(day) else None
        spoken = _prominence(text)
        for line in text.lines:
            hit: dict[str, Event] = {}
            for event in sorted(line.events, key=_place):
                factor = _is_attack(event, newest, settings, looking_back)
                if factor <= 0 or event.recipient is None:
                    continue
                pair = (event.actor, event.recipient)
                if event.actor in hit and not _joined(text, hit[event.actor], event):
                    # "invaded A and drove its ruler into B": what is named later is less surely what was attacked.
                    factor *= weights["further"]
                hit[event.actor] = event
                factor *= min(spoken.get(code, weights["unspoken"]) for code in pair)
                if re.search(settings["words"]["retaliation"], event.quote, re.IGNORECASE):
                    factor *= weights["retaliation"]
                factor *= weights["repeat"] ** min(seen[pair], 3)
                seen[pair] += 1
                dyad = dyads[pair]
                dyad.score += factor
                dyad.reports.append((text, event))
                # A report cannot tell of an attack as done before it was.
                told = earliest(event.date) if event.date and is_date(event.date) and len(event.date) == 10 else None
                if told and (edge is None or told <= edge):
                    dyad.days.append(told)
    if not looking_back:
        for text in texts:
            _nominal(text, dyads, settings)
    _condemnations(texts, dyads, weights["condemned"])
    return dict(dyads)


def _place(event: Event) -> tuple[int, int]:
    """Where in its document an event's recipient stands."""
    return (event.start, event.recipient_span.start if event.recipient_span else event.end)


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


def _mostly_past(texts: Sequence[Text]) -> bool:
    """Whether the sources look back: most of what they tell is background by their own dates."""
    told = [event.historical for text in texts for line in text.lines for event in line.events]
    return 2 * sum(told) > len(told)


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
                dyad = dyads[pair]
                dyad.score += settings["weight"]["noun"] * settings["weight"]["repeat"] ** min(len(dyad.nouns), 3)
                dyad.nouns.append((text, line.anchor))


def _is_attack(event: Event, newest: dt.date | None, settings: dict[str, Any], looking_back: bool) -> float:
    """The weight of an event as an attack, 0 when it is none."""
    if event.polarity != "positive" or event.modality != "actual" or event.historical != looking_back:
        return 0.0
    if event.recipient in (None, event.actor) or {event.actor, event.recipient} & VAGUE:
        return 0.0
    if event.confidence < float(settings["least_confidence"]):
        # An attack that the coder itself doubts neither makes a war nor dates one.
        return 0.0
    if event.type == "ASSAULT":
        factor = 1.0
    elif event.type == "COERCE" and event.mode == "seize":
        factor = settings["weight"]["coerce"]
    else:
        return 0.0
    speakers = settings["speaker"]
    if event.speaker is None:
        factor *= speakers["none"]
    elif event.speaker == event.actor:
        factor *= speakers["own"]
    elif event.speaker == event.recipient:
        factor *= speakers["victim"]
    else:
        factor *= speakers.get(event.speaker, speakers["other"])
    if event.date and is_date(event.date):
        if newest and not looking_back and (newest - bounds(event.date)[1]).days > int(settings["window_days"]):
            return 0.0
    else:
        factor *= settings["weight"]["undated"]
    return float(factor)


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


def _first(dyads: Dyads, one: str, other: str) -> str | None:
    """Which of two sides is told to have struck first, where both are dated."""
    forward, back = dyads.get((one, other)), dyads.get((other, one))
    if not forward or not forward.days:
        return other if back and back.days and not forward else None
    if not back or not back.days:
        return one if not back else None
    if min(forward.days) == min(back.days):
        return None
    return one if min(forward.days) < min(back.days) else other


def _aggression(dyads: Dyads, attacker: str, victim: str) -> float:
    """Score of a pair, raised for who struck first and lowered for who struck back."""
    dyad = dyads.get((attacker, victim))
    if dyad is None:
        return 0.0
    first = _first(dyads, attacker, victim)
    factor = 1.0 if first is None else 1.5 if first == attacker else 0.5
    back = dyads.get((victim, attacker))
    if first is None and back and bool(dyad.days) != bool(back.days):
        factor = 1.2 if dyad.days else 0.8  # what has a day is told as the onset more often than what has none
    return dyad.total * factor


def _attacked(dyads: Dyads, attackers: Sequence[str] = ()) -> tuple[str, ...]:
    """The side with the greatest surplus of attacks suffered; a second one where the same attackers hit it as hard."""
    settings = table("crisis")["share"]
    surplus: defaultdict[str, float] = defaultdict(float)
    for attacker, victim in dyads:
        if attackers and attacker not in attackers:
            continue
        gain = _aggression(dyads, attacker, victim) - _aggression(dyads, victim, attacker)
        surplus[victim] += gain if attackers else max(gain, 0.0) + 0.01 * _aggression(dyads, attacker, victim)
    hottest = None if attackers else _hottest(dyads)
    if hottest and not any(victim in hottest for victim, value in surplus.items() if value == max(surplus.values())):
        # A war told of both ways leaves no surplus; a stray blow elsewhere must not outweigh it.
        surplus[hottest[0]] = max(surplus.values()) * 1.01
    ranked = sorted(surplus.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (not attackers and max(dyad.score for dyad in dyads.values()) < settings["minimum"] / 2):
        return ()
    main, most = ranked[0]
    if most <= 0:
        return (main,) if not attackers or (attackers[0], main) in dyads else ()
    hitting = {attacker for attacker, victim in dyads if victim == main}
    also = [
        victim
        for victim, value in ranked[1:]
        if value >= settings["attacked"] * most
        and victim not in hitting
        and (main, victim) not in dyads
        and hitting & {attacker for attacker, other in dyads if other == victim}
    ]
    return (main, *also)


def _hottest(dyads: Dyads) -> tuple[str, str] | None:
    """Victim and attacker of the pair with twice the fighting of any other; None where none stands out."""
    heat = {
        pair: dyad.total + (dyads[pair[::-1]].total if pair[::-1] in dyads else 0.0) for pair, dyad in dyads.items()
    }
    pairs = sorted(heat, key=lambda pair: -heat[pair])
    others = [pair for pair in pairs if not pairs or set(pair) != set(pairs[0])]
    if not pairs or (others and heat[pairs[0]] < 2 * heat[others[0]]):
        return None
    # In the order told: where both are said to have struck with equal force, the first one told of began.
    attacker, victim = max(
        (pair for pair in dyads if set(pair) == set(pairs[0])), key=lambda pair: _told_force(dyads, pair)
    )
    return victim, attacker


def _told_force(dyads: Dyads, pair: tuple[str, str]) -> float:
    dyad = dyads[pair]
    return dyad.score * (1.0 if _first(dyads, *pair) in (None, pair[0]) else 0.5)


def _attackers(dyads: Dyads, attacked: Sequence[str]) -> tuple[str, ...]:
    totals: defaultdict[str, float] = defaultdict(float)
    for attacker, victim in dyads:
        if victim in attacked and attacker not in attacked:
            totals[attacker] += _aggression(dyads, attacker, victim)
    if not totals:
        return ()
    top = max(totals.values())
    share = table("crisis")["share"]["attacker"]
    ranked = sorted(totals, key=lambda code: (-totals[code], code))
    return tuple(code for code in ranked if totals[code] >= share * top)


def _attack(attacker: str, attacked: Sequence[str], dyads: Dyads, texts: Sequence[Text], on: str | None) -> Attack:
    """The first dated attack, by event; else by a sentence that dates the attack; else as given or by the report."""
    found = [(victim, dyads[attacker, victim]) for victim in attacked if (attacker, victim) in dyads]
    reports = [pair for _, dyad in found for pair in dyad.reports]
    victim = max(found, key=lambda item: item[1].total)[0] if found else attacked[0]
    told_at = [line.anchor for text, event in reports if (line := text.at(event.start))]
    anchors = tuple(dict.fromkeys([*told_at, *(anchor for _, dyad in found for _, anchor in dyad.nouns)]))
    day = min((day for _, dyad in found for day in dyad.days), default=None)
    sentence = False
    if day is None:
        told = _told(attacker, texts)
        if told:
            day, line = told
            sentence, anchors = True, tuple(dict.fromkeys((line.anchor, *anchors)))
    if day is not None:
        dated: Literal["sentence", "event"] = "sentence" if sentence else "event"
        return Attack(attacker, victim, day.isoformat(), dated, len(anchors), anchors)
    if on is not None:
        return Attack(attacker, victim, on, "given", len(anchors), anchors)
    telling = [text for text, _ in (*reports, *(pair for _, dyad in found for pair in dyad.nouns))]
    published = [value for text in telling if (value := text.document.published) and is_date(value)]
    if published:
        return Attack(attacker, victim, min(published, key=earliest), "report", len(anchors), anchors)
    return Attack(attacker, victim, None, "none", len(anchors), anchors)


def _told(attacker: str, texts: Sequence[Text]) -> tuple[dt.date, Line] | None:
    """The earliest full date in a sentence that has the attacker, then a word for the attack, then the date."""
    settings = table("crisis")
    onset = re.compile(settings["words"]["onset"], re.IGNORECASE)
    options: list[tuple[dt.date, Line]] = []
    for text in texts:
        published = text.document.published
        edge = latest(published) if published and is_date(published) else None
        for line in text.lines:
            starts = [mention.end - line.start for mention in line.mentions if mention.code == attacker]
            if not starts or line.heading:
                continue
            quote = text.document.text[line.start : line.end]
            word = onset.search(quote, min(starts))
            if word is None:
                continue
            for day in dates(quote[word.start() :], published):
                if edge is None or 0 <= (edge - day).days <= settings["window_days"]:
                    options.append((day, line))
    return min(options, key=lambda option: (option[0], option[1].anchor), default=None)


def _doubts(dyads: Dyads, attacked: Sequence[str], attackers: Sequence[str], looking_back: bool) -> tuple[str, ...]:
    """What a reader should know about how the crisis was found."""
    doubts = []
    if looking_back:
        doubts.append(
            "The sources tell of this crisis as history; what falls within a year of it is counted as its own time."
        )
    forward = sum(_aggression(dyads, attacker, victim) for attacker in attackers for victim in attacked)
    back = sum(_aggression(dyads, victim, attacker) for attacker in attackers for victim in attacked)
    if back >= 0.6 * forward:
        doubts.append(
            "The sources tell of attacks both ways in nearly equal measure; if the sides are the wrong way round, "
            "name them with --attacked and --by."
        )
    only_claimed = all(
        event.speaker is not None
        for attacker in attackers
        for victim in attacked
        if (attacker, victim) in dyads
        for _, event in dyads[attacker, victim].reports
    ) and not any(dyads[pair].nouns for pair in dyads if pair[0] in attackers and pair[1] in attacked)
    if only_claimed:
        doubts.append("No source tells of the attack in its own voice: it rests on what others are quoted as saying.")
    return tuple(doubts)
