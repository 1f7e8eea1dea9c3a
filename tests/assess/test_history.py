from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.assess.history import from_tables, region_of
from foedus.assess.sources import DEFENSE, Sources
from foedus.assess.tabular import day_of
from foedus.errors import DataError

from .conftest import made_up, write


def test_unknown_days_are_the_first_or_the_last() -> None:
    assert day_of(1902, 5, -9, at_end=False) == dt.date(1902, 5, 1).toordinal()
    assert day_of(1902, 5, -9, at_end=True) == dt.date(1902, 5, 31).toordinal()
    assert day_of(1904, -9, -9, at_end=True) == dt.date(1904, 12, 31).toordinal()
    assert day_of(1903, 6, 31, at_end=False) == dt.date(1903, 6, 30).toordinal()


def test_the_sources_hold_what_the_tables_say(sources: Sources) -> None:
    assert len(sources.disputes) == 160
    assert [dispute.day for dispute in sources.disputes] == sorted(dispute.day for dispute in sources.disputes)
    year = 1930 - sources.first
    assert sources.ties_known[year]
    assert (sources.ties[year] & DEFENSE).any()
    assert ((sources.ties[year] & DEFENSE) == (sources.ties[year] & DEFENSE).T).all()
    assert sources.major_on(dt.date(1930, 1, 1).toordinal()).sum() == 4


def test_a_table_that_is_needed_and_not_there_is_named(tmp_path: Path) -> None:
    tables = made_up()
    del tables["gml_part"]
    with pytest.raises(DataError, match=r"gml_part.*foedus data pull"):
        from_tables(write(tables, tmp_path))


def test_a_table_without_a_needed_column_is_named(tmp_path: Path) -> None:
    tables = made_up()
    tables["gml_part"] = tables["gml_part"].drop(columns="orig")
    with pytest.raises(DataError, match="'gml_part' has no column orig"):
        from_tables(write(tables, tmp_path))


def test_a_table_that_is_only_wished_for_is_missing_for_the_model_and_said_so(tmp_path: Path) -> None:
    tables = made_up()
    del tables["atop_alliance"]
    found = from_tables(write(tables, tmp_path))
    assert not found.ties_known.any()
    assert any("pacts are missing for the model" in note for note in found.notes)


def test_regions_go_by_abbreviation_not_by_number() -> None:
    assert (region_of("USA"), region_of("IRN"), region_of("CHN"), region_of("none such")) == (2, 4, 5, 0)
