from __future__ import annotations

import datetime as dt

import pytest

from foedus.errors import DataError
from foedus.world.present import records


def test_spans_are_open_where_nothing_is_written() -> None:
    day = dt.date(2020, 5, 1)
    assert records.active("", "", day)
    assert records.active("2020-05-01", "2020-05-01", day)
    assert not records.active("2020-05-02", "", day)
    assert not records.active("", "2020-04-30", day)


def test_an_empty_cell_is_no_zero() -> None:
    assert records.number("") is None
    assert records.number("0") == 0.0
    assert records.date_or_empty("") == ""
    with pytest.raises(ValueError, match="no date"):
        records.date_or_empty("soon")
    with pytest.raises(ValueError, match="none of"):
        records.one_of("peace", records.LEVELS)


def test_a_row_at_fault_is_named() -> None:
    name = next(iter(sorted(path.name for path in _tables())))
    with pytest.raises(DataError, match=rf"{name}, row 2: .*missing"):
        records.read_table(name, lambda row: row["missing column"])


def _tables():
    from importlib.resources import files

    return [path for path in files("foedus.world.present").joinpath("data").iterdir() if path.name.endswith(".csv")]
