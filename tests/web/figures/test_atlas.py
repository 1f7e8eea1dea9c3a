import datetime as dt

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


def test_the_map_gives_capitals_as_longitude_and_latitude(seen):
    shelf, view = seen
    found = figures.world_map(view, shelf, World.shipped())
    lon, lat = found.extra["points"]["RUS"]
    assert 37 < lon < 38
    assert 55 < lat < 56
    assert found.extra["shapes"]["Greenland"] == "DNK"


def test_states_that_are_gone_are_drawn_by_their_successors_and_that_is_said(store):

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
