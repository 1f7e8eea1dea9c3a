from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import DataError
from foedus.world.history.tables import Tables


def test_tables_are_read_once(research: Path) -> None:
    tables = Tables(research)
    assert "cow_states" in tables
    assert tables["cow_states"] is tables["cow_states"]
    assert len(tables["cow_states"]) == 243


def test_a_table_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="holds no table 'cow_nmc'; bring it with `foedus data pull cow_nmc`"):
        Tables(tmp_path)["cow_nmc"]


def test_no_folder(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no folder"):
        Tables(tmp_path / "no")


def test_something_that_is_no_table(tmp_path: Path) -> None:
    (tmp_path / "cow_nmc.rda").write_bytes(b"hello")
    with pytest.raises(DataError, match=r"cow_nmc\.rda cannot be read as a table .*`foedus data pull cow_nmc`"):
        Tables(tmp_path)["cow_nmc"]
