from __future__ import annotations

import datetime as dt

import pytest

from foedus.assess import cases
from foedus.assess.cases import Situation


def test_there_are_enough_cases_of_every_kind_and_each_has_a_source() -> None:
    records = cases.shipped()
    assert len({record.crisis for record in records}) >= 120
    assert len(records) >= 450
    assert {record.rung for record in records} == set(cases.OUTCOMES)
    assert min(record.day.year for record in records) < 1850
    assert max(record.day.year for record in records) == 2025
    for record in records:
        assert record.source
        assert record.third_state not in {*record.attacked, *record.attackers}


def test_every_code_is_a_state_of_its_time() -> None:
    from foedus.actors import tables

    states = tables.states()
    groups = {"HAMAS", "HOUTHI", "ALQAEDA"}
    for record in cases.shipped():
        for code in {record.third_state, *record.attacked, *record.attackers} - groups:
            assert states[code].exists(record.day.isoformat()), (record.crisis, code)


def test_no_state_is_listed_twice_in_a_crisis() -> None:
    pairs = [(record.crisis, record.third_state) for record in cases.shipped()]
    assert len(pairs) == len(set(pairs))


def test_the_nearest_case_of_a_case_is_like_it_and_earlier() -> None:
    now = Situation("USA", ("TWN",), True, False, True, True, True, False, dt.date(2026, 1, 1))
    found = cases.nearest(now, cases.shipped())
    assert len(found) == 5
    assert [case.likeness for case in found] == sorted((case.likeness for case in found), reverse=True)
    assert found[0].third_state == "USA"
    assert found[0].attacked == "TWN"
    assert all(case.date < "2026" and case.likeness <= 1 for case in found)
    assert all(sum(other.crisis == case.crisis for other in found) <= 2 for case in found)


def test_nothing_later_is_near() -> None:
    now = Situation("GBR", ("TUR",), False, False, True, True, True, False, dt.date(1850, 1, 1))
    assert all(case.date < "1850" for case in cases.nearest(now, cases.shipped()))
    assert cases.nearest(now, ()) == []


def test_who_mediates_often_is_likelier_to() -> None:
    on = dt.date(2025, 6, 1)
    america, oman, nauru = (
        cases.mediation_rate(s, m, n, on)
        for s, m, n in (("USA", True, False), ("OMN", False, True), ("NRU", False, False))
    )
    assert america > oman > nauru > 0


@pytest.mark.parametrize(
    ("code", "year", "major"),
    [
        ("FRA", 1942, False),
        ("FRA", 1939, True),
        ("CHN", 1949, False),
        ("CHN", 1950, True),
        ("SUN", 1960, True),
        ("POL", 1960, False),
    ],
)
def test_majors_have_gaps(code: str, year: int, major: bool) -> None:
    assert cases.was_major(code, dt.date(year, 6, 1)) is major
