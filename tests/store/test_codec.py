from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.model.document import Document
from foedus.model.event import QUADS, Event, Span, Why
from foedus.store import codec

WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
SPANS = st.none() | st.builds(Span, st.integers(0, 9999), st.integers(0, 9999))
DATES = st.none() | st.sampled_from(["2025", "2025-06", "2025-06-22", "1815-06-09"])
EVENTS = st.builds(
    Event,
    actor=st.sampled_from(["RUS", "HAMAS", "UN"]), recipient=st.none() | st.sampled_from(["IRN", "RUS"]),
    type=st.sampled_from(list(QUADS)), mode=st.none() | st.just("visit"), polarity=st.sampled_from(["positive", "negative"]),
    modality=st.sampled_from(["actual", "future", "hypothetical"]), speaker=st.none() | st.just("USA"), date=DATES,
    historical=st.booleans(), quote=WORDS, start=st.integers(0, 2**40), end=st.integers(0, 2**40),
    sentence=st.integers(0, 2**31 - 1), actor_span=SPANS, recipient_span=SPANS, predicate_span=SPANS, speaker_span=SPANS,
    actor_sector=st.none() | st.just("GOV"), speaker_name=st.none() | WORDS,
    contexts=st.lists(st.sampled_from(["military", "legal"]), unique=True).map(tuple),
    confidence=st.floats(0, 1), why=st.none() | st.builds(Why, WORDS, st.lists(WORDS).map(tuple), st.just((("AID", 0.5),))),
    coder=st.just("t-1"),
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(EVENTS, max_size=6))
def test_events_go_to_parquet_and_come_back(events: list[Event]) -> None:
    document = Document(text="x", published="2025-06-22")
    named = codec.identified(document, events)
    assert len({event.id for event in named}) == len(named)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "a.parquet"
        codec.write(path, [codec.to_row(document, event, "t-1") for event in named])
        back = {row["id"]: codec.to_event(row) for row in pq.read_table(path).to_pylist()}
    for event in named:
        assert back[event.id] == event
        assert back[event.id].why == event.why


@settings(max_examples=40, deadline=None)
@given(st.lists(EVENTS, max_size=8), st.randoms())
def test_identity_does_not_hang_on_the_order_of_events(events: list[Event], random: object) -> None:
    document = Document(text="x")
    one = {repr(e.predicate_span) + repr(e.start): e.id for e in codec.identified(document, events)}
    shuffled = list(events)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    other = {repr(e.predicate_span) + repr(e.start): e.id for e in codec.identified(document, shuffled)}
    assert one.keys() == other.keys()
    assert {e.id for e in codec.identified(document, events)} == {e.id for e in codec.identified(document, shuffled)}


def test_the_same_rows_make_the_same_bytes(tmp_path: Path) -> None:
    document = Document(text="x", published="2025-06-22")
    events = [Event(actor="RUS", recipient=None, type="AID", start=n) for n in range(5)]
    rows = [codec.to_row(document, event, "t") for event in codec.identified(document, events)]
    codec.write(tmp_path / "a", rows)
    codec.write(tmp_path / "b", rows[::-1])
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_a_row_without_a_type_is_no_event() -> None:
    row = dict.fromkeys(codec.COLUMNS) | {"id": "gdelt2:1", "source_code": "010"}
    with pytest.raises(ValueError, match="no PLOVER type"):
        codec.to_event(row)


def test_what_is_undated_is_filed_under_its_report() -> None:
    assert codec.dated("2025-06", "2025-07-01")[1] == "event"
    assert str(codec.dated(None, "2025-07-01")[0]) == "2025-07-01"
    assert codec.dated(None, None) == (None, None)
