import pytest
from fastapi.testclient import TestClient

from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store.store import Store
from foedus.web import reading
from foedus.web.app import create_app
from foedus.web.ask import Ask
from foedus.web.live import live
from foedus.web.settings import Settings
from foedus.web.shelf import Shelf
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")
TEXT = (
    "Israel bombed Iran on June 13. Russia condemned the Israeli strikes on Iran. "
    "Russia will not send troops because it is tied down by its war in Ukraine, analysts said. "
    "Iran could close the Strait of Hormuz within days, officials warned."
)


class Coder:
    version = "byhand-1"

    def code_all(self, documents, workers=1):
        for one in documents:
            first, second = "Israel bombed Iran on June 13.", "Russia condemned the Israeli strikes on Iran."
            at = one.text.index(second)
            yield one, [
                Event("ISR", "IRN", "ASSAULT", mode="aerial", date="2025-06-13", quote=first, start=0, end=len(first), document=one.id),
                Event("RUS", "ISR", "ACCUSE", quote=second, start=at, end=at + len(second), document=one.id),
            ]  # fmt: skip


@pytest.fixture
def telling(tmp_path):
    store = Store(tmp_path / "telling")
    store.add([Document(TEXT, id="analysis", published="2025-06-14", title="Analysis")], Coder())
    shelf = Shelf(store)
    return store, shelf, reading.reasons_and_watch(shelf, live(shelf, ASK, World.shipped()))


def test_a_reason_stands_with_its_state_its_side_and_its_place(telling):
    rows = reading.reasons_figure(telling[2]).rows
    (row,) = [row for row in rows if "tied down" in row["quote"]]
    assert (row["supporter"], row["stance"], row["document"]) == ("RUS", "against", "analysis")
    assert TEXT[row["start"] :].startswith(row["quote"])


def test_what_may_come_is_watched_with_its_words_for_time(telling):
    rows = reading.watch_figure(telling[2]).rows
    (row,) = [row for row in rows if "Hormuz" in row["quote"]]
    assert row["document"] == "analysis"
    assert TEXT[row["start"] :].startswith(row["quote"])


def test_every_quotation_has_a_place_to_go_to(telling):
    found = telling[2]
    for _, drivers in found.reasons:
        for _, pro, contra in drivers:
            assert all(line.anchor in found.places for line in (*pro, *contra))
    assert all(row.anchor in found.places for row in found.watch)


def test_it_is_read_once_for_each_state_of_the_store(telling):
    _, shelf, found = telling
    assert reading.reasons_and_watch(shelf, live(shelf, ASK, World.shipped())) is found


def test_of_many_texts_those_that_bear_most_are_read_and_the_number_is_said(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "MOST", 2)
    store = Store(tmp_path / "many")
    store.add([Document(f"{TEXT} Report {n}.", id=f"d{n}", published="2025-06-14") for n in range(4)], Coder())
    shelf = Shelf(store)
    found = reading.reasons_and_watch(shelf, live(shelf, ASK, World.shipped()))
    assert (found.read, found.bearing) == (2, 4)
    assert "2 of the 4 documents" in reading.reasons_figure(found).note


def test_a_crisis_that_no_document_tells_of_has_no_reasons(store):
    shelf = Shelf(store)
    view = live(shelf, Ask(("BRA",), ("ARG",), "2025-06-13"), World.shipped())
    found = reading.reasons_and_watch(shelf, view)
    assert (found.reasons, found.watch, found.read) == ((), (), 0)


def test_reasons_are_figures_of_the_api(telling):
    app = create_app(Settings(store=telling[0].folder, warm=False))
    with TestClient(app, base_url="http://127.0.0.1") as client:
        for name in ("reasons", "watch"):
            told = client.get(f"/api/figures/{name}?{ASK.query()}").json()
            assert told["rows"], name
            for row in told["rows"]:
                assert set(row) == set(told["columns"])
