from __future__ import annotations

import datetime as dt

import pytest

from foedus.brief.when import dates, phrases


@pytest.mark.parametrize(
    ("sentence", "published", "found"),
    [
        ("They struck on June 22, 2025.", None, [dt.date(2025, 6, 22)]),
        ("They struck on 22 June.", "2025-06-28", [dt.date(2025, 6, 22)]),
        ("They met on 30 December.", "2025-01-03", [dt.date(2024, 12, 30)]),
        ("On the 3rd of Sept. 1939 and 2025-06-22.", None, [dt.date(1939, 9, 3), dt.date(2025, 6, 22)]),
        ("On 22 June, nobody knows the year.", None, []),
        ("Nothing on 31 June 2025.", None, []),
        ("It may rain in May.", "2025-06-28", []),
    ],
)
def test_full_dates(sentence, published, found):
    assert dates(sentence, published) == found


def test_words_for_time():
    assert phrases("He will fly on Monday and be back by next week, before 5 July.") == (
        "on Monday",
        "by next week",
        "5 July",
    )
