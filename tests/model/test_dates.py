import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model import dates


@given(st.dates())
def test_a_day_bounds_itself(day):
    assert dates.bounds(day.isoformat()) == (day, day)


@given(st.dates())
def test_a_month_and_a_year_hold_their_days(day):
    for text in (day.isoformat()[:7], day.isoformat()[:4]):
        first, last = dates.bounds(text)
        assert first <= day <= last


@given(st.text(max_size=12))
def test_any_text_is_a_date_or_refused_with_a_reason(text):
    if dates.is_date(text):
        assert dates.earliest(text) <= dates.latest(text)
    else:
        with pytest.raises(ValueError):
            dates.bounds(text)


@pytest.mark.parametrize("wrong", ["2025-13", "2025-02-30", "0000", "25-06-22", "2025/06/22", "", "2025-6-2"])
def test_wrong_dates(wrong):
    assert not dates.is_date(wrong)


def test_day_refuses_a_month():
    assert dates.day("2025-06-22") == dt.date(2025, 6, 22)
    with pytest.raises(ValueError, match="does not name a day"):
        dates.day("2025-06")


def test_a_day_that_is_in_no_month_is_told_so():
    with pytest.raises(ValueError, match="'2023-02-29': there is no such day; write YYYY-MM-DD"):
        dates.bounds("2023-02-29")
