"""The API's description (OpenAPI): what the routes say of themselves, with examples of answers and of every fault."""

from __future__ import annotations

import json
import threading
from importlib.resources import files
from typing import Any, Final

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

_PROBLEMS: Final = {
    "400": ("Unreadable", "the body cannot be read (Missing boundary in multipart.); send JSON, or a form as curl -F does"),
    "401": ("Refused", "this workbench asks for its token; open /login, or send it as a bearer token"),
    "403": ("Refused", "a write must come from a page of this workbench"),
    "404": ("Refused", "there is no figure 'pie'; choose one of answers, bars, duties"),
    "405": ("NotAllowed", "PUT is not done here; allowed: GET, HEAD, POST"),
    "411": ("Refused", "say how long the body is (Content-Length)"),
    "413": ("Refused", "larger than 10 MB; add it with: foedus store add FILE"),
    "415": ("Refused", "send JSON (Content-Type: application/json), or add the header X-Foedus-Write: 1"),
    "421": ("Refused", "this workbench answers to its own address only; open it as the terminal printed it"),
    "422": ("InputError", "on: '13 June' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"),
    "429": ("Refused", "more than 30 additions a minute; wait a little, or use foedus store add"),
    "500": ("Fault", "something failed inside Foedus; the terminal tells more"),
    "503": ("Refused", "too many additions are waiting; try again when some are done"),
}  # fmt: skip
_CSV: Final = {
    "/figures/{name}": "actor,recipient,words\nRUS,IRN,2\n",
    "/events": "id,document,date\nwire:77,wire,2025-06-14\n",
    "/documents": "id,title,byline\nwire,Israel strikes Iran,\n",
    "/reviews": "id,at,reviewer,verdict\n1,2025-06-20T08:00:00Z,ann,down\n",
    "/queue": "rank,id,document\n1.2,wire:77,wire\n",
    "/sources": "id,kind,what\n1,add,june-2025\n",
    "/failures": "id,run,source,line,reason\n1,1,broken.pdf,,binary data\n",
}
_MAKING: Final = threading.Lock()
_TAGGED: Final = {
    "ETag": {
        "description": "send it as If-None-Match to get 304 while nothing has changed",
        "schema": {"type": "string"},
    }
}


def examples() -> dict[str, Any]:
    """An answer to every call, by verb and path: real ones of a store of three documents, lists cut to their first row."""
    found: dict[str, Any] = json.loads(files("foedus.web").joinpath("data/api.json").read_text(encoding="utf-8"))
    return found


def describe(app: FastAPI) -> dict[str, Any]:
    """The whole description; made when first asked for, and once, since the routes stay as they are."""
    with _MAKING:  # who comes while it is made waits: nobody is given half of it
        if app.openapi_schema is None:
            app.openapi_schema = _made(app)
        return app.openapi_schema


def _made(app: FastAPI) -> dict[str, Any]:
    spec = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    known = examples()
    for path, verbs in spec["paths"].items():
        for verb, call in verbs.items():
            _complete(call["responses"], known[f"{verb.upper()} {path.removeprefix('/api')}"], path)
    return spec


def _complete(responses: dict[str, Any], example: dict[str, Any], path: str) -> None:
    for status, (kind, message) in _PROBLEMS.items():
        if status in responses:
            told = {"error": {"status": int(status), "kind": kind, "message": message}}
            responses[status]["content"]["application/json"]["example"] = told
    good = next(responses[status] for status in ("200", "201", "202") if status in responses)
    good["content"]["application/json"] = {"schema": schema(example), "example": example}
    csv = next((text for end, text in _CSV.items() if path.endswith(end)), None)
    if csv is not None and "200" in responses:
        good["content"]["text/csv"] = {"schema": {"type": "string"}, "example": csv}
    if "200" in responses:
        good["headers"] = _TAGGED
        responses["304"] = {"description": "Not changed since the ETag that was sent"}


def schema(example: dict[str, Any]) -> dict[str, Any]:
    """The shape of an answer: an object with these members, of which lists are always lists; spans may be missing."""
    members = {
        name: {"type": "array"} if isinstance(value, list) and not name.endswith("_span") else {}
        for name, value in example.items()
    }
    return {"type": "object", "required": list(example), "properties": members}
