"""The reading desk: the queue, a document with its events marked in place, and reviews."""

from __future__ import annotations

from collections import defaultdict
from typing import Annotated, Any, Final
from urllib.parse import quote, urlencode

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from foedus.errors import InputError
from foedus.model.event import Event
from foedus.store.reviews import CORRECTABLE, Review
from foedus.web import desk, safety
from foedus.web.amending import amended
from foedus.web.api.answers import held
from foedus.web.api.crisis import accuracy_figure
from foedus.web.api.reviews import as_seen, remark, tidy
from foedus.web.pages.frame import REVIEWER_COOKIE, Asked, render, reviewer_of

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
CARDS: Final = 100
"""Events beside a text at once: a card is a form of its own, and a book has thousands."""


@router.get("/desk")
def desk_queue(request: Request, ask: Asked, order: Annotated[str, Query(max_length=20)] = "consequential") -> Response:
    """The queue, agreement and accuracy."""
    bench = safety.state_of(request)
    if order not in ("uncertain", "consequential"):
        raise InputError(f"order {order[:20]!r} is not known: choose uncertain or consequential")
    reviewer = reviewer_of(request)
    told = bench.shelf.reviews()
    rows = desk.queue(bench.shelf, order, [*ask.attacked, *ask.by], reviewer, 25)
    everything = bench.shelf.store.reviews(include_undone=True)
    return render(
        request, "desk.html.j2", ask=ask, here="desk", rows=rows, order=order, agreement=desk.agreement(told),
        accuracy=accuracy_figure(bench), log=list(reversed(everything))[:20], total=len(everything),
        documents=bench.shelf.listed(8, 0)[0],
    )  # fmt: skip


@router.get("/desk/{document:path}")
def reading(
    request: Request, ask: Asked, document: str, event: Annotated[str, Query(max_length=500)] = "",
    at: Annotated[int, Query(ge=0, le=10**9)] = 0,
) -> Response:  # fmt: skip
    """A document with its events marked in place."""
    bench = safety.state_of(request)
    store = bench.shelf.store
    found = held(store.document, document)
    events = store.events_of(document)
    told: defaultdict[str, list[Review]] = defaultdict(list)
    for one in store.reviews(document=document, include_undone=True):
        told[one.event].append(one)
    chosen = next((number for number, one in enumerate(events) if one.id == event), None)
    if chosen is None and at:
        chosen = next((number for number, one in enumerate(events) if one.start <= at < one.end), None)
    first = (chosen or 0) // CARDS * CARDS
    return render(
        request, "document.html.j2", ask=ask, here="desk", document=found, events=events,
        paragraphs=desk.marked(found, events), unlocated=desk.unlocated(found, events), chosen=chosen,
        cards=[
            card_values(number, one, told[one.id])
            for number, one in enumerate(events[first : first + CARDS], first)
        ],
        first=first,
    )  # fmt: skip


def card_values(number: int, event: Any, reviews: list[Any]) -> dict[str, Any]:
    """What one event's card shows."""
    standing = [one for one in reviews if one.undone is None]
    return {"number": number, "event": event, "reviews": reviews, "opinion": desk.opinion(standing)}


@router.post("/review")
async def review(request: Request) -> Response:
    """A vote, a correction or a comment; the card comes back with it. Answered once it is safe on disk."""
    form = await request.form(max_files=0, max_fields=40)
    safety.check_form(request, str(form.get("csrf", "")))
    from anyio.to_thread import run_sync

    return await run_sync(_review, request, {name: str(value) for name, value in form.items()})


def _review(request: Request, form: dict[str, str]) -> Response:
    store = safety.state_of(request).shelf.store
    event = held(store.event, safety.whole(form.get("event", ""), 500, "the event's id"))
    reviewer = tidy(form.get("reviewer") or reviewer_of(request))
    number = _number(form.get("number") or "0", "the event's number on the page")
    if undo := form.get("undo"):
        store.undo_review(_number(undo, "the review to take back"))
    else:
        comment = remark(safety.whole(form.get("comment", "").strip(), 4_000, "the comment"))
        fields = _corrections(form, event, as_seen(store, event))
        store.review(event.id, form.get("verdict") or None, fields, comment, reviewer)
    if "hx-request" in request.headers:
        card = card_values(number, event, store.reviews(event.id, include_undone=True))
        response = render(request, "card.html.j2", card=card)
    else:
        response = RedirectResponse(
            f"/desk/{quote(event.document, safe='')}?{urlencode({'event': event.id})}#e{number}", 303
        )
    if reviewer:
        response.set_cookie(REVIEWER_COOKIE, quote(reviewer), httponly=True, samesite="strict", max_age=31_536_000)
    return response


def _number(text: str, what: str) -> int:
    # Not isdigit: it takes a superscript two for a digit, which int does not.
    if not (text.isascii() and text.isdecimal() and len(text) <= 15):
        raise InputError(f"{what} is a whole number; reload the page and try again")
    return int(text)


def _corrections(form: dict[str, str], event: Event, now: Event) -> dict[str, Any]:
    """Fields that the form changes: what stands as coded is no correction. `now` is the event as its reviewers see it."""
    if form.get("correct") != "1":
        return {}
    fields: dict[str, Any] = {}
    for name in CORRECTABLE:
        if name not in form:
            continue
        given: Any = safety.whole(form[name].strip(), 200, name) or None
        if name == "historical":
            given = given == "true"
        if given != getattr(event, name):
            fields[name] = given
    fields = {name: given for name, given in amended(now, fields).items() if given != getattr(event, name)}
    if not fields:
        raise InputError("the correction changes nothing: alter a field, or press Up if the event is right")
    return fields
