from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import DataError


def test_a_dyadic_table_lands_on_its_rows(small: Path) -> None:
    index = fp.dyad_years(1900, 1904, world=small).rows()
    laid = index.scatter("t", [1, 3], [2, 1], [1902, 1904], {"x": np.array([5.0, 7.0])}, symmetric=False)["x"]
    codes = index.system.codes
    found = {
        (int(codes[a]), int(codes[b]), int(y)): float(v)
        for a, b, y, v in zip(index.first, index.second, index.years, laid, strict=True)
        if not np.isnan(v)
    }
    assert found == {(1, 2, 1902): 5, (3, 1, 1904): 7}
    both = index.scatter("t", [1], [2], [1902], {"x": np.array([5.0])}, symmetric=True)["x"]
    assert np.nansum(both) == 10


def test_years_outside_the_panel_and_pairs_that_are_no_row_fall_away(small: Path) -> None:
    index = fp.dyad_years(1900, 1902, world=small).rows()
    laid = index.scatter("t", [1, 1], [2, 3], [1950, 1901], {"x": np.array([5.0, 6.0])}, symmetric=False)["x"]
    assert np.isnan(laid).all()


def test_two_rows_on_one_place_are_named(small: Path) -> None:
    index = fp.dyad_years(1900, 1902, world=small).rows()
    with pytest.raises(DataError, match=r"table t, row 3: 1–2 in 1901 stands there more than once"):
        index.scatter("t", [1, 1, 1], [3, 2, 2], [1901, 1901, 1901], {"x": np.zeros(3)}, symmetric=False)


def test_every_row_finds_itself(tables) -> None:
    index = fp.dyad_years(1900, 1950, world=tables).rows()
    address = index.first.astype(np.int64) * index.n_states * index.n_years + index.key2
    assert np.array_equal(index.row_of[address], np.arange(len(index)))
