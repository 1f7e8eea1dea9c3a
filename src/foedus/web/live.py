"""The live brief: crisis, ledgers, duties and answer lines, worked out from the events in the store and its reviews."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from foedus.brief import answers, labels, pairs
from foedus.brief.build import brought_near, speaks
from foedus.brief.model import Answer, Commitment, CrisisPart, Pair
from foedus.brief.text import is_heading
from foedus.errors import CrisisError, FoedusError, InputError
from foedus.ledger.index import Index
from foedus.ledger.ledger import window
from foedus.model.crisis import Crisis
from foedus.model.dates import bounds, earliest
from foedus.model.duty import Duty
from foedus.model.event import VAGUE, Event
from foedus.model.ledger import Ledger
from foedus.web.ask import Ask
from foedus.web.finding import find, in_order, within
from foedus.web.shelf import Header, Shelf
from foedus.web.wanted import Wanted, moved_in, moved_out

if TYPE_CHECKING:
    from foedus.world.world import World

T = TypeVar("T")
MOST_STATES: Final = 16
"""Third states with a ledger on one page; the others are named and open on their own page."""
MOST_EVENTS: Final = 200_000
"""Events counted for one crisis: of more, the newest, and the page says so."""
ASKED: Final = 600.0
"""Seconds for which what somebody asked of a view is made ready with its successors."""
MOST_CARRIED: Final = 24
MOST_KEPT: Final = 200


@dataclass(slots=True)
class _Follows:
    """What follows from a view: how it is made, when somebody last asked for it, and a lock for its making."""

    make: Callable[[Live], Any]
    asked: float
    lock: threading.RLock = field(default_factory=threading.RLock)
    made: bool = False
    value: Any = None


@dataclass(frozen=True)
class Live:
    """Everything the views of one crisis share. `index` holds its events by pair; `cut` says which of them are left out,
    where there are too many."""

    ask: Ask
    crisis: CrisisPart
    sides: tuple[tuple[str, ...], tuple[str, ...]]
    events: tuple[Event, ...]
    index: Index
    headers: dict[str, Header]
    cut: str
    books: dict[str, Ledger]
    pairs: dict[str, Pair]
    answers: tuple[Answer, ...]
    others: tuple[tuple[str, int], ...]
    duties: tuple[Duty, ...]
    duties_note: str
    commitments: tuple[Commitment, ...]
    silent: tuple[str, ...]
    _kept: dict[Hashable, _Follows] = field(default_factory=dict, compare=False, repr=False)
    _lock: threading.Lock = field(default_factory=threading.Lock, compare=False, repr=False)

    def keep(self, key: Hashable, make: Callable[[Live], T]) -> T:
        """What follows from this view and nothing else, made once: it can never be of another state of the store.

        `make` gets the view and must not hold another: it also makes what follows from the view's successor.
        """
        with self._lock:
            own = self._kept.setdefault(key, _Follows(make, 0.0))
            own.asked = time.monotonic()
            if len(self._kept) > MOST_KEPT:
                # What-ifs without end: the one that nobody has asked for longest goes.
                del self._kept[min((k for k in self._kept if k != key), key=lambda k: self._kept[k].asked)]
        return cast(T, self._made(own))

    def holds(self, key: Hashable) -> bool:
        """Whether what follows from this view is made already."""
        with self._lock:
            return key in self._kept and self._kept[key].made

    def _made(self, own: _Follows) -> Any:
        # A lock for each: the page must not wait for the estimates.
        with own.lock:
            if not own.made:
                own.value = own.make(self)
                own.made = True
            return own.value

    def make_ready(self, before: Live) -> None:
        """Make what people lately asked of the view before this one, so that nobody waits when this one takes its place."""
        now = time.monotonic()
        with before._lock:
            lately = [(key, old) for key, old in before._kept.items() if old.made and now - old.asked < ASKED]
        for key, old in sorted(lately, key=lambda item: item[1].asked)[-MOST_CARRIED:]:
            with self._lock:
                own = self._kept.setdefault(key, _Follows(old.make, old.asked))
            try:
                self._made(own)
            except FoedusError:
                continue  # whoever asks for it is told

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

    @property
    def published(self) -> dict[str, str | None]:
        """Day of publication by document."""
        return self.index.published


def live(shelf: Shelf, ask: Ask, world: World) -> Live:
    """The live brief of a question. Raises CrisisError where no crisis is given or found, InputError for a bad window."""
    key = ("live", ask)

    def make() -> Live:
        before: Live | None = shelf.last(key)
        found = _live(shelf, ask, world, before)
        if before is not None:
            found.make_ready(before)
        return found

    return shelf.memo(key, make)


def _live(shelf: Shelf, ask: Ask, world: World, before: Live | None) -> Live:
    crisis = find(shelf, ask)
    attacked, attackers = crisis.attacked, tuple(attack.attacker for attack in crisis.attackers)
    raw, headers, cut = _bearing(shelf, ask, (*attacked, *attackers))
    raw, headers = _as_reviewed(shelf, ask, (*attacked, *attackers), raw, headers)
    found = shelf.dated_back(shelf.corrected(raw))
    if crisis.looking_back:
        # As in the brief: what stands in a paragraph of background stays background.
        found = shelf.dated_back(brought_near(found, crisis))
    published = {name: header.published for name, header in headers.items()}
    index = Index(found, published, before.index if before is not None else None)
    books, others = _books(found, index, crisis, ask)
    index.settle()
    axis = pairs.axis(books.values(), crisis, ask.step)
    duties, note = _duties(crisis, world)
    known = list(books)
    speaking = [code for code, book in books.items() if speaks(book)]
    idle = [code for code in known if code not in speaking]
    drawn = {code: pairs.pair(book, {}, {}, axis) for code, book in books.items()}
    return Live(
        ask=ask,
        crisis=crisis,
        sides=(attacked, attackers),
        events=tuple(found),
        index=index,
        headers=headers,
        cut=cut,
        books=books,
        pairs=drawn,
        answers=tuple(answers.answer(books[code], duties, drawn[code].key) for code in speaking),
        others=others,
        duties=tuple(duties or ()),
        duties_note=note,
        commitments=answers.commitments(
            duties or (),
            speaking,
            crisis,
            named=idle,
            broken={(book.supporter, book.client) for book in books.values() if answers.attacks(book)},
        ),
        silent=answers.silent(duties or (), speaking, [], idle)[:15],
    )


def _bearing(shelf: Shelf, ask: Ask, sides: tuple[str, ...]) -> tuple[list[Event], dict[str, Header], str]:
    """Events to or by a side, section titles left out, in the order of the store; headers of their documents; and
    which events are left out, where there are too many."""

    def make() -> tuple[list[Event], dict[str, Header], str]:
        where = ["(actor IN (SELECT unnest(?)) OR recipient IN (SELECT unnest(?)))"]
        params: list[Any] = [list(sides), list(sides)]
        within(ask, where, params)
        found, cut = shelf.newest(" AND ".join(where), params, MOST_EVENTS)
        headers = shelf.headers(event.document for event in found if event.document)
        return _prose(in_order(found, headers)), headers, cut

    return shelf.memo(("bearing", sides, ask.since, ask.until), make, reviews=False)


def _as_reviewed(
    shelf: Shelf, ask: Ask, sides: tuple[str, ...], raw: list[Event], headers: dict[str, Header]
) -> tuple[list[Event], dict[str, Header]]:
    """The same with the events that bear on a side only as their reviewers see them, without those that leave the window."""
    new = moved_in(shelf, raw, Wanted(since=ask.since, until=ask.until), sides)
    gone = moved_out(shelf, ask.since, ask.until)
    if not new and not gone:
        return raw, headers
    headers = headers | shelf.headers(event.document for event in new if event.document)
    return in_order([*(event for event in raw if event.id not in gone), *new], headers), headers


def _prose(events: Sequence[Event]) -> list[Event]:
    """Events without those of section titles, as in the brief: titles repeat what the text goes on to tell."""
    titles: dict[tuple[str, int, int], bool] = {}
    with_prose: set[str] = set()
    for event in events:
        key = (event.document, event.start, event.end)
        if key not in titles:
            titles[key] = bool(event.quote) and is_heading(event.quote)
            if not titles[key]:
                with_prose.add(event.document)
    return [
        event
        for event in events
        if not (titles[event.document, event.start, event.end] and event.document in with_prose)
    ]


def book(view: Live, supporter: str) -> tuple[Ledger, Pair]:
    """The ledger of one third state, whether or not it stands on the crisis page. Raises InputError for a side."""
    if supporter in view.books:
        return view.books[supporter], view.pairs[supporter]
    if supporter in view.both:
        raise InputError(f"{supporter} is a side of this crisis itself: look at a third state")

    def make(view: Live) -> tuple[Ledger, Pair]:
        one = pairs.book(view.index, supporter, *view.sides, window=window(view.ask.since, view.ask.until))
        return one, pairs.pair(one, {}, {}, pairs.axis([one], view.crisis, view.ask.step))

    return view.keep(("book", supporter), make)


def _books(
    events: Sequence[Event], index: Index, crisis: CrisisPart, ask: Ask
) -> tuple[dict[str, Ledger], tuple[tuple[str, int], ...]]:
    """Ledgers of the busiest third states; and the other third states with their events."""
    attacked, attackers = crisis.attacked, tuple(attack.attacker for attack in crisis.attackers)
    both = {*attacked, *attackers}
    busy = Counter(
        code for event in events for code in (event.actor, event.recipient) if code and code not in both | VAGUE
    )
    ranked = [code for code in pairs.third(events, both) if code not in VAGUE]
    inside = window(ask.since, ask.until)
    books = {code: pairs.book(index, code, attacked, attackers, window=inside) for code in ranked[:MOST_STATES]}
    weight = {code: sum(act.standing == "stands" for act in one.acts) for code, one in books.items()}
    ordered = sorted(books, key=lambda code: (-len(books[code].deeds) - weight[code], code))
    others = tuple((code, busy[code]) for code in ranked if code not in books)
    return {code: books[code] for code in ordered}, others


def _duties(crisis: CrisisPart, world: World) -> tuple[list[Duty] | None, str]:
    if crisis.date is None:
        return None, "Treaties were not looked up: the day of the attack is not known; give it above."
    from foedus.world.duties import duties

    asked = Crisis(crisis.attacked, [attack.attacker for attack in crisis.attackers], earliest(crisis.date))
    try:
        return duties(asked, world), ""
    except CrisisError as error:
        return None, f"Treaties were not looked up: {error}."


def span(view: Live) -> tuple[dt.date, dt.date] | None:
    """First and last full day that the acts of the ledgers know; without any, the span of their months and years."""
    dates = [act.date for one in view.books.values() for act in one.acts if act.date and act.standing != "historical"]
    days = [bounds(date)[0] for date in dates if len(date) == 10]
    days += [earliest(attack.date) for attack in view.crisis.attackers if attack.date]
    days = days or [day for date in dates for day in bounds(date)]
    return (min(days), max(days)) if days else None
