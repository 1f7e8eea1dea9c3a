"""The pages: each a view of one question, with its whole state in the address."""

from __future__ import annotations

from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import quote, unquote, urlencode

from fastapi import APIRouter, Depends, File, Form, Query, Request, Response, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse

from foedus import __version__
from foedus.brief import labels
from foedus.errors import CrisisError, FoedusError, InputError
from foedus.model.event import QUADS
from foedus.store.reviews import CORRECTABLE
from foedus.web import api, desk, drawing, estimates, figures, method, safety
from foedus.web.ask import Ask, asked, code
from foedus.web.live import Live, book, live
from foedus.web.reading import reasons_and_watch

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)
Asked = Annotated[Ask, Depends(asked)]
REVIEWER_COOKIE: Final = "foedus_reviewer"
VIEWS: Final = (
    ("crisis", "/crisis", "Crisis"),
    ("supporter", "/supporter", "Supporter"),
    ("map", "/map", "Map"),
    ("network", "/network", "Network"),
    ("timeline", "/timeline", "Timeline"),
    ("desk", "/desk", "Reading desk"),
    ("search", "/search", "Search"),
    ("sources", "/sources", "Sources"),
    ("record", "/record", "Track record"),
    ("method", "/method", "Method"),
)
MOST_ROWS: Final = 40
"""Acts listed on a page for each group; the whole list is in the CSV."""
LARGE: Final = 4_000
"""Events from which a first look is answered at once with a page that fetches its figures."""
PAGE: Final = 50


@cache
def environment() -> Any:
    """The templates, every value escaped."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    found = Environment(
        loader=PackageLoader("foedus.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters.update(
        date=labels.date, name=labels.name, running=labels.running, capital=labels.capital, listed=labels.listed,
        path=lambda text: quote(str(text), safe=""), share=share, snippet=snippet,
    )  # fmt: skip
    found.globals.update(plural=labels.plural, said=desk.said, version=__version__, types=tuple(QUADS), views=VIEWS)
    return found


def share(p: float | None) -> str:
    """A probability for people: whole per cent, small ones as `<1 %`."""
    from foedus.model.assessment import percent

    return "–" if p is None else percent(p)


def snippet(text: str) -> list[tuple[bool, str]]:
    """A search snippet in parts, each with whether it matches; the marks are control characters that no mark-up holds."""
    parts: list[tuple[bool, str]] = []
    for number, piece in enumerate(text.split("\x02")):
        if number == 0:
            parts.append((False, piece))
            continue
        hit, _, rest = piece.partition("\x03")
        parts += [(True, hit), (False, rest)]
    return [part for part in parts if part[1]]


def render(request: Request, template: str, status: int = 200, /, **values: Any) -> Response:
    """A template as an answer."""
    ask = values.pop("ask", None) or Ask()
    view = values.get("view")

    def link(path: str, **more: Any) -> str:
        query = ask.query(**more)
        return f"{path}?{query}" if query else path

    html = (
        environment()
        .get_template(template)
        .render(
            request=request,
            ask=ask,
            link=link,
            here=values.pop("here", ""),
            csrf=safety.csrf_token(request),
            reviewer=reviewer_of(request),
            address=str(request.url),
            stamp=str(safety.state_of(request).shelf.stamp()),
            cite=method.citation,
            **({"view": None} | values if view is None else values),
        )
    )
    response = HTMLResponse(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def reviewer_of(request: Request) -> str:
    """The name this browser reviewed under last."""
    return api.tidy(unquote(request.cookies.get(REVIEWER_COOKIE, "")[:300])) or ""


def part(request: Request, template: str, /, **values: Any) -> Any:
    """A template without anything of its reader's, as mark-up to be set into a page."""
    from markupsafe import Markup

    ask = values["ask"]

    def link(path: str, **more: Any) -> str:
        query = ask.query(**more)
        return f"{path}?{query}" if query else path

    return Markup(environment().get_template(template).render(request=request, link=link, **values))


def fault_page(request: Request, status: int, message: str) -> Response:
    """A fault for people: the line, and the way on. A fragment where htmx asked."""
    if status == 401 and request.method == "GET" and "hx-request" not in request.headers:
        return RedirectResponse("/login", 303)
    template = "fault_part.html.j2" if "hx-request" in request.headers else "fault.html.j2"
    try:
        response = render(request, template, status, message=message, number=status)
        # htmx swaps nothing on a fault; the page's script shows this line instead.
        response.headers["X-Foedus-Fault"] = " ".join(message.split()).encode("ascii", "replace").decode("ascii")[:400]
        return response
    except FoedusError:
        return HTMLResponse(f"<!doctype html><title>Foedus</title><p>{environment().filters['e'](message)}</p>", status)


def view_of(request: Request, ask: Ask) -> Live:
    """The live brief of a request."""
    bench = safety.state_of(request)
    return live(bench.shelf, ask, bench.world)


# -- crisis ------------------------------------------------------------------------------------------------------


@router.get("/")
def home() -> Response:
    """The crisis is the first view."""
    return RedirectResponse("/crisis", 307)


@router.get("/crisis")
def crisis(request: Request, ask: Asked, now: Annotated[str, Query(max_length=1)] = "") -> Response:
    """The live brief."""
    try:
        if not now and _takes_long(safety.state_of(request), ask):
            return render(request, "waiting.html.j2", ask=ask, here="crisis")
        view = view_of(request, ask)
    except CrisisError as error:
        return render(request, "empty.html.j2", ask=ask, here="crisis", message=str(error))
    # The body follows from the view alone; the frame around it (token, address) is the reader's own.
    body = view.keep(
        ("page",), lambda: part(request, "crisis_main.html.j2", **crisis_values(view), here="crisis", ask=ask)
    )
    return render(request, "crisis.html.j2", ask=ask, here="crisis", view=view, body=body)


def _takes_long(bench: Any, ask: Ask) -> bool:
    """Whether nothing is worked out yet for a store so large that the page had better come first and its figures after."""
    if bench.shelf.holds(("live", ask)):
        return False
    return bool(bench.shelf.rows("SELECT coalesce(sum(events), 0) > ? AS large FROM documents", (LARGE,))[0]["large"])


def crisis_values(view: Live) -> dict[str, Any]:
    """What the crisis page shows; also of use to tests."""
    acts = {
        code_: {row["id"]: row for row in figures.bars(view, code_, view.books[code_], pair).rows}
        for code_, pair in view.pairs.items()
    }
    shown = [one.supporter for one in view.answers]
    foremost = [row for row in view.commitments if _foremost(view, row)]
    return {
        "view": view,
        "acts": acts,
        "shown": shown,
        "drawings": {code_: drawing.bars(pair.chart) for code_, pair in view.pairs.items()},
        "foremost": foremost,
        "further": [row for row in view.commitments if row not in foremost],
        "most": MOST_ROWS,
    }


def _foremost(view: Live, row: Any) -> bool:
    client = any((one.supporter, one.client) == (row.supporter, row.toward) for one in view.answers)
    return client and (row.status != "not triggered" or row.asks == "defend" or bool(row.lacks))


@router.get("/crisis/estimates")
def crisis_estimates(request: Request, ask: Asked, all: Annotated[str, Query(max_length=1)] = "") -> Response:
    """The ladder of every third state, as a part of the crisis page."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    found = estimates.assessment(view, bench.world)
    spoken = {one.supporter for one in view.answers}
    rows = [one for place, one in enumerate(found.states) if all or place < 14 or one.state in spoken]
    bars = {one.state: drawing.ladder(one) for one in rows}
    return render(request, "estimates.html.j2", ask=ask, view=view, found=found, rows=rows, bars=bars)


@router.get("/crisis/reasons")
def crisis_reasons(request: Request, ask: Asked) -> Response:
    """Reasons and what to watch, as a part of the crisis page: they need whole texts and come after the rest."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    found = reasons_and_watch(bench.shelf, view)
    return render(request, "reasons.html.j2", ask=ask, view=view, found=found)


# -- supporter ---------------------------------------------------------------------------------------------------


@router.get("/supporter")
def supporters(request: Request, ask: Asked, state: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The way to one third state."""
    if not state.strip():
        view = view_of(request, ask)
        first = next((one.supporter for one in view.answers), None) or next(iter(view.books), None)
        if first is None:
            raise InputError("no third state acts in these sources: name one in the address, such as /supporter/RUS")
        state = first
    one = code(state) if state.isupper() else _resolved(state)
    query = ask.query(what_if=[one_ for one_ in request.query_params.getlist("what_if") if one_])
    return RedirectResponse(f"/supporter/{quote(one, safe='')}" + (f"?{query}" if query else ""), 303)


def _resolved(text: str) -> str:
    from foedus.web.ask import codes

    found = codes(text)
    if not found:
        raise InputError("name a state, such as RUS")
    return found[0]


@router.get("/supporter/{state}")
def supporter(
    request: Request, ask: Asked, state: str, what_if: Annotated[list[str] | None, Query(max_length=12)] = None
) -> Response:
    """One third state: drivers, cases, ledger, treaties, what-ifs."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    one = code(state)
    if one in view.both:
        raise InputError(f"{one} is a side of this crisis itself: look at a third state")
    found, pair = book(view, one)
    changed = estimates.checked(what_if or [])
    base = after = None
    note = ""
    if figures.kind_of(one) == "state":
        try:
            base = _estimate(estimates.assessment(view, bench.world), one)
            if changed:
                told = estimates.assessment(view, bench.world, changed)
                after = _estimate(told, one)
                note = f"Changes nothing: {'; '.join(told.unchanged)}." if told.unchanged else ""
        except FoedusError as error:
            note = str(error)
    else:
        note = "Estimates are made for states; this is none."
    return render(
        request, "supporter.html.j2", ask=ask, here="supporter", view=view, code=one, book=found, pair=pair,
        drawing=drawing.bars(pair.chart), base=base, after=after, note=note, what_if=changed,
        acts={row["id"]: row for row in figures.bars(view, one, found, pair).rows},
        falls=_falls(base, after), bars={"base": base and drawing.ladder(base, 520), "after": after and drawing.ladder(after, 520)},
        duties=[duty for duty in view.duties if duty.state == one], toggles=_toggles(view, one, found.client), most=200,
        cap=MOST_ROWS,
    )  # fmt: skip


@router.get("/supporter/{state}/changes")
def supporter_changes(request: Request, ask: Asked, state: str) -> Response:
    """What would change the estimate of one state most, as a part of its page."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    one = code(state)
    found = estimates.assessment(view, bench.world, state=one)
    return render(request, "changes.html.j2", ask=ask, view=view, code=one, one=_estimate(found, one))


def _estimate(found: Any, state: str) -> Any:
    try:
        return found[state]
    except KeyError:
        return None


def _falls(base: Any, after: Any) -> list[dict[str, Any]]:
    """Waterfalls of both estimates; the case as it is and the what-if share an axis."""
    shown = []
    for name in ("support", "joining"):
        falls = [(title, getattr(one, name)) for title, one in (("As it is", base), ("With the what-if", after)) if one]
        if not falls:
            continue
        values = [v for _, fall in falls for v in (fall.base, fall.total)]
        drawn = [
            (title, drawing.waterfall(fall, low=min(values), high=max(values), width=560.0 if after else 980.0))
            for title, fall in falls
        ]
        shown.append({"what": falls[0][1].what, "drawn": drawn})
    return shown


def _toggles(view: Live, state: str, client: str) -> list[tuple[str, str]]:
    """What-ifs one click away: text and label."""
    attackers = list(view.sides[1])
    bound = any(duty.asks == "defend" and duty.state == state and duty.toward == client for duty in view.duties)
    found = [
        (
            f"{state}-{client}: {'no ' if bound else ''}defense",
            f"{'no' if bound else 'a'} defence pact with {labels.running(client)}",
        ),
        (f"{state}: own_war=yes", f"{labels.name(state)} at war itself"),
        (f"{state}: own_war=no", f"{labels.name(state)} free of wars of its own"),
    ]
    found += [(f"{state}-{one}: rivalry=yes", f"a rivalry with {labels.running(one)}") for one in attackers[:2]]
    if len(attackers) > 1:
        found += [(f"{one} not attacker", f"{labels.running(one)} not among the attackers") for one in attackers]
    return found


# -- map, network, timeline --------------------------------------------------------------------------------------


@router.get("/map")
def map_(request: Request, ask: Asked) -> Response:
    """Who is for whom on a map."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    found = figures.world_map(view, bench.shelf, bench.world)
    return render(request, "map.html.j2", ask=ask, here="map", view=view, figure=found)


@router.get("/network")
def network(request: Request, ask: Asked, centre: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The matrix and the ego network."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    matrix = figures.matrix(view, bench.shelf)
    middle = code(centre) if centre.strip() else view.sides[0][0]
    ego = figures.ego(view, bench.shelf, middle)
    known = {row["code"]: row for row in ego.rows}
    spokes = drawing.ego(middle, [known[one] for one in ego.extra["shown"]])
    cells = {(row["actor"], row["recipient"]): row for row in matrix.rows}
    most = max((row["words"] + row["deeds"] for row in matrix.rows), default=1)
    return render(
        request, "network.html.j2", ask=ask, here="network", view=view, matrix=matrix, cells=cells, most=most, ego=ego,
        spokes=spokes, centre=middle,
    )  # fmt: skip


@router.get("/timeline")
def timeline(request: Request, ask: Asked) -> Response:
    """Lanes by actor."""
    import datetime as dt

    bench = safety.state_of(request)
    view = view_of(request, ask)
    figure = figures.timeline(bench.shelf, view)
    limits = figure.extra["limits"]
    lanes = None
    if limits:
        order = [(one, labels.name(one), "attacked") for one in view.sides[0]]
        order += [(one, labels.name(one), "attackers") for one in view.sides[1]]
        order += [(one, labels.name(one), "third") for one in view.books]
        first, last = (dt.date.fromisoformat(one) for one in limits)
        first, last = max(first, last - dt.timedelta(days=36_000)), last
        attacks = [(labels.name(one.attacker), one.date) for one in view.crisis.attackers if one.date]
        rows = [row for row in figure.rows if row["standing"] != "historical"]
        lanes = drawing.timeline(rows, order, attacks, (first, last), [tuple(one) for one in figure.extra["follows"]])
    undated = [row for row in figure.rows if not row["date"]]
    return render(
        request, "timeline.html.j2", ask=ask, here="timeline", view=view, figure=figure, lanes=lanes, undated=undated
    )


# -- reading desk ------------------------------------------------------------------------------------------------


@router.get("/desk")
def desk_queue(request: Request, ask: Asked, order: Annotated[str, Query(max_length=20)] = "consequential") -> Response:
    """The queue, agreement and accuracy."""
    bench = safety.state_of(request)
    if order not in ("uncertain", "consequential"):
        raise InputError(f"order {order[:20]!r} is not known: choose uncertain or consequential")
    reviewer = reviewer_of(request)
    told = bench.shelf.store.reviews()
    rows = desk.queue(bench.shelf, order, [*ask.attacked, *ask.by], reviewer, 25)
    everything = bench.shelf.store.reviews(include_undone=True)
    return render(
        request, "desk.html.j2", ask=ask, here="desk", rows=rows, order=order, agreement=desk.agreement(told),
        accuracy=api.accuracy_figure(bench), log=list(reversed(everything))[:20], total=len(everything),
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
    found = api.held(store.document, document)
    events = store.events_of(document)
    told = {one.id: store.reviews(one.id, include_undone=True) for one in events} if _reviewed(bench, document) else {}
    chosen = next((number for number, one in enumerate(events) if one.id == event), None)
    if chosen is None and at:
        chosen = next((number for number, one in enumerate(events) if one.start <= at < one.end), None)
    return render(
        request, "document.html.j2", ask=ask, here="desk", document=found, events=events,
        paragraphs=desk.marked(found, events), unlocated=desk.unlocated(found, events), chosen=chosen,
        cards=[card_values(number, one, told.get(one.id, [])) for number, one in enumerate(events)],
        correctable=CORRECTABLE,
    )  # fmt: skip


def _reviewed(bench: Any, document: str) -> bool:
    return bool(bench.shelf.rows("SELECT 1 FROM reviews WHERE document=? LIMIT 1", (document,)))


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
    event = api.held(store.event, safety.whole(form.get("event", ""), 500, "the event's id"))
    reviewer = api.tidy(form.get("reviewer") or reviewer_of(request))
    if undo := form.get("undo"):
        if not undo.isdigit():
            raise InputError("the review to take back has a number")
        store.undo_review(int(undo))
    else:
        comment = safety.whole(form.get("comment", "").strip(), 4_000, "the comment") or None
        store.review(event.id, form.get("verdict") or None, _corrections(form, event), comment, reviewer)
    number = int(form["number"]) if form.get("number", "").isdigit() else 0
    if "hx-request" in request.headers:
        card = card_values(number, event, store.reviews(event.id, include_undone=True))
        response = render(request, "card.html.j2", card=card, correctable=CORRECTABLE, open=True)
    else:
        response = RedirectResponse(
            f"/desk/{quote(event.document, safe='')}?{urlencode({'event': event.id})}#e{number}", 303
        )
    if reviewer:
        response.set_cookie(REVIEWER_COOKIE, quote(reviewer), httponly=True, samesite="strict", max_age=31_536_000)
    return response


def _corrections(form: dict[str, str], event: Any) -> dict[str, Any]:
    """Fields that the form changes: what stands as coded is no correction."""
    if form.get("correct") != "1":
        return {}
    fields: dict[str, Any] = {}
    for name in CORRECTABLE:
        if name not in form:
            continue
        given: Any = safety.whole(form[name].strip(), 200, name) or None
        if name == "historical":
            given = given == "true"
        elif name in ("actor", "recipient", "speaker") and given:
            given = code(given)
        elif name == "type" and given:
            given = given.upper()
        if given != getattr(event, name):
            fields[name] = given
    if not fields:
        raise InputError("the correction changes nothing: alter a field, or press Up if the event is right")
    return fields


# -- search, sources, record, method -------------------------------------------------------------------------------


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
    store = bench.shelf.store
    documents, events, headers = [], [], {}
    wants_events = kind == "events" or any(one.strip() for one in (actor, recipient, type, act))
    if wants_events:
        where, params = api.event_filter(actor, recipient, type, act, "", "", ask.since, ask.until)
        events = store.events(where, params, limit=PAGE + 1, offset=offset)
        headers = bench.shelf.headers(one.document for one in events)
    elif q.strip():
        documents = store.search(q, PAGE + 1, offset)
    more = len(events or documents) > PAGE
    return render(
        request, "search.html.j2", ask=ask, here="search", q=q, documents=documents[:PAGE], events=events[:PAGE],
        headers=headers, wants_events=wants_events, actor=actor, recipient=recipient, type=type, act=act, offset=offset,
        more=more, page=PAGE, rejected={name for name, told in desk.votes(store.reviews()).items() if "down" in told.values()},
    )  # fmt: skip


@router.get("/sources")
def sources(
    request: Request, ask: Asked, only: Annotated[str, Query(max_length=10)] = "",
    offset: Annotated[int, Query(ge=0, le=10_000_000)] = 0,
) -> Response:  # fmt: skip
    """What was read, when, and what failed."""
    bench = safety.state_of(request)
    rows, total = bench.shelf.listed(PAGE, offset, only)
    return render(
        request, "sources.html.j2", ask=ask, here="sources", rows=rows, total=total, offset=offset, only=only, page=PAGE,
        told=method.sources(bench.shelf, 30, 0),
    )  # fmt: skip


@router.get("/record")
def record(request: Request, ask: Asked) -> Response:
    """How estimates of this kind have fared."""
    found = method.record(safety.state_of(request).settings.record)
    plots = {"Shipped model: joining": drawing.calibration(found["bands"])}
    return render(request, "record.html.j2", ask=ask, here="record", found=found, plots=plots)


@router.get("/method")
def method_(request: Request, ask: Asked) -> Response:
    """Versions, data, licences, citation."""
    bench = safety.state_of(request)
    return render(request, "method.html.j2", ask=ask, here="method", found=method.method(bench.shelf, bench.world))


@router.get("/api")
def api_page(request: Request, ask: Asked) -> Response:
    """The API as a page."""
    spec = request.app.openapi()
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


# -- adding --------------------------------------------------------------------------------------------------------


@router.get("/add")
def add(request: Request, ask: Asked) -> Response:
    """Drop a file, paste an address or a text."""
    return render(request, "add.html.j2", ask=ask, here="add", jobs=safety.state_of(request).jobs.all()[:20])


@router.post("/add")
async def add_posted(
    request: Request,
    csrf: Annotated[str, Form(max_length=100)] = "",
    text: Annotated[str, Form()] = "",
    url: Annotated[str, Form(max_length=2_000)] = "",
    title: Annotated[str, Form(max_length=300)] = "",
    outlet: Annotated[str, Form(max_length=200)] = "",
    published: Annotated[str, Form(max_length=10)] = "",
    file: Annotated[UploadFile | None, File()] = None,
) -> Response:
    """Queue what was given; its progress comes back."""
    safety.check_form(request, csrf)
    if file is not None and file.filename:
        job = await api.queue_file(request, file)
    else:
        job = api.queue_document(
            request, text, url, title=title or None, outlet=outlet or None, published=published or None
        )
    if "hx-request" in request.headers:
        return render(request, "job.html.j2", job=job)
    return RedirectResponse("/add", 303)


@router.get("/add/{job}")
def add_progress(request: Request, job: str) -> Response:
    """How far one addition is, as a part of the page."""
    return render(request, "job.html.j2", job=safety.state_of(request).jobs.get(job[:64]))


# -- entering ------------------------------------------------------------------------------------------------------


@router.get("/login")
def login(request: Request) -> Response:
    """Asks for the token."""
    return render(request, "login.html.j2", wrong=False)


@router.post("/login")
def login_posted(
    request: Request, token: Annotated[str, Form(max_length=200)] = "", csrf: Annotated[str, Form(max_length=100)] = ""
) -> Response:
    """Keeps the token in a cookie that scripts cannot read."""
    bench = safety.state_of(request)
    safety.check_form(request, csrf)
    bench.logins.take(request.client.host if request.client else "?")
    if bench.settings.token is None or not safety.same(token, bench.settings.token):
        return render(request, "login.html.j2", 401, wrong=True)
    response = RedirectResponse("/crisis", 303)
    response.set_cookie(
        safety.TOKEN_COOKIE, token, httponly=True, samesite="strict", secure=request.url.scheme == "https"
    )
    return response
