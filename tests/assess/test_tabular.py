"""Columns are checked, state numbers become positions, and dates in parts or columns become days."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from foedus.assess.tabular import abbreviations, columns, day_of, days_of, positions, records
from foedus.errors import DataError

from .conftest import write


def test_a_table_without_a_column_or_a_row_is_named_with_the_way_out(tmp_path: Path) -> None:
    tables = write({"cow_majors": pd.DataFrame({"ccode": [2]}), "cow_nmc": pd.DataFrame({"ccode": []})}, tmp_path)
    assert columns(tables, "cow_majors", "ccode")["ccode"].tolist() == [2]
    with pytest.raises(DataError, match=r"'cow_majors' has no column styear, endyear; .*`foedus data pull cow_majors`"):
        columns(tables, "cow_majors", "ccode", "styear", "endyear")
    with pytest.raises(DataError, match=r"'cow_nmc' holds no rows; .*`foedus data pull cow_nmc`"):
        columns(tables, "cow_nmc", "ccode")


def test_a_number_of_no_state_has_no_position() -> None:
    found = positions([365, 2, 3, -9, 366, 100_000, np.nan, np.inf], {2: 0, 365: 1})
    assert found.tolist() == [1, 0, -1, -1, -1, -1, -1, -1]


@pytest.mark.parametrize(
    ("year", "month", "day", "first", "last"),
    [
        (1904, 2, 7, "1904-02-07", "1904-02-07"),
        (1904, 2, np.nan, "1904-02-01", "1904-02-29"),
        (1904, 12, -9, "1904-12-01", "1904-12-31"),
        (1904, np.nan, -9, "1904-01-01", "1904-12-31"),
        (1905, 2, 30, "1905-02-28", "1905-02-28"),
    ],
)
def test_a_day_unknown_or_impossible_is_the_edge_of_its_month(
    year: float, month: float, day: float, first: str, last: str
) -> None:
    assert dt.date.fromordinal(day_of(year, month, day, at_end=False)).isoformat() == first
    assert dt.date.fromordinal(day_of(year, month, day, at_end=True)).isoformat() == last


def test_days_are_the_same_from_text_and_from_days_since_1970() -> None:
    day = dt.date(1816, 1, 1)
    assert days_of(pd.Series(["1816-01-01"])).tolist() == [day.toordinal()]
    assert days_of(pd.Series([(day - dt.date(1970, 1, 1)).days])).tolist() == [day.toordinal()]


def test_rows_and_abbreviations_come_by_name() -> None:
    frame = pd.DataFrame({"stateabb": ["USA", "RUS"], "ccode": [2.0, 365.0]})
    assert abbreviations(frame) == {"USA": 2, "RUS": 365}
    assert [(row.stateabb, row.ccode) for row in records(frame)] == [("USA", 2.0), ("RUS", 365.0)]
