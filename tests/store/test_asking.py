from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import DataError, InputError
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


@pytest.fixture
def untyped(tmp_path: Path) -> Store:
    """A store with one imported row whose code PLOVER has no type for."""
    row = {"id": "gdelt2:7", "dataset": "gdelt2", "actor": "RUS", "date": "2025-01-01", "source_code": "010"}
    (tmp_path / "rows.jsonl").write_text(json.dumps({"row": row}) + "\n")
    made = Store(tmp_path / "untyped")
    made.import_(tmp_path / "rows.jsonl")
    return made


def test_a_row_without_a_type_is_said_to_be_there_and_no_event(untyped: Store) -> None:
    with pytest.raises(DataError, match=r"gdelt2:7 is a row of gdelt2 whose code 010 has no PLOVER type"):
        untyped.event("gdelt2:7")
    assert untyped.events() == []


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


def test_events_are_found_by_name_as_by_code(store: Store, report: Any, coder: Any) -> None:
    store.add([report("RUS AID IRN."), report("CHN ACCUSE USA.", "2025-07-01")], coder)
    assert [one.actor for one in store.find(actor="Russia", recipient="iran")] == ["RUS"]
    assert [one.actor for one in store.find(since="2025-07")] == ["CHN"]
    assert [one.actor for one in store.find(until="2025-06")] == ["RUS"]
    assert len(store.find(since="2025", until="2025")) == 2


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"actor": "Irann"}, "'Irann' is no actor that we know"),
        ({"speaker": "zzzz"}, "'zzzz' is no actor that we know"),
        ({"since": "yesterday"}, "since: 'yesterday' is no date; write YYYY-MM-DD, YYYY-MM or YYYY"),
        ({"until": "2025-13"}, "until: '2025-13' is no date"),
        ({"kind": "rumour"}, "the kinds are word, deed, withheld"),
        ({"limit": -1}, "give a number from 0"),
    ],
)
def test_what_names_nothing_is_not_answered_with_no_events(store: Store, asked: dict[str, Any], says: str) -> None:
    with pytest.raises(InputError, match=says):
        store.find(**asked)


def test_a_speaker_is_found_by_his_name(store: Store, tmp_path: Path) -> None:
    event = {"actor": "XQZ", "recipient": "IRN", "type": "SUPPORT", "speaker": "RUS", "speaker_name": "Dmitri Peskov"}
    text = {
        "text": "Support stands, said Dmitri Peskov.",
        "events": [event, event | {"speaker_name": None, "type": "AID"}],
    }
    (tmp_path / "a.jsonl").write_text(json.dumps(text))
    store.import_(tmp_path / "a.jsonl")
    assert [one.type for one in store.find(speaker="peskov")] == ["SUPPORT"]
    assert len(store.find(speaker="Russia")) == 2
    assert len(store.find(actor="XQZ")) == 2, "a code of the store's own is found as it stands"


def test_columns_of_one_name_are_told_apart(store: Store) -> None:
    assert store.sql("SELECT 1 AS a, 2 AS a").dicts() == [{"a": 1, "a_2": 2}]
