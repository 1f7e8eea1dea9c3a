"""Finds the crisis that a store is about: the sides as asked, or as its reports of attacks and accusations tell."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, Final

from foedus.brief import crisis as crises
from foedus.brief.model import CrisisPart
from foedus.brief.text import Line, Text, is_heading, lay_out
from foedus.ledger.background import mark
from foedus.model.dates import bounds
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.web.ask import Ask
from foedus.web.shelf import Header, Shelf
from foedus.web.wanted import Wanted, moved_in

MOST_ATTACKS: Final = 60_000
"""Reports of attacks and accusations in which the crisis is looked for: of more, the newest."""
IMPORTED: Final = (
    "Found in imported rows alone, which machines coded from the news of the whole world and of which no text is held here: "
    "name the sides with --attacked and --by, and set a window."
)
ATTACKS: Final = ("ASSAULT", "COERCE", "ACCUSE")
"""Types of the events in which the crisis is looked for."""
WHOLE: Final = 60
"""Documents up to which the crisis is looked for in whole texts; beyond, in the coded sentences alone."""
BEFORE: Final = 60
"""Days before a window in which an attack by the sides named still is the one that the window is about."""


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

    since = ask.since
    if ask.given and since:
        since = _earlier(bounds(since)[0], BEFORE).isoformat()
    looked = replace(ask, since=since)

    def make() -> CrisisPart:
        where = [f"type IN ({', '.join(repr(kind) for kind in ATTACKS)})"]
        params: list[Any] = []
        if ask.given:
            where.append("(actor IN (SELECT unnest(?)) AND recipient IN (SELECT unnest(?)))")
            params += [list(ask.by), list(ask.attacked)]
        within(looked, where, params)
        condition = " AND ".join(where)
        new = [
            event.id
            for kind in ATTACKS
            for event in moved_in(shelf, (), Wanted(ask.by, ask.attacked, type=kind, since=since, until=ask.until))
        ]
        if new:
            condition = f"(({condition}) OR id IN (SELECT unnest(?)))"
            params.append(new)
        told = shelf.store.sql(
            f"SELECT count(DISTINCT document) FROM events WHERE type IS NOT NULL AND {condition}", params
        ).rows[0][0]
        if told <= WHOLE:
            events = shelf.store.events(condition, params, corrected=True)
            headers = shelf.headers(event.document for event in events)
            held = defaultdict(list)
            for event in events:
                held[event.document].append(event)
            texts = light([event for event in events if event.document not in headers], headers)
            for name in headers:
                document = shelf.store.document(name)
                texts[name] = lay_out(name, document, mark(held[name], {name: document}))
        else:
            events = shelf.corrected(shelf.newest(condition, params, MOST_ATTACKS)[0])
            headers = shelf.headers(event.document for event in events)
            texts = light(in_order(shelf.dated_back(events), headers), headers)
        found = crises.find(list(texts.values()), ask.attacked, ask.by, ask.on)
        if not headers and not ask.given:
            return replace(found, doubts=(IMPORTED, *found.doubts))
        return found

    return shelf.memo(("crisis", ask.attacked, ask.by, ask.on, ask.since, ask.until), make)


def _earlier(day: dt.date, days: int) -> dt.date:
    return dt.date.fromordinal(max(day.toordinal() - days, 1))


def in_order(events: Iterable[Event], headers: dict[str, Header]) -> list[Event]:
    """Events as they stand in the store: by document, then by place in the text; imported rows last, by their ids."""
    end = max((header.n for header in headers.values()), default=0) + 1

    def place(event: Event) -> tuple[int, int, str]:
        header = headers.get(event.document)
        return (header.n if header else end, event.start, event.id)

    return sorted(events, key=place)


def within(ask: Ask, where: list[str], params: list[Any]) -> None:
    """Conditions of the window; what has no day stays in, since no date is no reason to drop an act."""
    if ask.since:
        where.append("(day IS NULL OR day >= CAST(? AS DATE) OR historical)")
        params.append(bounds(ask.since)[0].isoformat())
    if ask.until:
        where.append("(day IS NULL OR day <= CAST(? AS DATE))")
        params.append(bounds(ask.until)[1].isoformat())
