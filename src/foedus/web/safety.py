"""What stands between the workbench and whoever asks: hosts, tokens, cross-site writes, sizes, rates, and the page's policy."""

from __future__ import annotations

import hmac
import re
import secrets
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Awaitable, Callable
from typing import Any, Final
from urllib.parse import urlsplit

from fastapi import Request, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from foedus.errors import FoedusError, InputError
from foedus.web.settings import LOOPBACK_NAMES, Settings

Next = Callable[[Request], Awaitable[Response]]
CSRF_COOKIE: Final = "foedus_csrf"
TOKEN_COOKIE: Final = "foedus_token"
CLOCK_COOKIE: Final = "foedus_clock"
"""How far the record of reviews had come when this browser last wrote to it, so that it sees its own reviews at once."""
POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
)
HEADERS: Final = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",  # with no-referrer a browser posts plain forms with the origin `null`
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_READS: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_MINUTE: Final = 60.0
_OPEN: Final = "/login"
_OPEN_BELOW: Final = "/static/"
_HOST: Final = re.compile(r"([A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


class Refused(FoedusError):
    """A request that the workbench does not answer; `http` says why in the web's own numbers."""

    def __init__(self, http: int, message: str) -> None:
        self.http = http
        super().__init__(message)


class Heads:
    """Answers HEAD as GET is answered, without the body: every address that can be read can be asked about."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return

        async def without_body(message: Message) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        await self._app({**scope, "method": "GET"}, receive, without_body)


class Rates:
    """At most so many `what` a minute for each name; `instead` says what to do but wait."""

    def __init__(self, most: int, what: str = "requests", instead: str = "") -> None:
        self._most = most
        self._what = what
        self._instead = instead
        # By name, the one counted last at the end: names that did nothing for a minute go from the front.
        self._seen: OrderedDict[str, deque[float]] = OrderedDict()
        self._lock = threading.Lock()

    def take(self, name: str) -> None:
        """Count one. Raises Refused (429) where there were too many."""
        now = time.monotonic()
        with self._lock:
            while self._seen and now - next(iter(self._seen.values()))[-1] > _MINUTE:
                self._seen.popitem(last=False)
            seen = self._seen.get(name, deque())
            while seen and now - seen[0] > _MINUTE:
                seen.popleft()
            if len(seen) >= self._most:
                raise Refused(429, f"more than {self._most} {self._what} a minute; wait a little{self._instead}")
            seen.append(now)
            self._seen[name] = seen
            self._seen.move_to_end(name)


def known_hosts(settings: Settings) -> frozenset[str]:
    """Names under which the workbench may be asked; another one is a page elsewhere pointing its name at this machine."""
    return LOOPBACK_NAMES | {settings.host.lower(), *(name.lower() for name in settings.names)}


def host_of(request: Request) -> str:
    """The host name that the request was sent to, without its port; empty where it is no name at all."""
    found = _HOST.fullmatch(request.headers.get("host", ""))
    return found[1].strip("[]").lower() if found else ""


def check_host(request: Request, settings: Settings) -> None:
    """Raises Refused where the request names a host that is not ours (DNS rebinding)."""
    host = host_of(request)
    if host and settings.token and settings.host in ("0.0.0.0", "::"):
        return  # every name of the machine is meant, and the token guards it
    if host not in known_hosts(settings):
        raise Refused(421, "this workbench answers to its own address only; open it as the terminal printed it")


def may_enter(request: Request, settings: Settings) -> bool:
    """Whether the request carries the token, where one is needed."""
    # The path as it was asked for: `request.url` is put together with the host that the asker names.
    path = request.scope["path"]
    request.state.trusted = knows = settings.token is None or _carries(request, settings.token)
    return knows or path == _OPEN or path.startswith(_OPEN_BELOW)


def trusted(request: Request) -> bool:
    """Whether the asker may be told of the store, even by a fault: not before host and token were found to be right."""
    return getattr(request.state, "trusted", False)


def _carries(request: Request, token: str) -> bool:
    given = request.cookies.get(TOKEN_COOKIE, "")
    kind, _, bearer = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        given = bearer.strip()
    return same(given, token)


def same(one: str, other: str) -> bool:
    """Whether two secrets are equal, without telling by time how far they agree."""
    return hmac.compare_digest(one.encode("utf-8", "replace"), other.encode("utf-8", "replace"))


def check_write(request: Request) -> None:
    """Raises Refused for a write that another site may have caused.

    The API takes writes as JSON (or with the header `X-Foedus-Write`), which another site cannot send without asking
    first, and we answer no such question. Pages send the token of their own cookie.
    """
    if request.method in _READS:
        return
    site = request.headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        raise Refused(403, "a write must come from a page of this workbench")
    origin = request.headers.get("origin")
    if origin is not None and _host_of(origin) != request.headers.get("host", ""):
        raise Refused(403, "a write must come from a page of this workbench")
    if request.scope["path"].startswith("/api/"):
        kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
        if kind != "application/json" and "x-foedus-write" not in request.headers:
            raise Refused(415, "send JSON (Content-Type: application/json), or add the header X-Foedus-Write: 1")
        return
    cookie = request.cookies.get(CSRF_COOKIE, "")
    # Forms without script carry it in their body, which is checked once it is read: see `check_form`.
    request.state.csrf_open = not (cookie and same(cookie, request.headers.get("x-csrf-token", "")))


def _host_of(origin: str) -> str | None:
    """The host that an `Origin` names; None for `null` and for what is no address."""
    try:
        return urlsplit(origin).netloc or None
    except ValueError:
        return None


def check_form(request: Request, token: str) -> None:
    """Raises Refused where neither header nor form carries the token of the page's cookie."""
    cookie = request.cookies.get(CSRF_COOKIE, "")
    if getattr(request.state, "csrf_open", True) and not (cookie and same(cookie, token)):
        raise Refused(403, "the page is out of date; reload it and try again")


def csrf_token(request: Request) -> str:
    """The token of this browser; a new one where it has none."""
    held = request.cookies.get(CSRF_COOKIE, "")
    if not 32 <= len(held) <= 64 or not held.replace("-", "").replace("_", "").isalnum() or not held.isascii():
        held = getattr(request.state, "csrf_new", None) or secrets.token_urlsafe(32)
        request.state.csrf_new = held
    return held


def set_csrf(request: Request, response: Response) -> None:
    """Give the browser its token where it has none yet."""
    new = getattr(request.state, "csrf_new", None)
    if new:
        response.set_cookie(CSRF_COOKIE, new, httponly=True, samesite="strict", path="/")


def clock(request: Request) -> int:
    """How far this browser's own reviews go; 0 where it wrote none."""
    held = request.cookies.get(CLOCK_COOKIE, "")
    return int(held) if held.isdecimal() and held.isascii() and len(held) <= 12 else 0


def set_clock(request: Request, response: Response, now: Callable[[], int]) -> None:
    """After a write, tell the browser how far the record has come."""
    if request.method not in _READS and response.status_code < 400 and "review" in request.url.path:
        response.set_cookie(CLOCK_COOKIE, str(now()), httponly=True, samesite="strict", path="/")


def check_size(request: Request, settings: Settings) -> None:
    """Raises Refused for a body that says it is too large, or does not say how large it is."""
    if request.method in _READS:
        return
    given = request.headers.get("content-length")
    if given is None:
        if request.headers.get("transfer-encoding"):
            raise Refused(411, "say how long the body is (Content-Length)")
        return
    if not (given.isascii() and given.isdecimal()):
        raise Refused(400, "Content-Length is no number")
    if int(given) > settings.max_upload:
        raise Refused(413, f"larger than {settings.max_upload // 1_000_000} MB; add it with: foedus store add FILE")


def whole(text: str, limit: int, what: str) -> str:
    """A text of a form, which is never cut. Raises InputError where it is longer than its limit."""
    if len(text) > limit:
        raise InputError(f"{what} is longer than {limit} characters; shorten it")
    return text


def secure(response: Response) -> None:
    """The headers of every answer."""
    for name, value in HEADERS.items():
        response.headers[name] = value
    response.headers.setdefault("Cache-Control", "no-store")


def state_of(request: Request) -> Any:
    """What the running workbench holds."""
    return request.app.state.foedus
