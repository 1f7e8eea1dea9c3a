"""Puts the workbench together: one FastAPI application over one store."""

from __future__ import annotations

import atexit
import logging
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, PlainTextResponse
from fastapi.staticfiles import StaticFiles
from starlette.exceptions import HTTPException
from starlette.routing import Match

from foedus import __version__
from foedus.brief.html import part
from foedus.errors import FoedusError
from foedus.store.store import Store
from foedus.web import safety
from foedus.web.first import FirstViews, program
from foedus.web.jobs import Jobs
from foedus.web.settings import Settings
from foedus.web.shelf import OWED, Shelf
from foedus.web.warm import NAME, Keeper
from foedus.world.world import World

_LOG = logging.getLogger("foedus.web")
THREADS = 8
"""Requests worked on at once: each thread holds its own connections to the store."""
_LOOKERS: Final[set[threading.Thread]] = set()
"""Threads that hold connections to the store while the workbench is closing."""


@dataclass
class Workbench:
    """What a running workbench holds."""

    settings: Settings
    shelf: Shelf
    world: World
    jobs: Jobs
    adds: safety.Rates
    keeper: Keeper
    first: FirstViews
    logins: safety.Rates = field(default_factory=lambda: safety.Rates(10, "tries to log in"))


def create_app(settings: Settings, jobs: Jobs | None = None) -> FastAPI:
    """The application over a store that exists. Raises StoreError where it cannot be opened."""
    from foedus.web import api, pages

    shelf = Shelf(Store(settings.store, create=False))
    bench = Workbench(
        settings,
        shelf,
        World.shipped(),
        jobs or Jobs(settings.store),
        safety.Rates(settings.adds_a_minute, "additions", ", or use foedus store add"),
        Keeper(lambda ask: pages.crisis.renewed(bench, ask), lambda ask: pages.views.made_ready(bench, ask)),
        FirstViews(shelf),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        from anyio import to_thread

        to_thread.current_default_thread_limiter().total_tokens = THREADS
        if settings.warm:
            bench.keeper.start()
        yield
        # Told apart now: a thread that ends is no longer listed while it closes its connection.
        _LOOKERS.difference_update([one for one in _LOOKERS if not one.is_alive()])
        _LOOKERS.update(_lookers())
        bench.keeper.stop()
        bench.jobs.close()
        shelf.close()

    app = FastAPI(
        title="Foedus",
        version=__version__,
        description="Who stands by whom, in words and deeds: every figure of the workbench as JSON or CSV.",
        openapi_url=None,  # /api/openapi.json is a call like the others, with an ETag
        docs_url=None,
        redoc_url=None,
        lifespan=lifespan,
        swagger_ui_oauth2_redirect_url=None,
    )
    app.state.foedus = bench
    atexit.unregister(settled)
    atexit.register(settled)
    for name in ("base.html.j2", "waiting.html.j2", "crisis.html.j2"):
        pages.frame.environment().get_template(name)  # compiled before anybody waits for it
    program()
    _guard(app, settings)
    app.add_middleware(safety.Heads)
    _faults(app)

    @app.get("/api/openapi.json", include_in_schema=False)
    def description(request: Request) -> Response:
        """The API's description (OpenAPI)."""
        return api.answers.answer(request, api.description.describe(app))

    @app.get("/static/shared.css", include_in_schema=False)
    def shared_style() -> Response:
        """The style that brief and workbench have in common: it lies with the brief, which must hold it whole."""
        return Response(part("shared.css"), media_type="text/css")

    app.mount("/static", StaticFiles(directory=Path(str(files("foedus.web"))) / "static"), name="static")
    app.include_router(api.router)
    app.include_router(pages.router)
    return app


def settled(seconds: float = 2.0) -> bool:
    """Wait for the threads that look into the store; False where one is still at work.

    A thread that is cut off while it closes a connection to DuckDB takes the process down with an abort.
    """
    until = time.monotonic() + seconds
    _LOOKERS.update(_lookers())
    for one in _LOOKERS:
        one.join(max(until - time.monotonic(), 0))
    return not any(one.is_alive() for one in _LOOKERS)


def _lookers() -> set[threading.Thread]:
    return {one for one in threading.enumerate() if one.name == NAME or one.name.startswith("AnyIO worker")}


def _guard(app: FastAPI, settings: Settings) -> None:
    @app.middleware("http")
    async def guard(request: Request, call_next: safety.Next) -> Response:
        try:
            safety.check_host(request, settings)
            if not safety.may_enter(request, settings):
                raise safety.Refused(
                    401, "this workbench asks for its token; open /login, or send it as a bearer token"
                )
            safety.check_size(request, settings)
            safety.check_write(request)
            OWED.set(safety.clock(request))
            response = await call_next(request)
            safety.set_clock(request, response, lambda: request.app.state.foedus.shelf.stamp().clock)
        except safety.Refused as error:
            response = told(request, error.http, type(error).__name__, str(error))
        except Exception:
            _LOG.exception("request failed")
            response = told(request, 500, "Fault", "something failed inside Foedus; the terminal tells more")
        safety.secure(response)
        safety.set_csrf(request, response)
        if request.url.path.startswith("/static/") and response.status_code in (200, 304):
            response.headers["Cache-Control"] = "public, max-age=3600"
        return response


def _faults(app: FastAPI) -> None:
    from foedus.web.pages import waiting

    @app.exception_handler(FoedusError)
    async def ours(request: Request, error: FoedusError) -> Response:
        return told(request, error.http, type(error).__name__, str(error))

    @app.exception_handler(waiting.NotYet)
    async def not_yet(request: Request, error: waiting.NotYet) -> Response:
        return waiting.answer(request, error)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return told(request, 422, "InputError", _invalid(error))

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        headers = dict(error.headers or {})
        kind, message = "HTTP", str(error.detail)
        if error.status_code == 404:
            kind, message = "NotFound", f"there is nothing at {request.url.path[:200]}; the calls are listed at /api"
        elif error.status_code == 405:
            headers["Allow"] = ", ".join(_allowed(request))
            kind, message = "NotAllowed", f"{request.method} is not done here; allowed: {headers['Allow']}"
        elif error.status_code == 400:
            kind, message = "Unreadable", f"the body cannot be read ({message}); send JSON, or a form as curl -F does"
        response = told(request, error.status_code, kind, message)
        response.headers.update(headers)
        return response

    @app.exception_handler(Exception)
    async def other(request: Request, error: Exception) -> Response:
        _LOG.error("request failed", exc_info=error)
        response = told(request, 500, "Fault", "something failed inside Foedus; the terminal tells more")
        safety.secure(response)
        return response


def _invalid(error: RequestValidationError) -> str:
    """What is wrong with a request first of all, and what to send instead."""
    faults = error.errors()
    first: Any = faults[0] if faults else {"loc": (), "type": "", "msg": "not understood"}
    where = ".".join(str(part) for part in first["loc"][1:])
    if first["type"] == "json_invalid":
        return f"the body is no JSON: {first['ctx']['error']}, at character {where or 0}"
    if first["loc"] == ("body",):
        return "the body is missing or no JSON object; send one such as the examples at /api/openapi.json"
    if where == "file":
        return "file: send the file itself, as curl -F file=@report.pdf does"
    return f"{where or 'request'}: {first['msg']}"


def _allowed(request: Request) -> list[str]:
    """The methods that some route answers at the path asked for."""
    if request.url.path.startswith("/static/"):
        return ["GET", "HEAD"]
    found = {
        method
        for method in ("DELETE", "GET", "PATCH", "POST", "PUT")
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] == Match.FULL
    }
    return sorted(found | {"HEAD"} if "GET" in found else found)


def told(request: Request, status: int, kind: str, message: str) -> Response:
    """A fault in its one shape: JSON for the API, a fragment for htmx, a page for people."""
    if request.url.path.startswith("/api/"):
        return JSONResponse({"error": {"status": status, "kind": kind, "message": message}}, status)
    if request.url.path.startswith("/static/"):  # answered to whoever has no token: nothing of the store
        return PlainTextResponse(message, status)
    from foedus.web.pages.frame import fault_page

    return fault_page(request, status, message)
