from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.ledger.ledger import ledger
from foedus.ledger.series import floor, series
from foedus.model.event import Event


def book(*acts):
    events = [
        Event(
            "RUS",
            "IRN",
            type_,
            date=date,
            quote=" ".join(f"{word}{place}" for word in ["north", "south", "east", "west"]),
            document=f"d{place}",
            id=str(place),
        )
        for place, (type_, date) in enumerate(acts)
    ]
    return ledger(events, supporter="RUS", client="IRN")


def test_days_without_acts_are_there_and_words_deeds_promises_part():
    laid = series(book(("SUPPORT", "2025-06-13"), ("AID", "2025-06-15"), ("AGREE", "2025-06-15")))
    assert laid.step == "day"
    assert [bucket.start for bucket in laid.buckets] == ["2025-06-13", "2025-06-14", "2025-06-15"]
    assert [(len(b.words), len(b.deeds), len(b.promises)) for b in laid.buckets] == [(1, 0, 0), (0, 0, 0), (0, 1, 1)]


@pytest.mark.parametrize(("last", "step"), [("2025-07-20", "day"), ("2025-12-20", "week"), ("2027-12-20", "month")])
def test_the_step_suits_the_span(last, step):
    assert series(book(("SUPPORT", "2025-06-13"), ("AID", last))).step == step


def test_a_date_too_coarse_for_the_step_is_not_given_a_day():
    laid = series(book(("SUPPORT", "2025-06-13"), ("AID", "2025-06"), ("AID", None)), step="day")
    assert len(laid.undated.deeds) == 2
    assert len(series(book(("AID", "2025-06")), step="month").buckets[0].deeds) == 1


def test_the_axis_can_be_stretched():
    laid = series(book(("SUPPORT", "2025-06-13")), "day", dt.date(2025, 6, 11), dt.date(2025, 6, 14))
    assert len(laid.buckets) == 4


@given(st.dates(dt.date(1, 1, 8)), st.sampled_from(["day", "week", "month"]))
def test_a_floor_is_never_after_its_day_and_stays_put(day, step):
    start = floor(day, step)
    assert start <= day
    assert floor(start, step) == start
