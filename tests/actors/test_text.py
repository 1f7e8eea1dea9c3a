from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.actors.text import capitals, fold, joined, key, tokens


def test_words_are_compared_without_case_marks_and_stops():
    assert fold("Élysée") == "elysee"
    assert fold("U.S.") == "us"
    assert key("Côte d’Ivoire") == ("cote", "d", "ivoire")
    assert capitals("Republic of Korea") == (True, False, True)


def test_a_full_stop_joins_after_short_words_only():
    for text, expected in (
        ("St. Lucia", True),
        ("Congo. Republic", False),
        ("Saudi Arabia", True),
        ("Iran, Iraq", False),
    ):
        left, right = tokens(text)
        assert joined(text, left, right) is expected


@given(st.text(max_size=80))
def test_offsets_are_exact(text):
    assert all(text[token.start : token.end] == token.text for token in tokens(text))
