from __future__ import annotations

import random

from foedus.model.event import Event
from foedus.store import naming
from foedus.store.acts import grouped


def told(number: int, quote: str, date: str | None, mode: str | None = "aerial", type: str = "ASSAULT") -> Event:
    return Event(
        actor="ISR", recipient="LBN", type=type, mode=mode, date=date, quote=quote, end=len(quote), document=f"d{number}", id=f"e{number}"
    )  # fmt: skip


FIRST = [
    told(1, "An Israeli air strike on Tyre killed four on Monday.", "2024-10-07"),
    told(2, "Four people died in the port of Tyre under Israeli bombs.", "2024-10-07"),
]
SECOND = [
    told(3, "An Israeli air strike on Baalbek killed nine on Tuesday.", "2024-10-08"),
    told(4, "Nine people died in Baalbek under Israeli bombs.", "2024-10-08"),
]
PUBLISHED: dict[str, str | None] = {f"d{n}": day for n, day in enumerate(
    ("2024-10-07", "2024-10-08", "2024-10-08", "2024-10-09", "2024-10-10", "2024-12-30"), 1)}  # fmt: skip


def parts(acts: list[list[Event]]) -> set[frozenset[str]]:
    return {frozenset(event.id for event in act) for act in acts}


def test_names_are_of_places_and_persons_not_of_the_parties_or_the_calendar() -> None:
    quote = "On Monday Israel's army bombed Tyre, and Lebanon's minister Mikati spoke in October."
    assert naming.names(quote, "ISR", "LBN") == {"tyre", "mikati"}


def test_a_second_strike_elsewhere_the_next_day_is_a_second_act() -> None:
    assert parts(naming.amended([FIRST + SECOND], PUBLISHED)) == parts([FIRST, SECOND])
    assert parts(grouped(FIRST + SECOND, PUBLISHED)) == parts([FIRST, SECOND])


def test_one_act_dated_differently_by_two_pairs_of_reports_stays_one() -> None:
    same = [told(3, "Bombs fell on Tyre and killed four.", "2024-10-08"), told(4, "Tyre: four die.", "2024-10-08")]
    assert parts(naming.amended([FIRST + same], PUBLISHED)) == parts([FIRST + same])


def test_an_undated_report_joins_the_one_act_that_it_shares_a_name_with() -> None:
    late = told(5, "Survivors in Baalbek buried their neighbours.", None)
    assert parts(naming.amended([FIRST, SECOND, [late]], PUBLISHED)) == parts([FIRST, [*SECOND, late]])
    assert parts(naming.amended([FIRST, SECOND, [told(6, late.quote, None)]], PUBLISHED)) == parts(
        [FIRST, SECOND, [told(6, late.quote, None)]]
    ), "weeks later it may be another"
    neither = told(5, "Survivors in Tyre and Baalbek buried their neighbours.", None)
    assert parts(naming.amended([FIRST, SECOND, [neither]], PUBLISHED)) == parts([FIRST, SECOND, [neither]])
    other = told(5, late.quote, None, mode="firearms")
    assert parts(naming.amended([FIRST, SECOND, [other]], PUBLISHED)) == parts([FIRST, SECOND, [other]])


def test_words_are_left_to_the_ledgers_rule() -> None:
    first = [told(n, e.quote, e.date, None, "ACCUSE") for n, e in enumerate(FIRST + SECOND, 1)]
    assert naming.amended([first], PUBLISHED) == [first]
    assert naming.amended([], PUBLISHED) == []


def test_the_order_of_reports_does_not_matter() -> None:
    reports = [*FIRST, *SECOND, told(5, "Survivors in Baalbek buried their neighbours.", None)]
    expected = parts(grouped(reports, PUBLISHED))
    for seed in range(10):
        random.Random(seed).shuffle(reports)
        assert parts(grouped(reports, PUBLISHED)) == expected
