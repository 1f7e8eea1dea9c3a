"""The same as REST: every figure, document, event and review as JSON, with one shape of fault, pages and ETags."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Depends, File, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from foedus.errors import InputError
from foedus.model.event import QUADS, Event
from foedus.store.reviews import Review
from foedus.web import desk, estimates, figures, method, safety
from foedus.web.ask import Ask, asked, code, codes, day
from foedus.web.live import book, live


class Fault(BaseModel):
    """What went wrong and what to do."""

    status: int = Field(description="the HTTP status again")
    kind: str
    message: str = Field(description="one line that says what to do next")


class Problem(BaseModel):
    """The one shape of every fault."""

    error: Fault


_FAULTS: Final[dict[int | str, dict[str, Any]]] = {
    number: {"model": Problem, "description": text}
    for number, text in (
        (400, "Not understood"), (401, "The token is missing"), (403, "Not from a page of this workbench"),
        (404, "Not there"), (405, "Not done here"), (413, "Too large"), (415, "Not JSON"), (421, "Another host"),
        (422, "What was asked cannot be"), (429, "Too many"), (503, "Busy"),
    )
}  # fmt: skip
router = APIRouter(prefix="/api", responses=_FAULTS)
Asked = Annotated[Ask, Depends(asked)]
Limit = Annotated[int, Query(ge=1, le=500, description="rows on one page")]
Offset = Annotated[int, Query(ge=0, le=10_000_000, description="rows to leave out first")]
Format = Annotated[Literal["json", "csv"], Query(description="json or csv")]
FIGURES: Final = (
    "answers",
    "bars",
    "duties",
    "ladder",
    "drivers",
    "map",
    "matrix",
    "ego",
    "timeline",
    "accuracy",
    "calibration",
)


def answer(request: Request, payload: Any, status: int = 200) -> Response:
    """JSON with an ETag; 304 where the asker has it already."""
    body = json.dumps(payload, ensure_ascii=False, allow_nan=False, default=str).encode("utf-8", "replace")
    return tagged(request, body, "application/json", status)


def tagged(request: Request, body: bytes, kind: str, status: int = 200, name: str | None = None) -> Response:
    """Bytes with an ETag; 304 where the asker has them already."""
    tag = f'"{sha256(body).hexdigest()[:32]}"'
    headers = {"ETag": tag, "Cache-Control": "private, no-cache"}
    if name:
        headers["Content-Disposition"] = f'attachment; filename="{name}"'
    given = {one.strip().removeprefix("W/") for one in request.headers.get("if-none-match", "").split(",")}
    if status == 200 and (tag in given or "*" in given):
        return Response(status_code=304, headers=headers)
    return Response(body, status, headers, kind)


def page(rows: list[Any], total: int | None, limit: int, offset: int) -> dict[str, Any]:
    """A page of rows: `total` is None where counting would cost more than it tells; `next` is the offset to go on from."""
    more = offset + len(rows) < total if total is not None else len(rows) == limit
    return {"total": total, "limit": limit, "offset": offset, "next": offset + limit if more else None, "rows": rows}


# -- the crisis and its figures ----------------------------------------------------------------------------------


@router.get("/crisis", tags=["crisis"], summary="The crisis asked about, or found in the store, with its answer lines")
def crisis(request: Request, ask: Asked) -> Response:
    """Answer lines with their counts; without parameters the crisis that the store tells most of."""
    bench = safety.state_of(request)
    return answer(request, figures.answers(live(bench.shelf, ask, bench.world)).to_dict())


@router.get("/ledger", tags=["crisis"], summary="Words and deeds of one third state, act by act")
def ledger(request: Request, ask: Asked, supporter: Annotated[str, Query(max_length=60, examples=["RUS"])]) -> Response:
    """The whole ledger with every report, as `foedus ledger --format json` has it."""
    bench = safety.state_of(request)
    view = live(bench.shelf, ask, bench.world)
    return answer(request, book(view, code(supporter))[0].to_dict())


@router.get("/assessment", tags=["crisis"], summary="Estimates for every third state, with drivers, cases and changes")
def assessment(
    request: Request,
    ask: Asked,
    what_if: Annotated[list[str] | None, Query(max_length=12, description='such as "RUS-IRN: defense"')] = None,
) -> Response:
    """The whole assessment, as `foedus assess --format json` has it."""
    bench = safety.state_of(request)
    view = live(bench.shelf, ask, bench.world)
    found = estimates.assessment(view, bench.world, estimates.checked(what_if or []))
    return answer(request, clean(found.to_dict()))


@router.get("/figures/{name}", tags=["figures"], summary="Any figure of the pages, as JSON or CSV")
def figure(
    request: Request,
    ask: Asked,
    name: Annotated[str, Path(max_length=40, description=", ".join(FIGURES))],
    state: Annotated[str, Query(max_length=60, description="the third state, for bars, drivers and ego")] = "",
    what_if: Annotated[list[str] | None, Query(max_length=12)] = None,
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
    if name == "calibration":
        return method.calibration_figure(bench.settings.record)
    if name not in FIGURES:
        raise safety.Refused(404, f"there is no figure {name!r}; choose one of {', '.join(FIGURES)}")
    view = live(bench.shelf, ask, bench.world)
    changed = estimates.checked(what_if)
    if name in ("bars", "drivers", "ego"):
        if not state.strip():
            raise InputError(f"the figure {name} needs a state, such as state=RUS")
        one = code(state)
        if name == "ego":
            return figures.ego(view, bench.shelf, one)
        if name == "bars":
            return figures.bars(view, one, *book(view, one))
        found = estimates.assessment(view, bench.world, changed)
        try:
            return figures.drivers(found[one])
        except KeyError:
            raise InputError(f"{one} is no third state of this crisis; choose one that is neither side") from None
    if name == "ladder":
        return figures.ladder(view, bench.world, changed)
    return {
        "answers": lambda: figures.answers(view),
        "duties": lambda: figures.duties(view),
        "map": lambda: figures.world_map(view, bench.shelf, bench.world),
        "matrix": lambda: figures.matrix(view, bench.shelf),
        "timeline": lambda: figures.timeline(bench.shelf, view),
    }[name]()


def accuracy_figure(bench: Any) -> figures.Figure:
    """How often reviewers let an event stand, by type."""
    rows = tuple(desk.accuracy(bench.shelf.store.reviews()))
    columns = ("type", "right", "reviewed", "share", "low", "high")
    note = "Share of reviewed events that stand as coded, with Wilson's 90 % interval; reviewed events are no random sample."
    return figures.Figure("accuracy", "Accuracy of the coder by type", columns, rows, note)


def clean(value: Any) -> Any:
    """Values as JSON has them: no NaN (None instead), no tuples."""
    if isinstance(value, dict):
        return {str(key): clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [clean(one) for one in value]
    if isinstance(value, float) and (value != value or value in (float("inf"), float("-inf"))):
        return None
    return value


# -- documents and events ----------------------------------------------------------------------------------------


@router.get("/documents", tags=["documents"], summary="Documents in the store, or those that hold some words")
def documents(
    request: Request,
    q: Annotated[str, Query(max_length=300, description='words, "phrases", word*, OR, -without')] = "",
    limit: Limit = 50,
    offset: Offset = 0,
) -> Response:
    """Headers, the newest first; with `q` the best match first, each with a snippet (matches between U+0002 and U+0003)."""
    bench = safety.state_of(request)
    if q.strip():
        return answer(request, page(bench.shelf.store.search(q, limit, offset), None, limit, offset))
    rows, total = bench.shelf.listed(limit, offset)
    return answer(request, page([row.to_dict() for row in rows], total, limit, offset))


@router.get("/documents/{id:path}", tags=["documents"], summary="One document with its events and their reviews")
def document(request: Request, id: Annotated[str, Path(max_length=300)]) -> Response:
    """The text and, in text order, what was coded from it."""
    store = safety.state_of(request).shelf.store
    found = held(store.document, id)
    plain = found.to_dict()
    plain.pop("original")
    plain["events"] = [event_dict(event, store.reviews(event.id)) for event in store.events_of(id)]
    return answer(request, clean(plain))


class NewDocument(BaseModel):
    """A text or an address to read, never both. The other fields fill in what the text does not say of itself."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = Field(None, max_length=2_000_000)
    url: str | None = Field(None, max_length=2_000)
    title: str | None = Field(None, max_length=300)
    outlet: str | None = Field(None, max_length=200)
    published: str | None = Field(None, max_length=10, examples=["2025-06-13"])


@router.post("/documents", tags=["documents"], status_code=202, summary="Add a text or an address")
def add_document(request: Request, given: NewDocument) -> Response:
    """Queues the addition; ask `/api/additions/{id}` how far it is."""
    job = queue_document(
        request, given.text or "", given.url or "", title=given.title, outlet=given.outlet, published=given.published
    )
    return answer(request, job, 202)


@router.post(
    "/files", tags=["documents"], status_code=202, summary="Add a file (text, HTML, PDF, JSONL, CSV, feed, WARC)"
)
async def add_file(request: Request, file: Annotated[UploadFile, File(description="the file itself")]) -> Response:
    """Queues the addition; needs the header `X-Foedus-Write: 1`. The file's name is a label and never a path."""
    return answer(request, await queue_file(request, file), 202)


@router.get("/additions", tags=["documents"], summary="Additions of this session")
def additions(request: Request) -> Response:
    """The newest first."""
    rows = safety.state_of(request).jobs.all()
    return answer(request, page(rows, len(rows), max(len(rows), 1), 0))


@router.get("/additions/{id}", tags=["documents"], summary="How far an addition is")
def addition(request: Request, id: Annotated[str, Path(max_length=64)]) -> Response:
    """`state` is waiting, reading, coding, done or failed; `ids` are the documents when done."""
    return answer(request, safety.state_of(request).jobs.get(id))


def queue_document(
    request: Request, text: str, url: str, *, title: str | None, outlet: str | None, published: str | None
) -> dict[str, Any]:
    """Queue a text or an address. Raises InputError where neither or both are given, Refused where there were too many."""
    bench = safety.state_of(request)
    if bool(text.strip()) == bool(url.strip()):
        raise InputError("give either a text or an address")
    when = day(published or "", "published")
    if url.strip() and (not url.strip().lower().startswith(("http://", "https://")) or len(url.split()) != 1):
        raise InputError("an address begins with http:// or https:// and holds no blanks")
    bench.adds.take(request.client.host if request.client else "?")
    if url.strip():
        result: dict[str, Any] = bench.jobs.add(
            "url", url.strip()[:200], url=url.strip(), title=title, outlet=outlet, published=when
        )
        return result
    label = (title or " ".join(text.split())[:60]).strip()
    told: dict[str, Any] = bench.jobs.add(
        "text", label, data=text.encode("utf-8", "replace"), title=title, outlet=outlet, published=when
    )
    return told


async def queue_file(request: Request, file: UploadFile) -> dict[str, Any]:
    """Queue an upload, bounded by the settings."""
    bench = safety.state_of(request)
    data = await file.read(bench.settings.max_upload + 1)
    if len(data) > bench.settings.max_upload:
        raise safety.Refused(
            413, f"larger than {bench.settings.max_upload // 1_000_000} MB; add it with: foedus store add FILE"
        )
    if not data:
        raise InputError("the file is empty")
    bench.adds.take(request.client.host if request.client else "?")
    label = "".join(
        char for char in (file.filename or "file").replace("\\", "/").rsplit("/", 1)[-1] if char.isprintable()
    )
    told: dict[str, Any] = bench.jobs.add("file", label[:120] or "file", data=data)
    return told


KINDS: Final = ("word", "deed", "withheld")


def event_filter(
    actor: str, recipient: str, type: str, kind: str, speaker: str, document: str, since: str | None, until: str | None
) -> tuple[str | None, list[Any]]:
    """A condition over the store's columns. Raises InputError for a type, kind or code that cannot be."""
    where: list[str] = []
    params: list[Any] = []
    for column, value in (("actor", actor), ("recipient", recipient), ("speaker", speaker)):
        if value.strip():
            where.append(f"{column} IN (SELECT unnest(?))")
            params.append(list(codes(value)))
    if type.strip():
        if type.strip().upper() not in QUADS:
            raise InputError(f"{type[:30]!r} is no PLOVER type; the types are {', '.join(QUADS)}")
        where.append("type = ?")
        params.append(type.strip().upper())
    if kind:
        if kind not in KINDS:
            raise InputError(f"{kind[:30]!r} is no kind of event; choose word, deed or withheld")
        where.append("kind = ?")
        params.append(kind)
    if document:
        where.append("document = ?")
        params.append(document)
    for limit, sign in ((since, ">="), (until, "<=")):
        if limit:
            from foedus.model.dates import bounds

            where.append(f"day {sign} CAST(? AS DATE)")
            params.append(bounds(limit)[0 if sign == ">=" else 1].isoformat())
    return (" AND ".join(where) or None), params


@router.get("/events", tags=["events"], summary="Events by actor, recipient, type, kind, speaker, document and window")
def events(
    request: Request,
    actor: Annotated[str, Query(max_length=200)] = "",
    recipient: Annotated[str, Query(max_length=200)] = "",
    type: Annotated[str, Query(max_length=20)] = "",
    kind: Annotated[str, Query(max_length=10, description="word, deed or withheld")] = "",
    speaker: Annotated[str, Query(max_length=200)] = "",
    document: Annotated[str, Query(max_length=300)] = "",
    since: Annotated[str, Query(max_length=10)] = "",
    until: Annotated[str, Query(max_length=10)] = "",
    corrected: Annotated[bool, Query(description="as reviewers see them: rejected ones left out")] = True,
    limit: Limit = 100,
    offset: Offset = 0,
    format: Format = "json",
) -> Response:
    """In order of day. A page may hold fewer rows than `limit` where reviewers rejected some."""
    store = safety.state_of(request).shelf.store
    window = (day(since, "since"), day(until, "until"))
    where, params = event_filter(actor, recipient, type, kind, speaker, document, *window)
    raw = store.events(where, params, limit=limit, offset=offset)
    rows = raw
    if corrected:
        from foedus.store.reviews import corrected as seen

        rows = seen(raw, store.reviews())
    if format == "csv":
        columns = (
            "id", "document", "date", "actor", "recipient", "type", "mode", "polarity", "modality", "kind", "speaker",
            "confidence", "quote", "coder",
        )  # fmt: skip
        found = figures.Figure("events", "Events", columns, tuple(event_dict(one) for one in rows))
        return tagged(request, found.to_csv(), "text/csv; charset=utf-8", name="foedus-events.csv")
    told = page([event_dict(one) for one in rows], None, limit, offset)
    told["next"] = offset + limit if len(raw) == limit else None
    return answer(request, clean(told))


@router.get("/events/{id:path}", tags=["events"], summary="One event with its reviews, as coded and as corrected")
def event(request: Request, id: Annotated[str, Path(max_length=500)]) -> Response:
    """`corrected` is what the reviews make of it, None where they reject it."""
    store = safety.state_of(request).shelf.store
    found = held(store.event, id)
    told = store.reviews(id)
    from foedus.store.reviews import corrected as seen

    as_seen = seen([found], told)
    plain = event_dict(found, store.reviews(id, include_undone=True))
    plain["corrected"] = event_dict(as_seen[0]) if as_seen else None
    return answer(request, clean(plain))


def event_dict(event: Event, reviews: list[Review] | None = None) -> dict[str, Any]:
    """An event as plain values, with its reviews."""
    plain = event.to_dict() | {"what": desk.said(event), "quad": event.quad}
    if reviews is not None:
        plain["reviews"] = [review.to_dict() for review in reviews]
    return plain


def held(get: Any, id: str) -> Any:
    """What the store holds under an id. Raises Refused (404) where it holds nothing."""
    try:
        return get(id)
    except InputError as error:
        raise safety.Refused(404, str(error)) from None


# -- reviews -----------------------------------------------------------------------------------------------------


class NewReview(BaseModel):
    """A vote, corrected fields, a comment, or several of them."""

    model_config = ConfigDict(extra="forbid")

    event: str = Field(max_length=500)
    verdict: Literal["up", "down"] | None = None
    fields: dict[str, str | bool | None] = Field(default_factory=dict, max_length=12)
    comment: str | None = Field(None, max_length=4_000)
    reviewer: str | None = Field(None, max_length=80)


@router.get("/reviews", tags=["reviews"], summary="Reviews, oldest first")
def reviews(
    request: Request,
    event: Annotated[str, Query(max_length=500)] = "",
    document: Annotated[str, Query(max_length=300)] = "",
    undone: Annotated[bool, Query(description="those taken back too")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
) -> Response:
    """The corrections log: nothing is ever deleted from it."""
    store = safety.state_of(request).shelf.store
    found = store.reviews(event or None, document or None, include_undone=undone)
    rows = [one.to_dict() for one in found[offset : offset + limit]]
    return answer(request, clean(page(rows, len(found), limit, offset)))


@router.post("/reviews", tags=["reviews"], status_code=201, summary="Review an event")
def add_review(request: Request, given: NewReview) -> Response:
    """Answered once it is safe on disk. Whoever reviews at the same time loses nothing: reviews are only ever added."""
    store = safety.state_of(request).shelf.store
    held(store.event, given.event)
    fields = {name: (value or None) if isinstance(value, str) else value for name, value in given.fields.items()}
    done = store.review(given.event, given.verdict, fields, (given.comment or "").strip() or None, tidy(given.reviewer))
    return answer(request, clean(done.to_dict()), 201)


@router.delete(
    "/reviews/{id}", tags=["reviews"], summary="Take a review back; it stays in the record, marked as undone"
)
def undo_review(request: Request, id: Annotated[int, Path(ge=1, le=2**53)]) -> Response:
    """Needs the header `X-Foedus-Write: 1` where no JSON body is sent."""
    store = safety.state_of(request).shelf.store
    held(store.undo_review, id)  # type: ignore[arg-type]
    return answer(request, {"undone": id})


def tidy(reviewer: str | None) -> str | None:
    """A reviewer's name on one line, or None."""
    return " ".join((reviewer or "").split())[:80] or None


@router.get("/queue", tags=["reviews"], summary="Events that most want a reviewer's eye")
def queue(
    request: Request,
    ask: Asked,
    order: Annotated[Literal["uncertain", "consequential"], Query()] = "consequential",
    reviewer: Annotated[str, Query(max_length=80, description="leave out what this reviewer has voted on")] = "",
    limit: Limit = 25,
) -> Response:
    """The least certain, or those that move the figures most."""
    bench = safety.state_of(request)
    rows = desk.queue(bench.shelf, order, [*ask.attacked, *ask.by], tidy(reviewer) or "", limit)
    plain = [{"event": event_dict(row["event"]), "rank": row["rank"], "votes": row["votes"]} for row in rows]
    return answer(request, clean({"order": order, "rows": plain}))


@router.get("/agreement", tags=["reviews"], summary="Krippendorff's alpha between reviewers, and where they differ")
def agreement(request: Request) -> Response:
    """`alpha` is None while no two reviewers have voted on the same event, or all votes are the same."""
    return answer(request, desk.agreement(safety.state_of(request).shelf.store.reviews()))


# -- the record --------------------------------------------------------------------------------------------------


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
