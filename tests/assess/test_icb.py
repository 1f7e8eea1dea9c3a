from __future__ import annotations

from pathlib import Path

import pytest

from foedus.assess.icb import ladder_units, rung_of
from foedus.assess.sources import Sources
from foedus.errors import DataError
from foedus.world.history.tables import Tables

from .conftest import made_up, write


@pytest.mark.parametrize(
    ("involvement", "favour", "rung"),
    [(1, 1, 0), (2, 1, 0), (3, 1, 1), (5, 1, 1), (4, 1, 2), (6, 1, 2), (7, 1, 3), (8, 1, 4), (8, 3, 0), (3, 2, 0)],
)
def test_rungs(involvement: int, favour: int, rung: int) -> None:
    assert rung_of(involvement, favour) == rung


def test_a_power_that_is_an_actor_is_left_out_and_others_end_in_1945(tables: Tables, sources: Sources) -> None:
    rows = ladder_units(tables, sources)
    assert len(rows) > 100
    assert not (rows.power == rows.actor).any()
    late = rows.years > 1945
    assert set(rows.power[late].tolist()) <= {2, 365}
    assert set(rows.power[~late].tolist()) > {2, 365}


def test_a_folder_without_icb_says_so(tmp_path: Path, sources: Sources) -> None:
    tables = made_up()
    del tables["icb2v14"]
    with pytest.raises(DataError, match="icb2v14"):
        ladder_units(write(tables, tmp_path), sources)
