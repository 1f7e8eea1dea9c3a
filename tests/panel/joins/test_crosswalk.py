from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError
from foedus.panel.joins.crosswalk import numbers_by_year, of_entity, of_iso2


@pytest.mark.parametrize(
    ("gw", "year", "cow"),
    [
        (260, 1995, 255),
        (260, 1970, 260),
        (260, 1990, 260),  # 255 from 3 October only
        (678, 1980, 678),
        (678, 1990, 679),  # from 22 May
        (340, 2010, 345),
        (345, 2006, 345),
        (2, 1950, 2),
        (711, 1930, None),
        (290, 1942, None),  # a state to Gleditsch and Ward throughout, none to COW in 1939–45
    ],
)
def test_gleditsch_and_ward_to_cow_by_year(gw: int, year: int, cow: int | None) -> None:
    assert numbers_by_year("gw", "cow").get((gw, year)) == cow


def test_cow_to_gleditsch_and_ward_by_year() -> None:
    numbers = numbers_by_year("cow", "gw")
    assert [numbers.get((345, year)) for year in (1910, 1950, 2005, 2006, 2010)] == [340, 345, 345, 340, 340]


def test_iso_to_cow_and_gleditsch_and_ward() -> None:
    assert of_iso2("cow", "US", dt.date(2000, 1, 1)) == 2
    assert of_iso2("cow", "RU", dt.date(2000, 1, 1)) == 365
    assert of_iso2("cow", "DE", dt.date(2000, 1, 1)) == 255
    assert of_iso2("gw", "DE", dt.date(2000, 1, 1)) == 260
    assert of_iso2("cow", "ZZ", dt.date(2000, 1, 1)) is None
    assert of_entity("cow", "DDR", dt.date(1995, 1, 1)) is None


def test_codes_of_the_other_list_as_columns(tmp_path: Path) -> None:
    panel = fp.state_years(1938, 1946, system="gw", world=tmp_path).with_cow_codes()
    poland = panel["gwcode"] == 290
    assert np.nan_to_num(panel["ccode"][poland], nan=-1).tolist() == [290, 290, *[-1] * 5, 290, 290]
    back = fp.dyad_years(2005, 2007, directed=False, world=tmp_path).with_gw_codes()
    serbia = (back["ccode1"] == 2) & (back["ccode2"] == 345)
    assert back["gwcode2"][serbia].tolist() == [345, 340, 340]


def test_a_panel_has_its_own_codes_already(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="counted by COW numbers already"):
        fp.state_years(2000, 2001, world=tmp_path).with_cow_codes()
