"""A result is printed so that programs can read it and no cell is lost to a person."""

from __future__ import annotations

import json

import pytest

from foedus.errors import UsageError
from foedus.store.showing import show
from foedus.store.views import Result

RESULT = Result(["name", "score", "quote"], [("[bold]Peru", float("nan"), "=1+1"), ("Chile", 2.5, None)])


def test_json_knows_no_nan(capsys: pytest.CaptureFixture[str]) -> None:
    show(RESULT, "json")
    assert [row["score"] for row in json.loads(capsys.readouterr().out)] == [None, 2.5]


def test_csv_holds_no_formula(capsys: pytest.CaptureFixture[str]) -> None:
    show(RESULT, "csv")
    first, *rows = capsys.readouterr().out.splitlines()
    assert first == "name,score,quote"
    assert not rows[0].endswith(",=1+1")


@pytest.mark.parametrize("wide", [1, 12])
def test_every_cell_is_shown_as_it_is_written(capsys: pytest.CaptureFixture[str], wide: int) -> None:
    show(Result([f"column {n}" for n in range(wide)], [tuple(f"[b]cell{n}" for n in range(wide))]), "table")
    out = capsys.readouterr().out
    assert all(f"[b]cell{n}" in out for n in range(wide))


def test_another_format_is_refused() -> None:
    with pytest.raises(UsageError, match="choose table, json or csv"):
        show(RESULT, "xml")
