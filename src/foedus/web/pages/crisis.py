"""The crisis: answer lines, bars, treaties; estimates and reasons come after as parts of their own."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from foedus.brief import answers
from foedus.brief.model import Pair
from foedus.errors import CrisisError, FoedusError
from foedus.web import drawing, estimates, figures, safety
from foedus.web.ask import Ask
from foedus.web.first import First
from foedus.web.live import Live, live
from foedus.web.pages.frame import Asked, part, render, view_of
from foedus.web.pages.waiting import is_large, settled
from foedus.web.reading import reasons_and_watch

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
MOST_ROWS: Final = 40
"""Acts listed on a page for each group; the whole list is in the CSV."""
WIDE: Final = 600
"""Acts from which the crisis page is an overview, and the sentences stand on the pages of the third states."""


@router.get("/")
def home(request: Request) -> Response:
    """The crisis is the first view; a question goes along."""
    return RedirectResponse(request.url.replace(scheme="", netloc="", path="/crisis"), 307)


@router.get("/crisis")
def crisis(request: Request, ask: Asked) -> Response:
    """The live brief."""
    bench = safety.state_of(request)
    if not bench.shelf.holds(("live", ask)) and (kept := bench.first.get(ask)):
        bench.keeper.asked(ask)
        return render(request, "crisis.html.j2", ask=ask, here="crisis", title=kept.title, body=Markup(kept.body))
    try:
        view = view_of(request, ask, "crisis")
    except CrisisError as error:
        if request.headers.get("hx-target") == "figures":
            return Response(headers={"HX-Redirect": f"{request.url.path}?{request.url.query}"})
        return render(request, "empty.html.j2", ask=ask, here="crisis", message=str(error))
    body = _body(view)
    settled(request, ask, "crisis")
    return render(request, "crisis.html.j2", ask=ask, here="crisis", view=view, title=view.title, body=body)


def _body(view: Live) -> Any:
    """The page's body: it follows from the view alone, while the frame around it (token, address) is the reader's own."""
    return view.keep(("page",), lambda v: part("crisis_main.html.j2", **crisis_values(v), here="crisis", ask=v.ask))


def renewed(bench: Any, ask: Ask) -> None:
    """Bring the view of a question up to date, behind whoever looks at it; of a large store keep it for the next start."""
    view = live(bench.shelf, ask, bench.world)
    body = _body(view)
    made_of = bench.shelf.stamp_of(("live", ask), view)
    if made_of is not None and is_large(bench):
        bench.first.keep(ask, First(view.title, str(body)), str(made_of))


def crisis_values(view: Live) -> dict[str, Any]:
    """What the crisis page shows; also of use to tests."""
    wide = sum(len(pair.acts) for pair in view.pairs.values()) > WIDE
    acts = {
        code_: {row["id"]: row for row in figures.bars(view, code_, view.books[code_], pair).rows}
        for code_, pair in view.pairs.items()
    }
    foremost = [row for row in view.commitments if answers.foremost(view.answers, row)]
    standing = answers.standing(view.commitments)
    return {
        "view": view,
        "acts": acts,
        "shown": [one.supporter for one in view.answers],
        "drawings": {
            code_: drawing.bars(pair.chart, 80 if wide else drawing.MOST_BLOCKS) for code_, pair in view.pairs.items()
        },
        "foremost": foremost,
        "standing": standing,
        "further": [row for row in view.commitments if row not in foremost],
        "most": MOST_ROWS,
        "wide": wide,
        "listed": set() if wide else {key for pair in view.pairs.values() for key in listed(pair)},
    }


def listed(pair: Pair) -> set[str]:
    """The acts of a pair that its table shows."""
    return {key for _, _, keys in pair.groups for key in keys[:MOST_ROWS]}


@router.get("/crisis/estimates")
def crisis_estimates(request: Request, ask: Asked, all: Annotated[str, Query(max_length=1)] = "") -> Response:
    """The ladder of every third state, as a part of the crisis page."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    try:
        found = estimates.assessment(view, bench.world)
    except FoedusError as error:  # no fault of the reader's: the facts may not reach back so far
        return render(request, "no_estimates.html.j2", message=str(error))
    spoken = {one.supporter for one in view.answers}
    rows = [one for place, one in enumerate(found.states) if all or place < 14 or one.state in spoken]
    bars = {one.state: drawing.ladder(one) for one in rows}
    return render(request, "estimates.html.j2", ask=ask, view=view, found=found, rows=rows, bars=bars)


@router.get("/crisis/spread")
def crisis_spread(request: Request, ask: Asked) -> Response:
    """The escalation, as a part of the crisis page: played when somebody opens it, for it takes its time."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    try:
        figure = figures.spread(view, bench.world)
    except FoedusError as error:
        return render(request, "no_estimates.html.j2", message=str(error))
    drawn = drawing.spread(figure.rows)
    return render(
        request,
        "spread.html.j2",
        ask=ask,
        view=view,
        figure=figure,
        drawn=drawn,
        pivotal=figure.extra["summary"]["pivotal"],
    )


@router.get("/crisis/reasons")
def crisis_reasons(request: Request, ask: Asked) -> Response:
    """Reasons and what to watch, as a part of the crisis page: they need whole texts and come after the rest."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    found = reasons_and_watch(bench.shelf, view)
    return render(request, "reasons.html.j2", ask=ask, view=view, found=found)
