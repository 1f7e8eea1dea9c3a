"""The acts of a ledger on a time axis of days, weeks or months, for mirrored bars."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from foedus.model.dates import bounds
from foedus.model.event import QUADS
from foedus.model.ledger import Act, Bucket, Ledger

Step = Literal["day", "week", "month"]
DAY_LIMIT = 45
WEEK_LIMIT = 400


@dataclass(frozen=True, slots=True)
class Series:
    """Buckets in order, gaps included. `undated` holds acts whose date is unknown or too coarse for the step."""

    step: Step
    buckets: tuple[Bucket, ...]
    undated: Bucket


def series(ledger: Ledger, step: Step | None = None, acts: Iterable[Act] | None = None) -> Series:
    """Put acts (all but the historical, unless given) into buckets of `step`, or of a step that suits their span."""
    chosen = [act for act in (ledger.acts if acts is None else acts) if acts or act.standing != "historical"]
    exact = [act for act in chosen if act.date and bounds(act.date)[0] == bounds(act.date)[1]]
    if step is None:
        step = _step([bounds(act.date)[0] for act in exact if act.date])
    by_start: defaultdict[dt.date, list[Act]] = defaultdict(list)
    undated: list[Act] = []
    for act in chosen:
        start = _place(act, step)
        if start is None:
            undated.append(act)
        else:
            by_start[start].append(act)
    buckets: list[Bucket] = []
    if by_start:
        at, last = min(by_start), max(by_start)
        while at <= last:
            buckets.append(_bucket(at.isoformat(), by_start.get(at, ())))
            at = _next(at, step)
    return Series(step=step, buckets=tuple(buckets), undated=_bucket("", undated))


def _step(days: list[dt.date]) -> Step:
    span = (max(days) - min(days)).days if days else 0
    if span <= DAY_LIMIT:
        return "day"
    return "week" if span <= WEEK_LIMIT else "month"


def _place(act: Act, step: Step) -> dt.date | None:
    """First day of the bucket that holds all days the date may mean, or None."""
    if act.date is None:
        return None
    first, last = bounds(act.date)
    start = floor(first, step)
    return start if floor(last, step) == start else None


def floor(day: dt.date, step: Step) -> dt.date:
    """First day of the day's bucket; weeks begin on Monday."""
    if step == "month":
        return day.replace(day=1)
    if step == "week":
        return dt.date.fromordinal(max(day.toordinal() - day.weekday(), 1))
    return day


def _next(day: dt.date, step: Step) -> dt.date:
    if step == "month":
        return day.replace(year=day.year + day.month // 12, month=day.month % 12 + 1)
    return day + dt.timedelta(days=7 if step == "week" else 1)


def _bucket(start: str, acts: Iterable[Act]) -> Bucket:
    words, deeds, promises = [], [], []
    for act in acts:
        if act.section == "promise":
            promises.append(act.id)
        elif is_material(act):
            deeds.append(act.id)
        elif act.section != "asked":
            words.append(act.id)
    return Bucket(start=start, words=tuple(words), deeds=tuple(deeds), promises=tuple(promises))


def is_material(act: Act) -> bool:
    """Whether an act belongs on the side of the deeds: done, or withheld, or only foreseen, but material."""
    return QUADS[act.type].startswith("material")
