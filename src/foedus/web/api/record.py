"""What the figures rest on: sources, track record, method."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request, Response

from foedus.web import method, safety, track
from foedus.web.api.answers import Format, Limit, Offset, answer, clean, listed, page

router = APIRouter()
COUNTED: Final = ("read", "rows", "added", "events", "faults", "rejected")
"""What runs count: those that code documents, and those that import rows."""


@router.get("/sources", tags=["record"], summary="What was read, and when")
def sources(request: Request, limit: Limit = 50, offset: Offset = 0, format: Format = "json") -> Response:
    """Runs, the newest first, and how much the store holds."""
    found = method.sources(safety.state_of(request).shelf, limit, offset)
    told = page(found["runs"], found["counts"]["runs"], limit, offset) | {"counts": found["counts"]}
    if format == "csv":
        told["rows"] = [{**run["counts"], **run} for run in told["rows"]]
    columns = ("id", "kind", "what", "coder", "started", "ended", *COUNTED)
    return listed(request, told, "sources", columns, format)


@router.get("/failures", tags=["record"], summary="Sources and rows that could not be read, and why")
def failures(request: Request, limit: Limit = 50, offset: Offset = 0, format: Format = "json") -> Response:
    """The newest first."""
    shelf = safety.state_of(request).shelf
    total = method.sources(shelf, 1, 0)["counts"]["failures"]
    told = page(method.failures(shelf, limit, offset), total, limit, offset)
    return listed(request, told, "failures", ("id", "run", "source", "line", "reason"), format)


@router.get("/record", tags=["record"], summary="The track record of the estimates")
def record(request: Request) -> Response:
    """The shipped model's record, and the backtest reports that the workbench was started with."""
    return answer(request, clean(track.record(safety.state_of(request).settings.record)))


@router.get("/method", tags=["record"], summary="Versions, data and their dates, licences, how to cite")
def methods(request: Request) -> Response:
    """Everything that a reader needs to name what was used."""
    bench = safety.state_of(request)
    return answer(request, clean(method.method(bench.shelf, bench.world)))
