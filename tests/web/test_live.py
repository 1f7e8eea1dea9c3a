import runpy
from pathlib import Path

import pytest

from foedus.brief.build import build
from foedus.ledger.ledger import ledger
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store.store import Store
from foedus.web import finding
from foedus.web.ask import Ask
from foedus.web.live import book, live
from foedus.web.shelf import Shelf
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")
pytestmark = pytest.mark.usefixtures("prompt")


def counts(answers):
    return {
        one.supporter: (one.client, {name: number.acts for name, number in one.counts.items() if number.acts})
        for one in answers
    }


def test_the_page_counts_what_the_brief_counts(store):
    view = live(Shelf(store), ASK, World.shipped())
    brief = build(store.coded(), attacked=ASK.attacked, attackers=ASK.by, on=ASK.on, world=World.shipped())
    assert counts(view.answers) == counts(brief.answers)
    assert counts(view.answers)["CHN"] == ("IRN", {"deeds": 1})


def test_a_rejected_event_leaves_the_figures_and_comes_back(store, event_ids):
    shelf = Shelf(store)
    review = store.review(event_ids["wire", "CHN", "AID"], "down", reviewer="ann")
    assert "CHN" not in counts(live(shelf, ASK, World.shipped()).answers)
    store.undo_review(review.id)
    assert "CHN" in counts(live(shelf, ASK, World.shipped()).answers)


def test_a_correction_moves_the_act(store, event_ids):
    store.review(event_ids["wire", "CHN", "AID"], fields={"actor": "PAK"}, reviewer="ann")
    found = counts(live(Shelf(store), ASK, World.shipped()).answers)
    assert "CHN" not in found
    assert found["PAK"][1]["deeds"] == 1


def test_the_window_keeps_what_has_no_day(store):
    view = live(Shelf(store), Ask(("IRN",), ("ISR",), "2025-06-13", until="2025-06-13"), World.shipped())
    assert "CHN" not in counts(view.answers), "the aid of 14 June lies after the window"
    assert counts(view.answers)["RUS"][1]["words"] == 1


def test_any_third_state_has_a_ledger_even_an_empty_one(store):
    shelf = Shelf(store)
    view = live(shelf, ASK, World.shipped())
    found, pair = book(view, "BRA")
    assert found.acts == ()
    assert pair.supporter == "BRA"


def test_the_figures_of_a_large_store_are_those_of_ledgers_made_one_by_one(tmp_path, monkeypatch):
    made = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "web" / "made.py"))
    store = Store(tmp_path / "store")
    store.add(made["documents"](120), made["ByHand"]())
    monkeypatch.setattr(finding, "WHOLE", 0)
    view = live(Shelf(store), Ask(), World.shipped())
    assert len(view.books) == 16
    coded = list(store.coded())
    for code, found in view.books.items():
        slow = ledger(
            [event for _, events in coded for event in events],
            supporter=code,
            client=found.client,
            adversaries=found.adversaries,
            documents=[document for document, _ in coded],
        )
        assert found == slow


def test_a_review_makes_anew_what_would_be_made_from_nothing(tmp_path):
    made = runpy.run_path(str(Path(__file__).parents[2] / "benchmarks" / "web" / "made.py"))
    store = Store(tmp_path / "store")
    store.add(made["documents"](60), made["ByHand"]())
    shelf = Shelf(store)
    first = live(shelf, Ask(), World.shipped())
    store.review(first.books["RUS"].acts[0].reports[0].event, "down")
    after = live(shelf, Ask(), World.shipped())
    assert after.books != first.books
    assert after.books == live(Shelf(store), Ask(), World.shipped()).books
    assert after.books["CHN"] is first.books["CHN"], "what the review does not touch is not made again"


def test_an_undated_deed_in_a_stretch_of_background_is_no_deed_of_today(tmp_path):
    text = "Israel struck Iran on June 13.\n\nIn recent years the two grew close. Russia built plants in Iran."
    sentence = "Russia built plants in Iran."

    class Coder:
        version = "byhand-1"

        def code_all(self, documents, workers=1):
            for document in documents:
                start = text.index(sentence)
                strike = Event(
                    "ISR", "IRN", "ASSAULT", quote=text[:30], end=30, date="2025-06-13", document=document.id
                )
                yield (
                    document,
                    [
                        strike,
                        Event(
                            "RUS", "IRN", "COOPERATE", quote=sentence, start=start, end=len(text), document=document.id
                        ),
                    ],
                )

    store = Store(tmp_path / "store")
    store.add([Document(text, id="d", published="2025-06-14")], Coder())
    view = live(Shelf(store), ASK, World.shipped())
    assert [act.standing for act in view.books["RUS"].acts] == ["historical"]
