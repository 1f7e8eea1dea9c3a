"""Which third states matter, for whom they stand, and their ledgers as a reader sees them."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from foedus.brief import evidence, labels, wording
from foedus.brief.model import ActLine, Block, Chart, Column, CrisisPart, Pair
from foedus.brief.text import Text
from foedus.errors import InputError
from foedus.ledger import rules
from foedus.ledger.background import mark
from foedus.ledger.index import Index, Window
from foedus.ledger.ledger import window
from foedus.ledger.series import Step, days, fitting, floor, series
from foedus.model.dates import bounds
from foedus.model.event import QUADS, VAGUE, Event
from foedus.model.ledger import Act, Bucket, Ledger

_APPOSED = re.compile(r",?\s+(?:and\s+)?(?:(?:the|now|then|current|currently)\s+){0,2}")
_DEED = 2.0
"""How much more a deed says of a state's side than words of the same weight."""
_DOUBTED = 0.1
GROUPS: tuple[tuple[str, str], ...] = (
    ("deeds", "Deeds"),
    ("words", "Words"),
    ("promises", "Promises and offers"),
    ("refusals", "Refused"),
    ("withheld", "Help that did not come"),
    ("against", "Against the client"),
    ("to_adversary", "Friendly to the other side"),
    ("asked", "Asked for by the client"),
    ("claims", "Claimed by somebody, vouched for by no source"),
    ("denied", "Denied"),
    ("hypothetical", "Hypothetical or foreseen"),
    ("other", "Towards both or neither"),
    ("historical", "Background"),
)


def choose(
    events: Sequence[Event],
    texts: Sequence[Text],
    crisis: CrisisPart,
    *,
    supporters: Iterable[str] = (),
    client: str | None = None,
    since: str | None = None,
    until: str | None = None,
) -> list[Ledger]:
    """One ledger for each third actor with something to show, the fullest first.

    The client is the side whose favour the acts serve more (the attacked side where that is even), unless it is given.
    Raises InputError when a given supporter or client cannot be one.
    """
    attacked, attackers = crisis.attacked, tuple(attack.attacker for attack in crisis.attackers)
    sides = set(attacked) | set(attackers)
    asked_for = [code.strip().upper() for code in supporters if code.strip()]
    if client is not None:
        client = client.strip().upper()
        if client not in sides:
            raise InputError(f"--client {client} is no side of this crisis: choose one of {', '.join(sorted(sides))}")
    for code in asked_for:
        if code in sides:
            raise InputError(f"--supporter {code} is a side of this crisis itself: name a third state")
    inside = window(since, until)
    documents = {text.document.id: text.document for text in texts}
    index = Index(mark(events, documents), {key: document.published for key, document in documents.items()})
    books = (book(index, code, attacked, attackers, client, inside) for code in asked_for or third(events, sides))
    return sorted((one for one in books if one.acts or asked_for), key=lambda one: (-_weight(one), one.supporter))


def book(
    index: Index,
    supporter: str,
    attacked: tuple[str, ...],
    attackers: tuple[str, ...],
    client: str | None = None,
    window: Window = (None, None),
) -> Ledger:
    """The ledger of one third actor: for `client`, or for the side that its acts serve more."""

    def towards(one: str) -> Ledger:
        return index.ledger(supporter, one, attackers if one in attacked else attacked, window)

    if client is not None:
        return towards(client)
    return _side([towards(one) for one in attacked], [towards(one) for one in attackers])


def third(events: Iterable[Event], sides: Collection[str]) -> list[str]:
    """Actors beyond the sides with an act towards one, or of whom a side asks something; the busiest first."""
    seen: Counter[str] = Counter()
    for event in events:
        if event.actor in sides and event.recipient not in sides and event.recipient:
            if event.type in ("REQUEST", "CONSULT"):
                seen[event.recipient] += 1
        elif event.recipient in sides and event.actor not in sides:
            seen[event.actor] += 1
    return [code for code, _ in seen.most_common() if code not in VAGUE]


def _side(attacked: list[Ledger], attackers: list[Ledger]) -> Ledger:
    """The ledger that tells most: of the side which the actor's acts serve more."""
    there, here = max(attackers, key=_for), max(attacked, key=_for)
    only_there = _addressed(there) and not _addressed(here) and _for(there) >= _for(here)
    side = attackers if _for(there) > max(_for(here), 0.0) or only_there else attacked
    return max(side, key=lambda one: (_for(one), len(one.acts), one.client == side[0].client))


def _for(book: Ledger) -> float:
    """Weight of the acts that serve the client, less that of those against it; a deed outweighs words."""
    serving = _force(book.words) + _force(book.deeds) + _force(book.promises) + 0.5 * _force(book.claims)
    return serving - 1.5 * _force(book.against) - 0.5 * _force(book.to_adversary)


def _force(acts: Iterable[Act]) -> float:
    return sum(act.weight * _telling(act) for act in acts)


def _telling(act: Act) -> float:
    """How far an act tells a side: a deed most, a blow that the coder itself doubts hardly at all."""
    doubted = max((report.confidence for report in act.reports), default=1.0) < 0.5
    if doubted and QUADS[act.type] == "material conflict":
        return _DOUBTED
    return _DEED if act.section == "deed" else 1.0


def _addressed(book: Ledger) -> bool:
    """Whether anything in the ledger is for or against its client, or withheld from it."""
    return any(act.direction in ("for", "against") for act in book.acts)


def _weight(book: Ledger) -> float:
    """How much there is to say of a pair."""
    apart = len(book.hypothetical) + len(book.claims) + len(book.denied)
    stand = sum(act.standing == "stands" for act in book.acts)
    return stand + len(book.refusals) + len(book.deeds) + 0.5 * apart + 0.1 * len(book.historical)


@dataclass(frozen=True, slots=True)
class Axis:
    """The time axis that all charts of a brief share, and the days on which attacks began."""

    step: Step
    first: dt.date | None
    last: dt.date | None
    attacks: tuple[tuple[str, dt.date], ...]


def axis(books: Iterable[Ledger], crisis: CrisisPart, step: Step | None) -> Axis:
    """One axis for all pairs: from the first to the last day known, the attacks included where they lie near."""
    known = [day for book in books for day in days(act for act in book.acts if act.standing != "historical")]
    began = []
    for attack in crisis.attackers:
        if attack.date and bounds(attack.date)[0] == bounds(attack.date)[1]:
            began.append((labels.name(attack.attacker), bounds(attack.date)[0]))
    if known:
        near = dt.timedelta(days=60)
        began = [(who, day) for who, day in began if min(known) - near <= day <= max(known) + near]
    every = known + [day for _, day in began]
    first, last = (min(every), max(every)) if every else (None, None)
    return Axis(step or fitting(every), first, last, tuple(began))


def pair(book: Ledger, texts: dict[str, Text], events: dict[str, list[Event]], shared: Axis) -> Pair:
    """A ledger as a reader sees it. `texts` by document id; `events` by document id, to find persons and anchors."""
    lines = {act.id: _line(act, texts, events) for act in book.acts}
    groups = []
    placed: set[str] = set()
    for name, title in GROUPS:
        acts = _rest(book, placed) if name == "other" else getattr(book, name)
        keys = tuple(act.id for act in acts if act.id not in placed)
        placed.update(keys)
        if keys:
            groups.append((name, title, keys))
    key = f"{book.supporter}-{book.client}".lower().replace(" ", "-")
    return Pair(
        key=f"pair-{key}",
        supporter=book.supporter,
        client=book.client,
        adversaries=book.adversaries,
        chart=_chart(book, lines, shared),
        acts=tuple(lines.values()),
        groups=tuple(groups),
    )


def _rest(book: Ledger, placed: set[str]) -> tuple[Act, ...]:
    return tuple(act for act in book.acts if act.id not in placed and act.standing == "stands")


def _line(act: Act, texts: dict[str, Text], events: dict[str, list[Event]]) -> ActLine:
    told = []
    people: list[str] = []
    lead: Event | None = None
    for report in act.reports:
        text = texts.get(report.document)
        if text is None:
            continue
        match = next(
            (
                event
                for event in events.get(report.document, ())
                if event.start == report.start
                and event.type == act.type
                and {event.actor, event.recipient} == {act.actor, act.recipient}
            ),
            None,
        )
        if match is not None:
            lead = lead or match
            told.append(evidence.of(text, match))
            who = person(text, match)
            if who:
                people.append(who)
    what = labels.act(act.actor, act.recipient, act.type, act.mode, act.polarity, act.modality)
    if lead is not None and (rules.denies(lead) or rules.declined(lead)):
        what = wording.told(lead)
    if people:
        what = f"{what} ({labels.listed(list(dict.fromkeys(people)))})"
    return ActLine(
        key=act.id,
        section=act.section,
        direction=act.direction,
        standing=act.standing,
        on_behalf=act.on_behalf,
        date=act.date,
        dated=act.dated,
        what=what,
        type=act.type,
        mode=act.mode,
        intensity=act.intensity,
        reports=len(act.reports),
        speakers=act.speakers,
        denied_by=act.denied_by,
        evidence=tuple(dict.fromkeys(told)),
    )


def person(text: Text, event: Event) -> str | None:
    """The person through whom an actor acted, where the text names one."""
    span = event.actor_span
    line = text.at(event.start)
    if span is None or line is None:
        return None
    for mention in line.mentions:
        if mention.person and mention.start < span.end and span.start < mention.end:
            return mention.person
    for mention in line.mentions:
        # "the former president and current deputy chairman of the Security Council": one person in two offices
        between = text.document.text[span.end : mention.start]
        if mention.person and mention.code == event.actor and _APPOSED.fullmatch(between):
            return mention.person
    return None


def _chart(book: Ledger, lines: dict[str, ActLine], shared: Axis) -> Chart:
    laid = series(book, shared.step, shared.first, shared.last)
    places = {bucket.start: place for place, bucket in enumerate(laid.buckets)}
    began = [(who, places.get(floor(day, shared.step).isoformat())) for who, day in shared.attacks]
    return Chart(
        step=laid.step,
        columns=tuple(_column(bucket, lines, laid.step) for bucket in laid.buckets),
        undated=_column(laid.undated, lines, laid.step),
        attacks=tuple((who, place) for who, place in began if place is not None),
    )


def _column(bucket: Bucket, lines: dict[str, ActLine], step: Step) -> Column:
    label = "no day"
    if bucket.start:
        day = dt.date.fromisoformat(bucket.start)
        label = f"{labels.MONTHS[day.month - 1][:3]} {day.year}" if step == "month" else labels.short_day(day)
    return Column(
        start=bucket.start,
        label=label,
        words=_blocks(bucket.words, lines),
        deeds=_blocks(bucket.deeds, lines),
        promises=_blocks(bucket.promises, lines),
    )


_STYLES = ("for", "behalf", "neutral", "adversary", "against")


def _blocks(keys: Iterable[str], lines: dict[str, ActLine]) -> tuple[Block, ...]:
    blocks = []
    for key in keys:
        line = lines[key]
        style = "behalf" if line.on_behalf and line.direction == "for" else line.direction
        pattern = "solid"
        if line.section == "withheld":
            pattern = "hollow"
        if line.standing in ("hypothetical", "denied", "claimed"):
            pattern = "hatched"
        blocks.append(Block(key, style, pattern, title(line), line.dated))  # type: ignore[arg-type]
    return tuple(sorted(blocks, key=lambda block: _STYLES.index(block.style)))


def title(line: ActLine) -> str:
    """An act with its date and doubt, as a tooltip has it."""
    notes = []
    if line.date:
        notes.append(labels.date(line.date) + (" (date of the report)" if line.dated == "report" else ""))
    if line.on_behalf:
        notes.append("on the client's behalf")
    if line.standing != "stands":
        notes.append(line.standing)
    if line.reports > 1:
        notes.append(labels.plural(line.reports, "report"))
    return f"{line.what}; {', '.join(notes)}" if notes else line.what
