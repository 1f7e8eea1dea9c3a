from __future__ import annotations

import numpy as np
import pytest

from foedus.assess.spread import pivotal, simulate, summary


def test_without_effects_the_chances_are_those_of_the_estimate() -> None:
    odds = np.asarray([[-1.0, -3.0], [-2.0, -2.0], [-9.0, 0.0]])
    play = simulate(odds, np.zeros((2, 3, 3, 2)), runs=40_000)
    p = 1 / (1 + np.exp(-odds))
    assert (play.sides == 1).mean(axis=0) == pytest.approx(p[:, 0], abs=0.01)
    assert (play.sides == -1).mean(axis=0) == pytest.approx(p[:, 1], abs=0.01)


def test_joining_that_draws_others_in_makes_more_join_and_is_pivotal() -> None:
    odds = np.full((4, 2), -3.0)
    odds[0, 0] = 0.0
    effects = np.zeros((2, 4, 4, 2))
    effects[0, 0, 1:, 0] = 1.9
    alone, drawn = simulate(odds, np.zeros_like(effects), 20_000), simulate(odds, effects, 20_000)
    assert (drawn.sides == 1).sum() > (alone.sides == 1).sum()
    pivot = pivotal(odds, effects, drawn, list("ABCD"))
    assert pivot["state"] == "A"
    assert pivot["more_joiners"] > 0.3
    assert pivot["fewer_without"] == pytest.approx(pivot["joins"] * pivot["more_joiners"])
    told = summary(drawn, list("ABCD"), {"A"})
    assert told["major_power_joins"] == pytest.approx((drawn.sides[:, 0] != 0).mean())


def test_a_follower_who_joins_where_many_have_is_not_pivotal() -> None:
    odds = np.full((5, 2), -9.0)
    odds[0, 0], odds[1:4, 0], odds[4, 0] = -1.0, -2.5, -4.5
    effects = np.zeros((2, 5, 5, 2))
    effects[0, 0, 1:4, 0] = 1.5
    effects[0, 1:4, 4, 0] = 2.0
    play = simulate(odds, effects, 20_000)
    joined = play.sides != 0

    def beside(place: int) -> float:
        others = joined.sum(axis=1) - joined[:, place]
        return float(others[joined[:, place]].mean() - others[~joined[:, place]].mean())

    assert beside(4) > beside(0), "the follower joins beside more than the leader does"
    assert pivotal(odds, effects, play, list("ABCDE"))["state"] == "A"


def test_where_joins_bring_nobody_in_no_state_is_pivotal() -> None:
    odds = np.full((3, 2), -1.0)
    effects = np.zeros((2, 3, 3, 2))
    assert pivotal(odds, effects, simulate(odds, effects, 5_000), list("ABC")) is None


def test_the_seed_decides_and_rounds_only_add() -> None:
    source = np.random.default_rng(2)
    odds, effects = source.normal(-2, 1, (6, 2)), source.normal(0, 0.5, (2, 6, 6, 2))
    one, two, other = (simulate(odds, effects, 3_000, seed=seed) for seed in (1, 1, 2))
    assert np.array_equal(one.sides, two.sides)
    assert not np.array_equal(one.sides, other.sides)
    assert np.array_equal(one.sides[one.first != 0], one.first[one.first != 0])


def test_the_summary_adds_up() -> None:
    odds = np.full((5, 2), -1.5)
    told = summary(simulate(odds, np.zeros((2, 5, 5, 2)), 5_000), list("ABCDE"), set())
    assert sum(told["joiners"].values()) == pytest.approx(1)
    assert told["somebody_joins"] == pytest.approx(1 - told["joiners"]["0"])
    assert len(told["coalitions"]) == 5
    assert told["major_power_joins"] == 0
