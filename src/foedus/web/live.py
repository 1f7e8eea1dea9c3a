"""The live brief: crisis, ledgers, duties and answer lines, worked out from the events in the store and its reviews."""

from __future__ import annotations

import datetime as dt
import threading
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar

from foedus.brief import answers, labels, pairs, timeline
from foedus.brief import crisis as crises
from foedus.brief.build import _bring_near
from foedus.brief.model import Answer, Commitment, CrisisPart, Pair, TimelineRow
from foedus.brief.text import Line, Text, is_heading, lay_out
from foedus.errors import CrisisError
from foedus.model.crisis import Crisis
from foedus.model.dates import bounds, earliest
from foedus.model.document import Document
from foedus.model.duty import Duty
from foedus.model.event import VAGUE, Event
from foedus.model.ledger import Ledger
from foedus.web.ask import Ask
from foedus.web.shelf import Header, Shelf

if TYPE_CHECKING:
    from foedus.world.world import World

T = TypeVar("T")
MOST_STATES: Final = 16
"""Third states with a ledger on one page; the others are named and open on their own page."""
WHOLE: Final = 60
"""Documents up to which the crisis is looked for in whole texts; beyond, in the coded sentences alone."""


@dataclass(frozen=True)
class Live:
    """Everything the views of one crisis share. `texts` hold the coded sentences only, by document."""

    ask: Ask
    crisis: CrisisPart
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    events: tuple[Event, ...]
    texts: dict[str, Text]
    headers: dict[str, Header]
    books: dict[str, Ledger]
    pairs: dict[str, Pair]
    answers: tuple[Answer, ...]
    others: tuple[tuple[str, int], ...]
    duties: tuple[Duty, ...]
    duties_note: str
    commitments: tuple[Commitment, ...]
    silent: tuple[str, ...]
    _kept: dict[Hashable, Any] = field(default_factory=dict, compare=False, repr=False)
    _lock: threading.RLock = field(default_factory=threading.RLock, compare=False, repr=False)

    def keep(self, key: Hashable, make: Callable[[], T]) -> T:
        """What follows from this view and nothing else, made once: it can never be of another state of the store."""
        with self._lock:
            if key not in self._kept:
                self._kept[key] = make()
            found: T = self._kept[key]
        return found

    @property
    def both(self) -> set[str]:
        """Codes of either side."""
        return {*self.sides[0], *self.sides[1]}

    @property
    def title(self) -> str:
        """The headline."""
        attacked = labels.listed([labels.running(code) for code in self.sides[0]])
        attackers = labels.listed([labels.running(code) for code in self.sides[1]])
        return f"{labels.capital(attacked)}, attacked by {attackers}"

    @property
    def model(self) -> Crisis | None:
        """The crisis as the world's functions take it; None where its day is not known."""
        if self.crisis.date is None:
            return None
        return Crisis(self.sides[0], self.sides[1], earliest(self.crisis.date))

    def published(self) -> dict[str, str | None]:
        """Day of publication by document."""
        return {key: text.document.published for key, text in self.texts.items()}


def light(events: Iterable[Event], headers: dict[str, Header]) -> dict[str, Text]:
    """Documents cut down to their coded sentences. Section titles go, as in the brief: they repeat what the text tells."""
    by_place: defaultdict[str, defaultdict[tuple[int, int], list[Event]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        by_place[event.document][event.start, event.end].append(event)
    texts: dict[str, Text] = {}
    for name, places in by_place.items():
        header = headers.get(name)
        document = Document(
            text="",
            id=name or "imported",
            title=header.title if header else None,
            outlet=header.outlet if header else None,
            byline=header.byline if header else None,
            published=header.published if header else None,
        )
        prose = any(not is_heading(found[0].quote) for found in places.values() if found[0].quote)
        lines = [
            Line(f"{name}~{start}", start, end, number, False, [], found)
            for number, ((start, end), found) in enumerate(sorted(places.items()))
            if not (prose and found[0].quote and is_heading(found[0].quote))
        ]
        texts[name] = Text(name, document, lines)
    return texts


def find(shelf: Shelf, ask: Ask) -> CrisisPart:
    """The crisis as asked, or found in the store. Raises CrisisError where neither says."""

    def make() -> CrisisPart:
        where = ["type IN ('ASSAULT', 'COERCE', 'ACCUSE')"]
        params: list[Any] = []
        if ask.given:
            where.append("(actor IN (SELECT unnest(?)) AND recipient IN (SELECT unnest(?)))")
            params += [list(ask.by), list(ask.attacked)]
        _window(ask, where, params)
        events = shelf.store.events(" AND ".join(where), params, limit=20_000, corrected=True)
        names = {event.document for event in events}
        headers = shelf.headers(names)
        if len(names) <= WHOLE:
            held = defaultdict(list)
            for event in events:
                held[event.document].append(event)
            texts = {
                name: lay_out(name, shelf.store.document(name), held[name]) if name in headers else text
                for name, text in light(events, headers).items()
            }
        else:
            texts = light(events, headers)
        return crises.find(list(texts.values()), ask.attacked, ask.by, ask.on)

    return shelf.memo(("crisis", ask.attacked, ask.by, ask.on, ask.since, ask.until), make)


def live(shelf: Shelf, ask: Ask, world: World) -> Live:
    """The live brief of a question. Raises CrisisError where no crisis is given or found, InputError for a bad window."""
    return shelf.memo(("live", ask), lambda: _live(shelf, ask, world))


def _live(shelf: Shelf, ask: Ask, world: World) -> Live:
    crisis = find(shelf, ask)
    attacked, attackers = crisis.attacked, tuple(attack.attacker for attack in crisis.attackers)
    both = [*attacked, *attackers]
    where = ["(actor IN (SELECT unnest(?)) OR recipient IN (SELECT unnest(?)))"]
    params: list[Any] = [both, both]
    _window(ask, where, params)
    found = shelf.store.events(" AND ".join(where), params, corrected=True)
    headers = shelf.headers(event.document for event in found if event.document)
    texts = light(found, headers)
    if crisis.looking_back:
        _bring_near(list(texts.values()), crisis)
    events = tuple(event for text in texts.values() for line in text.lines for event in line.events)
    books, others = _books(events, texts, crisis, ask, [])
    axis = pairs.axis(books.values(), crisis, ask.step)
    duties, note = _duties(crisis, world)
    known = list(books)
    speaking = [code for code, book in books.items() if _speaks(book)]
    idle = [code for code in known if code not in speaking]
    drawn = {code: pairs.pair(book, {}, {}, axis) for code, book in books.items()}
    return Live(
        ask=ask,
        crisis=crisis,
        sides=(attacked, attackers),
        events=events,
        texts=texts,
        headers=headers,
        books=books,
        pairs=drawn,
        answers=tuple(answers.answer(books[code], duties, drawn[code].key) for code in speaking),
        others=others,
        duties=tuple(duties or ()),
        duties_note=note,
        commitments=answers.commitments(duties or (), speaking, crisis),
        silent=answers.silent(duties or (), speaking, [], idle)[:15],
    )


def book(view: Live, supporter: str) -> tuple[Ledger, Pair]:
    """The ledger of one third state, whether or not it stands on the crisis page. Raises InputError for a side."""
    if supporter in view.books:
        return view.books[supporter], view.pairs[supporter]

    def make() -> tuple[Ledger, Pair]:
        books, _ = _books(view.events, view.texts, view.crisis, view.ask, [supporter])
        one = books[supporter]
        return one, pairs.pair(one, {}, {}, pairs.axis([one], view.crisis, view.ask.step))

    return view.keep(("book", supporter), make)


def _books(
    events: Sequence[Event], texts: dict[str, Text], crisis: CrisisPart, ask: Ask, only: Sequence[str]
) -> tuple[dict[str, Ledger], tuple[tuple[str, int], ...]]:
    """Ledgers of the busiest third states, or of those asked for; and the other third states with their events."""
    both = {*crisis.attacked, *(attack.attacker for attack in crisis.attackers)}
    busy = Counter(
        code for event in events for code in (event.actor, event.recipient) if code and code not in both | VAGUE
    )
    ranked = [code for code in pairs.third(events, both) if code not in VAGUE]
    chosen = list(only) or ranked[:MOST_STATES]
    # Each ledger sees its own events and those between the sides: the others cannot bear on it.
    shared: list[Event] = []
    own: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        if event.actor in both and event.recipient in both:
            shared.append(event)
            continue
        for code in {event.actor, event.recipient} - both:
            if code:
                own[code].append(event)
    light_texts = list(texts.values())
    books: dict[str, Ledger] = {}
    for code in chosen:
        one = pairs.choose(
            [*shared, *own[code]], light_texts, crisis, supporters=[code], since=ask.since, until=ask.until
        )
        books[code] = one[0]
    weight = {code: sum(act.standing == "stands" for act in one.acts) for code, one in books.items()}
    ordered = sorted(books, key=lambda code: (-len(books[code].deeds) - weight[code], code))
    others = tuple((code, busy[code]) for code in ranked if code not in books)
    return {code: books[code] for code in ordered}, others


def _speaks(one: Ledger) -> bool:
    counts = one.counts
    return any(counts[name].acts for name in counts if name not in ("historical", "asked"))


def _duties(crisis: CrisisPart, world: World) -> tuple[list[Duty] | None, str]:
    if crisis.date is None:
        return None, "Treaties were not looked up: the day of the attack is not known; give it above."
    from foedus.world.duties import duties

    asked = Crisis(crisis.attacked, [attack.attacker for attack in crisis.attackers], earliest(crisis.date))
    try:
        return duties(asked, world), ""
    except CrisisError as error:
        return None, f"Treaties were not looked up: {error}."


def _window(ask: Ask, where: list[str], params: list[Any]) -> None:
    """Conditions of the window; what has no day stays in, since no date is no reason to drop an act."""
    if ask.since:
        where.append("(day IS NULL OR day >= CAST(? AS DATE) OR historical)")
        params.append(bounds(ask.since)[0].isoformat())
    if ask.until:
        where.append("(day IS NULL OR day <= CAST(? AS DATE))")
        params.append(bounds(ask.until)[1].isoformat())


def lanes(view: Live) -> tuple[tuple[TimelineRow, ...], tuple[TimelineRow, ...]]:
    """All acts of the crisis as rows of a timeline, and its background."""
    return timeline.rows(list(view.texts.values()), [*view.both, *view.books])


def span(view: Live) -> tuple[dt.date, dt.date] | None:
    """First and last full day that the acts of the ledgers know."""
    days = [
        bounds(act.date)[0]
        for one in view.books.values()
        for act in one.acts
        if act.date and len(act.date) == 10 and act.standing != "historical"
    ]
    days += [earliest(attack.date) for attack in view.crisis.attackers if attack.date]
    return (min(days), max(days)) if days else None
