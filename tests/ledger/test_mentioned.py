from __future__ import annotations

import pytest

from foedus.ledger.mentioned import named


@pytest.mark.parametrize(
    ("quote", "attacked"),
    [
        ("Kuwait condemned the Iranian attack on Qatar.", {"QAT"}),
        ("Russia condemned the American strikes on Iran.", {"IRN"}),
        ("Moscow denounced the invasion of Egypt by Britain.", {"EGY"}),
        ("Russia criticised American tariffs on steel.", set()),
    ],
)
def test_whom_a_sentence_names_as_attacked(quote, attacked):
    assert set(named(quote, "2025-06-24").attacked) == attacked


def test_names_are_read_as_of_the_day():
    assert "SUN" in named("Moscow warned London.", "1956-11-05").codes
    assert "RUS" in named("Moscow warned London.", "2025-06-22").codes
