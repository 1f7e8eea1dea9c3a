from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.brief.text import is_heading, lay_out, shown, surfaces
from foedus.model.document import Document


@pytest.mark.parametrize(
    ("paragraph", "heading"),
    [
        ("Why doesn't Russia help Iran against Israel?", True),
        ("Russia and Iran have a close relationship", True),
        ("## What comes next", True),
        ("Russia condemned the strikes.", False),
        ("He said, “We shall see.”", False),
        ("", False),
        ("A paragraph of prose that goes on and on " * 5, False),
    ],
)
def test_section_titles(paragraph, heading):
    assert is_heading(paragraph) is heading


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=300))
def test_sentences_lie_in_order_inside_the_text_and_lose_no_word(text):
    laid = lay_out("d1", Document(text or "x", id="d"), [])
    body = laid.document.text
    at = 0
    for line in laid.lines:
        assert at <= line.start < line.end <= len(body)
        at = line.end
    kept = "".join(body[line.start : line.end] for line in laid.lines)
    assert "".join(kept.split()) == "".join(body.split())


def test_names_come_from_the_coder_where_no_table_knows_them(story):
    document, events = story(
        [
            ("The Grey Wolves of Vardan shelled Ruria.", [{"actor": "VARDAN", "recipient": "RURIA", "type": "ASSAULT", "spans": {"actor": "The Grey Wolves of Vardan", "recipient": "Ruria"}}]),
            ("It regretted nothing.", [{"actor": "VARDAN", "recipient": None, "type": "REJECT", "spans": {"actor": "It"}}]),
        ]
    )  # fmt: skip
    assert surfaces(document, events) == {"The Grey Wolves of Vardan": "VARDAN", "Ruria": "RURIA"}
    laid = lay_out("d1", document, events)
    assert [mention.code for mention in laid.lines[0].mentions] == ["VARDAN", "RURIA"]


def test_anchors_are_unique_and_events_hang_on_their_sentence(gold):
    document, events = gold["c03"]
    laid = lay_out("d3", document, events)
    anchors = [line.anchor for line in laid.lines]
    assert len(anchors) == len(set(anchors))
    assert sum(len(line.events) for line in laid.lines) == len(events)
    for line in laid.lines:
        assert all(event.start == line.start for event in line.events)


def test_the_time_of_a_live_report_s_entry_is_not_quoted():
    assert shown("13:00 Chile closed\nits border.") == "Chile closed its border."
    assert shown("11:10 GMT — Peru said no.") == "Peru said no."
    assert shown("13:00 was the hour.") == "13:00 was the hour."
