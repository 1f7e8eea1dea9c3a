from __future__ import annotations

from typing import Any

import pytest

from foedus.errors import InputError
from foedus.store.store import Store


@pytest.fixture
def filled(store: Store, report: Any, coder: Any) -> Store:
    store.add(
        [
            report(f"RUS AID IRN with load {n}.\n\nLater CHN ACCUSE USA over load {n}.", f"2025-06-{n:02d}")
            for n in (3, 1, 2)
        ],
        coder,
    )
    return store


def test_pages_of_events_make_the_whole(filled: Store) -> None:
    whole = [event.id for event in filled.events()]
    pages = [event.id for at in (0, 2, 4) for event in filled.events(limit=2, offset=at)]
    assert pages == whole
    assert [event.date for event in filled.events("actor = ?", ["RUS"])] == ["2025-06-01", "2025-06-02", "2025-06-03"]


def test_coded_gives_documents_in_the_order_added_with_their_events_in_text_order(filled: Store) -> None:
    told = [(document.published, [event.type for event in events]) for document, events in filled.coded()]
    assert told == [(day, ["AID", "ACCUSE"]) for day in ("2025-06-03", "2025-06-01", "2025-06-02")]


def test_one_event_one_document_and_what_is_not_there(filled: Store) -> None:
    event = filled.find("CHN")[0]
    assert filled.event(event.id) == event
    assert [one.type for one in filled.events_of(event.document)] == ["AID", "ACCUSE"]
    assert filled.document(event.document).published == "2025-06-01"
    with pytest.raises(InputError, match="no event 'none'"):
        filled.event("none")
    with pytest.raises(InputError, match="foedus store search"):
        filled.document("none")
    with pytest.raises(InputError, match="is no PLOVER type"):
        filled.find(type="HUG")


def test_frames_and_cursors_hold_the_same_rows(filled: Store) -> None:
    assert filled.events_frame("type = 'AID'").num_rows == 3
    assert len(filled.select("type = ?", ["AID"], "id, day").fetchall()) == 3
    assert filled.sql("SELECT count(*) AS n FROM events").dicts() == [{"n": 6}]


def test_reviews_of_an_event_a_document_and_all(filled: Store) -> None:
    first, second = filled.find("CHN")[:2]
    filled.review(first.id, "up")
    taken = filled.review(second.id, "down")
    filled.undo_review(taken.id)
    assert [one.event for one in filled.reviews()] == [first.id]
    assert [one.event for one in filled.reviews(include_undone=True)] == [first.id, second.id]
    assert [one.verdict for one in filled.reviews(document=first.document)] == ["up"]
    assert filled.reviews(second.id) == []
