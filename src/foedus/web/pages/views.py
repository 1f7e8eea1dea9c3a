"""The views of all actors at once: map, network and matrix, timeline."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from foedus.brief import labels
from foedus.web import drawing, estimates, figures, safety
from foedus.web import lanes as lanes_
from foedus.web.ask import Ask, code
from foedus.web.live import Live, live
from foedus.web.pages.frame import Asked, part, render, view_of
from foedus.web.pages.waiting import settled
from foedus.web.shelf import Shelf

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


def made_ready(bench: Any, ask: Ask) -> None:
    """Work out, after the first view, what the other views of it need."""
    view = live(bench.shelf, ask, bench.world)
    if view.model is not None:
        estimates.assessment(view, bench.world)
    figures.timeline(bench.shelf, view)
    figures.world_map(view, bench.shelf, bench.world)
    figures.matrix(view, bench.shelf)


@router.get("/map")
def map_(request: Request, ask: Asked) -> Response:
    """Who is for whom on a map."""
    bench = safety.state_of(request)
    view = view_of(request, ask, "map")
    figures.world_map(view, bench.shelf, bench.world)
    settled(request, ask, "map")
    body = view.keep(("map page",), lambda v: _map_body(bench, v))
    return render(request, "map.html.j2", ask=ask, here="map", view=view, body=body)


def _map_body(bench: Any, view: Live) -> Any:
    found = figures.world_map(view, bench.shelf, bench.world)
    return part("map_main.html.j2", ask=view.ask, here="map", view=view, figure=found)


@router.get("/network")
def network(request: Request, ask: Asked, centre: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The matrix and the ego network."""
    bench = safety.state_of(request)
    view = view_of(request, ask, "network", figures.TALLY)
    figures.tally(view, bench.shelf)
    settled(request, ask, "network")
    asked = code(centre) if centre.strip() else ""
    body = view.keep(("network page", asked), lambda v: _network_body(bench.shelf, v, asked))
    return render(request, "network.html.j2", ask=ask, here="network", view=view, body=body)


def _network_body(shelf: Shelf, view: Live, centre: str) -> Any:
    matrix = figures.matrix(view, shelf)
    middle = centre or view.sides[0][0]
    ego = figures.ego(view, shelf, middle)
    known = {row["code"]: row for row in ego.rows}
    spokes = drawing.ego(middle, [known[one] for one in ego.extra["shown"]])
    cells = {(row["actor"], row["recipient"]): row for row in matrix.rows}
    most = max((row["words"] + row["deeds"] for row in matrix.rows), default=1)
    return part(
        "network_main.html.j2", ask=view.ask, here="network", view=view, matrix=matrix, cells=cells, most=most, ego=ego,
        spokes=spokes, centre=middle, cut=figures.tally(view, shelf)[1],
    )  # fmt: skip


@router.get("/timeline")
def timeline(request: Request, ask: Asked) -> Response:
    """Lanes by actor."""
    bench = safety.state_of(request)
    view = view_of(request, ask, "timeline")
    figures.timeline(bench.shelf, view)
    settled(request, ask, "timeline")
    body = view.keep(("timeline page",), lambda v: _timeline_body(bench.shelf, v))
    return render(request, "timeline.html.j2", ask=ask, here="timeline", view=view, body=body)


def _timeline_body(shelf: Shelf, view: Live) -> Any:
    values = timeline_values(view, figures.timeline(shelf, view))
    return part("timeline_main.html.j2", **values, ask=view.ask)


def timeline_values(view: Live, figure: figures.Figure) -> dict[str, Any]:
    """What the timeline shows: lanes, and the acts that have no place in them."""
    limits = figure.extra["limits"]
    lanes, merged, beyond = None, False, 0
    if limits:
        order = [(one, labels.name(one), "attacked") for one in view.sides[0]]
        order += [(one, labels.name(one), "attackers") for one in view.sides[1]]
        order += [(one, labels.name(one), "third") for one in view.books]
        first, last = (dt.date.fromisoformat(one) for one in limits)
        first, last = max(first, last - dt.timedelta(days=36_000)), last
        attacks = [(labels.name(one.attacker), one.date) for one in view.crisis.attackers if one.date]
        rows = [row for row in figure.rows if row["standing"] != "historical"]
        marks = lanes_.together(rows, (last - first).days)
        follows = [tuple(one) for one in figure.extra["follows"]]
        lanes = lanes_.timeline(marks, order, attacks, (first, last), follows)
        merged = len(marks) < sum(1 for row in rows if row["date"])
        beyond = sum(1 for one in marks if one["date"]) - sum(len(lane.points) for lane in lanes.lanes)
    undated = [row for row in figure.rows if not row["date"]]
    return {"view": view, "figure": figure, "lanes": lanes, "merged": merged, "undated": undated, "beyond": beyond}
