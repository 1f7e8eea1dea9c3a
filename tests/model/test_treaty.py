from __future__ import annotations

import dataclasses

import pytest

from foedus.model.treaty import Clause, Conditions


def test_an_empty_condition_waits_for_nothing():
    conditions = Clause("defense", "help").conditions
    assert conditions == Conditions()
    assert conditions.attackers_min == 1
    assert not conditions.adversaries


def test_clauses_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        Clause("defense", "help").kind = "offense"  # type: ignore[misc]
