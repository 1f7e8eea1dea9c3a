"""What every page shares: the templates, the frame around a view, faults, and the page that waits for its figures."""

from __future__ import annotations

import re
from collections.abc import Hashable
from functools import cache
from typing import Annotated, Any, Final
from urllib.parse import quote, unquote

from fastapi import Depends, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse

from foedus import __version__
from foedus.brief import labels
from foedus.errors import FoedusError
from foedus.model.event import QUADS
from foedus.ontology import plover
from foedus.web import desk, method, safety
from foedus.web.api.reviews import tidy
from foedus.web.ask import Ask, asked
from foedus.web.live import Live, live
from foedus.web.pages.waiting import may_wait

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
PAGE: Final = 50
"""Rows of a list on one page."""


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
        path=lambda text: quote(str(text), safe=""), share=share, snippet=snippet, with_names=with_names,
    )  # fmt: skip
    found.globals.update(
        plural=labels.plural, said=desk.said, version=__version__, types=tuple(QUADS), modes=_modes(), views=VIEWS
    )
    return found


def _modes() -> list[str]:
    return sorted({mode for one in plover.types().values() for mode in one.modes})


def share(p: float | None) -> str:
    """A probability for people: whole per cent, small ones as `<1 %`."""
    from foedus.model.assessment import percent

    return "–" if p is None else percent(p)


def with_names(text: str) -> str:
    """A line whose entity codes of three letters are written out: `consult IRN` becomes `consult Iran`.

    Not where the line shows how a code is written.
    """
    return re.sub(r"(?<!such as )(?<!=)\b[A-Z]{3}\b", lambda match: labels.running(match[0]), text)


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

    shelf, stamp = safety.state_of(request).shelf, ""
    if safety.trusted(request):
        stamp = str((shelf.stamp_of(("live", view.ask), view) if view is not None else None) or shelf.stamp())
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
            stamp=stamp,
            behind=shelf.behind(("live", view.ask), view) if view is not None else None,
            cite=method.citation,
            **({"view": None} | values if view is None else values),
        )
    )
    response = HTMLResponse(html, status)
    response.headers["Cache-Control"] = "no-store"
    return response


def reviewer_of(request: Request) -> str:
    """The name this browser reviewed under last."""
    return tidy(unquote(request.cookies.get(REVIEWER_COOKIE, ""))) or ""


def part(template: str, /, **values: Any) -> Any:
    """A template without anything of its reader's, as mark-up to be set into a page."""
    from markupsafe import Markup

    ask = values["ask"]

    def link(path: str, **more: Any) -> str:
        query = ask.query(**more)
        return f"{path}?{query}" if query else path

    return Markup(environment().get_template(template).render(link=link, **values))


def fault_page(request: Request, status: int, message: str) -> Response:
    """A fault for people: the line, and the way on. A fragment where htmx asked."""
    if status == 401 and request.method == "GET" and "hx-request" not in request.headers:
        return RedirectResponse("/login", 303)
    template = "fault_part.html.j2" if "hx-request" in request.headers else "fault.html.j2"
    try:
        response = render(request, template, status, message=message, number=status)
        # htmx swaps nothing on a fault; the page's script shows this line instead.
        line = "".join(char if " " <= char <= "~" else "?" for char in " ".join(message.split()))
        response.headers["X-Foedus-Fault"] = line[:400]
        return response
    except FoedusError:
        return HTMLResponse(f"<!doctype html><title>Foedus</title><p>{environment().filters['e'](message)}</p>", status)


def view_of(request: Request, ask: Ask, here: str = "", *follows: Hashable) -> Live:
    """The live brief of a request. Raises NotYet where it, or what the page needs of it, is better waited for."""
    bench = safety.state_of(request)
    bench.keeper.asked(ask)
    if here:
        may_wait(request, ask, here, *follows)
    return live(bench.shelf, ask, bench.world)
