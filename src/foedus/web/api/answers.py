"""What every answer of the API shares: one shape of fault, pages, ETags."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query, Request, Response
from pydantic import BaseModel, Field

from foedus.errors import DataError, InputError
from foedus.web import safety
from foedus.web.ask import Ask, asked
from foedus.web.figures.figure import Figure
from foedus.web.live import Live, live


class Fault(BaseModel):
    """What went wrong and what to do."""

    status: int = Field(description="the HTTP status again")
    kind: str
    message: str = Field(description="one line that says what to do next")


class Problem(BaseModel):
    """The one shape of every fault."""

    error: Fault


FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    number: {"model": Problem, "description": text}
    for number, text in (
        (400, "Not understood"), (401, "The token is missing"), (403, "Not from a page of this workbench"),
        (404, "Not there"), (405, "Not done here"), (411, "No length given"), (413, "Too large"), (415, "Not JSON"), (421, "Another host"),
        (422, "What was asked cannot be"), (429, "Too many"), (500, "A fault of ours"), (503, "Busy"),
    )
}  # fmt: skip
Asked = Annotated[Ask, Depends(asked)]
Limit = Annotated[int, Query(ge=1, le=500, description="rows on one page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="rows to leave out first")]
Format = Annotated[Literal["json", "csv"], Query(description="json or csv")]


def answer(request: Request, payload: Any, status: int = 200) -> Response:
    """JSON with an ETag; 304 where the asker has it already."""
    body = json.dumps(payload, ensure_ascii=False, allow_nan=False, default=str).encode("utf-8", "replace")
    return tagged(request, body, "application/json", status)


def tagged(request: Request, body: bytes, kind: str, status: int = 200, name: str | None = None) -> Response:
    """Bytes with an ETag; 304 where the asker has them already."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if told := behind(request):
        headers["X-Foedus-Behind"] = told
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    given = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and (tag in given or "*" in given):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, kind)


def looked_at(request: Request, ask: Ask) -> Live:
    """The live brief of a request; the answer says where it is not of the store as it is now."""
    bench = safety.state_of(request)
    view = live(bench.shelf, ask, bench.world)
    request.state.foedus_view = view
    return view


def behind(request: Request) -> str:
    """What has come into the store since the figures of the answer were made; empty where nothing has."""
    view: Live | None = getattr(request.state, "foedus_view", None)
    told = None if view is None else safety.state_of(request).shelf.behind(("live", view.ask), view)
    return "" if told is None else f"{told.documents} documents, {told.reviews} reviews since {told.at}"


def page(rows: list[Any], total: int | None, limit: int, offset: int) -> dict[str, Any]:
    """A page of rows: `total` is null where counting would cost more than it tells; `next` is the offset to go on from."""
    more = total is not None and offset + len(rows) < total
    return {"total": total, "limit": limit, "offset": offset, "next": offset + limit if more else None, "rows": rows}


def listed(request: Request, told: dict[str, Any], name: str, columns: tuple[str, ...], format: str) -> Response:
    """A page of rows as JSON, or as a CSV of these columns whose header `Link` leads to the next page."""
    if format != "csv":
        return answer(request, clean(told))
    response = tagged(
        request,
        Figure(name, name, columns, tuple(told["rows"])).to_csv(),
        "text/csv; charset=utf-8",
        name=f"foedus-{name}.csv",
    )
    if told.get("next") is not None:
        address = request.url.include_query_params(offset=told["next"])
        response.headers["Link"] = f'<{address.path}?{address.query}>; rel="next"'
    return response


def clean(value: Any) -> Any:
    """Values as JSON has them: no NaN (None instead), no tuples."""
    if isinstance(value, dict):
        return {str(key): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(one) for one in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


def held(get: Any, id: str) -> Any:
    """What the store holds under an id. Raises Refused (404) where it holds nothing, DataError for what is of no use here."""
    try:
        return get(id)
    except DataError:
        raise
    except InputError as error:
        raise safety.Refused(404, str(error)) from None
