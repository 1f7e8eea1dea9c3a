"""One third state: drivers, cases, ledger, treaties, what-ifs."""

from __future__ import annotations

from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from foedus.brief import labels
from foedus.errors import FoedusError, InputError
from foedus.web import drawing, estimates, figures, safety
from foedus.web.ask import code, codes
from foedus.web.live import Live, book
from foedus.web.pages.crisis import MOST_ROWS, listed
from foedus.web.pages.frame import Asked, part, render, view_of
from foedus.web.pages.waiting import settled

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


@router.get("/supporter")
def supporters(request: Request, ask: Asked, state: Annotated[str, Query(max_length=60)] = "") -> Response:
    """The way to one third state."""
    if not state.strip():
        view = view_of(request, ask, "supporter")
        settled(request, ask, "supporter")
        first = next((one.supporter for one in view.answers), None) or next(iter(view.books), None)
        if first is None:
            raise InputError("no third state acts in these sources: name one in the address, such as /supporter/RUS")
        state = first
    one = code(state) if state.isupper() else _resolved(state)
    query = ask.query(what_if=[one_ for one_ in request.query_params.getlist("what_if") if one_])
    return RedirectResponse(f"/supporter/{quote(one, safe='')}" + (f"?{query}" if query else ""), 303)


def _resolved(text: str) -> str:

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
    view = view_of(request, ask, "supporter")
    settled(request, ask, "supporter")
    one = code(state)
    if one in view.both:
        raise InputError(f"{one} is a side of this crisis itself: look at a third state")
    if not book(view, one)[1].acts and (known := _known(one)) != one:
        query = ask.query(what_if=[text for text in what_if or [] if text])
        return RedirectResponse(f"/supporter/{quote(known, safe='')}" + (f"?{query}" if query else ""), 303)
    changed = estimates.checked(what_if or [])
    body = view.keep(("supporter page", one, changed), lambda v: _body(bench, v, one, changed))
    return render(request, "supporter.html.j2", ask=ask, here="supporter", view=view, code=one, body=body)


def _known(one: str) -> str:
    """The code that a code or name without acts in the store stands for. Raises InputError for none that we know."""
    from foedus.actors.resolver import resolve

    found = resolve(one)
    if found is None:
        raise InputError(f"{one} is no actor that we know and acts in no source: name one such as /supporter/RUS")
    return found.code


def _body(bench: Any, view: Live, one: str, changed: tuple[str, ...]) -> Any:
    found, pair = book(view, one)
    base = after = None
    note = ""
    if figures.kind_of(one) == "state":
        try:
            base = _estimate(estimates.assessment(view, bench.world), one)
            if base is None:
                note = _why_none(view, bench.world, one)
            elif changed:
                told = estimates.assessment(view, bench.world, changed)
                after = _estimate(told, one)
                note = f"Changes nothing: {'; '.join(told.unchanged)}." if told.unchanged else ""
        except FoedusError as error:
            note = str(error)
    else:
        note = "Estimates are made for states; this is none."
    return part(
        "supporter_main.html.j2", ask=view.ask, here="supporter", view=view, code=one, book=found, pair=pair,
        drawing=drawing.bars(pair.chart), base=base, after=after, note=note, what_if=changed,
        acts={row["id"]: row for row in figures.bars(view, one, found, pair).rows},
        falls=_falls(base, after), bars={"base": base and drawing.ladder(base, 520), "after": after and drawing.ladder(after, 520)},
        duties=[duty for duty in view.duties if duty.state == one], toggles=_toggles(view, one, found.client), most=200,
        cap=MOST_ROWS,
        listed=listed(pair),
    )  # fmt: skip


@router.get("/supporter/{state}/changes")
def supporter_changes(request: Request, ask: Asked, state: str) -> Response:
    """What would change the estimate of one state most, as a part of its page."""
    bench = safety.state_of(request)
    view = view_of(request, ask)
    one = code(state)
    found = estimates.assessment(view, bench.world, state=one)
    return render(request, "changes.html.j2", ask=ask, view=view, code=one, one=_estimate(found, one))


def _why_none(view: Live, world: Any, one: str) -> str:
    """Why there is no estimate for a state."""
    day = view.model.date if view.model else None
    if day is not None and not world.is_state(one, day):
        return f"No estimate: {labels.running(one)} was no state on {labels.date(day.isoformat())}."
    return f"No estimate: facts about {labels.running(one)} of that time are not shipped with Foedus."


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
        values = [v for _, fall in falls for v in drawing.path_of(fall)]
        drawn = [
            (title, drawing.waterfall(fall, low=min(values), high=max(values), width=560.0 if after else 800.0))
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
