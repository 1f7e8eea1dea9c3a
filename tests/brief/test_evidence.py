from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from foedus.brief.evidence import ROLES, describe, runs
from foedus.model.event import Event, Span

TEXT = "Russia condemned the American strikes on Iran."
SPANS = st.lists(
    st.tuples(
        st.builds(lambda a, b: Span(min(a, b), max(a, b)), st.integers(0, 60), st.integers(0, 60)),
        st.sampled_from(ROLES),
    ),
    max_size=8,
)


@given(SPANS, st.integers(0, 20), st.integers(20, len(TEXT)))
def test_runs_rebuild_the_sentence_and_carry_every_role_over_each_character(spans, start, end):
    found = runs(TEXT, start, end, spans)
    assert "".join(run.text for run in found) == TEXT[start:end]
    at = start
    for run in found:
        for place in range(at, at + len(run.text)):
            over = {role for span, role in spans if span.start <= place < span.end}
            assert set(run.roles) == over
        at += len(run.text)


def test_nested_spans_keep_both_roles():
    found = runs(TEXT, 0, len(TEXT), [(Span(0, 16), "act"), (Span(0, 6), "actor")])
    assert [(run.text, run.roles) for run in found[:2]] == [("Russia", ("actor", "act")), (" condemned", ("act",))]


def test_an_event_in_words():
    event = Event("RUS", "IRN", "AID", polarity="negative", speaker="MEDIA", date="2025-06-22", historical=True)
    assert describe(event) == "Russia did not give help to Iran [AID] (22 June 2025; background; says press reports)"
