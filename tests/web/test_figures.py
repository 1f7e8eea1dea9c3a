import csv
import io

import pytest

from foedus.web import figures
from foedus.web.ask import Ask
from foedus.web.figures.atlas import shapes_of
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


def test_the_matrix_has_acts_that_stand_and_no_cell_for_what_is_not_there(seen):
    shelf, view = seen
    cells = {(row["actor"], row["recipient"]): row for row in figures.matrix(view, shelf).rows}
    assert cells["ISR", "IRN"]["deeds"] == cells["ISR", "IRN"]["hostile_deeds"] == 1
    assert cells["ISR", "IRN"]["reports"] == 2
    assert ("IRN", "PAK") not in cells, "what may happen has not happened"
    assert ("BRA", "IRN") not in cells


def test_the_map_gives_capitals_as_longitude_and_latitude(seen):
    shelf, view = seen
    found = figures.world_map(view, shelf, World.shipped())
    lon, lat = found.extra["points"]["RUS"]
    assert 37 < lon < 38
    assert 55 < lat < 56
    assert found.extra["shapes"]["Greenland"] == "DNK"


def test_states_that_are_gone_are_drawn_by_their_successors_and_that_is_said(store):
    import datetime as dt

    shelf = Shelf(store)
    view = live(shelf, ASK, World.shipped())
    object.__setattr__(view, "books", {"SUN": None})
    shapes, notes = shapes_of(view, dt.date(1980, 1, 1), World.shipped())
    assert shapes["Ukraine"] == shapes["Kazakhstan"] == "SUN"
    assert shapes["France"] == "FRA"
    assert any("fifteen successor states" in note for note in notes)
    shapes, _ = shapes_of(view, dt.date(2025, 1, 1), World.shipped())
    assert shapes["Ukraine"] == "UKR"


def test_every_shape_of_the_atlas_is_in_the_table():
    import json
    from importlib.resources import files

    atlas = json.loads((files("foedus.web") / "static/vendor/countries-50m.json").read_text(encoding="utf-8"))
    names = {one["properties"]["name"] for one in atlas["objects"]["countries"]["geometries"]}
    assert names == {row["name"] for row in figures.atlas()}


def test_cells_that_a_spreadsheet_would_run_are_disarmed():
    figure = figures.Figure("x", "X", ("a", "b"), ({"a": "=1+1", "b": ["@x", "y"]}, {"a": None, "b": 3.5}))
    rows = list(csv.reader(io.StringIO(figure.to_csv().decode())))
    assert rows == [["a", "b"], ["'=1+1", "'@x y"], ["", "3.5"]]
