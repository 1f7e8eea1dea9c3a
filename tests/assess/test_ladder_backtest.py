from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from foedus.assess import ladder_backtest
from foedus.errors import DataError
from foedus.world.history.tables import Tables


def test_the_ladder_scores_every_row(tables: Tables) -> None:
    found = ladder_backtest.ladder_backtest(tables, 1935, (1936, 1947), runs=10)
    frame = found.predictions
    assert list(frame.columns) == [
        "crisis",
        "actor",
        "power",
        "p_none",
        "p_verbal",
        "p_material",
        "p_military_aid",
        "p_force",
    ]
    assert np.allclose(frame.filter(like="p_").sum(axis=1), 1)
    assert set(found.scores) == {"base rates", "boosting", "foedus"}


def test_years_before_icb_are_said_in_one_line(tables: Tables) -> None:
    with pytest.raises(DataError, match="ICB begins in 1918"):
        ladder_backtest.ladder_backtest(tables, 1900, (1901, 1910), boosting=False)


def test_floors_on_the_research_tables(research: Path) -> None:
    """Better than the issue's row of gradient boosting, on the years that the tables hold."""
    found = ladder_backtest.ladder_backtest(Tables(research), 1945, (1946, 1989), boosting=False, runs=2)
    ours = {name: value[0] for name, value in found.scores["foedus"].items()}
    assert found.rows == 919
    assert ours["ranked_probability_score"] < 0.0931
    assert ours["log_loss"] < 0.85
    assert ours["auc_verbal"] > 0.60
    assert ours["auc_military_aid"] > 0.56
