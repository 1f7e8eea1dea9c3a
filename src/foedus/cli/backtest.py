"""`foedus backtest`: the track record of the estimates on two centuries of crises."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Annotated, Any

import typer

from foedus.errors import DataError

app = typer.Typer(add_completion=False)
_EPILOG = (
    "Example: foedus backtest --history DIR --train-until 1945 --test 1946-1989 --predictions p.parquet "
    "--report record.html"
)


@app.command(epilog=_EPILOG)
def backtest(
    history: Annotated[Path, typer.Option(help="Folder with the research tables (see `foedus data list`).")],
    train_until: Annotated[int, typer.Option(help="Last year the models may learn from.")],
    test: Annotated[str, typer.Option(help="Years to score, as FIRST-LAST.")],
    design: Annotated[str, typer.Option(help="stacked (who joins) or ladder (how far great powers go).")] = "stacked",
    population: Annotated[str, typer.Option(help="relevant, all or war (stacked design only).")] = "relevant",
    rolling: Annotated[
        int | None, typer.Option(min=1, help="Refit every so many years on all that came before.")
    ] = None,
    predictions: Annotated[Path | None, typer.Option(help="Write one row a unit (.parquet or .csv).")] = None,
    report: Annotated[Path | None, typer.Option(help="Write a self-contained HTML report.")] = None,
    output_format: Annotated[str, typer.Option("--format", help="table or json.")] = "table",
    boosting: Annotated[bool, typer.Option(help="Fit the boosting baseline too.")] = True,
) -> None:
    """Fit on what was known, score on what came after, beside the baselines in the same run."""
    import time

    from rich.console import Console

    from foedus.assess import backtest as runs
    from foedus.assess.ladder_backtest import ladder_backtest
    from foedus.output import check
    from foedus.world.history.tables import Tables

    first, last = _years(test)
    for name, given, allowed in (
        ("--design", design, ("stacked", "ladder")),
        ("--population", population, ("relevant", "all", "war")),
        ("--format", output_format, ("table", "json")),
    ):
        if given not in allowed:
            raise typer.BadParameter(f"{name} is {given!r}; give one of {', '.join(allowed)}")
    if predictions is not None and predictions.suffix not in {".parquet", ".csv"}:
        raise DataError(f"{predictions}: predictions are written as .parquet or .csv; give a name that ends so")
    for place in (predictions, report):
        if place is not None:
            check(place)  # the work takes minutes
    err = Console(stderr=True)
    started = time.perf_counter()
    with err.status("reading tables") as status:
        tables = Tables(history)
        if design == "ladder":
            found = ladder_backtest(tables, train_until, (first, last), rolling, boosting=boosting, say=status.update)
        else:
            found = runs.stacked(
                tables, train_until, (first, last), population, rolling, boosting=boosting, say=status.update
            )
        found.seconds = time.perf_counter() - started
        if predictions is not None:
            _write(found.predictions, predictions)
        if report is not None:
            from foedus.assess.report import html

            _text(report, html(found))
    if output_format == "json":
        print(json.dumps(found.to_dict(), ensure_ascii=False, allow_nan=True))
        return
    from foedus.assess.report import show

    show(found, Console())


def _years(text: str) -> tuple[int, int]:
    match = re.fullmatch(r"\s*(\d{4})\s*(?:-\s*(\d{4}))?\s*", text)
    if not match:
        raise DataError(f"{text!r} is no span of years; write --test FIRST-LAST, as in 1946-1989")
    return int(match[1]), int(match[2] or match[1])


def _write(frame: Any, path: Path) -> None:
    try:
        if path.suffix == ".csv":
            frame.to_csv(path, index=False)
        else:
            frame.to_parquet(path, index=False)
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}); give a file in a folder that exists") from error


def _text(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise DataError(f"{path} cannot be written ({error.strerror}); give a file in a folder that exists") from error
