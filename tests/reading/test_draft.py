from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.reading.draft import Block, assemble
from foedus.reading.finish import finish
from foedus.reading.markdown import draft_markdown
from foedus.reading.options import Options
from foedus.reading.plain import draft_text

PIECES = st.sampled_from(
    ["Russia refused to help.", "Iran asked again, it said", "\n", "\n\n", " ", "Share this", "# A title", "**bold** and *soft*",
     "[a link](https://example.org)", "By Jane Doe", "June 14, 2025", "Read more: x", "```\ncode\n```", "- item", "> quote", "---",
     "GENEVA, June 14 (Agency) — The talks failed.", "Advertisement", "\t", "¶", "日本語の文。", "<!-- no -->", "Source: Reuters",
     'The paper "X Y" published an article titled "A B C" on June 28. The article is translated as follows: The story.']
)  # fmt: skip


def check(document: object) -> None:
    text, original = document.text, document.original  # type: ignore[attr-defined]
    last = 0
    for text_start, original_start, length in document.segments:  # type: ignore[attr-defined]
        assert length > 0
        assert text_start >= last
        assert not text[last:text_start].strip()
        assert text[text_start : text_start + length] == original[original_start : original_start + length]
        last = text_start + length
    assert last == len(text)
    for one in document.apparatus:  # type: ignore[attr-defined]
        assert original[one.start : one.end] == one.text


@settings(max_examples=150, deadline=None)
@given(st.lists(PIECES, min_size=1, max_size=30))
def test_segments_always_map(pieces: list[str]) -> None:
    text = "".join(pieces)
    if text.strip():
        check(finish(draft_text(text), "x", Options(language="en")))
        check(finish(draft_markdown(text), "x", Options(language="en")))


@settings(max_examples=150, deadline=None)
@given(st.text(min_size=1))
def test_segments_map_for_any_text(text: str) -> None:
    if text.strip():
        text = text.encode("utf-8", "replace").decode()
        check(finish(draft_text(text), "x", Options(language="en")))
        check(finish(draft_markdown(text), "x", Options(language="en")))


def test_what_was_taken_out_leaves_its_kind_of_gap() -> None:
    original = "one\ntwo\nthree\n\nfour five six"
    blocks = [Block(0, 3), Block(4, 7, "share"), Block(8, 13), Block(15, 19), Block(20, 24, "vote"), Block(25, 28)]
    text, segments, apparatus = assemble(original, blocks, [])
    assert text == "one\nthree\n\nfour six"
    assert segments == ((0, 0, 3), (4, 8, 11), (16, 25, 3))
    assert [one.text for one in apparatus] == ["two", "five"]


def test_cuts_leave_their_joiner() -> None:
    original = "ab-\ncd **ef**\ngh"
    text, segments, _ = assemble(original, [Block(0, 16)], [(2, 4, ""), (7, 9, ""), (11, 13, ""), (13, 14, " ")])
    assert text == "abcd ef gh"
    assert all(text[a : a + n] == original[b : b + n] for a, b, n in segments)
