"""The track record: how estimates of the shipped model's kind fared, and backtest reports that the workbench was given."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from foedus.errors import DataError
from foedus.web.figures import Figure

SHIPPED: Final = "shipped model: who joins"
FOREMOST: Final = ("foedus", "any support", "military aid or force")
"""Calibrations that are drawn: the model's own. Those of the baselines beside it stand in the CSV."""
LABELS: Final = {
    "auc": "AUC",
    "auc_in_blocks": "AUC in blocks",
    "average_precision": "average precision",
    "log_loss": "log loss",
    "brier": "Brier score",
    "predicted_over_observed": "predicted ÷ observed",
    "ranked_probability_score": "ranked probability score",
    "auc_verbal": "AUC, verbal or more",
    "auc_military_aid": "AUC, military aid or more",
    "constant_log_loss": "log loss of a constant",
}
"""Scores as they are called on the page; small log losses and large AUCs are good."""
_BIN: Final = ("low", "high", "count", "forecast", "happened", "rate", "rate_low", "rate_high")
_MISS: Final = {"year": int, "dispute": int, "text": str, "probability": float, "happened": str, "loss": float}
_PERIOD: Final = (
    "period", "rows", "joins", "auc", "auc_in_blocks", "average_precision", "log_loss", "constant_log_loss", "brier",
    "predicted_over_observed",
)  # fmt: skip
_HEAD: Final = ("design", "population", "train", "test", "rows", "events", "disputes")
_MAKE: Final = "make one with foedus backtest --format json"


def reports(paths: Sequence[Path]) -> list[dict[str, Any]]:
    """Backtest reports as `foedus backtest --format json` writes them, scores that are not numbers as None.

    Raises DataError for a file that is gone or holds something else.
    """
    found = []
    for path in paths:
        try:
            changed = path.stat().st_mtime_ns
        except OSError:
            raise DataError(f"{path.name}: the backtest report is not there; {_MAKE}") from None
        found.append(_report(str(path), changed))
    return found


@lru_cache(maxsize=8)
def _report(path: str, changed: int) -> dict[str, Any]:
    name = Path(path).name
    try:
        plain = json.loads(Path(path).read_text(encoding="utf-8"), parse_constant=lambda _: None)
    except (OSError, ValueError, RecursionError) as error:
        raise DataError(f"{name}: no backtest report ({error}); {_MAKE}") from None
    try:
        told: dict[str, Any] = {key: plain[key] for key in _HEAD}
        for key in ("rows", "events", "disputes"):
            told[key] = int(told[key])
        told["scores"] = {
            str(model): {str(score): [_number(one) for one in value[:3]] for score, value in values.items()}
            for model, values in plain["scores"].items()
        }
        told["bins"] = {
            str(of): [{key: bin_[key] + 0 for key in _BIN} for bin_ in bins] for of, bins in plain["bins"].items()
        }
        told["misses"] = sorted(
            ({key: kind(miss[key]) for key, kind in _MISS.items()} for miss in plain["misses"]),
            key=lambda miss: -miss["loss"],
        )
        told["periods"] = [
            {
                "period": str(row["period"]),
                **{key: int(row[key]) for key in ("rows", "joins")},
                **{key: _number(row.get(key)) for key in _PERIOD[3:]},
            }
            for row in plain.get("periods") or ()
        ]
        told["coverage"] = {key: plain.get("coverage", {}).get(key) for key in ("groups", "inside", "nominal")}
        told["notes"] = [str(note) for note in plain.get("notes") or ()]
    except (KeyError, TypeError, ValueError, AttributeError):
        raise DataError(f"{name}: no backtest report; {_MAKE}") from None
    return told


def _number(value: Any) -> float | None:
    return None if value is None or not math.isfinite(value) else float(value)


def bands() -> list[dict[str, Any]]:
    """How forecasts of the shipped model's kind fared: bins with counts and intervals."""
    from foedus.assess.models import load

    return [
        dict(band) | {"rate": band["joined"] / band["count"] if band["count"] else 0.0, "happened": band["joined"]}
        for band in load().bands
    ]


def record(paths: Sequence[Path]) -> dict[str, Any]:
    """The shipped model's record and the backtest reports that were given."""
    from foedus.assess.models import load

    model = load()
    return {"model": model.version, "fitted": dict(model.fitted), "bands": bands(), "reports": reports(paths)}


def calibration(paths: Sequence[Path]) -> Figure:
    """What was foreseen against what happened, with the number of rows in each bin."""
    rows = [{"of": SHIPPED, **{name: one[name] for name in _BIN}} for one in bands()]
    rows += [
        {"of": f"{told['design']}: {of}", **one}
        for told in reports(paths)
        for of, bins in told["bins"].items()
        for one in bins
    ]
    note = "The shipped model's rows: refitted every ten years from 1946 on what came before. Intervals are 90 %."
    return Figure("calibration", "Calibration: foreseen against happened", ("of", *_BIN), tuple(rows), note)


def misses(paths: Sequence[Path]) -> Figure:
    """The forecasts that went wrong most, the worst first."""
    rows = [{"design": told["design"], **miss} for told in reports(paths) for miss in told["misses"]]
    rows.sort(key=lambda row: -row["loss"])
    return Figure("misses", "Worst misses", ("design", *_MISS), tuple(rows), _without(paths))


def scores(paths: Sequence[Path]) -> Figure:
    """The model's scores beside those of the baselines, with 90 % intervals."""
    rows = [
        {
            "design": told["design"],
            "model": model,
            "score": score,
            **dict(zip(("value", "low", "high"), value, strict=False)),
        }
        for told in reports(paths)
        for model, values in told["scores"].items()
        for score, value in values.items()
    ]
    return Figure(
        "scores", "Scores", ("design", "model", "score", "value", "low", "high"), tuple(rows), _without(paths)
    )


def periods(paths: Sequence[Path]) -> Figure:
    """The scores decade by decade."""
    rows = [{"design": told["design"], **row} for told in reports(paths) for row in told["periods"]]
    return Figure("periods", "Scores by period", ("design", *_PERIOD), tuple(rows), _without(paths))


def _without(paths: Sequence[Path]) -> str:
    return "" if paths else "Needs a backtest report: start the workbench with --record."
