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
        ("at the start of the month", ["2025-06"]),
        ("earlier this year", ["2025"]),
        ("since the autumn", ["2024"]),
        ("on the night of the 15th", ["2025-06-15"]),
        ("on the 45th", []),
    ],
)
def test_times_from_the_publication_date(text, expected):
    assert named(text) == expected


def test_a_day_counted_from_one_named_before():
    assert named("two days earlier", anchor="2025-06-13") == ["2025-06-11"]
    assert named("On 15 July 1974 it fell; five days later they came") == ["1974-07-15", "1974-07-20"]


def test_the_night_before_is_counted_from_the_day_named_in_front_of_it():
    assert named("On Saturday they spoke of the strikes of the night before") == ["2025-06-21", "2025-06-20"]
    assert named("The day before, on Saturday they met", anchor="2025-06-13") == ["2025-06-12", "2025-06-21"]


def test_from_today_is_no_limit():
    (today,) = when.times("Peru has from today closed its ports", "2025-06-25")
    (friday,) = when.times("until Friday", "2025-06-25")
    assert (today.date, today.limit, friday.limit) == ("2025-06-25", False, True)


def test_a_weekday_on_its_own_day_may_be_a_week_ago():
    found = when.readings(when.times("on Wednesday", "2025-06-25"), "2025-06-25")
    assert {item.date for item in found if item.start >= 0} == {"2025-06-25", "2025-06-18", "2025-07-02"}


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


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("It flies them home on Thursday.", ["2021-11-11", "2021-11-18", "2021-11-16"]),
        ("Shots have been fired since Monday.", ["2021-11-15", "2021-11", "2021-11-22", "2021-11-16"]),
        ("It may start in January.", ["2021-01", "2022-01", "1962-01", "2021-11-16"]),
        ("Nothing is dated here.", ["2021-11-16"]),
    ],
)
def test_readings_offer_every_date_the_words_may_mean(text, dates):
    found = when.readings(when.times(text, "2021-11-16"), "2021-11-16", story=1962)
    assert [w.date for w in found] == dates


def test_the_last_day_spoken_of_is_a_reading():
    assert [w.kind for w in when.readings([], "2021-11-16", anchor="2021-11-03")] == ["issued", "anchor"]


@pytest.mark.parametrize(
    ("text", "anchor", "date"),
    [
        ("The Council demanded it the next day.", "1982-04-02", "1982-04-03"),
        ("They had besieged it the night before.", "2022-10-03", "2022-10-02"),
        ("08:30 - He demands that they be handed over.", None, "2023-06-24"),
        ("On the tenth the carrier was sent.", None, "2023-06-10"),
        ("On the thirtieth the carrier was sent.", None, "2023-05-30"),
        ("They were locked up on Monday of last week.", None, "2023-06-12"),
    ],
)
def test_times_that_lean_on_the_day_before_or_the_clock(text, anchor, date):
    (found,) = when.times(text, "2023-06-24", anchor)
    assert found.date == date


def test_the_last_year_named_in_full_is_remembered():
    assert when.last_year(when.times("He left in May 1962.", "2012-10-20"), None) == 1962
    assert when.last_year(when.times("He left in May.", "2012-10-20"), 1962) == 1962
