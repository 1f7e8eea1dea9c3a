"""Large stores: a view that nobody has worked out yet answers at once with a page that fetches it."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, Final

from fastapi import Request, Response

from foedus.web.ask import Ask

LARGE: Final = 4_000
"""Events from which a first look is answered at once."""


class NotYet(Exception):
    """What was asked for takes a while, and is now there (`ready`) or not."""

    def __init__(self, ask: Ask, here: str, ready: bool) -> None:
        self.ask = ask
        self.here = here
        self.ready = ready
        super().__init__(here)


def is_large(bench: Any) -> bool:
    """Whether figures of the store take so long that the page had better come first."""
    return bool(bench.shelf.events_held() > LARGE)


def may_wait(request: Request, ask: Ask, here: str, *follows: Hashable) -> None:
    """Raises NotYet where a view, or what `follows` from it, is not at hand, unless the page asks for it to be made now."""
    bench = request.app.state.foedus
    if "hx-request" in request.headers or request.query_params.get("now"):
        return
    view = bench.shelf.last(("live", ask))
    if (view is not None and all(view.holds(key) for key in follows)) or not is_large(bench):
        return
    raise NotYet(ask, here, ready=False)


def settled(request: Request, ask: Ask, here: str) -> None:
    """Raises NotYet, ready, where the page that waits asked for the figures and they now stand."""
    if request.query_params.get("now") and request.headers.get("hx-target") == "figures":
        raise NotYet(ask, here, ready=True)


def answer(request: Request, told: NotYet) -> Response:
    """The page that waits; or, where it asked, word that the page can be loaded."""
    from foedus.web.pages.frame import render

    if told.ready:
        return Response(status_code=200, headers={"HX-Refresh": "true", "Cache-Control": "no-store"})
    again = request.url.include_query_params(now="1")
    return render(request, "waiting.html.j2", ask=told.ask, here=told.here, again=f"{again.path}?{again.query}")
