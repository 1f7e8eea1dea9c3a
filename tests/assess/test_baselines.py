from __future__ import annotations

import numpy as np
import pytest

from foedus.assess import baselines, features
from foedus.assess.sources import Sources
from foedus.assess.units import units


def test_a_rule_learns_two_rates_from_the_training_rows_alone() -> None:
    flag = np.asarray([True, True, False, False, True, False])
    joined = np.asarray([True, False, False, False, True, True])
    train = np.asarray([True, True, True, True, False, False])
    found = baselines.rule(flag, joined, train)
    assert found[0] == found[4] == 0.5
    assert found[2] == found[5] == pytest.approx(0.5 / 3)


def test_all_baselines_give_probabilities_and_none_sees_the_test_rows(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    table = features.table(sources, rows)
    train = rows.years <= 1940
    turned = np.where(train, rows.joined, ~rows.joined)
    found, again = (baselines.joining_baselines(table, joined, train) for joined in (rows.joined, turned))
    assert set(found) == {"constant", "pact rule", "last behaviour", "plain logit", "boosting"}
    for name, p in found.items():
        assert ((p > 0) & (p < 1)).all(), name
        assert np.array_equal(p, again[name]), name
