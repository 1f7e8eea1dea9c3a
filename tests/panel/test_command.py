from __future__ import annotations

import csv

import pytest

from foedus.errors import InputError
from foedus.panel.command import JOINS, write


def test_a_panel_is_written_and_told(tmp_path):
    told = write("state-years", 2000, 2001, tmp_path / "p.csv", "", "cow", None, cite=False)
    with (tmp_path / "p.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert {row["year"] for row in rows} == {"2000", "2001"}
    assert f"{len(rows):,} state-years" in told


@pytest.mark.parametrize(
    ("name", "columns", "says"), [("p.xlsx", "", ".parquet or .csv"), ("p.csv", "luck", "no columns 'luck'")]
)
def test_mistakes_are_found_before_any_work(tmp_path, name, columns, says):
    with pytest.raises(InputError, match=says):
        write("dyad-years", 1816, 2010, tmp_path / name, columns, "cow", None, cite=False)
    assert not list(tmp_path.iterdir())


def test_every_join_is_a_method_of_the_panel():
    assert all(callable(join) for join in JOINS.values())
