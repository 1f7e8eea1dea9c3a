"""Events laid out by pair, so that the ledgers of many supporters share what does not depend on the supporter.

The rules are in `docs/ledger.md`. Reports are grouped once for each pair, whoever is the client; what ties an act to the
client's cause is gathered once for each client.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import cast

from foedus.ledger import rules
from foedus.ledger.matching import group
from foedus.ledger.mentioned import named
from foedus.model.dates import bounds, earliest, is_date
from foedus.model.event import QUADS, Event
from foedus.model.ledger import Act, Dated, Direction, Ledger, Report, Section, Standing

NEIGHBOUR = 2
"""Characters between two sentences that stand side by side."""
_ORDER = {"stands": 0, "claimed": 1, "denied": 2, "hypothetical": 3, "historical": 4}

Window = tuple[dt.date | None, dt.date | None]
Place = tuple[str, int]
"""A sentence: its document and offset."""


@dataclass(frozen=True, slots=True)
class _Told:
    """One act of a pair, before it is said whom it serves; `events` has the surest report first, `first` is that met first."""

    first: Event
    events: list[Event]
    id: str
    section: Section
    standing: Standing
    mode: str | None
    date: str | None
    dated: Dated
    speakers: tuple[str, ...]
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class _Way:
    """What one actor did towards one other: its acts, whether it helps, harms or uses force, where it appeals to it."""

    acts: list[_Told]
    near: dict[str, list[tuple[int, int]]]
    friendly: bool
    hostile: bool
    force: bool
    appeals: frozenset[Place]


@dataclass(frozen=True, slots=True)
class _Cause:
    """What the sides' own acts say of the client's cause: where it is told of, where and when it was attacked."""

    near: dict[str, list[tuple[int, int]]]
    attacked: frozenset[str]
    first: dt.date | None


class Index:
    """Events by pair. `published` gives the day of each document, for what the text does not date.

    `before` is an index of an earlier state: what has not changed since is taken over from it.
    """

    def __init__(
        self, events: Iterable[Event], published: Mapping[str, str | None], before: Index | None = None
    ) -> None:
        self.published = dict(published)
        self._pairs: defaultdict[tuple[str, str], list[tuple[int, Event]]] = defaultdict(list)
        self._assaults: defaultdict[Place, list[tuple[str, str]]] = defaultdict(list)
        for place, event in enumerate(events):
            if event.recipient is None:
                continue
            self._pairs[event.actor, event.recipient].append((place, event))
            if event.type == "ASSAULT":
                self._assaults[event.document, event.start].append((event.actor, event.recipient))
        self._ways: dict[tuple[str, str, bool], tuple[list[Event], _Way]] = {}
        self._causes: dict[tuple[str, tuple[str, ...]], _Cause] = {}
        self._ledgers: dict[tuple[str, str, tuple[str, ...], Window], tuple[_Cause, list[_Way], Ledger]] = {}
        self._before = before if before is not None and self._same_days(before) else None
        self._same_assaults = self._before is not None and self._before._assaults == self._assaults

    def _same_days(self, before: Index) -> bool:
        known = before.published
        return all(known.get(key, day) == day for key, day in self.published.items())

    def settle(self) -> None:
        """Let the earlier state go once nothing more is taken over from it."""
        self._before = None

    def ledger(
        self, supporter: str, client: str, adversaries: tuple[str, ...], window: Window = (None, None)
    ) -> Ledger:
        """Words and deeds of `supporter` that bear on `client` or its `adversaries`; codes are taken as they are."""
        sides = (client, *adversaries)
        cause = self._cause(client, adversaries)
        asked = self._way(client, supporter, True)
        ways = {side: self._way(supporter, side, False) for side in sides}
        used = [asked, *ways.values()]
        key = (supporter, client, adversaries, window)
        known = self._before._ledgers.get(key) if self._before is not None and self._same_assaults else None
        if known and known[0] == cause and all(one is two for one, two in zip(known[1], used, strict=True)):
            self._ledgers[key] = (cause, used, known[2])
            return known[2]
        near = [cause.near, ways[client].near, asked.near]
        hosts = {side for side, way in ways.items() if way.friendly and not way.hostile}
        to_both = ways[client].appeals & frozenset().union(*(ways[side].appeals for side in adversaries))
        acts = []
        for way in used:
            for told in way.acts:
                act = self._act(told, client, adversaries, cause, near)
                act = _turned(act, told.first, client, hosts, way.force, to_both)
                if inside(act, window):
                    acts.append(act)
        acts = _denials(acts)
        acts.sort(key=lambda act: (act.date is None, act.date or "", act.id))
        made = Ledger(
            supporter=supporter,
            client=client,
            adversaries=adversaries,
            since=window[0].isoformat() if window[0] else None,
            until=window[1].isoformat() if window[1] else None,
            acts=tuple(acts),
            weights_version=rules.weights_version(),
        )
        self._ledgers[key] = (cause, used, made)
        return made

    # -- pairs -------------------------------------------------------------------------------------------------

    def _way(self, actor: str, recipient: str, asks: bool) -> _Way:
        """The acts of one actor towards another; `asks` takes only what it asks of it."""
        key = (actor, recipient, asks)
        if key in self._ways:
            return self._ways[key][1]
        events = self._between(actor, recipient, asks)
        known = self._before._ways.get(key) if self._before is not None else None
        way = known[1] if known and known[0] == events else self._made(events)
        self._ways[key] = (events, way)
        return way

    def _between(self, actor: str, recipient: str, asks: bool) -> list[Event]:
        found = self._pairs.get((actor, recipient), [])
        if asks:
            return [event for _, event in found if event.type == "REQUEST"]
        # Talks have no direction: the codebook's actor is whoever is named first, the ledger wants the supporter.
        turned = [
            (place, replace(event, actor=actor, recipient=recipient))
            for place, event in self._pairs.get((recipient, actor), ())
            if event.type == "CONSULT"
        ]
        return [event for _, event in sorted([*found, *turned], key=lambda pair: pair[0])]

    def _made(self, events: Sequence[Event]) -> _Way:
        near: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        friendly = hostile = force = False
        appeals = {(event.document, event.start) for event in events if event.type == "REQUEST"}
        for event in events:
            near[event.document].append((event.start, event.end))
            if event.type == "MOBILIZE" or event.historical or event.polarity == "negative" or rules.denies(event):
                continue
            if QUADS[event.type].endswith("cooperation"):
                friendly = True
            elif event.type not in rules.PARTLESS:
                hostile = True
                force = force or rules.is_attack(event)
        acts = [_told(found, self.published) for found in group(events, self.published)]
        return _Way(acts, dict(near), friendly, hostile, force, frozenset(appeals))

    # -- whom it serves ----------------------------------------------------------------------------------------

    def _cause(self, client: str, adversaries: tuple[str, ...]) -> _Cause:
        key = (client, adversaries)
        if key in self._causes:
            return self._causes[key]
        near: defaultdict[str, list[tuple[int, int]]] = defaultdict(list)
        attacked: defaultdict[str, list[dt.date]] = defaultdict(list)
        sides = (client, *adversaries)
        for one in sides:
            for other in sides:
                if client not in (one, other):
                    continue
                for _, event in self._pairs.get((one, other), ()):
                    near[event.document].append((event.start, event.end))
                    if one in adversaries and rules.is_attack(event):
                        days = attacked[event.document]
                        if event.date and is_date(event.date):
                            days.append(bounds(event.date)[0])
        first = min((day for days in attacked.values() for day in days), default=None)
        self._causes[key] = _Cause(dict(near), frozenset(attacked), first)
        return self._causes[key]

    def _elsewhere(self, event: Event, client: str, adversaries: tuple[str, ...]) -> bool:
        """Whether the sentence is about the adversary's attack on somebody else than the client."""
        struck = self._assaults.get((event.document, event.start), ())
        attacked = {victim for attacker, victim in struck if attacker in adversaries}
        attacked |= named(event.quote, self.published.get(event.document)).attacked
        return client not in attacked and not attacked <= set(adversaries)

    def _linked(
        self,
        event: Event,
        client: str,
        adversaries: tuple[str, ...],
        cause: _Cause,
        near: Sequence[dict[str, list[tuple[int, int]]]],
    ) -> bool:
        """Whether the text ties this act against the adversary to the client's cause.

        It does where the sentence names the client or speaks of an attack, where the sentence or its neighbour holds an
        act of the client's, or where the same document tells of the attack on the client and the act is not older.
        """
        if event.historical or not rules.is_hostile(event) or self._elsewhere(event, client, adversaries):
            return False
        first_at, last_at = event.start - NEIGHBOUR, event.end + NEIGHBOUR
        for places in near:
            if any(start <= last_at and first_at <= end for start, end in places.get(event.document, ())):
                return True
        # A warning to one adversary that names the other ("warned Washington against helping Israel") is tied as well.
        about = {client, *adversaries} - {event.recipient}
        if about & named(event.quote, self.published.get(event.document)).codes:
            return True
        if rules.speaks_of_attack(event.quote):
            return True
        # Sanctions on the attacker while its attack lasts need no word of their reason, in whatever source they stand.
        sanction = event.type == "SANCTION" and bool(cause.attacked)
        if not sanction and event.document not in cause.attacked:
            return False
        first, day = cause.first, event.date or (self.published.get(event.document) if sanction else None)
        return first is None or not day or not is_date(day) or bounds(day)[1] >= first

    def _invaded(self, one: str | None, sides: Sequence[str]) -> bool:
        """Whether one side was attacked by another and is not told to have attacked any."""
        if one is None:
            return False

        def struck(attacker: str, victim: str) -> bool:
            return any(rules.is_attack(event) for _, event in self._pairs.get((attacker, victim), ()))

        return any(struck(other, one) for other in sides) and not any(struck(one, other) for other in sides)

    def _act(
        self,
        told: _Told,
        client: str,
        adversaries: tuple[str, ...],
        cause: _Cause,
        near: Sequence[dict[str, list[tuple[int, int]]]],
    ) -> Act:
        lead = told.events[0]
        section = told.section
        if lead.actor == client:
            section = "asked" if lead.polarity == "positive" else "withheld"
            direction: Direction = "neutral"
            on_behalf = False
        else:
            # Only an act against the adversary asks whether the text ties it to the client.
            ties = lead.recipient in adversaries and any(
                self._linked(event, client, adversaries, cause, near) for event in told.events
            )
            direction, on_behalf = rules.direction(lead, client, adversaries, ties)
            if rules.freezes(lead) and self._invaded(lead.recipient, (client, *adversaries)):
                direction, on_behalf = "neutral", False
        if section == "refusal" and on_behalf:
            section = "word"  # to reject what the adversary wants is a statement for the client
        return Act(
            id=told.id,
            section=section,
            direction=direction,
            standing=told.standing,
            actor=lead.actor,
            recipient=lead.recipient,
            type=lead.type,
            mode=told.mode,
            polarity=lead.polarity,
            modality=lead.modality,
            date=told.date,
            dated=told.dated,
            weight=rules.weight(lead.type, told.mode),
            on_behalf=on_behalf,
            speakers=told.speakers,
            reports=told.reports,
        )


def _turned(act: Act, lead: Event, client: str, hosts: set[str], force: bool, to_both: frozenset[Place]) -> Act:
    """What the rest of the ledger says of an act: mediation and an appeal to both in one sentence take no side; guests are
    no threat to their host, and leave it when they withdraw, unless they came by `force`."""
    if rules.mediates(lead):
        return replace(act, direction="neutral", on_behalf=False, mode="third-party")
    if act.type == "REQUEST" and act.section != "asked" and (lead.document, lead.start) in to_both:
        return replace(act, direction="neutral", on_behalf=False)
    if rules.leaves(lead) and act.section == "deed" and not force:
        return replace(act, section="withheld")
    if act.type == "MOBILIZE" and act.recipient in hosts and act.polarity == "positive":
        return replace(act, direction="for" if act.recipient == client else "adversary", on_behalf=False)
    return act


def _told(found: Sequence[Event], published: Mapping[str, str | None]) -> _Told:
    # A report that vouches for the act outranks one that only passes on a claim.
    standing = {id(event): rules.standing(event) for event in found}
    events = sorted(found, key=lambda event: _ORDER[standing[id(event)]])
    lead = events[0]
    modes = Counter(event.mode for event in events if event.mode)
    date, dated = _dated(events, published)
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
        for event in events
    )
    return _Told(
        first=found[0],
        events=events,
        id=_key(lead, date),
        section=rules.section(lead),
        standing=standing[id(lead)],
        mode=modes.most_common(1)[0][0] if modes else None,
        date=date,
        dated=dated,
        speakers=tuple(dict.fromkeys(event.speaker for event in events if event.speaker)),
        reports=reports,
    )


def _dated(found: Sequence[Event], published: Mapping[str, str | None]) -> tuple[str | None, Dated]:
    """The fullest date most reports give, else the day of the first report."""
    dates = Counter(event.date for event in found if event.date and is_date(event.date))
    if dates:
        return max(dates, key=lambda date: (len(date), dates[date], date)), "event"
    days = [day for event in found if (day := published.get(event.document)) and is_date(day)]
    if days and not found[0].historical:
        return min(days, key=earliest), "report"
    return None, "none"


def _key(lead: Event, date: str | None) -> str:
    """A short id that stays the same when the same sources are coded again; an imported row, which stands in no text, has
    its own id in it."""
    parts = (
        lead.actor, lead.recipient or "", lead.type, lead.polarity, lead.modality, date or "",
        lead.document, str(lead.start), lead.speaker or "", *(() if lead.document else (lead.id,)),
    )  # fmt: skip
    return "a" + sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:10]


def inside(act: Act, window: Window) -> bool:
    """Whether an act may fall into a window; without a date it may."""
    if act.date is None or window == (None, None):
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
