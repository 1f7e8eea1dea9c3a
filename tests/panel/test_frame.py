from __future__ import annotations

import json
import math
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import foedus.panel as fp
from foedus.errors import DataError, InputError


def row(panel: fp.Panel, **where: int) -> dict[str, float]:
    mask = np.ones(len(panel), dtype=bool)
    for column, value in where.items():
        mask &= panel[column] == value
    (at,) = np.flatnonzero(mask)
    return {name: values[at] for name, values in panel.columns.items()}


def test_a_join_leaves_the_old_panel_as_it_was(small: Path) -> None:
    old = fp.dyad_years(1900, 1910, world=small)
    new = old.with_alliances()
    assert "atop_defense" not in old.columns
    assert "atop_defense" in new.columns
    with pytest.raises(ValueError):
        new["atop_defense"][0] = 1
    with pytest.raises(TypeError):
        new.columns["x"] = new["year"]  # type: ignore[index]


def test_joining_twice_is_refused(small: Path) -> None:
    with pytest.raises(InputError, match="'atop_defense' is in this panel already"):
        fp.dyad_years(1900, 1910, world=small).with_alliances().with_alliances()


def test_missing_is_null_in_every_output(small: Path, tmp_path: Path) -> None:
    panel = fp.dyad_years(1900, 1902, world=small).with_capabilities()
    at = row(panel, ccode1=1, ccode2=2, year=1901)
    assert math.isnan(at["milex1"])  # −9 in the table
    assert math.isnan(at["milex2"])  # no record
    arrow = panel.to_arrow()
    assert arrow["milex1"].null_count == int(np.isnan(panel["milex1"]).sum()) > 0
    assert panel.to_polars()["milex1"].null_count() == arrow["milex1"].null_count
    panel.to_csv(tmp_path / "p.csv")
    panel.to_parquet(tmp_path / "p.parquet")
    assert pd.read_csv(tmp_path / "p.csv")["milex1"].isna().sum() == arrow["milex1"].null_count
    assert pq.read_table(tmp_path / "p.parquet").equals(arrow)
    assert not list(tmp_path.glob("*.part"))


def test_metadata_travel_with_every_frame(small: Path, tmp_path: Path) -> None:
    panel = fp.dyad_years(1900, 1910, directed=False, world=small).with_alliances()
    told = panel.metadata
    assert (told["unit"], told["directed"], told["system"], told["span"]) == ("dyad-year", False, "cow", [1900, 1910])
    assert told["sources"] == ["cow_states", "atop_alliance"]
    assert "missing outside" in told["columns"]["atop_defense"]
    assert panel.to_pandas().attrs["foedus"] == told
    panel.to_parquet(tmp_path / "p.parquet")
    assert json.loads(pq.read_schema(tmp_path / "p.parquet").metadata[b"foedus"]) == told
    panel.to_csv(tmp_path / "p.csv")
    assert json.loads((tmp_path / "p.csv.json").read_text()) == told


def test_cite_names_works_and_versions(small: Path) -> None:
    panel = fp.dyad_years(1900, 1910, world=small).with_alliances()
    assert "Leeds" in panel.cite()
    assert "atop_alliance 5.1" in panel.cite()
    assert panel.cite("bibtex").count("@") == 2


def test_unknown_column_names_those_there_are(small: Path) -> None:
    with pytest.raises(InputError, match="no column 'cinc'; it has ccode1, ccode2, year"):
        fp.dyad_years(1900, 1901, world=small)["cinc"]


def test_filtering_and_choosing(small: Path) -> None:
    panel = fp.dyad_years(1900, 1910, world=small)
    some = panel.where(panel["year"] == 1900).select("ccode1", "year")
    assert len(some) == 2
    assert list(some.columns) == ["ccode1", "year"]
    with pytest.raises(InputError, match="take no further columns"):
        some.with_alliances()
    with pytest.raises(InputError, match="true or false values"):
        panel.where(panel["year"])


def test_writing_into_no_folder_says_so(small: Path, tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no folder; make it first"):
        fp.state_years(1900, 1901, world=small).to_csv(tmp_path / "no" / "p.csv")


def test_duplicate_rows_and_unknown_codes_are_named(small: Path) -> None:
    path = small / "cow_nmc.csv"
    good = path.read_text()
    path.write_text(good + "1,1900,10,1,1,1,100,10,0.5\n")
    with pytest.raises(
        DataError, match=r"table cow_nmc \(.*cow_nmc\.csv\), row 4: 1 in 1900 stands there more than once"
    ):
        fp.state_years(1900, 1901, world=small).with_capabilities()
    path.write_text(good + "77,1900,10,1,1,1,100,10,0.5\n")
    with pytest.raises(DataError, match=r"table cow_nmc \(.*cow_nmc\.csv\), row 4: 77 is no state of the list"):
        fp.state_years(1900, 1901, world=small).with_capabilities()


def test_a_missing_table_or_column_says_what_to_pull(small: Path) -> None:
    with pytest.raises(DataError, match="foedus data pull cow_majors"):
        fp.state_years(1900, 1901, world=small).with_majors()
    (small / "cow_majors.csv").write_text("ccode,styear\n1,1900\n")
    with pytest.raises(DataError, match="has no column 'endyear'"):
        fp.state_years(1900, 1901, world=small).with_majors()
