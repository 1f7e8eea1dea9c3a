from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from foedus.assess import backtest
from foedus.assess.backtest import Backtest
from foedus.errors import DataError
from foedus.world.history.tables import Tables

from .conftest import made_up, write


@pytest.fixture(scope="module")
def run(tables: Tables) -> Backtest:
    return backtest.stacked(tables, 1940, (1941, 1960), "all", runs=30)


def test_one_row_a_unit_with_a_probability(run: Backtest) -> None:
    frame = run.predictions
    assert list(frame.columns[:4]) == ["dispute", "helped_side", "state", "probability"]
    assert not frame.duplicated(["dispute", "helped_side", "state"]).any()
    assert set(frame["helped_side"]) == {"a", "b"}
    assert frame["probability"].between(0, 1).all()
    assert ((frame["low"] < frame["probability"]) & (frame["probability"] < frame["high"])).all()
    assert len(frame) == run.rows


def test_the_model_beats_the_constant_on_a_world_made_of_pacts(run: Backtest) -> None:
    ours, constant = run.scores["foedus"], run.scores["constant"]
    assert ours["log_loss"][0] < constant["log_loss"][0]
    assert ours["auc"][0] > 0.7 > constant["auc"][0]
    assert set(run.scores) >= {"constant", "pact rule", "last behaviour", "plain logit", "boosting", "foedus"}


def test_misses_lead_with_the_worst(run: Backtest) -> None:
    losses = [miss.loss for miss in run.misses]
    assert losses == sorted(losses, reverse=True)
    assert {miss.happened for miss in run.misses} == {"joined", "stayed out"}


def test_coverage_counts_groups(run: Backtest) -> None:
    assert run.coverage["groups"] == len(run.coverage["listed"]) > 0
    assert 0 <= run.coverage["inside"] <= run.coverage["groups"]


def test_permuted_numbers_and_shuffled_rows_give_the_same_predictions(run: Backtest, tmp_path: Path) -> None:
    tables = made_up()
    numbers = tables["cow_states"]["ccode"].tolist()
    permuted = dict(zip(numbers, np.random.default_rng(4).permutation(numbers).tolist(), strict=True))
    for name, frame in tables.items():
        for column in ("ccode", "ccode1", "ccode2", "cracid", "trigent", "southv"):
            if column in frame:
                frame[column] = frame[column].map(permuted)
        tables[name] = frame.sample(frac=1, random_state=9)
    other = backtest.stacked(write(tables, tmp_path), 1940, (1941, 1960), "all", boosting=False, runs=2).predictions
    mine = run.predictions.assign(state=run.predictions["state"].map(permuted))
    both = mine.merge(other, on=["dispute", "helped_side", "state"])
    assert len(both) == len(mine) == len(other)
    assert np.allclose(both["probability_x"], both["probability_y"], atol=1e-6)


def test_what_comes_after_the_last_test_year_changes_nothing(tables: Tables, tmp_path: Path) -> None:
    cut = made_up()
    cut["gml_part"] = cut["gml_part"][cut["gml_part"]["styear"] <= 1950]
    short = backtest.stacked(write(cut, tmp_path), 1940, (1941, 1950), "all", boosting=False, runs=2).predictions
    full = backtest.stacked(tables, 1940, (1941, 1950), "all", boosting=False, runs=2).predictions
    pd.testing.assert_frame_equal(short, full)


def test_rolling_refits_each_window() -> None:
    assert backtest.windows((1946, 1970), 1945, 10) == [(1945, 1946, 1955), (1955, 1956, 1965), (1965, 1966, 1970)]
    assert backtest.windows((1946, 1970), 1930, None) == [(1930, 1946, 1970)]


@pytest.mark.parametrize(
    ("train", "test", "says"),
    [(1950, (1946, 1955), "would see the test years"), (1930, (1950, 1940), "run backwards"), (1890, (1941, 1950), "no joins to learn from"), (1940, (1970, 1980), "no disputes in 1970-1980")],
)  # fmt: skip
def test_years_that_cannot_be_are_said_in_one_line(
    tables: Tables, train: int, test: tuple[int, int], says: str
) -> None:
    with pytest.raises(DataError, match=says):
        backtest.stacked(tables, train, test, "all", boosting=False)


def test_floors_on_the_research_tables(research: Path) -> None:
    """The figures of the issue's middle column, on the years that the tables hold."""
    found = backtest.stacked(Tables(research), 1945, (1946, 1989), boosting=False, runs=2)
    ours = {name: value[0] for name, value in found.scores["foedus"].items()}
    assert found.events == 172
    assert ours["auc"] > 0.811
    assert ours["log_loss"] < 0.0331
    assert ours["auc_in_blocks"] > 0.82
    assert 0.8 < ours["predicted_over_observed"] < 1.25
    assert ours["average_precision"] > 0.025
