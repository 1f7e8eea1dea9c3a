"""The DuckDB side of GDELT: its layouts, its counts, and rows that are kept out with their reason."""

from __future__ import annotations

import os
import zipfile
from pathlib import Path
from typing import Any

import duckdb
import pytest

from foedus.errors import DataError
from foedus.store.codec import COLUMNS
from foedus.store.imports import gdelt


def line(number: int, version: int = 2, **cells: str) -> str:
    known = {
        "GLOBALEVENTID": str(number), "SQLDATE": "20170701", "Actor1Code": "RUS", "Actor1CountryCode": "RUS",
        "Actor2Code": "IRN", "Actor2CountryCode": "IRN", "EventCode": "190", "GoldsteinScale": "-10",
        "NumMentions": "4", "DATEADDED": "20170701234500",
    } | cells  # fmt: skip
    return "\t".join(known.get(name, "") for name in gdelt.columns(version))


def put(folder: Path, *lines: str) -> Path:
    path = folder / "a.export.CSV"
    path.write_text("".join(one + "\n" for one in lines), encoding="utf-8")
    return path


def written(path: Path, names: str) -> list[tuple[Any, ...]]:
    with duckdb.connect() as duck:
        return duck.execute(f"SELECT {names} FROM read_parquet(?)", [str(path)]).fetchall()


def test_the_layouts_have_their_widths_and_no_name_twice() -> None:
    assert [len(gdelt.columns(version)) for version in (1, 2)] == [58, 61]
    for version in (1, 2):
        assert len(set(gdelt.columns(version))) == len(gdelt.columns(version))
        assert set(gdelt.raw_columns(version)) < set(gdelt.columns(version))


def test_every_column_is_written_or_derived_or_empty(tmp_path: Path) -> None:
    target = tmp_path / "out.parquet"
    gdelt.write(put(tmp_path, line(1)), 2, target, tmp_path)
    with duckdb.connect() as duck:
        held = {row[0] for row in duck.execute("DESCRIBE SELECT * FROM read_parquet(?)", [str(target)]).fetchall()}
    assert held == gdelt.WRITTEN
    assert not held & gdelt.derived(2).keys()
    assert gdelt.derived(2).keys() < COLUMNS.keys()


def test_events_are_sorted_by_pair_and_day_and_read_on_their_day(tmp_path: Path) -> None:
    path = put(
        tmp_path,
        line(1, SQLDATE="20170702"),
        line(2),
        line(3, Actor1CountryCode="IRN", Actor2Code="", Actor2CountryCode=""),
        line(4, SQLDATE="19850701"),
        line(5, Actor1CountryCode="QQQ", EventCode="1999"),
    )
    target = tmp_path / "out.parquet"
    assert gdelt.write(path, 2, target, tmp_path) == (gdelt.Counts(5, 0), [])
    rows = written(target, "id, actor, recipient, type, historical")
    assert [row[0] for row in rows if row[1] == "RUS"] == ["gdelt2:2", "gdelt2:1"]
    told = {row[0]: row[1:] for row in rows}
    assert told["gdelt2:3"] == ("IRN", None, "ASSAULT", False)
    assert told["gdelt2:4"] == ("SUN", "IRN", "ASSAULT", True)
    assert told["gdelt2:5"][0] == "UNKNOWN"
    assert told["gdelt2:5"][2] == "ASSAULT"


def test_rejected_rows_are_kept_with_their_reason(tmp_path: Path) -> None:
    bad = {
        line(2) + "\tmore": "62 columns where GDELT has 61",
        line(3, SQLDATE="20170231"): "SQLDATE '20170231' is no day",
        line(4, EventCode="---"): "EventCode '---' is no CAMEO code",
        line(
            5, NumMentions="many"
        ): "NumMentions 'many' or GoldsteinScale '-10' is no number, or GLOBALEVENTID is empty",
    }
    counts, rejects = gdelt.write(put(tmp_path, line(1), *bad), 2, tmp_path / "out.parquet", tmp_path)
    assert counts == gdelt.Counts(1, 4)
    assert {reject.row: reject.reason for reject in rejects} == bad


def test_the_first_version_may_lack_the_address_and_come_zipped(tmp_path: Path) -> None:
    text = line(1, 1, SQLDATE="20130301", DATEADDED="20130301").rsplit("\t", 1)[0]
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.CSV", text + "\n")
    target = tmp_path / "out.parquet"
    counts, _ = gdelt.write(tmp_path / "a.zip", 1, target, tmp_path)
    assert counts == gdelt.Counts(1, 0)
    assert written(target, "id, url, published") == [("gdelt1:1", None, "2013-03-01")]


def test_a_file_that_cannot_be_opened_as_gdelt_is_named(tmp_path: Path) -> None:
    (tmp_path / "bad.zip").write_bytes(b"no archive")
    with pytest.raises(DataError, match=r"bad\.zip: a damaged zip archive"):
        gdelt.write(tmp_path / "bad.zip", 2, tmp_path / "out.parquet", tmp_path)


def test_rejects_are_kept_word_for_word_with_their_lines(tmp_path: Path) -> None:
    rows = [
        line(1),
        line(2, SQLDATE="soon"),
        line(3, Actor1Name="PE\xd1A"),
        line(4) + "\t",
        line(5, SQLDATE="\0x"),
        line(6),
    ]
    path = tmp_path / "a.export.CSV"
    path.write_bytes(b"".join(one.encode("latin-1") + b"\n" for one in rows))
    counts, rejects = gdelt.write(path, 2, tmp_path / "out.parquet", tmp_path)
    assert counts == gdelt.Counts(2, 4)
    assert [(one.line, one.reason) for one in rejects] == [
        (2, "SQLDATE 'soon' is no day"),
        (3, "not UTF-8"),
        (4, "62 columns where GDELT has 61"),
        (5, "SQLDATE '\\x00x' is no day"),
    ]
    assert [one.row for one in rejects] == rows[1:5]


@pytest.mark.parametrize("ending", ["\r\n", "\r\r\n"])
def test_a_row_that_ends_unlike_the_others_is_read(tmp_path: Path, ending: str) -> None:
    rows = [line(1), line(2), line(3, SQLDATE="soon")]
    path = tmp_path / "a.export.CSV"
    path.write_bytes((rows[0] + "\n" + rows[1] + ending + rows[2] + "\n").encode())
    target = tmp_path / "out.parquet"
    counts, rejects = gdelt.write(path, 2, target, tmp_path)
    assert counts == gdelt.Counts(2, 1)
    assert sorted(written(target, "id, url")) == [("gdelt2:1", None), ("gdelt2:2", None)]
    assert [(one.line, one.row) for one in rejects] == [(3, rows[2])]


def test_a_return_within_a_row_costs_no_other_row(tmp_path: Path) -> None:
    bad = [line(3, Actor1Name="A\rB", EventCode="---"), line(4) + "\r" + line(5)]
    rows = [line(1), line(2, Actor1Name="A\rB"), *bad]
    path = tmp_path / "a.export.CSV"
    path.write_bytes("".join(one + "\n" for one in rows).encode())
    target = tmp_path / "out.parquet"
    counts, rejects = gdelt.write(path, 2, target, tmp_path)
    assert counts == gdelt.Counts(2, 2)
    assert sorted(written(target, "id, actor_name")) == [("gdelt2:1", None), ("gdelt2:2", "A B")]
    assert [(one.line, one.reason, one.row) for one in rejects] == [
        (3, "EventCode '---' is no CAMEO code", bad[0]),
        (4, "121 columns where GDELT has 61", bad[1]),
    ]


@pytest.mark.parametrize("name", [b"[x].export.CSV", b"x*.export.CSV", b"?.export.CSV", b"\xff.export.CSV"])
def test_a_name_is_no_pattern_and_may_be_no_text(tmp_path: Path, name: bytes) -> None:
    (tmp_path / "x.export.CSV").write_text(line(1) + "\n")
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_text(line(2) + "\n")
    target = tmp_path / "out*.parquet"
    assert gdelt.write(path, 2, target, tmp_path) == (gdelt.Counts(1, 0), [])
    target.rename(tmp_path / "out.parquet")
    assert written(tmp_path / "out.parquet", "id") == [("gdelt2:2",)]
