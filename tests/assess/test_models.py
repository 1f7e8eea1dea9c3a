from __future__ import annotations

from importlib.resources import files

import numpy as np
import pytest

from foedus.assess import joining, ladder, models
from foedus.errors import ModelError


@pytest.mark.parametrize("version", models.versions())
def test_every_shipped_version_loads_and_has_a_card(version: str) -> None:
    model = models.load(version)
    assert model.version == version
    assert set(model.joining.names) <= set(joining.catalogue())
    assert model.ladder.names == (*ladder.HABITS, *ladder.FEATURES)
    assert np.allclose(model.covariance, model.covariance.T, atol=1e-5)
    assert sum(band["count"] for band in model.bands) > 10_000
    card = files("foedus.assess").joinpath("models", f"assess-{version}.md").read_text(encoding="utf-8")
    assert f"1816–{model.fitted['until']}" in card
    assert "Not for" in card


def test_signs_hold_in_the_shipped_model() -> None:
    model = models.load()
    for name, weight in zip(model.joining.names, model.joining.weights, strict=True):
        assert weight * joining.catalogue()[name].sign >= 0 or joining.catalogue()[name].sign == 0
    for name, weight in zip(model.ladder.names, model.ladder.weights, strict=True):
        assert weight * ladder.sign_of(name) >= 0 or ladder.sign_of(name) == 0


def test_an_unknown_version_names_those_there_are() -> None:
    with pytest.raises(ModelError, match="use one of 1"):
        models.load("99")
