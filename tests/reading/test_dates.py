from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.dates import is_date
from foedus.reading import dates

TODAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Sat, 28 Jun 2025 10:00:00 GMT", "2025-06-28"),
        ("2025-06-28T23:10:00-05:00", "2025-06-28"),
        ("June 28, 2025", "2025-06-28"),
        ("28th of June 2025", "2025-06-28"),
        ("28. Juni 2025", "2025-06-28"),
        ("28 de junio de 2025", "2025-06-28"),
        ("28 июня 2025", "2025-06-28"),
        ("2025年6月28日", "2025-06-28"),
        ("28/06/2025", "2025-06-28"),
        ("6/28/2025", "2025-06-28"),
        ("28.06.2025", "2025-06-28"),
        ("20250628", "2025-06-28"),
        ("20250628T100000Z", "2025-06-28"),
        ("1751104800", "2025-06-28"),
        ("1751104800000", "2025-06-28"),
        ("June 2025", "2025-06"),
        ("2025", "2025"),
        ("1914-08-04", "1914-08-04"),
        (dt.datetime(2025, 6, 28, 5), "2025-06-28"),
    ],
)
def test_parse(written: object, expected: str) -> None:
    assert dates.parse(written) == (expected, None)


def test_two_ways_to_read_a_date_leave_the_year() -> None:
    iso, note = dates.parse("05/06/2025")
    assert iso == "2025"
    assert note is not None
    assert "day_first" in note
    assert dates.parse("05/06/2025", day_first=True) == ("2025-06-05", None)
    assert dates.parse("05/06/2025", day_first=False) == ("2025-05-06", None)


@pytest.mark.parametrize("written", ["yesterday", "soon", "2025-13-45", "32 May"])
def test_what_is_no_date_is_none_with_a_note(written: str) -> None:
    iso, note = dates.parse(written)
    assert iso is None or len(iso) == 4
    assert note


def test_may_is_a_month_only_with_a_capital() -> None:
    assert dates.find("they may 12 times") == []
    assert [one.day for one in dates.find("on May 12 they")] == [12]


def test_in_address() -> None:
    assert dates.in_address("/world/2025/06/28/russia-iran") == "2025-06-28"
    assert dates.in_address("/news/20250628-story") == "2025-06-28"
    assert dates.in_address("report-2025-06-28.txt") == "2025-06-28"
    assert dates.in_address("/article/7521180169114026531/") is None


def test_year_of_prefers_address_then_full_dates_then_months() -> None:
    text = "It began on June 22, 2025. A summit is due by 1 July 2030. In January 2024 they met."
    assert dates.year_of(6, 28, text, [], TODAY)[0] == 2025
    assert dates.year_of(6, 28, text, [("address", "2019-06-28")], TODAY)[0] == 2019
    assert dates.year_of(1, 3, "It ended on 30 December 1987.", [], TODAY)[0] == 1988
    assert dates.year_of(12, 30, "It ended on 30 December 1987.", [], TODAY)[0] == 1987
    assert dates.year_of(6, 28, "In May 1999 they met.", [], TODAY)[0] == 1999
    year, why = dates.year_of(6, 28, "Nothing is dated here.", [], TODAY)
    assert year == 2026
    assert "today" in why


def test_leap_day_without_year_does_not_fail() -> None:
    assert dates.year_of(2, 29, "It began on 1 March 2024.", [], TODAY)[0] == 2024


@given(st.text())
def test_any_text_gives_dates_of_the_model_or_none(text: str) -> None:
    iso, _ = dates.parse(text)
    assert iso is None or is_date(iso)
    for one in dates.find(text):
        assert one.iso is None or is_date(one.iso)


@given(st.dates(dt.date(1900, 1, 1), dt.date(2099, 12, 31)))
def test_every_day_is_read_in_every_form(day: dt.date) -> None:
    for form in ("%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d.%m.%Y", "%Y%m%d", "%b. %d, %Y"):
        assert dates.parse(day.strftime(form)) == (day.isoformat(), None)
