import pytest

from foedus.web import figures
from foedus.web.ask import Ask
from foedus.web.live import live
from foedus.web.shelf import Shelf
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")


@pytest.fixture
def seen(store):
    shelf = Shelf(store)
    return shelf, live(shelf, ASK, World.shipped())


def test_a_promise_is_joined_to_what_followed_within_its_pair(seen):
    found = figures.timeline(*seen)
    row = next(row for row in found.rows if row["section"] == "promise")
    assert row["followed_by"].startswith("refusal: Russia rejected")
    assert len(found.extra["follows"]) == 1


def test_reports_of_one_act_are_one_row(seen):
    found = figures.timeline(*seen)
    assault = [row for row in found.rows if row["type"] == "ASSAULT"]
    assert [row["reports"] for row in assault] == [2]


def test_what_the_matrix_leaves_out_is_said_on_its_page_too(client, monkeypatch):
    monkeypatch.setattr("foedus.web.figures.acts.MOST_EVENTS", 1)
    monkeypatch.setattr("foedus.web.live.MOST_EVENTS", 4)
    ask = "attacked=IRN&by=ISR&on=2025-06-13"
    assert "are left out: there are too many" in client.get(f"/api/figures/matrix?{ask}").json()["note"]
    for page in ("network", "crisis"):
        assert "are left out. Set a window to see them" in client.get(f"/{page}?{ask}").text


def test_the_matrix_has_acts_that_stand_and_no_cell_for_what_is_not_there(seen):
    shelf, view = seen
    cells = {(row["actor"], row["recipient"]): row for row in figures.matrix(view, shelf).rows}
    assert cells["ISR", "IRN"]["deeds"] == cells["ISR", "IRN"]["hostile_deeds"] == 1
    assert cells["ISR", "IRN"]["reports"] == 2
    assert ("IRN", "PAK") not in cells, "what may happen has not happened"
    assert ("BRA", "IRN") not in cells
