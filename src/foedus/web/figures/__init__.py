"""Every figure of the pages as plain values, in one place for page, JSON and CSV."""

from foedus.web.figures.acts import TALLY, ego, grouped, kind_of, matrix, tally, timeline
from foedus.web.figures.atlas import atlas, successors, world_map
from foedus.web.figures.crisis import answers, bars, crisis, duties
from foedus.web.figures.figure import Figure, Row
from foedus.web.figures.ladder import drivers, estimate_row, ladder
from foedus.web.figures.spread import spread

__all__ = [
    "TALLY",
    "Figure",
    "Row",
    "answers",
    "atlas",
    "bars",
    "crisis",
    "drivers",
    "duties",
    "ego",
    "estimate_row",
    "grouped",
    "kind_of",
    "ladder",
    "matrix",
    "spread",
    "successors",
    "tally",
    "timeline",
    "world_map",
]  # fmt: skip
