from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import foedus.panel as fp
from foedus.errors import InputError
from foedus.panel.joins.common import column_date, peace_spell, years_of_spells


def test_peace_after_a_gap_in_what_is_known(small: Path) -> None:
    index = fp.dyad_years(1900, 1903, directed=False, world=small).rows()
    ongoing = np.array([0, 0, np.nan, 0], dtype=np.float32)
    assert np.array_equal(peace_spell(index, ongoing), [0, 1, np.nan, 0], equal_nan=True)


def test_a_source_that_is_none_is_refused(tables) -> None:
    base = fp.dyad_years(1900, 1901, world=tables)
    with pytest.raises(InputError, match="no rivalry source 'x'"):
        base.with_rivalries("x")
    with pytest.raises(InputError, match="no dispute source 'x'"):
        base.with_disputes("x")
    with pytest.raises(InputError, match="no alliance source 'x'"):
        base.with_alliances("x")


@given(st.lists(st.tuples(st.integers(1800, 1900), st.integers(0, 20)), max_size=20))
def test_spells_give_every_year_once(spells: list[tuple[int, int]]) -> None:
    row, year = years_of_spells([a for a, _ in spells], [a + length for a, length in spells])
    expected = [(n, y) for n, (a, length) in enumerate(spells) for y in range(a, a + length + 1)]
    assert list(zip(row.tolist(), year.tolist(), strict=True)) == expected


@given(st.dates())
def test_dates_of_r_come_apart(day) -> None:
    (year,), (month,), (of_month,) = column_date([day.toordinal() - 719163])
    assert (year, month, of_month) == (day.year, day.month, day.day)
