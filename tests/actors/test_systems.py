"""Lists of states side by side."""

from __future__ import annotations

import datetime as dt

import pytest

from foedus.actors import systems
from foedus.errors import UnknownActorError


@pytest.mark.parametrize(
    ("code", "on", "number"),
    [
        ("USA", "1816-01-01", 2),
        ("DEU", "1914-07-28", 255),
        ("DEU", "1962-10-22", 260),
        ("DEU", "1990-10-03", 255),
        ("DDR", "1962-10-22", 265),
        ("RUS", "1914-07-28", 365),
        ("SUN", "1962-10-22", 365),
        ("RUS", "2022-02-24", 365),
        ("AUH", "1914-07-28", 300),
        ("AUT", "1960-01-01", 305),
        ("SRB", "1914-07-28", 345),
        ("YUG", "1999-03-24", 345),
        ("SRB", "2010-01-01", 345),
        ("YEM", "1980-01-01", 678),
        ("YEM", "2015-03-26", 679),
        ("YMD", "1980-01-01", 680),
        ("VNM", "1965-03-08", 816),
        ("VDR", "1965-03-08", 817),
        ("KOR", "1895-01-01", 730),
        ("KOR", "1950-06-25", 732),
        ("CSK", "1968-08-21", 315),
        ("CZE", "1993-01-01", 316),
    ],
)
def test_cow_numbers_go_both_ways(code: str, on: str, number: int) -> None:
    assert systems.cow(code, on) == number
    assert systems.from_cow(number, on) == code


@pytest.mark.parametrize(
    ("code", "on", "number"),
    [
        ("DEU", "1900-01-01", 255),
        ("DEU", "2000-01-01", 260),
        ("SRB", "1900-01-01", 340),
        ("SRB", "2010-01-01", 340),
        ("YUG", "1950-01-01", 345),
        ("GCL", "1825-01-01", 99),
        ("VNM", "1850-01-01", 815),
        ("VNM", "1970-01-01", 816),
        ("TIB", "1930-01-01", 711),
        ("KIR", "2000-01-01", 970),
    ],
)
def test_gleditsch_ward_numbers_go_both_ways(code: str, on: str, number: int) -> None:
    assert systems.gw(code, on) == number
    assert systems.from_gw(number, on) == code


def test_the_same_number_is_another_state_in_the_other_list() -> None:
    assert systems.from_cow(970, "2000-01-01") == "NRU"
    assert systems.from_gw(970, "2000-01-01") == "KIR"


@pytest.mark.parametrize(
    "convert",
    [
        lambda: systems.cow("RUS", None),
        lambda: systems.from_cow(365, None),
        lambda: systems.gw("RUS", None),
        lambda: systems.from_gw(365, None),
        lambda: systems.iso("RUS", None),
        lambda: systems.from_iso("RU", None),
        lambda: systems.cow("RUS", "yesterday"),
        lambda: systems.cow("RUS", "1950-01-01"),
        lambda: systems.cow("PSE", "2020-01-01"),
        lambda: systems.cow("XYZ", "2020-01-01"),
        lambda: systems.from_cow(365000, "2020-01-01"),
        lambda: systems.from_cow(265, "2020-01-01"),
        lambda: systems.iso("BAV", "1850-01-01"),
        lambda: systems.state("SUN", "2010-01-01"),
        lambda: systems.from_iso("SU", "2010-01-01"),
        lambda: systems.memberships("iso"),
        lambda: systems.name("XYZ"),
    ],
)
def test_what_cannot_be_converted_is_refused_in_one_line(convert) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(UnknownActorError) as raised:
        convert()
    assert "\n" not in str(raised.value)


def test_sizes_of_the_cow_system_in_known_years() -> None:
    # Counts of state-years in COW's State System Membership list, v2016.
    assert len(systems.in_system("cow", "1816-06-01")) == 23
    assert len(systems.in_system("cow", "1914-07-01")) == 45
    assert len(systems.in_system("cow", "2016-06-01")) == 195


def test_side_by_side_shows_where_lists_differ() -> None:
    rows = {row.code: row for row in systems.side_by_side(dt.date(1995, 1, 1))}
    assert (rows["DEU"].cow, rows["DEU"].gw) == (255, 260)
    assert rows["KIR"].cow is None
    assert rows["KIR"].gw == 970
    assert rows["PSE"].iso3 == "PSE"
    assert "SUN" not in rows


def test_states_of_a_day() -> None:
    then = {state.code for state in systems.states("1970-01-01")}
    assert {"SUN", "YUG", "CSK", "DDR", "VDR", "YMD"} <= then
    assert not {"RUS", "UKR", "EST", "HRV", "SVK", "BGD"} & then
    now = {state.code for state in systems.states("2025-06-22")}
    assert not {"SUN", "YUG", "CSK", "DDR", "VDR", "YMD"} & now
    assert {"EST", "XKX", "SSD", "PSE", "TWN"} <= now
