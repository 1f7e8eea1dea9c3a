"""What the figures rest on: sources, track record, method."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from foedus.web import method, safety
from foedus.web.api.answers import Limit, Offset, answer, clean

router = APIRouter()


@router.get("/sources", tags=["record"], summary="What was read, when, and what failed")
def sources(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Runs, the newest first, and the sources or rows that failed."""
    bench = safety.state_of(request)
    return answer(request, method.sources(bench.shelf, limit, offset))


@router.get("/record", tags=["record"], summary="The track record of the estimates")
def record(request: Request) -> Response:
    """The shipped model's record, and the backtest report that the workbench was started with."""
    return answer(request, clean(method.record(safety.state_of(request).settings.record)))


@router.get("/method", tags=["record"], summary="Versions, data and their dates, licences, how to cite")
def methods(request: Request) -> Response:
    """Everything that a reader needs to name what was used."""
    bench = safety.state_of(request)
    return answer(request, clean(method.method(bench.shelf, bench.world)))
