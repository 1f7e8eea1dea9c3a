"""What the figures rest on: sources read, versions, licences, how to cite, and how estimates of this kind have fared."""

from __future__ import annotations

import datetime as dt
import json
from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus import __version__
from foedus.errors import DataError
from foedus.ledger.rules import weights_version
from foedus.web.figures import Figure
from foedus.web.shelf import Shelf

if TYPE_CHECKING:
    from foedus.world.world import World

LIBRARIES: Final = (
    ("htmx", "2.0.11", "0BSD"),
    ("d3", "7.9.2", "ISC"),
    ("topojson-client", "3.1.0", "ISC"),
    ("world-atlas 50m (Natural Earth)", "2.0.2", "ISC; data in the public domain"),
)
PACKAGES: Final = ("spacy", "onnxruntime", "duckdb", "pyarrow", "fastapi", "jinja2")


def sources(shelf: Shelf, limit: int, offset: int) -> dict[str, Any]:
    """Runs and failures, the newest first."""
    runs = shelf.rows(
        "SELECT id, kind, what, coder, started, ended, counts FROM runs ORDER BY id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    for run in runs:
        run["counts"] = json.loads(run["counts"] or "{}")
        run["what"] = _names(run["what"])
    failed = shelf.rows("SELECT id, run, source, line, reason FROM rejects ORDER BY id DESC LIMIT ?", (limit,))
    for one in failed:
        one["source"] = _names(one["source"])
    counts = shelf.rows(
        "SELECT (SELECT count(*) FROM runs) AS runs, (SELECT count(*) FROM rejects) AS failures, "
        "(SELECT count(*) FROM documents) AS documents, (SELECT coalesce(sum(events), 0) FROM documents) AS events, "
        "(SELECT min(published) FROM documents) AS first, (SELECT max(published) FROM documents) AS last"
    )[0]
    return {"counts": counts, "runs": runs, "failures": failed, "limit": limit, "offset": offset}


def _names(text: str) -> str:
    """Sources by their last parts: whole paths of the machine are nobody's business on a page."""
    return " ".join(part if "://" in part else part.rstrip("/").rsplit("/", 1)[-1] for part in (text or "").split(" "))


@lru_cache(maxsize=4)
def _report(path: str, changed: float) -> dict[str, Any]:
    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise DataError(
            f"{Path(path).name}: no backtest report ({error}); make one with foedus backtest --format json"
        ) from None
    if not isinstance(plain, dict) or not {"scores", "bins", "misses"} <= plain.keys():
        raise DataError(f"{Path(path).name}: no backtest report; make one with foedus backtest --format json")
    return plain


def report(path: Path | None) -> dict[str, Any] | None:
    """The backtest report that the workbench was started with. Raises DataError where it is none."""
    if path is None:
        return None
    try:
        changed = path.stat().st_mtime
    except OSError:
        raise DataError(
            f"{path.name}: the backtest report is not there; make it with foedus backtest --format json"
        ) from None
    return _report(str(path), changed)


def bands() -> list[dict[str, Any]]:
    """How forecasts of the shipped model's kind fared: bins with counts and intervals."""
    from foedus.assess.models import load

    return [
        dict(band) | {"rate": band["joined"] / band["count"] if band["count"] else 0.0, "happened": band["joined"]}
        for band in load().bands
    ]


def record(path: Path | None) -> dict[str, Any]:
    """The shipped model's record and, where one was given, a whole backtest report."""
    from foedus.assess.models import load

    model = load()
    return {"model": model.version, "fitted": dict(model.fitted), "bands": bands(), "report": report(path)}


def calibration_figure(path: Path | None) -> Figure:
    """Calibration: what was foreseen against what happened, with bin counts."""
    columns = ("low", "high", "count", "forecast", "happened", "rate", "rate_low", "rate_high")
    note = "Refitted every ten years from 1946 on what came before; intervals are 90 %."
    return Figure("calibration", "Calibration of joining", columns, tuple(bands()), note)


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
        "packages": [{"name": name, "version": _version(name)} for name in PACKAGES],
        "stamp": str(shelf.stamp()),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def citation(title: str, stamp: str, address: str) -> str:
    """How to cite a page: what, which version, which state of the store, when seen."""
    today = dt.date.today().isoformat()
    return f"Foedus {__version__}. “{title}”. State of the store {stamp}. {address}. Seen {today}."
