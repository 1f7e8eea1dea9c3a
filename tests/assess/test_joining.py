from __future__ import annotations

import json

import numpy as np
import pytest

from foedus.assess import features, joining
from foedus.assess.features import FeatureTable
from foedus.assess.joining import Drift, Logit
from foedus.assess.sources import Sources
from foedus.assess.units import Units, shared_starts, units


@pytest.fixture(scope="module")
def fitted(sources: Sources) -> tuple[Units, FeatureTable, Logit]:
    rows = units(sources, sources.disputes)
    table = features.table(sources, rows)
    return rows, table, joining.fit(table, rows.joined)


def test_weights_keep_their_signs(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    model = fitted[2]
    for name, weight in zip(model.names, model.weights, strict=True):
        sign = joining.catalogue()[name].sign
        assert weight * sign >= 0 or sign == 0, name


def test_the_fit_finds_that_pacts_make_joining_likelier(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    rows, table, model = fitted
    p = model.predict(table)
    assert p[table["client_defense"] == 1].mean() > 3 * p[table["client_defense"] == 0].mean()
    assert p.sum() == pytest.approx(rows.joined.sum(), rel=1e-6)


def test_contributions_add_up_exactly(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    _, table, model = fitted
    whole = model.contributions(table).sum(axis=1) + model.intercept
    assert np.allclose(whole, model.log_odds(table), atol=1e-12)


def test_the_order_of_rows_does_not_show(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    rows, table, model = fitted
    order = np.random.default_rng(3).permutation(len(rows))
    again = joining.fit(FeatureTable(table.names, table.values[order]), rows.joined[order])
    assert np.allclose(again.predict(table), model.predict(table), atol=1e-6)


def test_a_model_survives_json(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    _, table, model = fitted
    again = Logit.from_dict(json.loads(json.dumps(model.to_dict())))
    assert np.allclose(again.predict(table), model.predict(table), rtol=1e-3)


def test_a_missing_value_says_nothing(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    _, table, model = fitted
    empty = FeatureTable(table.names, np.full((1, len(table.names)), np.nan))
    assert model.log_odds(empty)[0] == pytest.approx(model.intercept)


def test_further_examples_are_not_counted_into_the_level(
    sources: Sources, fitted: tuple[Units, FeatureTable, Logit]
) -> None:
    rows, table, _ = fitted
    extra = shared_starts(sources, sources.disputes)
    model = joining.fit(table, rows.joined, features.table(sources, extra), extra.joined)
    assert model.predict(table).sum() == pytest.approx(rows.joined.sum(), rel=1e-6)


def test_drift_looks_only_back() -> None:
    years = np.asarray([1950, 1950, 1951, 1951])
    joined = np.asarray([True, False, True, True])
    entered = np.asarray([711900, 0, 712300, 712300])
    p = np.full(4, 0.1)
    found = joining.drifts(p, joined, entered, years, [1950, 1951, 1953])
    assert found[1950].shift == 0.0
    assert 0 < found[1951].shift < found[1953].shift


def test_a_join_not_yet_made_on_new_year_is_not_yet_seen() -> None:
    import datetime as dt

    late = dt.date(1952, 6, 1).toordinal()
    found = joining.drifts(np.asarray([0.1]), np.asarray([True]), np.asarray([late]), np.asarray([1950]), [1951, 1953])
    assert found[1951].seen == 0
    assert found[1953].seen > 0


def test_drift_without_a_past_shifts_nothing() -> None:
    assert Drift(0.0, 0.0).shift == 0.0


def test_what_is_unlike_the_fit_is_less_sure(fitted: tuple[Units, FeatureTable, Logit]) -> None:
    rows, table, model = fitted
    covariance = joining.spread(model, table, rows.joined)
    unsure = joining.unsure(model, table, covariance)
    assert (unsure > 0).all()
    assert unsure.max() > unsure.min()


def test_a_steady_level_does_not_wander() -> None:
    years = np.repeat(np.arange(1900, 1950), 100)
    p = np.full(len(years), 0.1)
    steady = np.tile(np.arange(100) < 10, 50)
    wild = np.where((years // 5) % 2 == 0, np.tile(np.arange(100) < 30, 50), False)
    assert joining.wandering(p, steady, years) == 0.0
    assert joining.wandering(p, wild, years) > 0.5
