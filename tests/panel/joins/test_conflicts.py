from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError

ACD = """conflict_id,year,gwno_a,intensity_level,type_of_conflict
300,1960,2,1,interstate
300,1961,2,2,interstate
301,1961,2,1,intrastate
301,1963,2,1,intrastate
301,2023,2,1,intrastate
302,1962,200,2,intrastate
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "ucdp_acd.csv").write_text(ACD)
    return tmp_path


def of(panel: fp.Panel, column: str, state: int) -> list[float]:
    return [None if value != value else value for value in panel[column][panel["gwcode"] == state].tolist()]


def test_onset_is_the_first_year_on_record_of_conflict_and_state(folder: Path) -> None:
    panel = fp.state_years(1959, 1964, system="gw", world=folder).with_conflicts()
    assert of(panel, "ucdpongoing", 2) == [0, 1, 1, 0, 1, 0]
    assert of(panel, "ucdponset", 2) == [0, 1, 1, 0, 0, 0]
    assert of(panel, "maxintensity", 2) == [None, 1, 2, None, 1, None]
    assert of(panel, "conflict_ids", 2) == [None, "300", "300; 301", None, "301", None]
    assert of(panel, "ucdpspell", 2) == [0, 1, 0, 0, 1, 0]


def test_before_the_source_begins_nothing_is_known(folder: Path) -> None:
    panel = fp.state_years(1944, 1947, system="gw", world=folder).with_conflicts()
    assert np.isnan(panel["ucdpongoing"][panel["year"] == 1945]).all()
    assert (panel["ucdpongoing"][panel["year"] == 1946] == 0).all()


def test_kinds_and_wars(folder: Path) -> None:
    base = fp.state_years(1959, 1964, system="gw", world=folder)
    assert of(base.with_conflicts(kind="interstate"), "ucdpongoing", 2) == [0, 1, 1, 0, 0, 0]
    assert of(base.with_conflicts(only_wars=True), "ucdponset", 2) == [0, 0, 1, 0, 0, 0]
    with pytest.raises(InputError, match="no type of conflict 'civil'"):
        base.with_conflicts(kind="civil")


def test_only_gleditsch_and_ward_states(folder: Path) -> None:
    with pytest.raises(InputError, match="start from state_years"):
        fp.state_years(1959, 1964, world=folder).with_conflicts()
    with pytest.raises(InputError, match="columns of state-year panels"):
        fp.dyad_years(1959, 1964, system="gw", world=folder).with_conflicts()
