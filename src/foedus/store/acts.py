"""One act, many reports: groups the reports in a store by the ledger's rule and keeps each act's first and last sighting."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from hashlib import sha256
from typing import Any, Final

from foedus.ledger.matching import MEMBERS, group
from foedus.model.dates import earliest, is_date
from foedus.model.event import Event
from foedus.store.naming import amended
from foedus.store.schema import transaction

WHOLE: Final = 3000
"""Reports of one pair and type up to which they are grouped in one go; above it, month by month."""

LATE: Final = 6
"""Late reports that stand for a large act, each in other words."""

_AT_ONCE: Final = 200
"""Buckets linked in one transaction: a killed process loses no more than these, and they stay marked."""


def bucket(event: Event) -> str:
    """What two reports must share to be of one act: the ledger's key, as text."""
    return "|".join(
        (event.actor, event.recipient or "-", event.type, event.polarity, event.modality, str(int(event.historical)))
    )


def link(db: sqlite3.Connection, load: Callable[[Sequence[str]], Iterable[Event]]) -> int:
    """Group the reports of every bucket that has changed; returns the number of acts found.

    `load` gives the events with some ids. The outcome depends on the reports alone, not on the order they came in.
    """
    found = 0
    while True:
        changed = [row[0] for row in db.execute("SELECT bucket FROM dirty ORDER BY bucket LIMIT ?", (_AT_ONCE,))]
        if not changed:
            return found
        marks = ",".join("?" * len(changed))
        rows = db.execute(
            f"""SELECT r.event, r.document, r.bucket, d.published, d.added, coalesce(c.of, d.id) AS story
                FROM reports r JOIN documents d ON d.id = r.document LEFT JOIN copies c ON c.document = d.id
                WHERE r.bucket IN ({marks})""",
            changed,
        ).fetchall()
        events = {event.id: event for event in load([row["event"] for row in rows])}
        buckets: defaultdict[str, list[Any]] = defaultdict(list)
        read: defaultdict[str, set[str]] = defaultdict(set)
        for row in rows:
            read[row["bucket"]].add(row["event"])
            if row["event"] in events:
                buckets[row["bucket"]].append(row)
        with transaction(db):
            for name in changed:
                # What has come or gone while we were reading is linked in the next round.
                standing = {row[0] for row in db.execute("SELECT event FROM reports WHERE bucket=?", (name,))}
                if standing != read[name]:
                    continue
                db.execute("DELETE FROM dirty WHERE bucket=?", (name,))
                found += _keep(db, name, buckets.get(name, []), events)


def _keep(db: sqlite3.Connection, name: str, rows: list[Any], events: dict[str, Event]) -> int:
    db.execute("DELETE FROM acts WHERE bucket=?", (name,))
    told = {row["event"]: row for row in rows}
    count = 0
    for act in grouped([events[row["event"]] for row in rows], {row["document"]: row["published"] for row in rows}):
        reports = [told[event.id] for event in act]
        first = act[0]
        key = "act-" + sha256(first.id.encode("utf-8", "replace")).hexdigest()[:20]
        seen = sorted(row["published"] or row["added"][:10] for row in reports)
        modes = sorted({event.mode for event in act if event.mode})
        dates = sorted((event.date for event in act if event.date), key=lambda text: (-len(text), text))
        # Its first report may have stood in another bucket, under this key, before its document was coded anew.
        db.execute(
            "INSERT OR REPLACE INTO acts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                key, name, first.actor, first.recipient, first.type, modes[0] if modes else None, first.polarity,
                first.modality, dates[0] if dates else None, seen[0], seen[-1], len(reports),
                len({row["document"] for row in reports}), len({row["story"] for row in reports}),
            ),
        )  # fmt: skip
        db.executemany("UPDATE reports SET act=? WHERE event=?", [(key, event.id) for event in act])
        count += 1
    return count


def grouped(events: list[Event], published: dict[str, str | None]) -> list[list[Event]]:
    """Acts among reports of one bucket, each with its reports in order of publication."""

    def order(event: Event) -> tuple[str, str, int, str]:
        return (published.get(event.document) or "9999", event.document, event.start, event.id)

    acts = []
    for part in _parts(sorted(events, key=order), published):
        found = amended(_joined(group(part, published), published, order), published)
        acts += [sorted(act, key=order) for act in found]
    return acts


def _joined(
    acts: list[list[Event]], published: dict[str, str | None], order: Callable[[Event], tuple[str, str, int, str]]
) -> list[list[Event]]:
    """Acts whose late reports tell of one another: a story that goes on for weeks changes its words and loses its date.

    The matcher compares a report with an act's first reports only; here each large act stands by its last ones too,
    under the same rule.
    """
    if len(acts) < 2 or all(len(act) <= MEMBERS for act in acts):
        return acts
    of: dict[str, int] = {}
    stand: list[Event] = []
    for number, act in enumerate(acts):
        ordered = sorted(act, key=order)
        last = list({event.quote: event for event in ordered}.values())[-LATE:]
        for event in {one.id: one for one in (ordered[0], *last, ordered[-1])}.values():
            of[event.id] = number
            stand.append(event)
    root = list(range(len(acts)))

    def find(number: int) -> int:
        while root[number] != number:
            number = root[number]
        return number

    for told in group(sorted(stand, key=order), published):
        ends = sorted({find(of[event.id]) for event in told})
        for end in ends[1:]:
            root[end] = ends[0]
    whole: defaultdict[int, list[Event]] = defaultdict(list)
    for number, act in enumerate(acts):
        whole[find(number)] += act
    return list(whole.values())


def _parts(events: list[Event], published: dict[str, str | None]) -> Iterator[list[Event]]:
    # Undated reports are compared with every act: months keep that from growing with the square of a busy pair.
    if len(events) <= WHOLE:
        yield events
        return
    months: defaultdict[str, list[Event]] = defaultdict(list)
    for event in events:
        text = event.date or published.get(event.document) or ""
        months[earliest(text).isoformat()[:7] if is_date(text) else ""].append(event)
    for month in sorted(months):
        yield months[month]
