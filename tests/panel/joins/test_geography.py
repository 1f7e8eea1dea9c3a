from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError


def value(panel: fp.Panel, column: str, one: int, two: int, year: int) -> float:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two) & (panel["year"] == year)
    return float(panel[column][at][0])


@pytest.fixture
def borders(small: Path) -> Path:
    day = lambda text: int(np.datetime64(text, "D").astype(int))  # noqa: E731
    (small / "cow_contdir.csv").write_text(
        "ccode1,ccode2,conttype,stdate,enddate\n"
        f"1,2,4,{day('1900-01-01')},{day('1902-05-01')}\n2,1,4,{day('1900-01-01')},{day('1902-05-01')}\n"
        f"1,2,1,{day('1902-06-01')},{day('1903-12-01')}\n2,1,1,{day('1902-06-01')},{day('1903-12-01')}\n"
        f"1,3,5,{day('1905-03-15')},{day('1906-01-10')}\n3,1,5,{day('1905-03-15')},{day('1906-01-10')}\n"
    )
    (small / "cow_capitals.csv").write_text(
        "ccode,statenme,capital,stdate,enddate,lat,lng\n"
        f"1,A,Oldtown,{day('1880-01-01')},{day('1901-06-30')},0,0\n1,A,Newtown,{day('1901-07-01')},{day('1950-01-01')},0,90\n"
        f"2,B,Beetown,{day('1880-01-01')},{day('1950-01-01')},0,0\n"
    )
    return small


def test_first_or_last_type_of_a_year_of_change(borders: Path) -> None:
    base = fp.dyad_years(1900, 1910, world=borders)
    first, last = base.with_contiguity(), base.with_contiguity("last")
    assert [value(first, "conttype", 1, 2, year) for year in (1901, 1902, 1903)] == [4, 4, 1]
    assert [value(last, "conttype", 2, 1, year) for year in (1901, 1902, 1903)] == [4, 1, 1]
    assert value(first, "conttype", 1, 3, 1908) == 0
    with pytest.raises(InputError, match="`first` or `last`"):
        base.with_contiguity("middle")  # type: ignore[arg-type]


def test_a_spell_covers_the_years_of_its_monthly_marks(borders: Path) -> None:
    panel = fp.dyad_years(1904, 1907, world=borders).with_contiguity()
    assert value(panel, "conttype", 1, 3, 1905) == 5
    assert value(panel, "conttype", 1, 3, 1906) == 0  # ends on 10 January, before the mark of the 15th


def test_states_count_their_borders(borders: Path) -> None:
    panel = fp.state_years(1900, 1910, world=borders).with_contiguity()
    at = (panel["ccode"] == 1) & (panel["year"] == 1903)
    assert (panel["land"][at][0], panel["sea"][at][0]) == (1, 0)
    at = (panel["ccode"] == 1) & (panel["year"] == 1901)
    assert (panel["land"][at][0], panel["sea"][at][0]) == (0, 1)


def test_capital_distance_is_a_quarter_of_the_equator(borders: Path) -> None:
    panel = fp.dyad_years(1900, 1903, world=borders).with_distance(minimum=False)
    assert value(panel, "capdist", 1, 2, 1901) == 0  # the first capital of the year
    assert value(panel, "capdist", 1, 2, 1902) == pytest.approx(np.pi / 2 * 6378.137)


def test_real_geography(tables) -> None:
    panel = fp.dyad_years(1816, 2010, world=tables).with_contiguity().with_distance()
    assert value(panel, "conttype", 2, 20, 1990) == 1
    assert value(panel, "conttype", 2, 200, 1990) == 0
    assert value(panel, "capdist", 200, 220, 1990) == pytest.approx(341.6, abs=3)
    assert value(panel, "mindist", 2, 20, 1990) == 0
    turned = panel.where(panel["ccode1"] > panel["ccode2"])
    straight = panel.where(panel["ccode1"] < panel["ccode2"])
    order = np.lexsort([turned["year"], turned["ccode1"], turned["ccode2"]])
    for column in ("conttype", "capdist", "mindist"):
        assert np.allclose(turned[column][order], straight[column], equal_nan=True), column
    assert np.isnan(panel["mindist"][panel["year"] < 1886]).all()
