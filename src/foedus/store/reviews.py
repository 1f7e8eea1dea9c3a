"""Reviews: what readers say about events, kept beside them and never in their place."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from functools import cache
from typing import Any, Final, Literal

from foedus.errors import InputError
from foedus.model.dates import is_date
from foedus.model.event import QUADS, Event
from foedus.ontology import plover

Verdict = Literal["up", "down"]
CORRECTABLE: Final = (
    "actor", "recipient", "type", "mode", "polarity", "modality", "speaker", "speaker_name", "date", "historical",
    "actor_sector", "recipient_sector",
)  # fmt: skip
_NEEDED: Final = frozenset({"actor", "type", "polarity", "modality", "historical"})
_CHOICES: Final = {
    "polarity": ("positive", "negative"),
    "modality": ("actual", "future", "hypothetical"),
    "type": tuple(QUADS),
}


@dataclass(frozen=True, slots=True)
class Review:
    """One review. `fields` holds corrected values, `snapshot` the event as it stood; `undone` is when it was taken back."""

    id: int
    event: str
    document: str | None
    verdict: Verdict | None
    fields: dict[str, Any]
    comment: str | None
    reviewer: str | None
    at: str
    undone: str | None
    snapshot: dict[str, Any]

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


@cache
def _modes() -> frozenset[str]:
    return frozenset(mode for one in plover.types().values() for mode in one.modes)


def check_fields(fields: Mapping[str, Any]) -> dict[str, Any]:
    """Corrected fields that make sense. Raises InputError, naming what may be corrected to what."""
    for name, value in fields.items():
        if name not in CORRECTABLE:
            raise InputError(f"{name!r} cannot be corrected in a review; choose from {', '.join(CORRECTABLE)}")
        if value is None and name in _NEEDED:
            raise InputError(f"a review cannot empty {name!r}; give it a value, or leave it out")
        if name != "historical" and value is not None and (not isinstance(value, str) or not value.strip()):
            raise InputError(f"{name} cannot be {value!r}; give text, or null where there is none")
        if name == "mode" and value is not None and value not in _modes():
            raise InputError(f"{value!r} is no mode of PLOVER; choose from {', '.join(sorted(_modes()))}")
        if name in _CHOICES and value not in _CHOICES[name]:
            raise InputError(f"{name} cannot be {value!r}; choose from {', '.join(_CHOICES[name])}")
        if name == "historical" and not isinstance(value, bool):
            raise InputError("historical is true or false")
        if name == "date" and value is not None and not is_date(str(value)):
            raise InputError(f"{value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return dict(fields)


def insert(
    db: sqlite3.Connection,
    event: Event,
    verdict: str | None,
    fields: Mapping[str, Any],
    comment: str | None,
    reviewer: str | None,
    now: str,
) -> int:
    """Keep a review of an event; returns its id. Raises InputError where it says nothing."""
    if verdict not in (None, "up", "down"):
        raise InputError(f"a verdict is 'up' or 'down', not {verdict!r}")
    if verdict is None and not fields and not comment:
        raise InputError("an empty review: give a verdict (up or down), corrected fields or a comment")
    plain = event.to_dict()
    plain.pop("why")
    cursor = db.execute(
        "INSERT INTO reviews (event, document, verdict, fields, comment, reviewer, at, snapshot) VALUES (?,?,?,?,?,?,?,?)",
        (
            event.id, event.document or None, verdict, json.dumps(check_fields(fields), ensure_ascii=False), comment,
            reviewer, now, json.dumps(plain, ensure_ascii=False),
        ),
    )  # fmt: skip
    return int(cursor.lastrowid or 0)


def select(db: sqlite3.Connection, event: str | None, document: str | None, undone: bool) -> list[Review]:
    """Reviews, oldest first; those taken back only where asked for."""
    conditions, values = [], []
    for condition, value in (("event=?", event), ("document=?", document)):
        if value is not None:
            conditions.append(condition)
            values.append(value)
    if not undone:
        conditions.append("undone IS NULL")
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return [_review(row) for row in db.execute(f"SELECT * FROM reviews {where} ORDER BY id", values)]


def _review(row: Any) -> Review:
    plain = dict(row)
    plain["fields"] = json.loads(plain["fields"])
    plain["snapshot"] = json.loads(plain["snapshot"])
    return Review(**plain)


def _sensible(fields: Mapping[str, Any]) -> dict[str, Any]:
    """The corrections that can be applied: reviews also come from files, and an event must stay one."""
    found: dict[str, Any] = {}
    for name, value in fields.items():
        try:
            found |= check_fields({name: value})
        except InputError:
            continue
    return found


def corrected(events: Iterable[Event], reviews: Iterable[Review]) -> list[Event]:
    """Events as their reviewers see them: later corrections win, and what was last voted down is left out.

    A correction stands in for a vote: a reviewer who says what is right wants the event kept so.
    """
    by_event: dict[str, list[Review]] = {}
    for review in reviews:
        by_event.setdefault(review.event, []).append(review)
    found = []
    for event in events:
        fields: dict[str, Any] = {}
        rejected = False
        for review in by_event.get(event.id, ()):
            fields |= _sensible(review.fields)
            if review.verdict is not None or review.fields:
                rejected = review.verdict == "down" and not review.fields
        if not rejected:
            found.append(replace(event, **fields) if fields else event)
    return found
