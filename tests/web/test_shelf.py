import threading

from foedus.model.document import Document
from foedus.web.shelf import Shelf


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


def test_a_slow_result_is_shown_while_a_fresh_one_is_made_but_not_after_a_review(store, event_ids):
    shelf, gate, made = Shelf(store), threading.Event(), []

    def make():
        made.append(1)
        if len(made) == 2:
            gate.wait(5)
        return len(made)

    shelf.memo("key", make)
    shelf._kept["key"].took = 9.0
    shelf._kept["key"].made -= 60  # the pause after so long a making is over
    more(store, "two")
    assert shelf.memo("key", make) == 1, "the page must not wait for the work behind it"
    gate.set()
    shelf._behind.submit(lambda: None).result(5)
    assert shelf.memo("key", make) == 2
    shelf._kept["key"].took = 0.5
    store.review(event_ids["wire", "CHN", "AID"], "down")
    assert shelf.memo("key", make) == 3, "a reviewer sees the figures without the event at once"


def test_headers_come_without_texts_and_pages_count_all(store):
    shelf = Shelf(store)
    assert shelf.headers(["wire", "none"])["wire"].events == 4
    rows, total = shelf.listed(2, 0)
    assert (len(rows), total) == (2, 3)
    assert [row.id for row in shelf.listed(9, 0, "silent")[0]] == []
