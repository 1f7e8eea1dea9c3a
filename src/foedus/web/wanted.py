"""Which events are asked for. An event is found by what it is as its reviewers see it, not by what the coder had made of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.errors import InputError
from foedus.model.dates import bounds
from foedus.model.event import QUADS, Event
from foedus.web.ask import codes, day
from foedus.web.shelf import Shelf

KINDS: Final = ("word", "deed", "withheld")


@dataclass(frozen=True)
class Wanted:
    """Conditions on an event; empty ones hold for all."""

    actor: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    speaker: tuple[str, ...] = ()
    type: str = ""
    kind: str = ""
    document: str = ""
    since: str | None = None
    until: str | None = None

    def sql(self) -> tuple[list[str], list[Any]]:
        """The conditions over the store's columns, as coded."""
        where: list[str] = []
        params: list[Any] = []
        for column in ("actor", "recipient", "speaker"):
            if given := getattr(self, column):
                where.append(f"{column} IN (SELECT unnest(?))")
                params.append(list(given))
        for column in ("type", "kind", "document"):
            if given := getattr(self, column):
                where.append(f"{column} = ?")
                params.append(given)
        for limit, sign in ((self.since, ">="), (self.until, "<=")):
            if limit:
                where.append(f"day {sign} CAST(? AS DATE)")
                params.append(bounds(limit)[0 if sign == ">=" else 1].isoformat())
        return where, params

    def fits(self, event: Event) -> bool:
        """Whether an event meets the conditions; one without a date of its own meets those of the window."""
        for column in ("actor", "recipient", "speaker"):
            given = getattr(self, column)
            if given and getattr(event, column) not in given:
                return False
        if (self.type and event.type != self.type) or (self.kind and event.kind != self.kind):
            return False
        return (not self.document or event.document == self.document) and within(event, self.since, self.until)


def wanted(
    actor: str, recipient: str, type: str, kind: str, speaker: str, document: str, since: str | None, until: str | None
) -> Wanted:
    """Conditions as a person gives them. Raises InputError for a type, kind, name or date that cannot be."""
    name = type.strip().upper()
    if name and name not in QUADS:
        raise InputError(f"{type[:30]!r} is no PLOVER type; the types are {', '.join(QUADS)}")
    if kind and kind not in KINDS:
        raise InputError(f"{kind[:30]!r} is no kind of event; choose word, deed or withheld")
    window = day(since or "", "since"), day(until or "", "until")
    return Wanted(codes(actor), codes(recipient), codes(speaker), name, kind, document, *window)


def within(event: Event, since: str | None, until: str | None) -> bool:
    """Whether an event lies in a window by its own date; one without a date does, since that is no reason to drop it."""
    if not event.date:
        return True
    first = bounds(event.date)[0]
    return not (since and first < bounds(since)[0]) and not (until and first > bounds(until)[1])


def found(
    shelf: Shelf, asked: Wanted, limit: int, offset: int, corrected: bool = True
) -> tuple[list[Event], list[Event], int | None]:
    """A page of events in order of day: as coded, as their reviewers see them (rejected ones left out), and the offset of
    the next page or None."""
    where, params = asked.sql()
    moved = amended(shelf) if corrected and where else []
    if moved:
        where = [f"(({' AND '.join(where)}) OR id IN (SELECT unnest(?)))"]
        params.append([event.id for event in moved])
    rows = shelf.store.events(" AND ".join(where) or None, params, limit=limit + 1, offset=offset)
    further = offset + limit if len(rows) > limit else None
    coded = rows[:limit]
    if not corrected:
        return coded, coded, further
    seen = {event.id: event for event in shelf.corrected(coded)}
    if moved:
        ids = {event.id for event in moved}
        coded = [event for event in coded if event.id not in ids or asked.fits(seen.get(event.id, event))]
    return coded, [seen[event.id] for event in coded if event.id in seen], further


def searched(shelf: Shelf, words: str, limit: int, offset: int) -> tuple[list[dict[str, Any]], int | None]:
    """A page of documents that hold some words, the best match first, and the offset of the next page or None.

    Raises InputError where there is no word to look for.
    """
    if not any(char.isalnum() for char in words):
        raise InputError("a search needs at least one word to find, such as: missiles")
    try:
        hits = shelf.store.search(words, limit + 1, offset)
    except InputError:
        raise InputError(
            f"{words.strip()[:60]!r} names no word to find: a minus leaves out, so give another word beside it"
        ) from None
    return hits[:limit], offset + limit if len(hits) > limit else None


def amended(shelf: Shelf) -> list[Event]:
    """The events that standing reviews correct, as coded, with what counting needs."""
    ids = sorted({review.event for review in shelf.reviews() if review.fields})
    if not ids:
        return []
    # Kept by their ids, so that it is never of an earlier state of the reviews.
    return shelf.memo(
        ("amended", tuple(ids)), lambda: shelf.store.headers("id IN (SELECT unnest(?))", [ids]), reviews=False
    )


def moved_in(shelf: Shelf, held: Iterable[Event], asked: Wanted, sides: Sequence[str] = ()) -> list[Event]:
    """Events, as coded, that were not chosen by what the coder made of them but belong by what reviewers say.

    `sides` asks further that one of them acts or is acted on.
    """
    more = amended(shelf)
    if not more:
        return []
    known = {event.id for event in held}
    seen = {event.id: event for event in shelf.corrected(more)}
    return [
        event
        for event in more
        if event.id not in known
        and (one := seen.get(event.id)) is not None
        and asked.fits(one)
        and (not sides or one.actor in sides or one.recipient in sides)
    ]


def moved_out(shelf: Shelf, since: str | None, until: str | None) -> set[str]:
    """Ids of events whose corrected date lies outside a window."""
    return {event.id for event in shelf.corrected(amended(shelf)) if not within(event, since, until)}
