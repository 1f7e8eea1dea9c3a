"""Where everything stands in the server's drawings: plain shapes in user units, for the templates to write as SVG."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, Any, Final

from foedus.brief.chart import draw
from foedus.brief.model import Block, Chart, Column

if TYPE_CHECKING:
    from foedus.model.assessment import StateEstimate, Waterfall

MOST_BLOCKS: Final = 240
"""Blocks up to which each act is a block of its own; beyond, those alike in a column are drawn as one bar."""
RUNGS_SHOWN: Final = ("force", "military_aid", "material", "verbal", "none")


def bars(chart: Chart, most_blocks: int = MOST_BLOCKS) -> Any:
    """The mirrored bars of words and deeds. Too many acts for single blocks are merged, their number kept in the title."""
    columns = (*chart.columns, chart.undated)
    total = sum(len(column.words) + len(column.deeds) for column in columns)
    if total <= most_blocks:
        return draw(chart)
    most = max(max(len(column.words), len(column.deeds)) for column in columns)
    share = max(1, math.ceil(most / 24), math.ceil(total / most_blocks))

    def merged(blocks: Sequence[Block]) -> tuple[Block, ...]:
        found: list[Block] = []
        for _, alike in groupby(sorted(blocks, key=lambda b: (b.style, b.pattern)), key=lambda b: (b.style, b.pattern)):
            same = list(alike)
            for at in range(0, len(same), share):
                part = same[at : at + share]
                found.append(replace(part[0], title=f"{len(part)} acts, such as: {part[0].title}"))
        return tuple(found)

    def cut(column: Column) -> Column:
        return replace(column, words=merged(column.words), deeds=merged(column.deeds), promises=column.promises[:6])

    return draw(replace(chart, columns=tuple(map(cut, chart.columns)), undated=cut(chart.undated)))


@dataclass(frozen=True, slots=True)
class Slice:
    """One rung of the stacked bar."""

    rung: str
    x: float
    width: float
    share: float


@dataclass(frozen=True, slots=True)
class LadderBar:
    """The ladder of one state: slices from force to none, and the interval of going beyond words."""

    slices: tuple[Slice, ...]
    mark: float
    low: float
    high: float


def ladder(estimate: StateEstimate, width: float = 300.0) -> LadderBar:
    """The stacked bar of a state's ladder, strongest help first, so that `beyond words` reads from the left."""
    slices, x = [], 0.0
    for rung in RUNGS_SHOWN:
        share = float(estimate.rungs[rung])
        slices.append(Slice(rung, round(x, 2), round(share * width, 2), share))
        x += share * width
    span = estimate.beyond_words
    return LadderBar(
        tuple(slices), round(span.value * width, 2), round(span.low * width, 2), round(span.high * width, 2)
    )


@dataclass(frozen=True, slots=True)
class Step:
    """One bar of a waterfall: from `start` to `end` on the axis; `kind` is base, for, against or total."""

    label: str
    kind: str
    x: float
    width: float
    thread: float
    y: float
    factor: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fall:
    """A waterfall laid out."""

    width: float
    height: float
    steps: tuple[Step, ...]
    ticks: tuple[tuple[float, str], ...]
    left: float


_TICKS: Final = (0.0001, 0.001, 0.01, 0.05, 0.2, 0.5, 0.8, 0.95, 0.99, 0.1, 0.02, 0.005, 0.002, 0.0005)
"""Those that come first are kept where there is no room for all."""
_TICK_ROOM: Final = 46.0


def path_of(fall: Waterfall) -> list[float]:
    """Where a waterfall passes, in log odds, from base to estimate; what several share as an axis must hold it all."""
    drivers = sorted(fall.drivers, key=lambda one: -abs(one.effect))
    return [*accumulate((one.effect for one in drivers), initial=fall.base), fall.total]


def waterfall(
    fall: Waterfall, most: int = 9, low: float | None = None, high: float | None = None, width: float = 760.0
) -> Fall:
    """From base rate to estimate. The axis runs from likely (left) to unlikely (right): pros go left, cons right.

    `low` and `high` (log odds) stretch the axis, so that two waterfalls side by side share one.
    """
    drivers = sorted(fall.drivers, key=lambda one: -abs(one.effect))
    shown, rest = drivers[:most], drivers[most:]
    moves: list[tuple[str, float, tuple[str, ...]]] = [
        (one.group, one.effect, tuple(part(piece) for piece in one.parts)) for one in shown if abs(one.effect) > 0.005
    ]
    left_over = fall.total - fall.base - sum(effect for _, effect, _ in moves)
    if abs(left_over) > 0.005:
        named = ", ".join(one.group for one in rest[:4])
        moves.append((f"all else ({len(drivers) - len(moves)})", left_over, (named,) if named else ()))
    points = [fall.base]
    for _, effect, _ in moves:
        points.append(points[-1] + effect)
    bottom = min([*points, low if low is not None else points[0]]) - 0.4
    top = max([*points, high if high is not None else points[0]]) + 0.4
    left, row = 206.0, 27.0
    scale = (width - left - 64) / max(top - bottom, 0.1)

    def x(value: float) -> float:
        return round(left + (top - value) * scale, 1)

    steps = [Step("Base rate", "base", x(fall.base) - 1.5, 3.0, x(fall.base), 26.0, odds(fall.base), ())]
    for place, ((label, effect, parts), before) in enumerate(zip(moves, points, strict=False), 1):
        start, end = x(before), x(before + effect)
        steps.append(
            Step(
                label, "for" if effect > 0 else "against", min(start, end), max(abs(start - end), 1.0), end,
                26.0 + place * row, f"× {math.exp(effect):.2f}", parts,
            )
        )  # fmt: skip
    y = 26.0 + len(steps) * row
    steps.append(Step("Estimate", "total", x(fall.total) - 1.5, 3.0, x(fall.total), y, odds(fall.total), ()))
    ticks = tuple((x(math.log(p / (1 - p))), odds(math.log(p / (1 - p)))) for p in _TICKS)
    kept: list[tuple[float, str]] = []
    for at, text in ticks:
        if left <= at <= width - 50 and all(abs(at - other) >= _TICK_ROOM for other, _ in kept):
            kept.append((at, text))
    return Fall(width, round(y + row + 14, 1), tuple(steps), tuple(kept), left)


def odds(value: float) -> str:
    """Log odds as a probability for people."""
    p = 1 / (1 + math.exp(-value))
    return f"{100 * p:.2g} %" if p < 0.1 else f"{100 * p:.0f} %"


def part(piece: tuple[str, float | None, float, str]) -> str:
    """One fact behind a driver: label, value, effect, source."""
    label, value, effect, source = piece
    told = "not known" if value is None or value != value else f"{value:.3g}"
    return (
        f"{label}: {told} (× {math.exp(effect):.2f}; {source})"
        if source
        else f"{label}: {told} (× {math.exp(effect):.2f})"
    )


@dataclass(frozen=True, slots=True)
class Spoke:
    """One neighbour of the ego network and its strands of words and deeds."""

    code: str
    name: str
    kind: str
    x: float
    y: float
    anchor: str
    label_x: float
    label_y: float
    strands: tuple[dict[str, Any], ...]


def ego(centre: str, neighbours: Sequence[dict[str, Any]], size: float = 640.0) -> tuple[Spoke, ...]:
    """Neighbours around a centre, those of one kind together, clockwise from the top."""
    radius, middle, tall = size * 0.34, size / 2, size * 0.41
    most = max((one["deeds"] + one["words"] for one in neighbours), default=1)
    spokes = []
    for place, one in enumerate(neighbours):
        angle = -math.pi / 2 + 2 * math.pi * place / max(len(neighbours), 1)
        x, y = middle + radius * math.cos(angle), tall + radius * 0.92 * math.sin(angle)
        strands = []
        for name, shift in (("words", -3.5), ("deeds", 3.5)):
            count = one[name]
            if count:
                dx, dy = -math.sin(angle) * shift, math.cos(angle) * shift
                strands.append(
                    {
                        "kind": name,
                        "count": count,
                        "hostile": one[f"hostile_{name}"] > count / 2,
                        "width": round(1.2 + 5 * math.sqrt(count / most), 1),
                        "x1": round(middle + dx + 26 * math.cos(angle), 1),
                        "y1": round(tall + dy + 26 * math.sin(angle), 1),
                        "x2": round(x + dx - 11 * math.cos(angle), 1),
                        "y2": round(y + dy - 11 * math.sin(angle), 1),
                    }
                )
        side = math.cos(angle)
        anchor = "middle" if abs(side) < 0.25 else "start" if side > 0 else "end"
        off = 0.0 if anchor == "middle" else math.copysign(14, side)
        lift = math.copysign(20, math.sin(angle)) if anchor == "middle" else 4.0
        spokes.append(
            Spoke(
                one["code"], one["name"], one["kind"], round(x, 1), round(y, 1), anchor, round(x + off, 1),
                round(y + lift + (4 if anchor == "middle" and lift > 0 else 0), 1), tuple(strands),
            )
        )  # fmt: skip
    return tuple(spokes)


def calibration(bins: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Points of a calibration plot on log axes: forecast against what happened, with intervals."""
    values = [v for one in bins for v in (one["forecast"], one["rate_low"], one["rate"]) if v and v > 0]
    floor = 10 ** math.floor(math.log10(max(min(values, default=1e-3), 1e-4)))
    span = -math.log10(floor)

    def x(p: float) -> float:
        return round(64 + 400 * (math.log10(max(p, floor)) + span) / span, 1)

    def y(p: float) -> float:
        return round(330 - 300 * (math.log10(max(p, floor)) + span) / span, 1)

    ticks = [10.0**power for power in range(round(math.log10(floor)), 1)]
    texts = [f"{one['happened']} of {one['count']:,}" for one in bins]
    spans = [(x(one["forecast"]), y(one["rate_high"]), y(one["rate_low"])) for one in bins]
    taken = [(at - 2, top, at + 2, bottom) for at, top, bottom in spans]
    points = [(x(one["forecast"]), y(one["rate"]), 6.2 * len(text)) for one, text in zip(bins, texts, strict=True)]
    places = _labels(points, taken)
    return {
        "width": 500,
        "height": 380,
        "line": (x(floor), y(floor), x(1.0), y(1.0)),
        "ticks": [(x(t), y(t), f"{100 * t:g} %") for t in ticks],
        "points": [
            {
                **one,
                "x": x(one["forecast"]),
                "y": y(one["rate"]),
                "y_low": y(one["rate_low"]),
                "y_high": y(one["rate_high"]),
                "text": text,
                "label": place,
            }
            for one, text, place in zip(bins, texts, places, strict=True)
        ],
    }


def _labels(
    points: Sequence[tuple[float, float, float]], taken: Sequence[tuple[float, float, float, float]]
) -> list[tuple[float, float, str]]:
    """Where the labels of points (x, y, width of the text) stand beside them, clear of each other and of what is taken
    (boxes) as far as can be: x, base line, anchor."""
    placed = [*taken, *((x - 5, y - 5, x + 5, y + 5) for x, y, _ in points)]
    found = []
    for px, py, width in points:
        best = None
        for lift in (4, -9, 17, -22, 30, -35, 43, -48, 56):
            for anchor, left in (("start", px + 9), ("end", px - 9 - width)):
                box = (left, py + lift - 9, left + width, py + lift + 3)
                if box[0] < 64 or box[2] > 494 or box[1] < 24:
                    continue
                hits = sum(box[0] < b[2] and b[0] < box[2] and box[1] < b[3] and b[1] < box[3] for b in placed)
                if best is None or hits < best[0]:
                    best = (hits, box, anchor, lift)
        assert best is not None
        _, box, anchor, lift = best
        placed.append(box)
        found.append((round(box[0] if anchor == "start" else box[2], 1), round(py + lift, 1), anchor))
    return found


def spread(rows: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Bars of the escalation on one scale: numbers of joiners, then the likeliest outcomes, then the likeliest joiners."""
    from foedus.brief.labels import name, plural

    groups, y = [], 16.0
    for kind, title in (("joiners", "How many join"), ("coalition", "Likeliest outcomes"), ("state", "Who joins")):
        bars = []
        top, y = y, y + 10.0
        for row in [one for one in rows if one["what"] == kind and one["share"] >= 0.005][:8]:
            text = row["item"]
            if kind == "joiners":
                text = "nobody" if text == "0" else plural(int(text), "state")
            elif kind == "state":
                text = f"{name(text)}, for the {row['side']}"
            bars.append({"text": text, "share": row["share"], "y": y, "width": round(320 * row["share"], 1)})
            y += 20.0
        if bars:
            groups.append({"kind": kind, "title": title, "y": top, "bars": bars})
            y += 22.0
        else:
            y = top
    return {"height": round(y, 1), "groups": groups}
