"""Search, sources, track record, method, and the API as a page."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse

from foedus.errors import InputError
from foedus.web import drawing, method, safety, track
from foedus.web.api.description import describe
from foedus.web.pages.frame import PAGE, Asked, render
from foedus.web.wanted import found, searched, wanted

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/search")
def search(
    request: Request,
    ask: Asked,
    q: Annotated[str, Query(max_length=300)] = "",
    kind: Annotated[str, Query(max_length=10)] = "",
    actor: Annotated[str, Query(max_length=200)] = "",
    recipient: Annotated[str, Query(max_length=200)] = "",
    type: Annotated[str, Query(max_length=20)] = "",
    act: Annotated[str, Query(max_length=10)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:
    """Documents by words, or events by who did what to whom."""
    bench = safety.state_of(request)
    documents: list[dict[str, Any]] = []
    events, headers, kept, further = [], {}, {}, None
    wants_events = kind == "events" or any(one.strip() for one in (actor, recipient, type, act))
    if wants_events:
        asked = wanted(actor, recipient, type, act, "", "", ask.since, ask.until)
        coded, seen, further = found(bench.shelf, asked, PAGE, offset)
        kept = {event.id: event for event in seen}
        events = [kept.get(event.id, event) for event in coded]
        headers = bench.shelf.headers(one.document for one in events)
    elif q.strip():
        documents, further = searched(bench.shelf, q, PAGE, offset)
    return render(
        request, "search.html.j2", ask=ask, here="search", q=q, documents=documents, events=events,
        headers=headers, wants_events=wants_events, actor=actor, recipient=recipient, type=type, act=act, offset=offset,
        more=further is not None, page=PAGE, rejected={event.id for event in events if event.id not in kept},
    )  # fmt: skip


@router.get("/sources")
def sources(
    request: Request, ask: Asked, only: Annotated[str, Query(max_length=10)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:  # fmt: skip
    """What was read, when, and what failed."""
    bench = safety.state_of(request)
    if only not in ("", "silent", "faults"):
        raise InputError(f"only {only!r} is not known: choose silent or faults, or leave it out")
    rows, total = bench.shelf.listed(PAGE, offset, only)
    return render(
        request, "sources.html.j2", ask=ask, here="sources", rows=rows, total=total, offset=offset, only=only, page=PAGE,
        told=method.sources(bench.shelf, 30, 0),
    )  # fmt: skip


@router.get("/record")
def record(request: Request, ask: Asked) -> Response:
    """How estimates of this kind have fared."""
    found = track.record(safety.state_of(request).settings.record)
    plots = [
        {of: drawing.calibration(told["bins"][of]) for of in track.FOREMOST if told["bins"].get(of)}
        for told in found["reports"]
    ]
    return render(
        request, "record.html.j2", ask=ask, here="record", found=found, plots=plots, labels=track.LABELS,
        shipped=drawing.calibration(found["bands"]),
    )  # fmt: skip


@router.get("/method")
def method_(request: Request, ask: Asked) -> Response:
    """Versions, data, licences, citation."""
    bench = safety.state_of(request)
    return render(request, "method.html.j2", ask=ask, here="method", found=method.method(bench.shelf, bench.world))


@router.get("/api")
def api_page(request: Request, ask: Asked) -> Response:
    """The API as a page."""
    spec = describe(request.app)
    calls = [
        {
            "path": path,
            "verb": verb.upper(),
            **{k: call.get(k, "") for k in ("summary", "description", "parameters", "tags")},
        }
        for path, verbs in spec["paths"].items()
        for verb, call in verbs.items()
    ]
    return render(request, "api.html.j2", ask=ask, here="api", calls=calls)
