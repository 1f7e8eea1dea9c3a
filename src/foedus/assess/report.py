"""The backtest for people: a terminal summary and a self-contained HTML page, misses first."""

from __future__ import annotations

import math
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from rich.console import Console

    from foedus.assess.backtest import Backtest
    from foedus.assess.metrics import Bin

LABELS: Final = {
    "auc": "AUC",
    "auc_in_blocks": "AUC in blocks",
    "average_precision": "avg. precision",
    "log_loss": "log loss",
    "brier": "Brier",
    "predicted_over_observed": "predicted ÷ observed",
    "ranked_probability_score": "RPS",
    "auc_verbal": "AUC ≥ verbal",
    "auc_military_aid": "AUC ≥ military aid",
}
_WIDE: Final = 110
_DIGITS: Final = {"log_loss": 4, "brier": 4, "ranked_probability_score": 4, "predicted_over_observed": 2}


def figure(name: str, value: float) -> str:
    """A score as it is printed."""
    return "–" if value != value else f"{value:.{_DIGITS.get(name, 3)}f}"


def span(name: str, low: float, high: float) -> str:
    """A score's interval as it is printed."""
    return f"{figure(name, low)}–{figure(name, high)}"


def percent(p: float) -> str:
    """A probability in per cent, small ones with their digits."""
    return f"{100 * p:.2f} %" if p < 0.01 else f"{100 * p:.1f} %"


def between(low: float, high: float) -> str:
    """Two ends in per cent with the unit said once; a nothing at the low end is a bare 0."""
    first = percent(low).removesuffix(" %") if low > 0 else "0"
    return f"{first}–{percent(high) if high < 1 else '100 %'}"


def show(found: Backtest, console: Console) -> None:
    """Print the scores, the calibration and the worst misses."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table

    # A narrow terminal gets the ends of an interval on two lines: cut-off figures would be none.
    ends = "\n" if console.width < _WIDE else ""
    what = "joins" if found.design == "stacked" else "cases of support"
    console.print(
        f"[bold]Track record, {found.design} design[/bold] ({found.population}): fitted on {found.train}, "
        f"scored on {found.test}. "
        f"{found.rows:,} rows, {found.events} {what}, {found.disputes} disputes. {found.seconds:.0f} s."
    )
    names = list(next(iter(found.scores.values())))
    scores = Table(title="Scores (90 % bootstrap interval over disputes)", title_justify="left", box=SIMPLE_HEAD)
    scores.add_column("model")
    for name in names:
        scores.add_column(LABELS[name], justify="right")
    for model, values in found.scores.items():
        style = "bold" if model == "foedus" else ""
        scores.add_row(
            model,
            *(
                f"{figure(n, values[n][0])}\n[dim]{span(n, *values[n][1:]).replace('–', '–' + ends)}[/dim]"
                for n in names
            ),
            style=style,
        )
    console.print(scores)
    for name, bins in found.bins.items():
        if name not in {"foedus", "any support", "military aid or force"}:
            continue
        calibration = Table(title=f"Calibration: {name}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 1, 0, 0))
        for column in ("foreseen", "rows", "mean forecast", "happened", "rate", "90 % interval"):
            calibration.add_column(column, justify="right")
        for one in bins:
            calibration.add_row(
                between(one.low, min(one.high, 1)),
                f"{one.count:,}",
                percent(one.forecast),
                f"{one.happened:,}",
                percent(one.rate),
                between(one.rate_low, one.rate_high),
            )
        console.print(calibration)
    if found.coverage.get("groups"):
        console.print(
            f"90 % intervals held the number of joins in {found.coverage['inside']} of {found.coverage['groups']} "
            "groups (five years × band of risk)."
        )
    misses = Table(title="Worst misses", title_justify="left")
    for column in ("year", "who for whom", "foreseen", "happened"):
        misses.add_column(column)
    for miss in found.misses[:8]:
        misses.add_row(str(miss.year), miss.text, percent(miss.probability), miss.happened)
    console.print(misses)
    for note in found.notes:
        console.print(f"[dim]note: {note}[/dim]")


def html(found: Backtest) -> str:
    """The report as one self-contained page; every text from tables is escaped."""
    from jinja2 import Environment

    source = files("foedus.assess").joinpath("templates", "backtest.html.j2").read_text(encoding="utf-8")
    environment = Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)
    environment.filters["pct"] = percent
    names = list(next(iter(found.scores.values())))
    shown = {
        name: bins for name, bins in found.bins.items() if found.design == "ladder" or name in ("foedus", "plain logit")
    }
    return environment.from_string(source).render(
        found=found,
        names=names,
        labels=LABELS,
        figure=figure,
        span=span,
        plots=[(n, plot(b), b) for n, b in shown.items()],
    )


def plot(bins: list[Bin]) -> dict[str, Any]:
    """Points of a calibration plot on log axes, in pixels of a 360 × 300 drawing."""
    low = min((max(min(b.forecast, b.rate or b.forecast), 1e-4) for b in bins), default=1e-3)
    floor = 10 ** math.floor(math.log10(low))

    def x(p: float) -> float:
        return round(50 + 290 * (math.log10(max(p, floor)) - math.log10(floor)) / -math.log10(floor), 1)

    def y(p: float) -> float:
        return round(255 - 235 * (math.log10(max(p, floor)) - math.log10(floor)) / -math.log10(floor), 1)

    ticks = [10.0**power for power in range(int(math.log10(floor)), 1)]
    return {
        "ticks": [(x(t), y(t), percent(t) if t < 1 else "100 %") for t in ticks],
        "points": [
            {
                "x": x(b.forecast),
                "y": y(b.rate),
                "low": y(b.rate_low),
                "high": y(b.rate_high),
                "text": f"{b.happened} of {b.count:,}",
            }
            for b in bins
        ],
        "line": (x(floor), y(floor), x(1.0), y(1.0)),
    }
