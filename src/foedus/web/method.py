"""What the figures rest on: sources read, versions, licences, how to cite."""

from __future__ import annotations

import datetime as dt
import json
import re
from importlib.metadata import PackageNotFoundError, metadata, version
from typing import TYPE_CHECKING, Any, Final

from foedus import __version__
from foedus.ledger.rules import weights_version
from foedus.ontology import plover
from foedus.web.shelf import Shelf

if TYPE_CHECKING:
    from foedus.world.world import World

LIBRARIES: Final = (
    ("Foedus, its facts, treaties and models", __version__, "Apache-2.0"),
    ("PLOVER, the ontology", plover.scores_version().rpartition(" ")[2], "CC BY-SA 4.0"),
    ("all-MiniLM-L6-v2, where the coder's encoder began", "", "Apache-2.0"),
    ("en_core_web_sm, the parser's model", "3.8.0", "MIT"),
    ("htmx", "2.0.11", "0BSD"),
    ("d3", "7.9.2", "ISC"),
    ("topojson-client", "3.1.0", "ISC"),
    ("world-atlas 50m (Natural Earth)", "2.0.2", "ISC; data in the public domain"),
)
PACKAGES: Final = ("spacy", "onnxruntime", "duckdb", "pyarrow", "fastapi", "jinja2")
_FOLDERS: Final = re.compile(r"(?<![\w:/.])/(?:[^\s:/]+/)+")
"""What stands before the last part of a whole path; no part of an address, nor of a date such as 13/06/2025."""


def sources(shelf: Shelf, limit: int, offset: int) -> dict[str, Any]:
    """Runs, the newest first, with the last failures and what the store holds."""
    runs = shelf.rows(
        "SELECT id, kind, what, coder, started, ended, counts FROM runs ORDER BY id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    for run in runs:
        run["counts"] = json.loads(run["counts"] or "{}")
        if isinstance(faults := run["counts"].get("faults"), list):  # an import tells them, an addition counts them
            run["counts"]["faults"] = [_told(one, run["what"]) for one in faults]
        # An addition names several sources, parted by blanks.
        several = (run["what"] or "").split(" ") if run["kind"] == "add" else [run["what"] or ""]
        run["what"] = " ".join(map(_name, several))
    counts = shelf.rows(
        "SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM rejects) AS failures, "
        "(SELECT count(*) FROM documents) AS documents, (SELECT coalesce(sum(events), 0) FROM documents) AS events, "
        "(SELECT min(published) FROM documents) AS first, (SELECT max(published) FROM documents) AS last"
    )[0]
    return {"counts": counts, "runs": runs, "failures": failures(shelf, limit, 0)}


def failures(shelf: Shelf, limit: int, offset: int) -> list[dict[str, Any]]:
    """Sources and rows that could not be read, the newest first."""
    failed = shelf.rows(
        "SELECT id, run, source, line, reason FROM rejects ORDER BY id DESC LIMIT ? OFFSET ?", (limit, offset)
    )
    for one in failed:
        one["reason"] = _told(one["reason"], one["source"])
        one["source"] = _name(one["source"])
    return failed


def _name(source: str) -> str:
    """A source by its last part: whole paths of the machine are nobody's business on a page."""
    return source if "://" in source else source.rstrip("/").rsplit("/", 1)[-1]


def _told(line: str, source: str | None) -> str:
    """A line with its source, which may hold blanks, and every other whole path by their last parts."""
    return _FOLDERS.sub("", line.replace(source, _name(source)) if source else line)


def method(shelf: Shelf, world: World) -> dict[str, Any]:
    """Versions, provenance, licences and a citation."""
    from foedus.assess.models import load

    stats = shelf.memo(("stats",), shelf.store.stats)
    model = load()
    return {
        "foedus": __version__,
        "coders": stats["coders"],
        "estimate": {"version": model.version, "fitted": dict(model.fitted)},
        "weights": weights_version(),
        "world": world.provenance,
        "store": {
            name: stats[name]
            for name in (
                "documents",
                "first_published",
                "last_published",
                "events",
                "imported",
                "acts",
                "reviews",
                "schema",
            )
        },
        "libraries": [{"name": name, "version": number, "licence": licence} for name, number, licence in LIBRARIES],
        "packages": [{"name": name, "version": _version(name), "licence": _licence(name)} for name in PACKAGES],
        "stamp": str(shelf.stamp()),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _licence(name: str) -> str:
    """The licence that a package declares, in whichever of the three ways."""
    try:
        told = metadata(name)
    except PackageNotFoundError:
        return "not installed"
    classes = [one.rpartition(" :: ")[2] for one in told.get_all("Classifier") or () if one.startswith("License ::")]
    named = [*(told.get_all("License-Expression") or ()), *classes, *(told.get_all("License") or ())]
    return named[0].partition("\n")[0] if named else "?"


def citation(title: str, stamp: str, address: str) -> str:
    """How to cite a page: what, which version, which state of the store, when seen."""
    today = dt.date.today().isoformat()
    return f"Foedus {__version__}. “{title}”. State of the store {stamp}. {address}. Seen {today}."
