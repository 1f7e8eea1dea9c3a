from __future__ import annotations

import json

import numpy as np
import pytest

from foedus.assess import features, ladder
from foedus.assess.icb import LadderUnits, ladder_units
from foedus.assess.ladder import Ladder
from foedus.assess.sources import Sources
from foedus.world.history.tables import Tables


@pytest.fixture(scope="module")
def fitted(tables: Tables, sources: Sources) -> tuple[LadderUnits, np.ndarray, features.FeatureTable, Ladder]:
    rows = ladder_units(tables, sources)
    table = features.table(sources, rows.units)
    habit = ladder.habits(rows, np.zeros(len(rows)))
    return rows, habit, table, ladder.fit_ladder(rows, habit, table, rows.years <= 1940)


def test_probabilities_sum_to_one_and_keep_the_order_of_the_steps() -> None:
    p = ladder.rung_probabilities(np.asarray([-2.0, 0.0, 2.0]), (-1.0, -2.0, -2.1, -5.0))
    assert np.allclose(p.sum(axis=1), 1)
    assert (p > 0).all()
    assert (np.diff(1 - p[:, 0]) > 0).all()


def test_contributions_add_up_to_the_score(
    fitted: tuple[LadderUnits, np.ndarray, features.FeatureTable, Ladder],
) -> None:
    _, habit, table, model = fitted
    assert np.allclose(model.contributions(habit, table).sum(axis=1), model.score(habit, table))


def test_weights_keep_their_signs(fitted: tuple[LadderUnits, np.ndarray, features.FeatureTable, Ladder]) -> None:
    model = fitted[3]
    for name, weight in zip(model.names, model.weights, strict=True):
        assert weight * ladder.sign_of(name) >= 0 or ladder.sign_of(name) == 0, name
        assert ladder.label_of(name)


def test_intercepts_foresee_the_past_in_sum(
    fitted: tuple[LadderUnits, np.ndarray, features.FeatureTable, Ladder],
) -> None:
    rows, habit, table, model = fitted
    score = model.score(habit, table)
    steps = ladder.intercepts(rows, score, 1941)
    past = (rows.years < 1940) & (rows.over < 708600)
    assert past.any()
    weight = np.exp(-(1941 - rows.years[past]) / ladder.FADE)
    foreseen = weight @ (1 / (1 + np.exp(-(score[past] + steps[0]))))
    assert foreseen == pytest.approx(weight @ (rows.rung[past] >= 1), rel=0.2)
    assert list(steps) == sorted(steps, reverse=True)


def test_the_future_of_a_row_does_not_reach_its_habits(tables: Tables, sources: Sources) -> None:
    from dataclasses import replace

    rows = ladder_units(tables, sources)
    early = rows.years <= 1930
    turned = replace(rows, rung=np.where(early, rows.rung, 4 - rows.rung))
    first, second = (ladder.habits(one, np.zeros(len(rows))) for one in (rows, turned))
    assert np.array_equal(first[early], second[early])
    assert not np.array_equal(first, second)


def test_pooled_rates_follow_the_record() -> None:
    weight, mine = np.ones(6), np.asarray([True, True, True, True, False, False])
    actors, foes = np.asarray([1, 1, 2, 2, 1, 1]), np.asarray([3, 3, 3, 3, 3, 3])
    backed = np.asarray([1.0, 1, 0, 0, 0, 0])
    helped = ladder.pooled(weight, backed, backed * 0, mine, actors, foes, 1, 3)
    other = ladder.pooled(weight, backed, backed * 0, mine, actors, foes, 2, 3)
    assert helped[2] > helped[0] > other[2]
    assert helped[3] == other[3]


def test_a_ladder_survives_json(fitted: tuple[LadderUnits, np.ndarray, features.FeatureTable, Ladder]) -> None:
    _, habit, table, model = fitted
    again = Ladder.from_dict(json.loads(json.dumps(model.to_dict())))
    assert np.allclose(again.score(habit, table), model.score(habit, table), atol=1e-3)
