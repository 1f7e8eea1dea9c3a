"""What the sources report of the days before moves the estimate by a stated, bounded rule (it is not fitted).

Each kind of act shifts the log odds of support by a fixed step, up to a limit; all together never more than `LIMIT`. A state that
has spoken has spoken: the rung `none` then keeps at most `SPOKEN`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from foedus.model.dates import earliest, is_date

if TYPE_CHECKING:
    from foedus.ledger.index import Index
    from foedus.model.event import Event

STEPS: Final[tuple[tuple[str, str, str, float, float], ...]] = (
    ("deeds", "deed", "deeds", 0.5, 1.5),
    ("promises", "promise or offer", "promises or offers", 0.3, 0.6),
    ("words", "statement", "statements", 0.1, 0.3),
    ("refusals", "refusal", "refusals", -0.4, -0.8),
    ("withheld", "act of help withheld", "acts of help withheld", -0.3, -0.6),
    ("against", "act against it", "acts against it", -0.4, -0.8),
)
"""Section of the ledger, its name in the singular and plural, step and limit in log odds."""
LIMIT: Final = 1.5
SPOKEN: Final = 0.05
RULE: Final = (
    "Reports move the estimate by a fixed rule, not a fitted one: each deed +0.5, promise +0.3, statement +0.1, refusal "
    "-0.4, withheld help -0.3, hostile act -0.4 (log odds), each kind and the whole bounded (at most 1.5 either way)."
)


@dataclass(frozen=True, slots=True)
class Shift:
    """What the reports on one state add to its log odds, whether it has spoken for the client, and why in words."""

    value: float = 0.0
    spoken: bool = False
    lines: tuple[str, ...] = ()


def told_by(day: dt.date, events: Iterable[Event], published: Mapping[str, str | None]) -> list[Event]:
    """The events dated to a day or before, those undated by their report: what could be known then, without hindsight."""
    found = []
    for event in events:
        date = event.date or published.get(event.document)
        if date and is_date(date) and earliest(date) <= day:
            found.append(event)
    return found


def shift(
    events: Iterable[Event] | Index,
    state: str,
    clients: Sequence[str],
    adversaries: Sequence[str],
    until: str | None = None,
) -> Shift:
    """The shift for one third state, from its ledger towards the attacked."""
    from foedus.ledger import index as laid
    from foedus.ledger.ledger import window

    # An index is made once for all states: the events of a large store are not gone through for each.
    index = events if isinstance(events, laid.Index) else laid.Index(events, {})
    total, lines, spoken = 0.0, [], False
    counts = {name: 0 for name, *_ in STEPS}
    for client in clients:
        found = index.ledger(state, client, tuple(adversaries), window(None, until))
        for name, *_ in STEPS:
            counts[name] = max(counts[name], len(getattr(found, name)))
    for name, one, many, step, limit in STEPS:
        count = counts[name]
        if count:
            moved = max(min(step * count, abs(limit)), -abs(limit))
            total += moved
            lines.append(f"{count} {one if count == 1 else many}: {moved:+.1f}")
    spoken = bool(counts["words"] or counts["deeds"] or counts["promises"])
    return Shift(max(min(total, LIMIT), -LIMIT), spoken, tuple(lines))
