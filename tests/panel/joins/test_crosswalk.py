from __future__ import annotations

import datetime as dt

import pytest

from foedus.panel.joins.crosswalk import cow_of_entity, cow_of_gw, cow_of_iso2


@pytest.mark.parametrize(
    ("gw", "on", "cow"),
    [
        (260, "1995-01-01", 255),
        (260, "1970-01-01", 260),
        (678, "1980-01-01", 678),
        (678, "1995-01-01", 679),
        (340, "2010-01-01", 345),
        (2, "1950-01-01", 2),
        (711, "1930-01-01", None),
    ],
)
def test_gleditsch_and_ward_to_cow_by_date(gw: int, on: str, cow: int | None) -> None:
    assert cow_of_gw(gw, dt.date.fromisoformat(on)) == cow


def test_iso_to_cow() -> None:
    assert cow_of_iso2("US", dt.date(2000, 1, 1)) == 2
    assert cow_of_iso2("RU", dt.date(2000, 1, 1)) == 365
    assert cow_of_iso2("ZZ", dt.date(2000, 1, 1)) is None
    assert cow_of_entity("DDR", dt.date(1995, 1, 1)) is None
