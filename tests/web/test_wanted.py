import pytest

from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.web import figures
from foedus.web.ask import Ask
from foedus.web.live import live
from foedus.web.shelf import Shelf
from foedus.web.wanted import Wanted, found, moved_out, wanted, within
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")
pytestmark = pytest.mark.usefixtures("prompt")


@pytest.fixture
def elsewhere(store, by_hand):
    """An event that has nothing to do with the crisis: Brazil helps Argentina. Its id."""

    store.add(
        [Document("Brazil sent aid on June 14.", id="brazil", published="2025-06-15")],
        by_hand(("BRA", "ARG", "AID", {"date": "2025-06-14"})),
    )
    return "brazil:0:BRA:ARG:AID"


def ids(shelf, asked, **more):
    return [event.id for event in found(shelf, asked, 100, 0, **more)[1]]


def test_names_codes_types_and_kinds_are_understood_or_said():
    assert wanted("Russia, chn", "", "aid", "deed", "", "", "2025", None) == Wanted(
        actor=("RUS", "CHN"), type="AID", kind="deed", since="2025"
    )
    for given in (("Atlantis", "", "", ""), ("", "", "HUG", ""), ("", "", "", "hug")):
        with pytest.raises(InputError):
            wanted(given[0], given[1], given[2], given[3], "", "", None, None)
    with pytest.raises(InputError, match="since"):
        wanted("", "", "", "", "", "", "soon", None)


def test_a_corrected_event_is_found_as_what_it_is_and_no_longer_as_what_it_was(store, event_ids):
    shelf, event = Shelf(store), event_ids["wire", "CHN", "AID"]
    store.review(event, fields={"actor": "PAK", "date": "2025-06-20", "type": "SUPPORT"}, reviewer="ann")
    assert event in ids(shelf, Wanted(actor=("PAK",)))
    assert event not in ids(shelf, Wanted(actor=("CHN",)))
    assert event in ids(shelf, Wanted(type="SUPPORT"))
    assert event not in ids(shelf, Wanted(type="AID", recipient=("IRN",)))
    assert event in ids(shelf, Wanted(since="2025-06-20", until="2025-06-20"))
    assert event not in ids(shelf, Wanted(until="2025-06-19"))
    assert event in ids(shelf, Wanted(actor=("CHN",)), corrected=False), "as coded, where that is asked for"
    assert event in ids(shelf, Wanted())


def test_a_correction_taken_back_is_forgotten(store, event_ids):
    shelf, event = Shelf(store), event_ids["wire", "CHN", "AID"]
    review = store.review(event, fields={"actor": "PAK"})
    assert event in ids(shelf, Wanted(actor=("PAK",)))
    store.undo_review(review.id)
    assert event not in ids(shelf, Wanted(actor=("PAK",)))
    assert event in ids(shelf, Wanted(actor=("CHN",)))


def test_pages_of_corrected_events_cover_each_once(store, event_ids):
    shelf = Shelf(store)
    for name in (("wire", "CHN", "AID"), ("paper", "RUS", "REJECT")):
        store.review(event_ids[name], fields={"actor": "PAK"})
    seen, offset = [], 0
    while offset is not None:
        _, rows, offset = found(shelf, Wanted(actor=("PAK", "ISR")), 1, offset)
        seen += [event.id for event in rows]
    assert sorted(seen) == sorted(ids(shelf, Wanted(actor=("PAK", "ISR"))))
    assert len(seen) == len(set(seen)) == 4


def test_an_event_that_reviewers_move_into_the_crisis_is_counted_there(store, elsewhere):
    world = World.shipped()
    assert "BRA" not in live(Shelf(store), ASK, world).books
    review = store.review(elsewhere, fields={"recipient": "IRN"}, reviewer="ann")
    shelf = Shelf(store)
    view = live(shelf, ASK, world)
    assert {one.supporter: one.counts["deeds"].acts for one in view.answers}["BRA"] == 1
    cells = {(row["actor"], row["recipient"]) for row in figures.matrix(view, shelf).rows}
    assert ("BRA", "IRN") in cells
    assert ("BRA", "ARG") not in cells
    assert "brazil" in view.headers, "its document can be named"
    store.undo_review(review.id)
    assert "BRA" not in live(Shelf(store), ASK, world).books


def test_an_event_whose_corrected_day_lies_outside_the_window_leaves_it_and_comes_in(store, event_ids):
    shelf, world = Shelf(store), World.shipped()
    event = event_ids["wire", "CHN", "AID"]
    early, late = (
        Ask(("IRN",), ("ISR",), "2025-06-13", until="2025-06-15"),
        Ask(("IRN",), ("ISR",), "2025-06-13", since="2025-06-20"),
    )
    store.review(event, fields={"date": "2025-06-22"})
    assert moved_out(shelf, None, "2025-06-15") == {event}
    for ask, there in ((early, False), (late, True)):
        view = live(shelf, ask, world)
        assert any(row["id"] == event for row in figures.timeline(shelf, view).rows) is there
        assert (
            ("CHN", "IRN") in {(row["actor"], row["recipient"]) for row in figures.matrix(view, shelf).rows}
        ) is there


def test_a_crisis_that_only_the_reviewers_see_is_found(tmp_path, by_hand):
    from foedus.store.store import Store

    store = Store(tmp_path / "mistaken")
    store.add(
        [Document("Israel bombed Iran on June 13.", id="d", published="2025-06-13")],
        by_hand(("ISR", "IRN", "REQUEST", {"date": "2025-06-13"})),
    )
    store.review("d:0:ISR:IRN:REQUEST", fields={"type": "ASSAULT", "mode": "aerial"}, reviewer="ann")
    assert live(Shelf(store), Ask(), World.shipped()).sides == (("IRN",), ("ISR",))


@pytest.mark.parametrize(
    ("date", "since", "until", "inside"),
    [
        (None, "2025", "2025", True),
        ("2025-06-13", None, None, True),
        ("2025-06-13", "2025-06-13", "2025-06-13", True),
        ("2025-06-12", "2025-06-13", None, False),
        ("2025-06-14", None, "2025-06-13", False),
        ("2025-06", "2025-06-02", None, False),
        ("2025", None, "2025-01-01", True),
        ("0999", "1000", None, False),
    ],
)
def test_a_window_takes_the_first_day_that_a_date_may_mean(date, since, until, inside):
    assert within(Event("RUS", "IRN", "AID", date=date), since, until) is inside
