"""Which rows of a new GDELT file count, and which have been told: in the file itself, or in those the store holds."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from foedus.errors import StoreError
from foedus.store import codec
from foedus.store.imports.repeats import REVISED, drop
from foedus.store.imports.rows import event_row


def row(number: int, **more: Any) -> dict[str, Any]:
    told = {
        "actor": "RUS",
        "recipient": "IRN",
        "type": "AID",
        "date": "2023-03-05",
        "source_code": "070",
        "mentions": 2,
    }
    return event_row("gdelt2", f"{number:04d}", **(told | more))


def put(path: Path, *rows: dict[str, Any]) -> Path:
    codec.write(path, list(rows))
    return path


def ids(path: Path) -> list[str]:
    return sorted(pq.read_table(path, columns=["id"])["id"].to_pylist())


def test_a_file_of_its_own_is_left_to_the_byte(tmp_path: Path) -> None:
    part = put(tmp_path / "new.parquet", *map(row, range(5)))
    before = part.read_bytes()
    held = put(tmp_path / "held.parquet", *map(row, range(10, 15)))
    assert drop(part, [held], tmp_path) == (0, [])
    assert part.read_bytes() == before


def test_rows_that_are_held_go_and_those_that_say_something_else_are_rejects(tmp_path: Path) -> None:
    held = put(tmp_path / "held.parquet", row(1), row(2), row(3))
    part = put(tmp_path / "new.parquet", row(2), row(3, type="ACCUSE"), row(4))
    same, revised = drop(part, [held], tmp_path)
    assert same == 1
    assert [(one.reason, '"ACCUSE"' in one.row) for one in revised] == [(REVISED, True)]
    assert ids(part) == ["gdelt2:0004"]


def test_of_rows_told_twice_the_one_with_most_mentions_stays(tmp_path: Path) -> None:
    part = put(tmp_path / "new.parquet", row(1, mentions=1), row(1, mentions=9), row(2), row(2))
    same, revised = drop(part, [], tmp_path)
    assert (same, len(revised)) == (1, 1)
    assert ids(part) == ["gdelt2:0001", "gdelt2:0002"]
    assert pq.read_table(part, filters=[("id", "=", "gdelt2:0001")])["mentions"].to_pylist() == [9]


def test_a_file_without_rows_has_none_to_drop(tmp_path: Path) -> None:
    assert drop(put(tmp_path / "new.parquet"), [], tmp_path) == (0, [])


def test_a_damaged_file_of_the_store_is_named(tmp_path: Path) -> None:
    held = put(tmp_path / "held.parquet", *map(row, range(50)))
    data = bytearray(held.read_bytes())
    data[4:400] = bytes(396)
    held.write_bytes(data)
    with pytest.raises(StoreError, match=r"event file cannot be read .*foedus store verify"):
        drop(put(tmp_path / "new.parquet", row(7)), [held], tmp_path)
