from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from foedus.cli.main import run

YEARS = ("--train-until", "1945", "--test", "1946-1950")


def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["foedus", "backtest", *arguments])
    status = 0
    try:
        run()
    except SystemExit as left:
        status = int(left.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (("--history", "/nowhere", *YEARS), 1, "no folder"),
        (("--history", ".", "--train-until", "1945", "--test", "later"), 1, "no span of years"),
        (("--history", ".", "--train-until", "1950", "--test", "1946-1950"), 1, "would see the test years"),
        (("--history", ".", *YEARS, "--predictions", "p.xls"), 1, ".parquet or .csv"),
        (("--history", ".", *YEARS, "--report", "none/r.html"), 1, "no folder"),
        (("--history", ".", *YEARS, "--predictions", "none/p.csv"), 1, "no folder"),
        (("--history", ".", *YEARS, "--design", "tower"), 2, "stacked, ladder"),
        (("--history", ".", *YEARS, "--population", "some"), 2, "relevant, all, war"),
        (("--history", ".", *YEARS), 1, "foedus data pull"),
    ],
)
def test_bad_input(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: tuple[str, ...],
    status: int,
    says: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    found, _, err = call(monkeypatch, capsys, *arguments)
    assert found == status
    assert says in err.replace("\n", " ")
    assert "Traceback" not in err


def test_predictions_and_report_are_written(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    import os

    history = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "history"
    if not (history / "gml_part.rda").exists():
        pytest.skip(f"no research tables in {history}; set FOEDUS_RESEARCH_DATA to the folder that holds history/")
    rows, page = tmp_path / "p.parquet", tmp_path / "r.html"
    status, out, err = call(
        monkeypatch, capsys, "--history", str(history), *YEARS, "--no-boosting", "--predictions", str(rows), "--report", str(page), "--format", "json",
    )  # fmt: skip
    assert status == 0, err
    plain = json.loads(out)
    frame = pd.read_parquet(rows)
    assert len(frame) == plain["rows"]
    assert list(frame.columns[:4]) == ["dispute", "helped_side", "state", "probability"]
    assert frame["dispute"].dtype.kind == "i"
    assert frame["state"].dtype.kind == "i"
    assert "The worst misses" in page.read_text(encoding="utf-8")
