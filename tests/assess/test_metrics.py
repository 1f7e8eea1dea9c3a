from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.assess.metrics import Scored, calibration, intervals, ranked_probability_score, wilson


def scored(p: list[float], y: list[int], blocks: list[int] | None = None) -> Scored:
    where = np.asarray(blocks or [0] * len(p))
    return Scored(np.asarray(y, dtype=bool), np.asarray(p), where, where // 2)


@given(st.lists(st.tuples(st.integers(0, 20), st.booleans()), min_size=4, max_size=60))
def test_auc_and_precision_agree_with_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    from sklearn.metrics import average_precision_score, roc_auc_score

    p, y = [one / 21 for one, _ in rows], [int(hit) for _, hit in rows]
    if 0 < sum(y) < len(y):
        found = scored(p, y).score()
        assert found["auc"] == pytest.approx(roc_auc_score(y, p))
        assert found["average_precision"] == pytest.approx(average_precision_score(y, p))


def test_a_constant_scores_a_half() -> None:
    assert scored([0.1] * 6, [1, 0, 0, 1, 0, 0]).score()["auc"] == 0.5


def test_auc_in_blocks_ignores_differences_between_blocks() -> None:
    found = scored([0.9, 0.8, 0.2, 0.1], [0, 1, 0, 1], [0, 0, 2, 2]).score()
    assert found["auc_in_blocks"] == 0.0
    assert found["auc"] == 0.25


def test_weights_count_a_dispute_twice() -> None:
    one = scored([0.9, 0.1, 0.3, 0.2], [1, 0, 0, 1], [0, 0, 2, 2])
    twice = scored([0.9, 0.1, 0.9, 0.1, 0.3, 0.2], [1, 0, 1, 0, 0, 1], [0, 0, 4, 4, 2, 2])
    weighted = one.score(np.asarray([2.0, 1.0]))
    for name, value in twice.score().items():
        assert weighted[name] == pytest.approx(value)


def test_the_bootstrap_holds_the_value_and_is_the_same_twice() -> None:
    source = np.random.default_rng(1)
    p = source.random(400)
    one = Scored(source.random(400) < p, p, np.repeat(np.arange(80), 5), np.repeat(np.arange(80), 5))
    first, second = (intervals(one.disputes, one.score, runs=50) for _ in range(2))
    assert first == second
    low, high = first["auc"]
    assert low < one.score()["auc"] < high


def test_calibration_bins_count_everything_once() -> None:
    p = np.linspace(0, 1, 101)
    bins = calibration(p > 0.5, p, (0.0, 0.25, 0.5, 0.75, 1.01))
    assert sum(b.count for b in bins) == 101
    assert [b.happened for b in bins] == [0, 0, 24, 26]
    assert all(b.rate_low <= b.rate <= b.rate_high for b in bins)


def test_wilson_never_leaves_zero_to_one() -> None:
    assert wilson(0, 10)[0] == 0.0
    assert wilson(10, 10)[1] == 1.0
    assert wilson(0, 0) == (0.0, 1.0)


def test_ranked_probability_score_by_hand() -> None:
    p = np.asarray([[1.0, 0, 0, 0, 0], [0.5, 0.5, 0, 0, 0], [0, 0, 0, 0, 1.0]])
    found = ranked_probability_score(p, np.asarray([0, 0, 0]))
    assert found.tolist() == [0.0, 0.0625, 1.0]
