"""Reviews: votes, corrections and comments, the queue, agreement."""

from __future__ import annotations

import json
import unicodedata
from typing import Annotated, Final, Literal

from fastapi import APIRouter, Path, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from foedus.model.event import Event
from foedus.store.reviews import corrected
from foedus.store.store import Store
from foedus.web import desk, safety
from foedus.web.amending import amended
from foedus.web.api.answers import Asked, Format, Limit, Offset, answer, clean, held, listed, page
from foedus.web.api.documents import event_dict

router = APIRouter()
_UNSEEN: Final = frozenset({"Cc", "Cf"})
"""Control characters and directions: in the log they would change how the lines of others are read."""
_JOINERS: Final = "\u200c\u200d"
"""They belong to the spelling of Persian and Indian names."""


class NewReview(BaseModel):
    """A vote, corrected fields, a comment, or several of them."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={
            "examples": [
                {"event": "wire:77:CHN:IRN:AID", "verdict": "down", "comment": "a denial, no act", "reviewer": "ann"},
                {"event": "wire:77:CHN:IRN:AID", "fields": {"actor": "PAK"}, "reviewer": "ben"},
            ]
        },
    )

    event: str = Field(max_length=500)
    verdict: Literal["up", "down"] | None = None
    fields: dict[str, str | bool | None] = Field(default_factory=dict, max_length=12)
    comment: str | None = Field(None, max_length=4_000)
    reviewer: str | None = Field(None, max_length=80)


@router.get("/reviews", tags=["reviews"], summary="Reviews, oldest first")
def reviews(
    request: Request,
    event: Annotated[str, Query(max_length=500, description="those of one event")] = "",
    document: Annotated[str, Query(max_length=300, description="those of one document")] = "",
    undone: Annotated[bool, Query(description="those taken back too")] = False,
    limit: Limit = 100,
    offset: Offset = 0,
    format: Format = "json",
) -> Response:
    """The corrections log: nothing is ever deleted from it."""
    store = safety.state_of(request).shelf.store
    found = store.reviews(event or None, document or None, include_undone=undone)
    rows = [one.to_dict() for one in found[offset : offset + limit]]
    if format == "csv":
        rows = [{**one["snapshot"], **one, "fields": json.dumps(one["fields"], ensure_ascii=False)} for one in rows]
    columns = (
        "id", "at", "reviewer", "verdict", "fields", "comment", "undone", "event", "document", "actor", "recipient", "type",
        "mode", "coder",
    )  # fmt: skip
    return listed(request, page(rows, len(found), limit, offset), "reviews", columns, format)


@router.post("/reviews", tags=["reviews"], status_code=201, summary="Review an event")
def add_review(request: Request, given: NewReview) -> Response:
    """Answered once it is safe on disk. Whoever reviews at the same time loses nothing: reviews are only ever added."""
    store = safety.state_of(request).shelf.store
    fields = amended(as_seen(store, held(store.event, given.event)), given.fields)
    done = store.review(given.event, given.verdict, fields, remark(given.comment), tidy(given.reviewer))
    return answer(request, clean(done.to_dict()), 201)


@router.delete(
    "/reviews/{id}", tags=["reviews"], summary="Take a review back; it stays in the record, marked as undone"
)
def undo_review(
    request: Request, id: Annotated[int, Path(ge=1, le=2**53, description="the number of a review")]
) -> Response:
    """Needs the header `X-Foedus-Write: 1` where no JSON body is sent."""
    store = safety.state_of(request).shelf.store
    held(store.undo_review, id)  # type: ignore[arg-type]
    return answer(request, {"undone": id})


def as_seen(store: Store, event: Event) -> Event:
    """An event with its standing corrections; as coded where it has none or was rejected."""
    return next(iter(corrected([event], store.reviews(event.id))), event)


def tidy(reviewer: str | None) -> str | None:
    """A reviewer's name on one line, or None; without signs that would turn the line around or hide in it."""
    plain = "".join(
        " " if unicodedata.category(char) in _UNSEEN and char not in _JOINERS else char for char in reviewer or ""
    )
    return " ".join(plain.split())[:80] or None


def remark(comment: str | None) -> str | None:
    """A comment with its line breaks, or None; without signs that would turn its lines around or hide in them."""
    kept = "\n\t" + _JOINERS
    return (
        "".join(char for char in comment or "" if char in kept or unicodedata.category(char) not in _UNSEEN).strip()
        or None
    )


@router.get("/queue", tags=["reviews"], summary="Events that most want a reviewer's eye")
def queue(
    request: Request,
    ask: Asked,
    order: Annotated[Literal["uncertain", "consequential"], Query(description="what comes first")] = "consequential",
    reviewer: Annotated[str, Query(max_length=80, description="leave out what this reviewer has voted on")] = "",
    limit: Limit = 25,
    format: Format = "json",
) -> Response:
    """The least certain, or those that move the figures most."""
    bench = safety.state_of(request)
    rows = desk.queue(bench.shelf, order, [*ask.attacked, *ask.by], tidy(reviewer) or "", limit)
    # The queue does without spans; whoever asks here gets the events whole.
    ids = [row["event"].id for row in rows]
    whole = {one.id: one for one in bench.shelf.store.events("id IN (SELECT unnest(?))", [ids])} if ids else {}
    plain = [
        {"event": event_dict(whole[row["event"].id]), "rank": row["rank"], "votes": row["votes"]}
        for row in rows
        if row["event"].id in whole
    ]
    if format == "csv":
        plain = [one["event"] | one for one in plain]
    columns = (
        "rank", "id", "document", "what", "date", "actor", "recipient", "type", "mode", "polarity", "modality", "speaker",
        "confidence", "quote",
    )  # fmt: skip
    return listed(request, {"order": order, "rows": plain}, "queue", columns, format)


@router.get("/agreement", tags=["reviews"], summary="Krippendorff's alpha between reviewers, and where they differ")
def agreement(request: Request) -> Response:
    """`alpha` is null while no two reviewers have voted on the same event, or all votes are the same."""
    return answer(request, desk.agreement(safety.state_of(request).shelf.reviews()))
