"""Adding a file, an address or a text; and entering with the token."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from starlette.datastructures import UploadFile

from foedus.errors import FoedusError, InputError
from foedus.web import safety
from foedus.web.api.documents import label, queue_document, queue_file
from foedus.web.pages.frame import Asked, render

router = APIRouter(include_in_schema=False, default_response_class=HTMLResponse)


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
) -> Response:
    """Queue what was given; its progress comes back. Of several files each is taken or refused for itself."""
    safety.check_form(request, csrf)
    given = (await request.form()).getlist("file")
    files = [one for one in given if isinstance(one, UploadFile) and one.filename]
    if given and not (files or text.strip() or url.strip()):
        raise InputError("choose a file first")
    if not files:
        jobs = [
            queue_document(request, text, url, title=title or None, outlet=outlet or None, published=published or None)
        ]
    elif len(files) == 1:
        jobs = [await queue_file(request, files[0])]
    else:
        jobs = [await _taken(request, one) for one in files]
    if "hx-request" in request.headers:
        return render(request, "jobs.html.j2", jobs=jobs)
    return RedirectResponse("/add", 303)


async def _taken(request: Request, file: UploadFile) -> dict[str, Any]:
    try:
        return await queue_file(request, file)
    except FoedusError as error:
        told = {"state": "failed", "label": label(file), "message": str(error), "id": "", "ids": [], "faults": []}
        return told


@router.get("/add/{job}")
def add_progress(request: Request, job: str) -> Response:
    """How far one addition is, as a part of the page."""
    return render(request, "job.html.j2", job=safety.state_of(request).jobs.get(job[:64]))


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
