from __future__ import annotations

import numpy as np
import pytest

from foedus.assess.sources import active, great_circle, grid, spells_of


def test_a_spell_holds_on_its_first_and_last_day() -> None:
    spells = spells_of([(1, -1, 10, 20, 1.0)])
    assert [bool(active(spells, day, 3)[1]) for day in (9, 10, 20, 21)] == [False, True, True, False]


def test_distance_of_london_and_paris() -> None:
    found = great_circle(np.array([51.51]), np.array([-0.13]), np.array([48.86]), np.array([2.35]))
    assert found[0] == pytest.approx(344, abs=3)


def test_grid_looks_up_pairs() -> None:
    matrix = np.arange(9).reshape(3, 3)
    assert matrix[grid([0, 2], [1])].tolist() == [[1], [7]]
