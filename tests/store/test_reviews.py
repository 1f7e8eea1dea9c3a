from __future__ import annotations

from typing import Any

import pytest

from foedus.errors import InputError
from foedus.store.reviews import check_fields
from foedus.store.store import Store


@pytest.mark.parametrize(
    "fields",
    [
        {"quote": "x"},
        {"type": "WAVE"},
        {"polarity": "maybe"},
        {"date": "2025-13"},
        {"actor": None},
        {"historical": "yes"},
        {"actor": 5},
        {"recipient": " "},
        {"mode": "junk"},
    ],
)
def test_corrections_must_make_sense(fields: dict[str, Any]) -> None:
    with pytest.raises(InputError):
        check_fields(fields)


def test_an_empty_review_and_a_strange_verdict_are_refused(store: Store, report: Any, coder: Any) -> None:
    store.add([report("RUS AID IRN.")], coder)
    name = store.events()[0].id
    with pytest.raises(InputError, match="empty review"):
        store.review(name)
    with pytest.raises(InputError, match="up"):
        store.review(name, "sideways")
    with pytest.raises(InputError, match="no event"):
        store.review("nothing", "up")


def test_reviewers_may_disagree_and_the_last_word_counts(store: Store, report: Any, coder: Any) -> None:
    store.add([report("RUS AID IRN.")], coder)
    name = store.events()[0].id
    store.review(name, "down", reviewer="ann")
    assert store.events(corrected=True) == []
    store.review(name, "up", {"recipient": "SYR"}, reviewer="bob")
    assert store.events(corrected=True)[0].recipient == "SYR"
    assert [review.reviewer for review in store.reviews(name)] == ["ann", "bob"]
    assert store.sql("SELECT reviewer, verdict FROM reviews ORDER BY id").rows == [("ann", "down"), ("bob", "up")]


def test_a_correction_that_makes_no_sense_is_kept_and_not_applied(store: Store, report: Any, coder: Any) -> None:
    store.add([report("RUS AID IRN.")], coder)
    name = store.events()[0].id
    store.review(name, fields={"type": "SUPPORT"})
    # As it may stand in a file of another program.
    store._db.execute("UPDATE reviews SET fields = ?", ('{"type": "SUPPORT", "actor": 5, "mode": "junk"}',))
    [event] = store.events(corrected=True)
    assert (event.type, event.actor, event.mode) == ("SUPPORT", "RUS", None)
    assert store.reviews()[0].fields["actor"] == 5
