"""What the figures rest on: sources, track record, method."""

from __future__ import annotations

from fastapi import APIRouter, Request, Response

from foedus.web import method, safety, track
from foedus.web.api.answers import Limit, Offset, answer, clean, page

router = APIRouter()


@router.get("/sources", tags=["record"], summary="What was read, and when")
def sources(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """Runs, the newest first, and how much the store holds."""
    told = method.sources(safety.state_of(request).shelf, limit, offset)
    return answer(request, page(told["runs"], told["counts"]["runs"], limit, offset) | {"counts": told["counts"]})


@router.get("/failures", tags=["record"], summary="Sources and rows that could not be read, and why")
def failures(request: Request, limit: Limit = 50, offset: Offset = 0) -> Response:
    """The newest first."""
    shelf = safety.state_of(request).shelf
    total = method.sources(shelf, 1, 0)["counts"]["failures"]
    return answer(request, page(method.failures(shelf, limit, offset), total, limit, offset))


@router.get("/record", tags=["record"], summary="The track record of the estimates")
def record(request: Request) -> Response:
    """The shipped model's record, and the backtest reports that the workbench was started with."""
    return answer(request, clean(track.record(safety.state_of(request).settings.record)))


@router.get("/method", tags=["record"], summary="Versions, data and their dates, licences, how to cite")
def methods(request: Request) -> Response:
    """Everything that a reader needs to name what was used."""
    bench = safety.state_of(request)
    return answer(request, clean(method.method(bench.shelf, bench.world)))
