"""Finds the crisis that reports are about: who was attacked, by whom, since when. Weights: `data/crisis.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise, zip_longest
from typing import Literal

from foedus.brief.blows import in_passing, is_answer
from foedus.brief.dyads import JOINED, Dyad, Dyads, weigh
from foedus.brief.labels import capital, date, listed, name, running, table
from foedus.brief.model import Attack, CrisisPart
from foedus.brief.text import Line, Text
from foedus.brief.when import dates
from foedus.errors import CrisisError
from foedus.model.dates import earliest, is_date, latest

_OWNED = re.compile(r"(?:['’]s?)?\s(?:[\w-]+\s){0,2}")
"""What stands between a name and a word for its attack."""
NOT_FOUND = (
    "no attack of one state or group on another was found in these sources: "
    "name the crisis, for example --attacked IRN --by ISR,USA --on 2025-06-22"
)


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
    days = [attack.date for attack in attacks if attack.date and attack.dated != "report"]
    days = days or [attack.date for attack in attacks if attack.date]
    doubts = _doubts(dyads, attacked_side, attacking_side, looking_back)
    return CrisisPart(
        attacked=attacked_side,
        attackers=tuple(sorted(attacks, key=lambda attack: (attack.date is None, attack.date or ""))),
        date=on or (max(days, key=earliest) if days else None),
        found="given" if given_attacked and given_attackers else "found in the sources",
        looking_back=looking_back,
        doubts=() if given_attacked and given_attackers else doubts,
    )


def _mostly_past(texts: Sequence[Text]) -> bool:
    """Whether the sources look back: most of what they tell is background by their own dates."""
    told = [event.historical for text in texts for line in text.lines for event in line.events]
    return 2 * sum(told) > len(told)


def _first(dyads: Dyads, one: str, other: str) -> str | None:
    """Which of two sides is told to have struck first: by the days of the blows, else by reports that lie days apart."""
    forward, back = dyads.get((one, other)), dyads.get((other, one))
    if not forward or not back:
        return None
    if forward.days and back.days:
        first, second = min(forward.days), min(back.days)
    else:
        if not (forward.told and back.told):
            return None  # a blow that one side alone claims tells nobody who began
        first, second = _known(forward), _known(back)
        if abs((first - second).days) < table("crisis")["first"]["days"]:
            return None
    if first == second:
        return None
    return one if first < second else other


def _known(dyad: Dyad) -> dt.date:
    """The day by which the sources knew of the first blow; the last day of all where none has one."""
    return min(dyad.days or dyad.told, default=dt.date.max)


def _aggression(dyads: Dyads, attacker: str, victim: str) -> float:
    """Score of a pair, raised for who struck first and lowered for who struck back."""
    dyad, back = dyads.get((attacker, victim)), dyads.get((victim, attacker))
    if dyad is None:
        return 0.0
    factors = table("crisis")["first"]
    first = _first(dyads, attacker, victim)
    if first is not None:
        return dyad.total * float(factors["struck"] if first == attacker else factors["answered"])
    if back is None:
        return dyad.total * float(factors["dated"] if dyad.days else 1.0)
    # What has a day is told as the onset more often than what has none; of two alike, the first one told.
    onset = bool(dyad.days) if bool(dyad.days) != bool(back.days) else _earlier(dyads, attacker, victim)
    dated = bool(dyad.days) != bool(back.days)
    return dyad.total * float(
        factors["dated" if dated else "told"] if onset else factors["undated" if dated else "later"]
    )


def _earlier(dyads: Dyads, one: str, other: str) -> bool:
    """Whether the blows of `one` are told of before those of `other`."""
    return next(pair for pair in dyads if set(pair) == {one, other})[0] == one


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
    if not ranked or (not attackers and max(dyad.plain for dyad in dyads.values()) < settings["minimum"] / 2):
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
    days = [day for _, dyad in found for day in dyad.days] or [day for _, dyad in found for day in dyad.claims]
    day = min(days, default=None)
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
    month = min((month for _, dyad in found for month in dyad.months), default=None)
    if month is not None:
        return Attack(attacker, victim, month, "event", len(anchors), anchors)
    telling = [text for text, _ in (*reports, *(pair for _, dyad in found for pair in dyad.nouns))]
    published = [value for text in telling if (value := text.document.published) and is_date(value)]
    if published:
        return Attack(attacker, victim, min(published, key=earliest), "report", len(anchors), anchors)
    return Attack(attacker, victim, None, "none", len(anchors), anchors)


def _told(attacker: str, texts: Sequence[Text]) -> tuple[dt.date, Line] | None:
    """The earliest full date in a sentence that has the attacker, then a word for its attack, then the date."""
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
            words = list(onset.finditer(quote, min(starts)))
            for word, after in zip_longest(words, words[1:]):
                if _others(attacker, line, line.start + word.start(), text):
                    continue
                # Up to the next such word, for the days after it are those of what it tells of.
                for day in dates(quote[word.start() : after.start() if after else None], published):
                    if edge is None or 0 <= (edge - day).days <= settings["window_days"]:
                        options.append((day, line))
    return min(options, key=lambda option: (option[0], option[1].anchor), default=None)


def _others(attacker: str, line: Line, place: int, text: Text) -> bool:
    """Whether the word for an attack at `place` belongs to another than the attacker ("a Moroccan drone strike")."""
    before = [mention for mention in line.mentions if mention.end <= place]
    if not before or not _OWNED.fullmatch(text.document.text[before[-1].end : place]):
        return False
    owners = {before[-1].code}
    for one, other in pairwise(reversed(before)):
        if not JOINED.fullmatch(text.document.text[other.end : one.start]):
            break
        owners.add(other.code)
    return attacker not in owners


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
    told = [
        event
        for attacker in attackers
        for victim in attacked
        if (attacker, victim) in dyads
        for _, event in dyads[attacker, victim].reports
    ]
    if told and all(is_answer(event) for event in told):
        doubts.append(
            "The sources call this attack an answer to another; if the sides are the wrong way round, name them with "
            "--attacked and --by."
        )
    rival = _rival(dyads, attacked, attackers)
    if rival:
        doubts.append(
            f"The sources tell of attacks on {running(rival[1])} by {running(rival[0])} in nearly equal measure; if the "
            f"crisis is theirs, name it with --attacked {rival[1]} --by {rival[0]}."
        )
    ours = [dyad for pair, dyad in dyads.items() if pair[0] in attackers and pair[1] in attacked]
    if len(told) == 1 and in_passing(told[0]) and not any(dyad.nouns for dyad in ours):
        doubts.append(
            "The sources tell of this attack once, in passing; if the crisis is another, name it with --attacked and --by."
        )
    doubts += _claims(dyads, attacked, attackers)
    if not any(None in dyad.tellers for dyad in ours):
        doubts.append("No source tells of the attack in its own voice: it rests on what others are quoted as saying.")
    return tuple(doubts)


def _claims(dyads: Dyads, attacked: Sequence[str], attackers: Sequence[str]) -> list[str]:
    """That those attacked struck before, where no source tells of it in its own voice."""
    doubts = []
    for attacker in attackers:
        for victim in attacked:
            dyad, back = dyads.get((attacker, victim)), dyads.get((victim, attacker))
            first = min(back.claims, default=None) if back and not back.days else None
            ours = min(dyad.days or dyad.claims, default=None) if dyad else None
            if first and ours and first < ours:
                doubts.append(
                    f"{capital(running(victim))} is said to have struck first, on {date(first.isoformat())}, but no source "
                    f"tells of it in its own voice; if it did, name the sides with --attacked {attacker} --by {victim}."
                )
    return doubts


def _rival(dyads: Dyads, attacked: Sequence[str], attackers: Sequence[str]) -> tuple[str, str] | None:
    """Attacker and victim of another war that the sources tell of nearly as much as of this one."""
    sides = {*attacked, *attackers}
    force = {pair: _aggression(dyads, *pair) for pair in dyads}
    ours = max((force[pair] for pair in force if pair[0] in attackers and pair[1] in attacked), default=0.0)
    others = {pair: value for pair, value in force.items() if not set(pair) <= sides}
    rival = max(others, key=lambda pair: others[pair], default=None)
    return rival if rival and others[rival] >= table("crisis")["share"]["rival"] * ours else None
