from __future__ import annotations

import numpy as np
import pytest

from foedus.assess import explain, models
from foedus.assess.features import FeatureTable
from foedus.assess.joining import catalogue


def row(**known: float) -> FeatureTable:
    names = tuple(catalogue())
    return FeatureTable(names, np.asarray([[known.get(name, np.nan) for name in names]]))


def test_of_nothing_known_only_the_base_is_left() -> None:
    model = models.load().joining
    found = explain.joining_waterfall(model, row(), -5.0)
    assert found.drivers == ()
    assert found.total == -5.0


def test_a_known_fact_stands_in_its_family_with_its_value() -> None:
    model = models.load().joining
    found = explain.joining_waterfall(model, row(client_defense=1.0), model.intercept)
    (driver,) = found.drivers
    assert driver.group == "pacts"
    assert driver.effect > 0
    assert driver.parts[0][:2] == ("defence pact with the helped side", 1.0)
    assert found.total == pytest.approx(float(model.log_odds(row(client_defense=1.0))[0]))


def test_further_steps_and_the_origin_are_shown() -> None:
    model = models.load().joining
    found = explain.joining_waterfall(
        model, row(major=1.0), -5.0, [("reports", 0.4, "events"), ("nothing", 0.0, "")], origin="facts"
    )
    assert {driver.group for driver in found.drivers} == {"own weight", "reports"}
    assert {part[3] for driver in found.drivers for part in driver.parts} == {"facts", "events"}
