import pytest

from foedus.brief.build import build
from foedus.errors import CrisisError
from foedus.store.store import Store
from foedus.web.ask import Ask
from foedus.web.live import book, live
from foedus.web.shelf import Shelf
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")


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


def test_the_crisis_is_found_where_none_is_named(store):
    view = live(Shelf(store), Ask(), World.shipped())
    assert view.sides == (("IRN",), ("ISR",))
    assert view.crisis.date == "2025-06-13"
    assert view.crisis.found == "found in the sources"


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


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(CrisisError, match="name the crisis"):
        live(Shelf(Store(tmp_path / "empty")), Ask(), World.shipped())
