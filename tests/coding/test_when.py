import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding import when
from foedus.model import dates


def named(text, published="2025-06-25", anchor=None):
    return [item.date for item in when.times(text, published, anchor)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on 13 June 2025", ["2025-06-13"]),
        ("on June 13, 2025", ["2025-06-13"]),
        ("on 13 June", ["2025-06-13"]),
        ("in October 1962", ["1962-10"]),
        ("in 1984", ["1984"]),
        ("on Tuesday", ["2025-06-24"]),
        ("on Wednesday", ["2025-06-25"]),
        ("last Wednesday", ["2025-06-18"]),
        ("yesterday", ["2025-06-24"]),
        ("last month", ["2025-05"]),
        ("last week", ["2025-06"]),
        ("three days ago", ["2025-06-22"]),
        ("since July", ["2024-07"]),
        ("on 1 September", ["2025-09-01"]),
        ("They may leave", []),
        ("in recent weeks", [None]),
    ],
)
def test_times_from_the_publication_date(text, expected):
    assert named(text) == expected


def test_a_day_counted_from_one_named_before():
    assert named("two days earlier", anchor="2025-06-13") == ["2025-06-11"]
    assert named("On 15 July 1974 it fell; five days later they came") == ["1974-07-15", "1974-07-20"]


def test_without_a_publication_date_only_full_dates_are_worked_out():
    assert named("on Tuesday, on 3 May 1998", published=None) == [None, "1998-05-03"]


@given(st.text(max_size=120), st.dates())
def test_any_text_gives_valid_dates_at_true_offsets(text, published):
    for item in when.times(text, published.isoformat()):
        assert 0 <= item.start < item.end <= len(text)
        assert item.date is None or dates.is_date(item.date)


def test_historical_is_about_a_year_before():
    assert when.is_historical("2015", "2025-06-28")
    assert not when.is_historical("2025-01", "2025-06-28")
    assert not when.is_historical(None, "2025-06-28")
