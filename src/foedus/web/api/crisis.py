"""The crisis and its figures as JSON or CSV."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, Final

from fastapi import APIRouter, Path, Query, Request, Response

from foedus.errors import InputError
from foedus.web import desk, estimates, figures, reading, safety, track
from foedus.web.api.answers import Asked, Format, answer, clean, looked_at, tagged
from foedus.web.ask import Ask, code
from foedus.web.live import book

if TYPE_CHECKING:
    from foedus.model.assessment import Assessment, StateEstimate

router = APIRouter()
WhatIf = Annotated[
    list[str] | None,
    Query(max_length=12, description="facts changed, at most six: RUS-IRN: defense, RUS: own_war=no, USA not attacker"),
]
FIGURES: Final = (
    "answers",
    "bars",
    "duties",
    "ladder",
    "drivers",
    "spread",
    "reasons",
    "watch",
    "map",
    "matrix",
    "ego",
    "timeline",
    "accuracy",
    "calibration",
    "misses",
    "scores",
    "periods",
)
OF_THE_RECORD: Final = {
    "calibration": track.calibration,
    "misses": track.misses,
    "scores": track.scores,
    "periods": track.periods,
}


@router.get("/crisis", tags=["crisis"], summary="The crisis asked about, or found in the store, with its answer lines")
def crisis(request: Request, ask: Asked) -> Response:
    """Answer lines with their counts; without parameters the crisis that the store tells most of."""
    return answer(request, figures.answers(looked_at(request, ask)).to_dict())


@router.get("/ledger", tags=["crisis"], summary="Words and deeds of one third state, act by act")
def ledger(
    request: Request,
    ask: Asked,
    supporter: Annotated[str, Query(max_length=60, description="the third state", examples=["RUS"])],
) -> Response:
    """The whole ledger with every report, as `foedus ledger --format json` has it."""
    view = looked_at(request, ask)
    return answer(request, book(view, code(supporter))[0].to_dict())


@router.get("/assessment", tags=["crisis"], summary="Estimates for every third state, with drivers, cases and changes")
def assessment(
    request: Request,
    ask: Asked,
    what_if: WhatIf = None,
    state: Annotated[
        str, Query(max_length=60, description="work out what would change this state most; takes a few seconds")
    ] = "",
) -> Response:
    """The whole assessment, as `foedus assess --format json` has it."""
    bench = safety.state_of(request)
    view = looked_at(request, ask)
    one = code(state) if state.strip() else None
    found = estimates.assessment(view, bench.world, estimates.checked(what_if or []), state=one)
    if one is not None:
        _of(found, one)
    return answer(request, clean(found.to_dict()))


@router.get("/figures/{name}", tags=["figures"], summary="Any figure of the pages, as JSON or CSV")
def figure(
    request: Request,
    ask: Asked,
    name: Annotated[str, Path(max_length=40, description=", ".join(FIGURES))],
    state: Annotated[str, Query(max_length=60, description="the third state, for bars, drivers and ego")] = "",
    what_if: WhatIf = None,
    format: Format = "json",
) -> Response:
    """Columns and rows of a figure, and what its drawing needs besides."""
    found = make(request, name, ask, state, what_if or [])
    if format == "csv":
        return tagged(request, found.to_csv(), "text/csv; charset=utf-8", name=f"foedus-{found.name}.csv")
    return answer(request, clean(found.to_dict()))


def make(request: Request, name: str, ask: Ask, state: str, what_if: list[str]) -> figures.Figure:
    """A figure by name. Raises Refused (404) for one that is not known."""
    bench = safety.state_of(request)
    if name == "accuracy":
        return accuracy_figure(bench)
    if name in OF_THE_RECORD:
        return OF_THE_RECORD[name](bench.settings.record)
    if name not in FIGURES:
        raise safety.Refused(404, f"there is no figure {name!r}; choose one of {', '.join(FIGURES)}")
    view = looked_at(request, ask)
    changed = estimates.checked(what_if)
    if name in ("bars", "drivers", "ego"):
        if not state.strip():
            raise InputError(f"the figure {name} needs a state, such as state=RUS")
        one = code(state)
        if name == "ego":
            return figures.ego(view, bench.shelf, one)
        if name == "bars":
            return figures.bars(view, one, *book(view, one))
        return figures.drivers(_of(estimates.assessment(view, bench.world, changed), one))
    if name == "ladder":
        return figures.ladder(view, bench.world, changed)
    if name == "spread":
        return figures.spread(view, bench.world)
    if name in ("reasons", "watch"):
        told = reading.reasons_and_watch(bench.shelf, view)
        return reading.reasons_figure(told) if name == "reasons" else reading.watch_figure(told)
    return {
        "answers": lambda: figures.answers(view),
        "duties": lambda: figures.duties(view),
        "map": lambda: figures.world_map(view, bench.shelf, bench.world),
        "matrix": lambda: figures.matrix(view, bench.shelf),
        "timeline": lambda: figures.timeline(bench.shelf, view),
    }[name]()


def _of(found: Assessment, state: str) -> StateEstimate:
    """The estimate of one state. Raises InputError where it is no third state."""
    try:
        return found[state]
    except KeyError:
        raise InputError(f"{state} is no third state of this crisis; choose one that is neither side") from None


def accuracy_figure(bench: Any) -> figures.Figure:
    """How often reviewers let an event stand, by type."""
    rows = tuple(desk.accuracy(bench.shelf.reviews()))
    columns = ("type", "right", "reviewed", "share", "low", "high")
    note = "Share of reviewed events that stand as coded, with Wilson's 90 % interval; reviewed events are no random sample."
    return figures.Figure("accuracy", "Accuracy of the coder by type", columns, rows, note)
