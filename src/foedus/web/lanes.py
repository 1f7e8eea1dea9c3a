"""Where everything stands on the timeline: lanes by actor, acts in their rows, threads from promises to what followed."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from foedus.model.dates import bounds

MOST_MARKS: Final = 1_200
"""Acts up to which each has a mark of its own on the timeline."""
START_ROOM: Final = 80.0
"""From so far before the first tick of months or years on, the day on which the timeline begins is told too."""


def together(items: Sequence[dict[str, Any]], days: int) -> list[dict[str, Any]]:
    """Acts for a timeline of so many days: of too many, those of one actor, kind and day (or week, or month) share a mark.

    A mark of several tells how many they are; it keeps the place of the first.
    """
    if len(items) <= MOST_MARKS:
        return list(items)
    step = 1 if days <= 60 else 7 if days <= 400 else 31

    def kind(item: dict[str, Any]) -> tuple[Any, ...]:
        low, high = bounds(item["date"])
        when = (low.toordinal() // step, 0) if low == high else (low.toordinal(), high.toordinal())
        return (
            item["actor"], when, item["hostile"], item["material"], item["section"] in ("promise", "withheld") and item["section"],
            item["standing"] != "stands",
        )  # fmt: skip

    shared: dict[tuple[Any, ...], list[dict[str, Any]]] = {}
    for item in items:
        if item["date"]:
            shared.setdefault(kind(item), []).append(item)
    return [
        same[0]
        if len(same) == 1
        else same[0]
        | {"what": f"{len(same)} acts, such as: {same[0]['what']}", "reports": sum(i["reports"] for i in same)}
        for same in shared.values()
    ]


@dataclass(frozen=True, slots=True)
class Point:
    """One act on the timeline. `width` is more than 0 where the date is known to the month or year only."""

    item: dict[str, Any]
    x: float
    y: float
    width: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One actor's lane."""

    code: str
    name: str
    side: str
    y: float
    height: float
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True)
class Lanes:
    """The timeline laid out: lanes, ticks of the axis, attacks, and threads from promise to what followed."""

    width: float
    height: float
    left: float
    lanes: tuple[Lane, ...]
    ticks: tuple[tuple[float, str], ...]
    attacks: tuple[tuple[float, str], ...]
    threads: tuple[tuple[str, str, str], ...]


def timeline(
    items: Sequence[dict[str, Any]],
    order: Sequence[tuple[str, str, str]],
    attacks: Sequence[tuple[str, str]],
    limits: tuple[dt.date, dt.date],
    follows: Sequence[tuple[str, str, str]] = (),
    width: float = 1080.0,
) -> Lanes:
    """Lay acts out in lanes. `order` is (code, name, side) from top to bottom; `follows` is (promise, later act, how)."""
    left, right, head = 178.0, 22.0, 30.0
    first, last = limits
    days = max((last - first).days, 1)

    def x(day: dt.date) -> float:
        day = min(max(day, first), last)
        return round(left + 12 + (day - first).days / days * (width - left - right - 24), 1)

    lanes: list[Lane] = []
    where: dict[str, tuple[float, float]] = {}
    y = head
    for code, name, side in order:
        placed: list[tuple[float, float, int, dict[str, Any]]] = []
        ends: list[float] = []
        for item in (one for one in items if one["actor"] == code and one["date"]):
            low, high = bounds(item["date"])
            if high < first or low > last:
                continue
            start, end = x(low), x(high)
            reach = max(end, start + 13.0) if high > low else start + 13.0
            row = next((number for number, taken in enumerate(ends) if taken <= start), len(ends))
            if row == len(ends):
                ends.append(reach)
            else:
                ends[row] = reach
            placed.append((start, end - start if high > low else 0.0, row, item))
        rows = max(len(ends), 1)
        height = 12.0 + rows * 14.0
        points = []
        for start, wide, row, item in placed:
            centre = y + 12.0 + row * 14.0
            where[item["id"]] = (start, centre)
            points.append(Point(item, start, centre, round(max(wide, 0.0), 1)))
        lanes.append(Lane(code, name, side, y, height, tuple(points)))
        y += height
    threads = []
    for promise, later, how in follows:
        if promise in where and later in where:
            (x1, y1), (x2, y2) = where[promise], where[later]
            bend = 12.0 + min(abs(x2 - x1) / 6, 18.0)
            threads.append((f"M{x1} {y1} C{x1} {y1 - bend} {x2} {y2 - bend} {x2} {y2}", how, later))
    marks = []
    for who, day in attacks:
        at = bounds(day)[0]
        if first <= at <= last:
            marks.append((x(at), who))
    return Lanes(width, y + 10, left, tuple(lanes), _ticks(first, last, x), tuple(marks), tuple(threads))


def _ticks(first: dt.date, last: dt.date, x: Any) -> tuple[tuple[float, str], ...]:
    from foedus.brief.labels import MONTHS, short_day

    days = (last - first).days
    found: list[tuple[float, str]] = []
    if days <= 75:
        step = max(1, math.ceil((days + 1) / 14))
        for at in range(0, days + 1, step):
            day = first + dt.timedelta(days=at)
            found.append((x(day), short_day(day)))
        return tuple(found)
    months = (last.year - first.year) * 12 + last.month - first.month
    step = next(one for one in (1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 12000) if months / one <= 14)
    year, month = first.year, 1
    while (year, month) <= (last.year, last.month):
        day = dt.date(year, month, 1)
        if day >= first:
            found.append((x(day), str(year) if step >= 12 else f"{MONTHS[month - 1][:3]} {year}"))
        month += step
        year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
        if year > 9998:
            break
    if not found or found[0][0] - x(first) > START_ROOM:
        found.insert(0, (x(first), f"{first.day} {MONTHS[first.month - 1][:3]} {first.year}"))
    return tuple(found)
