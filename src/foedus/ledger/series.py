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


def series(
    ledger: Ledger,
    step: Step | None = None,
    first: dt.date | None = None,
    last: dt.date | None = None,
) -> Series:
    """Put acts, the historical ones apart, into buckets of `step`, or of a step that suits their span.

    `first` and `last` stretch the axis, so that several ledgers can share one.
    """
    chosen = [act for act in ledger.acts if act.standing != "historical"]
    if step is None:
        step = fitting([*days(chosen), *(day for day in (first, last) if day)])
    by_start: defaultdict[dt.date, list[Act]] = defaultdict(list)
    undated: list[Act] = []
    for act in chosen:
        start = _place(act, step)
        if start is None:
            undated.append(act)
        else:
            by_start[start].append(act)
    buckets: list[Bucket] = []
    starts = [*by_start, *(floor(day, step) for day in (first, last) if day)]
    if starts:
        at, end = min(starts), max(starts)
        while at <= end:
            buckets.append(_bucket(at.isoformat(), by_start.get(at, ())))
            at = _next(at, step)
    return Series(step=step, buckets=tuple(buckets), undated=_bucket("", undated))


def days(acts: Iterable[Act]) -> list[dt.date]:
    """The days of those acts whose day is known."""
    spans = (bounds(act.date) for act in acts if act.date)
    return [first for first, last in spans if first == last]


def fitting(days: list[dt.date]) -> Step:
    """The step that suits the span of some days."""
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
