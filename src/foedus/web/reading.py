"""Reasons and what to watch for the crisis page, from the texts that bear on it most."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any, Final

from foedus.brief import reasons, watch
from foedus.brief.model import ReasonLine, WatchRow
from foedus.brief.text import lay_out
from foedus.errors import InputError
from foedus.web.figures import Figure
from foedus.web.live import Live
from foedus.web.shelf import Shelf

MOST: Final = 60
"""Texts read for reasons: those with most events of the crisis."""


@dataclass(frozen=True)
class Reading:
    """Reasons by supporter and driver, and what to watch. `places` tells an anchor's document and offset."""

    reasons: tuple[tuple[str, tuple[tuple[str, tuple[ReasonLine, ...], tuple[ReasonLine, ...]], ...]], ...]
    watch: tuple[WatchRow, ...]
    places: dict[str, tuple[str, int]]
    read: int
    bearing: int


def reasons_and_watch(shelf: Shelf, view: Live) -> Reading:
    """What the sources argue for and against helping, and what they say is still open."""
    return view.keep(("reading",), lambda view: _read(shelf, view))


def _read(shelf: Shelf, view: Live) -> Reading:
    weight = Counter(event.document for event in view.events if event.document in view.headers)
    chosen = [name for name, _ in weight.most_common(MOST)]
    bearing = {event.id for event in view.events}
    own: defaultdict[str, list[Any]] = defaultdict(list)
    # In full: persons and names are found by the spans, which the view does without.
    for event in shelf.store.events("document IN (SELECT unnest(?))", [chosen], corrected=True):
        if event.id in bearing:
            own[event.document].append(event)
    texts = []
    for number, name in enumerate(chosen, 1):
        try:
            document = shelf.store.document(name)
        except InputError:
            continue  # an imported row may name a document that the store does not hold
        texts.append(lay_out(f"d{number}", document, own[name]))
    codes = [one.supporter for one in view.answers]
    sides = [*view.sides[0], *view.sides[1]]
    found = reasons.find(texts, codes, sides, {code: book.client for code, book in view.books.items()})
    grouped = []
    for code in dict.fromkeys(row.supporter for row in found):
        drivers = []
        for key, title in reasons.drivers():
            rows = [row for row in found if row.supporter == code and row.driver == key]
            if rows:
                drivers.append(
                    (
                        title,
                        tuple(row for row in rows if row.stance == "for"),
                        tuple(row for row in rows if row.stance != "for"),
                    )
                )
        grouped.append((code, tuple(drivers)))
    places = {line.anchor: (text.document.id, line.start) for text in texts for line in text.lines}
    return Reading(tuple(grouped), watch.find(texts, [*sides, *codes]), places, len(texts), len(weight))


def reasons_figure(found: Reading) -> Figure:
    """The reasons as rows: who should help or not, why, in whose words, and where they stand."""
    rows = [
        {
            "supporter": code,
            "driver": title,
            "stance": line.stance,
            "quote": line.quote,
            "who": line.who,
            **_place(found, line),
        }
        for code, drivers in found.reasons
        for title, pro, contra in drivers
        for line in (*pro, *contra)
    ]
    columns = ("supporter", "driver", "stance", "quote", "who", "document", "start")
    return Figure("reasons", "Reasons the sources give", columns, tuple(rows), _read_note(found))


def watch_figure(found: Reading) -> Figure:
    """What to watch as rows: what a source expects, fears or rules out, and where it stands."""
    rows = [
        {"kind": row.kind, "quote": row.quote, "who": row.who, "dates": list(row.dates), **_place(found, row)}
        for row in found.watch
    ]
    columns = ("kind", "quote", "who", "dates", "document", "start")
    return Figure("watch", "What to watch", columns, tuple(rows), _read_note(found))


def _place(found: Reading, line: ReasonLine | WatchRow) -> dict[str, Any]:
    document, start = found.places.get(line.anchor, (None, None))
    return {"document": document, "start": start}


def _read_note(found: Reading) -> str:
    return (
        f"Read in {found.read} of the {found.bearing} documents that bear on the crisis: those with most events of it."
    )
