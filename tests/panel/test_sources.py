from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import DataError
from foedus.panel.sources import SPANS, source
from foedus.world.history.tables import Tables


def write(folder: Path, last: int) -> Tables:
    (folder / "cow_nmc.csv").write_text(f"ccode,year,cinc\n2,1900,0.1\n2,{last},0.2\n")
    return Tables(folder)


@pytest.mark.parametrize(
    ("last", "cut", "covers"), [(2022, False, 2022), (2018, False, 2022), (1989, True, 1989), (2023, False, 2023)]
)
def test_how_far_a_table_speaks(tmp_path: Path, last: int, cut: bool, covers: int) -> None:
    data = source(write(tmp_path, last), "cow_nmc", ["ccode", "year", "cinc"])
    assert (data.first, data.last, data.cut) == (SPANS["cow_nmc"][0], covers, cut)


def test_nothing_loaded_an_empty_table_and_a_missing_column(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="no research data are loaded; run `foedus data pull cow_nmc`"):
        source(None, "cow_nmc", [])
    with pytest.raises(DataError, match="has no column 'milex'"):
        source(write(tmp_path, 1950), "cow_nmc", ["milex"])
    (tmp_path / "cow_nmc.csv").write_text("ccode,year\n")
    with pytest.raises(DataError, match="has no rows"):
        source(Tables(tmp_path), "cow_nmc", ["ccode"])
