import pytest

from foedus.errors import CrisisError
from foedus.web import estimates, figures
from foedus.web.ask import Ask
from foedus.web.live import live
from foedus.web.shelf import Shelf
from foedus.world.world import World

RUNGS = ("none", "verbal", "material", "military_aid", "force")


@pytest.fixture
def view(store):
    return live(Shelf(store), Ask(("IRN",), ("ISR",), "2025-06-13"), World.shipped())


def test_the_ladder_of_every_third_state_adds_up_and_lies_within_its_interval(view):
    figure = figures.ladder(view, World.shipped())
    states = [row["state"] for row in figure.rows]
    assert len(states) == len(set(states)) > 150
    assert not {"IRN", "ISR"} & set(states)
    for row in figure.rows:
        assert abs(sum(row[name] for name in RUNGS) - 1) < 1e-3, row["state"]
        assert row["low"] <= row["beyond_words"] <= row["high"], row["state"]
        assert abs(row["material"] + row["military_aid"] + row["force"] - row["beyond_words"]) < 1e-3, row["state"]
        assert set(figure.columns) == set(row)


def test_a_what_if_is_named_and_one_that_changes_nothing_is_said(view):
    extra = figures.ladder(view, World.shipped(), ("RUS-IRN: defense", "BRA-IRN: no defense")).extra
    assert extra["what_if"] == ["RUS-IRN: defense", "BRA-IRN: no defense"]
    assert ["BRA" in line for line in extra["unchanged"]] == [True]


def test_the_figure_says_which_model_and_data_it_comes_from(view):
    told = figures.ladder(view, World.shipped()).extra
    assert told["model"]
    assert told["sources"]


def test_drivers_lead_from_the_base_rate_to_the_estimate(view):
    figure = figures.drivers(estimates.assessment(view, World.shipped())["RUS"])
    falls = {}
    for row in figure.rows:
        falls.setdefault(row["estimate"], []).append(row)
    assert len(falls) == 2
    for rows in falls.values():
        assert (rows[0]["driver"], rows[-1]["driver"]) == ("base rate", "total")
        assert abs(sum(row["effect"] for row in rows[:-1]) - rows[-1]["effect"]) < 0.01
        assert all(row["facts"] for row in rows[1:-1]), "each driver names the facts behind it"


def test_a_fact_that_is_not_known_is_said_and_never_zero(view):
    facts = " ".join(row["facts"] for row in figures.drivers(estimates.assessment(view, World.shipped())["RUS"]).rows)
    assert "None" not in facts
    assert "nan" not in facts.lower().split()


def test_a_crisis_of_another_time_is_refused_in_a_line(store):
    view = live(Shelf(store), Ask(("IRN",), ("ISR",), "1700-01-01"), World.shipped())
    with pytest.raises(CrisisError):
        figures.ladder(view, World.shipped())
