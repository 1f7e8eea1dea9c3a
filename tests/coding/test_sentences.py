import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.sentences import LONGEST, split


def pieces(text):
    return [text[start:end] for start, end in split(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Mr. Eshkol spoke. The U.S. replied.", ["Mr. Eshkol spoke.", "The U.S. replied."]),
        ("He met J. Baker on 3 Jan. 1991. They talked.", ["He met J. Baker on 3 Jan. 1991.", "They talked."]),
        ("1. The Council met. 2. It adjourned.", ["1. The Council met.", "2. It adjourned."]),
        ('"Enough!" she said. "We leave."', ['"Enough!" she said.', '"We leave."']),
        ("Title\n\nFirst line. Second", ["Title", "First line.", "Second"]),
        ("- one act\n- another act", ["- one act", "- another act"]),
        ("Xi pledges credits\nKremlin condemns raid", ["Xi pledges credits", "Kremlin condemns raid"]),
        (
            "a line that is wrapped\nand goes on\nAnd on\nto its end",
            ["a line that is wrapped\nand goes on\nAnd on\nto its end"],
        ),
        ("Output fell by 1.2 million.", ["Output fell by 1.2 million."]),
        ("", []),
    ],
)
def test_cuts(text, expected):
    assert pieces(text) == expected


@given(st.text(max_size=400))
def test_every_sentence_stands_in_the_text_in_order_and_nothing_visible_is_lost(text):
    cuts = split(text)
    at = 0
    for start, end in cuts:
        assert at <= start < end <= len(text)
        assert text[start:end] == text[start:end].strip()
        assert not text[at:start].strip()
        at = end
    assert not text[at:].strip()


def test_a_run_without_a_full_stop_is_cut_at_white_space():
    cuts = split("word " * 5000)
    assert all(end - start <= LONGEST for start, end in cuts)
