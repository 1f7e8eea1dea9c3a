from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from foedus.assess import models
from foedus.assess.view import numbers, rungs_of, sources_for
from foedus.model.crisis import Crisis
from foedus.world.world import World


def test_rungs_follow_the_models() -> None:
    model = models.load()
    low, high = rungs_of(-3.0, -6.0, model), rungs_of(1.0, -6.0, model)
    assert low[0] > high[0]
    forced = rungs_of(-3.0, 2.0, model)
    assert forced[4] > 0.3
    assert forced.sum() == pytest.approx(1)
    assert rungs_of(-3.0, -6.0, model, spoken=True)[0] <= 0.05 + 1e-9


def test_a_small_state_without_figures_is_not_taken_for_a_great_power() -> None:
    world, model = World.shipped(), models.load()
    crisis = Crisis(["ARM"], ["AZE"], "2020-09-27")
    sources = sources_for(world, crisis.date, model)
    view = numbers(crisis, sources, model)
    unknown = np.isnan(view.table["cinc"]) & (view.table["major"] == 0)
    assert unknown.any()
    assert (view.ladder_table["cinc"][unknown] < -5).all()
    assert np.isfinite(view.odds).all()
    assert np.isfinite(view.score).all()


def test_a_late_date_is_said_to_be_late() -> None:
    sources = sources_for(World.shipped(), dt.date(2026, 6, 1), models.load())
    assert any("reach to 2025-12-31" in note for note in sources.notes)
