"""Where everything stands in the mirrored bars: words above the axis, deeds below, in units of one act a block."""

from __future__ import annotations

from dataclasses import dataclass

from foedus.brief.model import Block, Chart, Column

WIDTH = 760.0
LEFT = 62.0
RIGHT = 8.0
LANE = 22.0
AXIS = 24.0
UNIT = 13.0
GAP = 2.0
HIGHEST = 150.0
LABEL = 48.0
UNDATED_GAP = 26.0
PROMISES_APART = 11.0
LABEL_HALF = 20.0
"""Room that half a date needs beside its tick."""


@dataclass(frozen=True, slots=True)
class Rect:
    """One block in place."""

    block: Block
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Mark:
    """A dated promise: a diamond in the lane on top with a thread to the axis."""

    block: Block
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date under its column."""

    x: float
    text: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """All shapes of one chart, in user units of its view box."""

    width: float
    height: float
    left: float
    axis_top: float
    axis_bottom: float
    rects: tuple[Rect, ...]
    marks: tuple[Mark, ...]
    ticks: tuple[Tick, ...]
    attacks: tuple[Tick, ...]
    parting: float | None
    no_deeds: bool
    no_words: bool
    label_words: float
    label_deeds: float


def draw(chart: Chart) -> Drawing:
    """Place the blocks. The unit shrinks where a column is high, so that a chart never outgrows its page."""
    columns = list(chart.columns)
    undated = chart.undated if _filled(chart.undated) else None
    most_words = max([len(column.words) for column in (*columns, chart.undated)], default=0)
    most_deeds = max([len(column.deeds) for column in (*columns, chart.undated)], default=0)
    unit = min(UNIT, HIGHEST / max(most_words, most_deeds, 1))
    promised = any(column.promises for column in (*columns, chart.undated))
    up = max(most_words * unit, 2 * UNIT)
    down = max(most_deeds * unit, 2 * UNIT)
    top = (LANE if promised else 4.0) + up
    room = WIDTH - LEFT - RIGHT - (UNDATED_GAP + LABEL if undated else 0)
    step = min(room / max(len(columns), 1), 64.0)
    rects: list[Rect] = []
    marks: list[Mark] = []
    ticks: list[Tick] = []
    every = max(1, -(-int(LABEL) // max(int(step), 1)))
    for place, column in enumerate(columns):
        x = LEFT + place * step
        _column(column, x, step, top, unit, rects, marks)
        if place % every == 0:
            ticks.append(Tick(round(min(x + step / 2, WIDTH - LABEL_HALF), 1), column.label))
    attacks = [Tick(round(LEFT + place * step + step / 2, 1), who) for who, place in chart.attacks]
    parting = None
    if undated:
        x = LEFT + len(columns) * step + (UNDATED_GAP if columns else 0)
        parting = x - UNDATED_GAP / 2 if columns else None
        _column(undated, x, LABEL, top, unit, rects, marks)
        ticks.append(Tick(round(x + LABEL / 2, 1), undated.label))
    return Drawing(
        width=WIDTH,
        height=round(top + AXIS + down + 4, 1),
        left=LEFT,
        axis_top=round(top, 1),
        axis_bottom=round(top + AXIS, 1),
        rects=tuple(rects),
        marks=tuple(marks),
        ticks=tuple(ticks),
        attacks=tuple(attacks),
        parting=parting,
        no_deeds=most_deeds == 0,
        no_words=most_words == 0,
        label_words=round(top - 9, 1),
        label_deeds=round(top + AXIS + 15, 1),
    )


def _filled(column: Column) -> bool:
    return bool(column.words or column.deeds or column.promises)


def _column(
    column: Column, x: float, step: float, top: float, unit: float, rects: list[Rect], marks: list[Mark]
) -> None:
    width = min(step - GAP, 24.0)
    left = x + (step - width) / 2
    height = max(unit - GAP, 1.0)

    def place_in(block: Block, y: float) -> Rect:
        # What only the day of the report dates is drawn narrow: its place on the axis is less sure.
        share = 0.55 if block.dated == "report" else 1.0
        inset = width * (1 - share) / 2
        return Rect(block, round(left + inset, 1), round(y, 1), round(width * share, 1), round(height, 1))

    for place, block in enumerate(column.words, 1):
        rects.append(place_in(block, top - place * unit))
    for place, block in enumerate(column.deeds):
        rects.append(place_in(block, top + AXIS + GAP + place * unit))
    apart = min(PROMISES_APART, (WIDTH - RIGHT - LEFT - 12) / max(len(column.promises) - 1, 1))
    wide = (len(column.promises) - 1) * apart
    # Many promises of one day reach beyond its column; the chart has its edges all the same.
    first = min(max(x + step / 2 - wide / 2, LEFT + 6), WIDTH - RIGHT - 6 - wide)
    for place, block in enumerate(column.promises):
        marks.append(Mark(block, round(first + place * apart, 1), 9.0))
