"""Builds the ledger of one third state: which acts, for whom, told by whom. The rules are in `docs/ledger.md`."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import cast

from foedus.errors import InputError
from foedus.ledger import background, rules
from foedus.ledger.matching import group
from foedus.ledger.mentioned import named
from foedus.model.dates import bounds, earliest, is_date
from foedus.model.document import Document
from foedus.model.event import QUADS, Event
from foedus.model.ledger import Act, Dated, Ledger, Report, Section

NEIGHBOUR = 2
"""Characters between two sentences that stand side by side."""


def ledger(
    events: Iterable[Event],
    *,
    supporter: str,
    client: str,
    adversaries: Iterable[str] = (),
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    documents: Iterable[Document] = (),
) -> Ledger:
    """Words and deeds of `supporter` that bear on `client` or on its `adversaries`, within the window.

    `documents` date what the text does not date, and tell which undated deeds are background. An act without any date
    is kept whatever the window: no date is no reason to drop it.
    Raises InputError when the codes overlap or the window is empty.
    """
    supporter, client = _code(supporter), _code(client)
    against = tuple(dict.fromkeys(_code(code) for code in _listed(adversaries)))
    if supporter == client or supporter in against or client in against:
        raise InputError("supporter, client and adversaries must be different: give each code once")
    window = _window(since, until)
    texts = {document.id: document for document in documents}
    published = {key: document.published for key, document in texts.items()}
    events = background.mark(events, texts)
    bearing = _bearing(events, supporter, client, against)
    linked = _linked(bearing, client, against, published, _elsewhere(events, client, against, published))
    own = [event for event in bearing if event.actor == supporter or _asks(event, supporter, client)]
    hosts, between = _hosts(own), _between(own, client, against)
    acts = []
    for found in group(own, published):
        act = _act(found, client, against, linked, published)
        act = _both_ways(act, found[0], client, hosts, between)
        if _inside(act, window):
            acts.append(act)
    acts = _denials(acts)
    acts.sort(key=lambda act: (act.date is None, act.date or "", act.id))
    return Ledger(
        supporter=supporter,
        client=client,
        adversaries=against,
        since=window[0].isoformat() if window[0] else None,
        until=window[1].isoformat() if window[1] else None,
        acts=tuple(acts),
        weights_version=rules.weights_version(),
    )


def _listed(codes: Iterable[str]) -> Iterable[str]:
    return [codes] if isinstance(codes, str) else codes


def _code(code: str) -> str:
    code = code.strip().upper()
    if not code:
        raise InputError("an empty code was given: write an entity code such as RUS")
    return code


def _window(since: str | dt.date | None, until: str | dt.date | None) -> tuple[dt.date | None, dt.date | None]:
    limits: list[dt.date | None] = []
    for which, value in (("since", since), ("until", until)):
        if value is None or isinstance(value, dt.date):
            limits.append(value)
            continue
        if not is_date(value):
            raise InputError(f"{which}: {value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        limits.append(bounds(value)[0 if which == "since" else 1])
    first, last = limits
    if first and last and first > last:
        raise InputError(f"the window is empty: since {first} is after until {last}")
    return first, last


def _asks(event: Event, supporter: str, client: str) -> bool:
    return event.actor == client and event.recipient == supporter and event.type == "REQUEST"


def _bearing(events: Iterable[Event], supporter: str, client: str, adversaries: tuple[str, ...]) -> list[Event]:
    """Events among the sides and the supporter; the rest of a large store is let go at once."""
    sides = {client, *adversaries}
    kept = []
    for event in events:
        if event.type == "CONSULT" and event.recipient == supporter and event.actor in sides:
            # Talks have no direction: the codebook's actor is whoever is named first, the ledger wants the supporter.
            event = replace(event, actor=supporter, recipient=event.actor)
        if (
            (event.actor == supporter and event.recipient in sides)
            or _asks(event, supporter, client)
            or (event.actor in sides and event.recipient in sides)
        ):
            kept.append(event)
    return kept


def _elsewhere(
    events: Iterable[Event], client: str, adversaries: tuple[str, ...], published: Mapping[str, str | None]
) -> Callable[[Event], bool]:
    """A test: is the sentence about the adversary's attack on somebody else than the client?"""
    hit: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for event in events:
        if event.type == "ASSAULT" and event.actor in adversaries and event.recipient:
            hit[event.document, event.start].add(event.recipient)

    def test(event: Event) -> bool:
        attacked = (
            hit.get((event.document, event.start), set()) | named(event.quote, published.get(event.document)).attacked
        )
        return bool(attacked - set(adversaries)) and client not in attacked

    return test


def _linked(
    events: Sequence[Event],
    client: str,
    adversaries: tuple[str, ...],
    published: Mapping[str, str | None],
    elsewhere: Callable[[Event], bool],
) -> Callable[[Event], bool]:
    """A test: does the text tie this act against the adversary to the client's cause?

    It does where the sentence names the client or speaks of an attack, where the sentence or its neighbour holds an act
    of the client's, or where the same document tells of the attack on the client and the act is not older than that.
    """
    near: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
    attacks: defaultdict[str, list[dt.date | None]] = defaultdict(list)
    for event in events:
        if client in (event.actor, event.recipient):
            near[event.document].append((event.start, event.end))
        if rules.is_attack(event) and event.recipient == client and event.actor in adversaries:
            attacks[event.document].append(bounds(event.date)[0] if event.date and is_date(event.date) else None)
    first = min((day for days in attacks.values() for day in days if day), default=None)

    def test(event: Event) -> bool:
        if event.historical or elsewhere(event) or not rules.is_hostile(event):
            return False
        first_at, last_at = event.start - NEIGHBOUR, event.end + NEIGHBOUR
        if any(start <= last_at and first_at <= end for start, end in near[event.document]):
            return True
        # A warning to one adversary that names the other ("warned Washington against helping Israel") is tied as well.
        about = {client, *adversaries} - {event.recipient}
        if about & named(event.quote, published.get(event.document)).codes:
            return True
        if rules.speaks_of_attack(event.quote):
            return True
        if event.document not in attacks:
            return False
        return first is None or not event.date or not is_date(event.date) or bounds(event.date)[1] >= first

    return test


def _hosts(own: Iterable[Event]) -> set[str]:
    """Sides that the supporter only ever helps: troops that it moves there come as guests."""
    friends, foes = set(), set()
    for event in own:
        if event.type == "MOBILIZE" or event.historical or event.polarity == "negative" or event.recipient is None:
            continue
        if QUADS[event.type].endswith("cooperation"):
            friends.add(event.recipient)
        elif event.type not in rules.PARTLESS:
            foes.add(event.recipient)
    return friends - foes


def _between(own: Iterable[Event], client: str, adversaries: tuple[str, ...]) -> set[tuple[str, int]]:
    """Sentences in which the supporter offers its offices: both sides stand in them as those it offers something."""
    offered: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for event in own:
        if event.type in ("AGREE", "CONSULT") and event.recipient and rules.mediation(event.quote):
            offered[event.document, event.start].add(event.recipient)
    return {key for key, to in offered.items() if client in to and to & set(adversaries)}


def _both_ways(act: Act, lead: Event, client: str, hosts: set[str], between: set[tuple[str, int]]) -> Act:
    """An offer to mediate takes no side, though it is coded towards each; guests are no threat to their host."""
    if act.type in ("AGREE", "CONSULT") and (act.mode == "third-party" or (lead.document, lead.start) in between):
        return replace(act, direction="neutral", on_behalf=False, mode="third-party")
    if act.type == "MOBILIZE" and act.recipient in hosts and act.polarity == "positive":
        return replace(act, direction="for" if act.recipient == client else "adversary", on_behalf=False)
    return act


def _act(
    found: list[Event],
    client: str,
    adversaries: tuple[str, ...],
    linked: Callable[[Event], bool],
    published: Mapping[str, str | None],
) -> Act:
    # A report that vouches for the act outranks one that only passes on a claim.
    order = {"stands": 0, "claimed": 1, "denied": 2, "hypothetical": 3, "historical": 4}
    found = sorted(found, key=lambda event: order[rules.standing(event)])
    lead = found[0]
    standing = rules.standing(lead)
    section: Section = rules.section(lead)
    if lead.actor == client:
        section = "asked" if lead.polarity == "positive" else "withheld"
    ties = any(linked(event) for event in found)
    direction, on_behalf = rules.direction(lead, client, adversaries, ties)
    if lead.actor == client:
        direction, on_behalf = "neutral", False
    if section == "refusal" and on_behalf:
        section = "word"  # to reject what the adversary wants is a statement for the client
    modes = Counter(event.mode for event in found if event.mode)
    mode = modes.most_common(1)[0][0] if modes else None
    date, dated = _dated(found, published)
    reports = tuple(
        Report(
            document=event.document,
            start=event.start,
            end=event.end,
            quote=event.quote,
            event=event.id,
            date=event.date,
            published=published.get(event.document),
            speaker=event.speaker,
            speaker_name=event.speaker_name,
            confidence=event.confidence,
        )
        for event in found
    )
    speakers = tuple(dict.fromkeys(event.speaker for event in found if event.speaker))
    return Act(
        id=_key(lead, date),
        section=section,
        direction=direction,
        standing=standing,
        actor=lead.actor,
        recipient=lead.recipient,
        type=lead.type,
        mode=mode,
        polarity=lead.polarity,
        modality=lead.modality,
        date=date,
        dated=dated,
        weight=rules.weight(lead.type, mode),
        on_behalf=on_behalf,
        speakers=speakers,
        reports=reports,
    )


def _dated(found: list[Event], published: Mapping[str, str | None]) -> tuple[str | None, Dated]:
    """The fullest date most reports give, else the day of the first report."""
    dates = Counter(event.date for event in found if event.date and is_date(event.date))
    if dates:
        return max(dates, key=lambda date: (len(date), dates[date], date)), "event"
    days = [day for event in found if (day := published.get(event.document)) and is_date(day)]
    if days and not found[0].historical:
        return min(days, key=earliest), "report"
    return None, "none"


def _key(lead: Event, date: str | None) -> str:
    """A short id that stays the same when the same sources are coded again."""
    parts = (
        lead.actor, lead.recipient or "", lead.type, lead.polarity, lead.modality, date or "",
        lead.document, str(lead.start), lead.speaker or "",
    )  # fmt: skip
    return "a" + sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def _inside(act: Act, window: tuple[dt.date | None, dt.date | None]) -> bool:
    if act.date is None:
        return True
    first, last = bounds(act.date)
    return not ((window[0] and last < window[0]) or (window[1] and first > window[1]))


def _denials(acts: list[Act]) -> list[Act]:
    """Marks material acts that another report says did not happen: both stay, as denied, with who denies."""
    by_pair: defaultdict[tuple[str, str | None, str], list[Act]] = defaultdict(list)
    for act in acts:
        if act.polarity == "negative" and act.speakers and act.standing != "historical":
            by_pair[act.actor, act.recipient, act.type].append(act)
    marked: list[Act] = []
    for act in acts:
        contradicting = [
            denial
            for denial in by_pair.get((act.actor, act.recipient, act.type), ())
            if act.polarity == "positive" and act.standing == "claimed" and _same_time(act, denial)
        ]
        if contradicting and QUADS[act.type].startswith("material"):
            who = tuple(dict.fromkeys(speaker for denial in contradicting for speaker in denial.speakers))
            act = replace(act, standing="denied", denied_by=who)
        marked.append(act)
    return marked


def _same_time(one: Act, other: Act) -> bool:
    if one.dated != "event" or other.dated != "event":
        return True
    first, second = bounds(cast(str, one.date)), bounds(cast(str, other.date))
    return first[0] <= second[1] and second[0] <= first[1]
