"""Documents and events: reading them, and adding more."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any, Literal

from fastapi import APIRouter, File, Path, Query, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field
from starlette.datastructures import UploadFile as Upload

from foedus.errors import InputError
from foedus.model.event import Event
from foedus.store.reviews import Review
from foedus.store.reviews import corrected as seen
from foedus.web import desk, safety
from foedus.web.api.answers import Format, Limit, Offset, answer, clean, held, listed, page
from foedus.web.ask import day
from foedus.web.shelf import without_folder
from foedus.web.wanted import found, searched, wanted

router = APIRouter()


@router.get("/documents", tags=["documents"], summary="Documents in the store, or those that hold some words")
def documents(
    request: Request,
    q: Annotated[str, Query(max_length=300, description='words, "phrases", word*, OR, -without')] = "",
    only: Annotated[
        Literal["", "faults", "silent"], Query(description="those whose coding failed, or without an event; not with q")
    ] = "",
    limit: Limit = 50,
    offset: Offset = 0,
    format: Format = "json",
) -> Response:
    """Headers, the newest first; with `q` the best match first, each with a snippet (matches between U+0002 and U+0003)."""
    bench = safety.state_of(request)
    if q.strip():
        hits, further = searched(bench.shelf, q, limit, offset)
        if format == "csv":  # a table has no use for the marks around what matches
            hits = [{**hit, "snippet": hit["snippet"].translate({2: None, 3: None})} for hit in hits]
        told = page(hits, None, limit, offset) | {"next": further}
        return listed(
            request, told, "documents", ("id", "title", "outlet", "published", "url", "events", "snippet"), format
        )
    rows, total = bench.shelf.listed(limit, offset, only)
    columns = (
        "id", "title", "byline", "outlet", "published", "language", "source", "url", "events", "coder", "fault", "added",
    )  # fmt: skip
    return listed(request, page([row.to_dict() for row in rows], total, limit, offset), "documents", columns, format)


@router.get("/documents/{id:path}", tags=["documents"], summary="One document with its events and their reviews")
def document(
    request: Request, id: Annotated[str, Path(max_length=300, description="the id of a document")]
) -> Response:
    """The text and, in text order, what was coded from it."""
    store = safety.state_of(request).shelf.store
    found = held(store.document, id)
    plain = found.to_dict()
    plain.pop("original")
    plain["source"] = without_folder(plain["source"])
    told: defaultdict[str, list[Review]] = defaultdict(list)
    for review in store.reviews(document=id):
        told[review.event].append(review)
    plain["events"] = [event_dict(event, told[event.id]) for event in store.events_of(id)]
    return answer(request, clean(plain))


class NewDocument(BaseModel):
    """A text or an address to read, never both. The other fields fill in what the text does not say of itself."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"text": "Brazil sent aid to Iran on 17 June 2025.", "published": "2025-06-18", "outlet": "Wire"},
                {"url": "https://www.example.org/report"},
            ]
        },
    )

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
def addition(
    request: Request, id: Annotated[str, Path(max_length=64, description="the id that the addition was answered with")]
) -> Response:
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
    told: dict[str, Any] = bench.jobs.add(
        "text",
        (title or " ".join(text.split())[:60]).strip(),
        data=text.encode("utf-8", "replace"),
        title=title,
        outlet=outlet,
        published=when,
    )
    return told


async def queue_file(request: Request, file: Upload) -> dict[str, Any]:
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
    told: dict[str, Any] = bench.jobs.add("file", label(file), data=data)
    return told


def label(file: Upload) -> str:
    """What an upload is called on the page: the last part of its name, and never a path."""
    name = (file.filename or "file").replace("\\", "/").rsplit("/", 1)[-1]
    return "".join(char for char in name if char.isprintable())[:120] or "file"


@router.get("/events", tags=["events"], summary="Events by actor, recipient, type, kind, speaker, document and window")
def events(
    request: Request,
    actor: Annotated[str, Query(max_length=200, description="codes or names, parted by commas")] = "",
    recipient: Annotated[str, Query(max_length=200, description="codes or names, parted by commas")] = "",
    type: Annotated[str, Query(max_length=20, description="a PLOVER type, such as AID")] = "",
    kind: Annotated[str, Query(max_length=10, description="word, deed or withheld")] = "",
    speaker: Annotated[str, Query(max_length=200, description="codes or names, parted by commas")] = "",
    document: Annotated[str, Query(max_length=300, description="the id of a document")] = "",
    since: Annotated[
        str, Query(max_length=10, description="first day, month or year; of the report where the text gives none")
    ] = "",
    until: Annotated[
        str, Query(max_length=10, description="last day, month or year; of the report where the text gives none")
    ] = "",
    corrected: Annotated[bool, Query(description="as reviewers see them: rejected ones left out")] = True,
    limit: Limit = 100,
    offset: Offset = 0,
    format: Format = "json",
) -> Response:
    """In order of day. A page may hold fewer rows than `limit` where reviewers rejected some; a CSV is one page too, and
    its header `Link` leads to the next."""
    shelf = safety.state_of(request).shelf
    asked = wanted(actor, recipient, type, kind, speaker, document, since, until)
    _, rows, further = found(shelf, asked, limit, offset, corrected)
    columns = (
        "id", "document", "date", "actor", "recipient", "type", "mode", "polarity", "modality", "kind", "speaker",
        "confidence", "quote", "coder",
    )  # fmt: skip
    told = page([event_dict(one) for one in rows], None, limit, offset) | {"next": further}
    return listed(request, told, "events", columns, format)


@router.get("/events/{id:path}", tags=["events"], summary="One event with its reviews, as coded and as corrected")
def event(request: Request, id: Annotated[str, Path(max_length=500, description="the id of an event")]) -> Response:
    """`corrected` is what the reviews make of it, null where they reject it."""
    store = safety.state_of(request).shelf.store
    found = held(store.event, id)
    told = store.reviews(id)

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
