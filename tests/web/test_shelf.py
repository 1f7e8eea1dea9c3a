import threading
import time

import pytest

from foedus.model.document import Document
from foedus.store.store import Store
from foedus.web.shelf import OWED, Shelf


class NoEvents:
    version = "byhand-1"

    def code_all(self, documents, workers=1):
        return ((document, []) for document in documents)


def more(store, name):
    store.add([Document(id=name, text=f"A new report called {name} has come in today.")], NoEvents())


def test_a_result_is_made_once_until_the_store_changes(store):
    shelf, made = Shelf(store), []
    for _ in range(3):
        assert shelf.memo("key", lambda: made.append(1) or len(made)) == 1
    more(store, "one")
    assert shelf.memo("key", lambda: made.append(1) or len(made)) == 2


def test_reviews_change_the_stamp_and_so_does_taking_them_back(store, event_ids):
    shelf = Shelf(store)
    first = shelf.stamp()
    review = store.review(event_ids["wire", "CHN", "AID"], "down")
    second = shelf.stamp()
    store.undo_review(review.id)
    assert len({first, second, shelf.stamp()}) == 3
    assert first.documents == second.documents


def test_linking_reports_into_acts_changes_the_stamp(store, monkeypatch, by_hand):
    shelf, seen, link = Shelf(store), [], Store.link
    monkeypatch.setattr(Store, "link", lambda self: seen.append(shelf.stamp()) or link(self))
    text = "China condemned France over something quite different on Monday."
    store.add([Document(text, id="other")], by_hand(("CHN", "FRA", "ACCUSE", {})))
    assert seen != [shelf.stamp()], "what was made before the acts were found is out of date"


def test_mending_the_store_changes_the_stamp(store, by_hand):
    store.add([Document("China condemned France.", id="other")], by_hand(("CHN", "FRA", "ACCUSE", {})))
    shelf = Shelf(store)
    before = shelf.stamp()
    first, _ = shelf.rows("SELECT path FROM files ORDER BY id")
    (store.folder / first["path"]).unlink()
    assert store.repair()
    assert shelf.stamp() != before


def ids(shelf, most):
    events, left = shelf.newest("true", [], most)
    return sorted(event.document for event in events), left


@pytest.mark.parametrize(
    ("most", "kept", "left"),
    [
        (1, ["b"], "some of 16 June 2025 and those before it or without a date"),
        (2, ["b", "c"], "those up to 14 June 2025 or without a date"),
        (3, ["a", "b", "c"], "those without a date"),
        (4, ["a", "b", "c", "d"], "some without a date"),
        (5, ["a", "b", "c", "d", "e"], ""),
    ],
)
def test_of_too_many_events_the_newest_are_taken_and_the_others_named(tmp_path, by_hand, most, kept, left):
    days = {"a": "2025-06-14", "b": "2025-06-16", "c": "2025-06-16", "d": None, "e": None}
    store = Store(tmp_path / "dated")
    store.add(
        [Document(f"Russia sent aid {name}.", id=name, published=day) for name, day in days.items()],
        by_hand(("RUS", "IRN", "AID", {})),
    )
    assert ids(Shelf(store), most) == (kept, left)


def slow(shelf, took):
    """The result at hand as one that took long, some while ago."""
    kept = shelf._kept["key"]
    kept.began -= 60 + 5 * took
    kept.took = took


def test_a_slow_result_is_shown_while_a_fresh_one_is_made(store):
    shelf, gate, made = Shelf(store), threading.Event(), []

    def make():
        made.append(1)
        if len(made) == 2:
            gate.wait(5)
        return len(made)

    shelf.memo("key", make)
    kept = shelf._kept["key"]
    kept.began, kept.took = kept.began - 54, 9.0  # the pause after so long a making is over
    more(store, "two")
    assert shelf.memo("key", make) == 1, "the page must not wait for the work behind it"
    gate.set()
    shelf._behind.submit(lambda: None).result(5)
    assert shelf.memo("key", make) == 2


def test_a_result_that_nobody_kept_up_with_is_made_anew(store):
    shelf, made = Shelf(store), []
    shelf.memo("key", lambda: made.append(1) or len(made))
    slow(shelf, 9.0)
    more(store, "two")
    assert shelf.memo("key", lambda: made.append(1) or len(made)) == 2


def test_who_reviewed_sees_it_in_the_figures_at_once_and_others_do_not_wait(store, event_ids):
    shelf, made = Shelf(store), []

    def make():
        made.append(1)
        return len(made)

    shelf.memo("key", make)
    shelf._kept["key"].took = 0.5
    store.review(event_ids["wire", "CHN", "AID"], "down")
    assert shelf.memo("key", make) == 1
    told = shelf.behind("key", 1)
    assert told is not None
    assert (told.documents, told.reviews) == (0, 1)
    mine = OWED.set(shelf.stamp().clock)
    try:
        assert shelf.memo("key", make) == 2
    finally:
        OWED.reset(mine)
    assert shelf.behind("key", 2) is None


def test_who_reviewed_need_not_wait_for_a_pause_where_figures_take_long(store, event_ids):
    shelf, made = Shelf(store), threading.Semaphore(0)
    shelf.memo("key", made.release)
    shelf._kept["key"].took = 5.0  # others would wait for four times that
    made.acquire()
    store.review(event_ids["wire", "CHN", "AID"], "down")
    shelf.memo("key", made.release)
    assert not made.acquire(timeout=0.2), "for others it is made when the pause is over"
    mine = OWED.set(shelf.stamp().clock)
    try:
        shelf.memo("key", made.release)
        assert made.acquire(timeout=5), "for who reviewed it is made behind the page now"
    finally:
        OWED.reset(mine)


def test_what_a_fresh_result_is_made_from_is_fresh_too(store):
    shelf, parts = Shelf(store), []

    def part():
        parts.append(1)
        return len(parts)

    shelf.memo("part", part)
    shelf._kept["part"].took = 0.5
    more(store, "two")
    assert shelf.memo("part", part) == 1, "by itself it may be shown a little longer"
    assert shelf.memo("whole", lambda: shelf.memo("part", part)) == 2


def test_many_who_ask_while_the_store_changes_share_one_making(store):
    shelf, gate, made = Shelf(store), threading.Event(), []

    def make():
        made.append(1)
        gate.wait(5)
        return len(made)

    threads = [threading.Thread(target=shelf.memo, args=("key", make)) for _ in range(6)]
    for thread in threads:
        thread.start()
    while not made:
        time.sleep(0.01)
    more(store, "two")
    time.sleep(0.1)
    gate.set()
    for thread in threads:
        thread.join(10)
    assert len(made) <= 2, "one for those who asked before the change, one for those after"


def test_headers_come_without_texts_and_pages_count_all(store):
    shelf = Shelf(store)
    assert shelf.headers(["wire", "none"])["wire"].events == 4
    rows, total = shelf.listed(2, 0)
    assert (len(rows), total) == (2, 3)
    assert [row.id for row in shelf.listed(9, 0, "silent")[0]] == []


def test_imported_events_are_held_too(store, imported):
    assert Shelf(imported).events_held() == 5
    assert Shelf(store).events_held() == len(store.events())
