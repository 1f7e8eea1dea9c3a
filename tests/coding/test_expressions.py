"""What an expression of time means, counted from the publication and from the day spoken of before, to the calendar's ends."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.expressions import PATTERNS, Basis, days_from, in_year, value
from foedus.coding.when import readings, times
from foedus.model import dates

JUNE = Basis(dt.date(2025, 6, 25), True, None)


def meant(text, basis=JUNE):
    """What the first pattern that fits takes the text for, and the date it gives."""
    for name, pattern in PATTERNS:
        if match := pattern.search(text):
            return name, value(name, match, basis)
    raise AssertionError(f"no pattern fits {text!r}")


@pytest.mark.parametrize(
    ("text", "name", "date"),
    [
        ("on 13 June 2025", "dmy", "2025-06-13"),
        ("on 31 June 2025", "dmy", False),
        ("on June 31", "md", False),
        ("on 3 August", "dm", "2025-08-03"),
        ("on 3 December", "dm", "2024-12-03"),
        ("in March 0000", "my", False),
        ("on 2025-06-13", "iso", "2025-06-13"),
        ("next March", "lastmonth_name", "2026-03"),
        ("last Wednesday", "lastday", "2025-06-18"),
        ("next Wednesday", "lastday", "2025-07-02"),
        ("two hours ago", "ago", "2025-06-25"),
        ("a few weeks ago", "ago", None),
        ("999 years ago", "ago", "1026"),
        ("on the 30th", "ordinal", "2025-05-30"),
        ("last winter", "rel", "2024"),
        ("in recent weeks", "since_unit", None),
        ("the day before", "nextday", None),
        ("that day", "sameday", None),
    ],
)
def test_an_expression_is_read_from_the_publication(text, name, date):
    assert meant(text) == (name, date)


def test_counted_times_start_from_the_last_day_spoken_of():
    before = Basis(dt.date(2025, 6, 25), True, dt.date(2025, 6, 13))
    here = Basis(dt.date(2025, 6, 25), True, dt.date(2025, 6, 13), here=dt.date(2025, 6, 15))
    assert meant("the day before", before)[1] == "2025-06-12"
    assert meant("the day before", here)[1] == "2025-06-14"
    assert meant("that month", here)[1] == "2025-06"
    assert meant("three weeks later", here)[1] == "2025-07"


def test_without_a_publication_only_what_names_its_year_or_its_anchor_has_a_date():
    assert meant("on Friday", Basis(None, False, None))[1] is None
    assert meant("on 3 August", Basis(None, False, dt.date(1962, 10, 1)))[1] == "1962-08-03"
    assert meant("in May 1940", Basis(None, False, None))[1] == "1940-05"


def test_the_calendar_ends():
    assert days_from("9999-12-31", 1) is False
    assert days_from("2024-02-28", 1) == "2024-02-29"
    assert in_year("2024-02-29", 2023) is False
    assert in_year("2024-02", 0) is False
    assert in_year("2024-02-29", 2028) == "2028-02-29"


PHRASES = """March 0000|0000-01-01|999 years ago|999 months ago|999 days later|next week|tomorrow|in May|on Friday|last winter|
since 0001|the night before|30 February|31 June 2020|1 January 9999|on the 31st|999 years earlier|that week|this weekend|next year|
the day after|of last March|in 1850|from 31 December 9999""".replace("\n", "").split("|")


@given(
    phrases=st.lists(st.sampled_from(PHRASES), max_size=4),
    published=st.sampled_from([None, "0001", "0001-01-01", "1850-01-03", "2024-02", "2025-06-28", "9999-12", "9999-12-31"]),
    anchor=st.sampled_from([None, "0001-01-01", "2020-02-29", "9999-12-31"]),
    story=st.sampled_from([None, 1, 1962, 9999]),
)  # fmt: skip
def test_no_time_in_a_text_leads_off_the_calendar(phrases, published, anchor, story):
    found = times(" and ".join(phrases), published, anchor)
    assert all(item.date is None or dates.is_date(item.date) for item in readings(found, published, anchor, story))
