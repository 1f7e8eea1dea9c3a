"""The process that reads and codes what is added in the workbench, so that the pages stay quick while it works.

It takes one JSON object a line on standard input and answers with one JSON object a line on standard output. Texts and
files come as bytes: nothing in a request is ever taken for a path.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any, Final

from foedus.errors import FoedusError, InputError, SourceError
from foedus.model.document import Document

Say = Callable[[dict[str, Any]], None]
MOST: Final = 2_000
"""Documents taken from one file; more belong to `foedus store add`."""


def read(job: dict[str, Any], fault: Callable[[SourceError], object]) -> list[Document]:
    """The documents of a job: a text or file as bytes, or an address fetched under the guard of `foedus.reading.fetch`."""
    from foedus.reading.read import read_all

    found: list[Document] = []
    if job["kind"] == "url":
        address = str(job["url"]).strip()
        if not address.lower().startswith(("http://", "https://")) or any(char.isspace() for char in address):
            raise InputError("an address begins with http:// or https:// and holds no blanks")
        stream = read_all(address, on_error=fault, timeout=20.0, max_download_mb=20.0)
    else:
        stream = read_all(base64.b64decode(job["data"]), on_error=fault)
    for document in stream:
        if len(found) == MOST:
            fault(SourceError(job["label"], f"holds more than {MOST} documents; add it with foedus store add"))
            break
        found.append(named(document, job))
    return found


def named(document: Document, job: dict[str, Any]) -> Document:
    """The document with what its giver says of it; what the text says for itself stands."""
    said: dict[str, Any] = {}
    for name in ("title", "outlet", "published", "url"):
        if job.get(name) and not getattr(document, name):
            said[name] = job[name]
    if job["kind"] != "url":
        said["source"] = f"added in the workbench: {job['label']}"
    return replace(document, **said) if said else document


def told(error: SourceError, job: dict[str, Any]) -> str:
    """A fault under the name that its giver knows: what was uploaded has no other."""
    if error.source == "bytes" or error.source.startswith("bytes "):  # a line, row or entry of it
        return f"{job['label']}{error.source.removeprefix('bytes')}: {error.reason}"
    return str(error)


def work(store: Any, coder: Any, job: dict[str, Any], say: Say) -> None:
    """Do one job and tell of it."""
    faults: list[str] = []
    say({"job": job["id"], "state": "reading"})
    documents = read(job, lambda error: faults.append(told(error, job)))
    if not documents:
        raise InputError(faults[0] if faults else "there is no document in it")
    say({"job": job["id"], "state": "coding", "documents_read": len(documents), "faults": faults})

    def progress(report: Any) -> None:
        say({"job": job["id"], "state": "coding", "added": report.added, "events": report.events})

    report = store.add(documents, coder(), progress=progress, batch=16)
    held = {row["content_hash"]: row["id"] for row in _ids(store, [one.content_hash for one in documents])}
    faults += [
        f"{one.title or job['label']}: kept but not coded, since it is in another language ({one.language}); only English is read"
        for one in documents
        if one.language not in (None, "en")
    ]
    ids = [held[one.content_hash] for one in documents if one.content_hash in held]
    say(
        {
            "job": job["id"], "state": "done", "added": report.added, "seen": report.seen, "recoded": report.recoded,
            "events": report.events, "faults": [*faults, *report.faults], "ids": ids[:200],
        }
    )  # fmt: skip


def _ids(store: Any, hashes: list[str]) -> list[dict[str, Any]]:
    from foedus.web.shelf import Shelf

    shelf = Shelf(store)
    found: list[dict[str, Any]] = []
    for at in range(0, len(hashes), 500):
        part = hashes[at : at + 500]
        marks = ",".join("?" * len(part))
        found += shelf.rows(f"SELECT id, content_hash FROM documents WHERE content_hash IN ({marks})", part)
    shelf.close()
    return found


def main(folder: str) -> None:
    """Serve jobs until standard input ends."""
    from foedus.store.store import Store

    out = sys.stdout
    sys.stdout = sys.stderr  # whatever a library prints must not break the protocol

    def say(message: dict[str, Any]) -> None:
        out.write(json.dumps(message) + "\n")
        out.flush()

    held: list[Any] = []

    def coder() -> Any:
        if not held:
            from foedus.coding.coder import Coder

            held.append(Coder())
        return held[0]

    store = Store(folder, create=False)
    for line in sys.stdin:
        job = json.loads(line)
        try:
            work(store, coder, job, say)
        except FoedusError as error:
            say({"job": job["id"], "state": "failed", "message": str(error)})
        except Exception as error:
            say(
                {
                    "job": job["id"],
                    "state": "failed",
                    "message": f"it could not be added ({type(error).__name__}: {error})",
                }
            )


if __name__ == "__main__":
    main(sys.argv[1])
