"""Which data set a file is told to be of, by its first line alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import InputError
from foedus.store.imports.sniff import FORMATS, sniff


def put(folder: Path, first: str) -> Path:
    path = folder / "file.txt"
    path.write_text(first + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("first", "format"),
    [
        ("1" + "\t" * 60, "gdelt2"),
        ("1" + "\t" * 57, "gdelt1"),
        ("1" + "\t" * 56, "gdelt1"),
        ("Event ID\tEvent Date\tCAMEO Code", "icews"),
        ("Event ID\tEvent Date\tActor Name Raw", "polecat"),
        ("event_id_cnty,event_date", "acled"),
        ("EVENT_ID_CNTY;EVENT_DATE", "acled"),
        ("event id\tEVENT DATE\tcameo code", "icews"),
        ("id,type_of_violence,side_a", "ucdp"),
        ('{"event": "CONSULT"}', "plover"),
        ('{"text": "x", "events": []}', "jsonl"),
        ('{"row": {}}', "jsonl"),
        ('{"reviews": []}', "jsonl"),
    ],
)
def test_a_format_is_told_from_the_first_line(tmp_path: Path, first: str, format: str) -> None:
    assert sniff(put(tmp_path, first)) == format
    assert format in FORMATS


@pytest.mark.parametrize(
    "first",
    [
        "",
        "name,age",
        "x" + "\t" * 60,
        "{broken",
        "{" + '"a":[' * 100_000,
        '{"a": ' + "9" * 5_000 + "}",
        '{"text": "no events"}',
    ],
)
def test_what_tells_nothing_is_refused_with_the_way_out(tmp_path: Path, first: str) -> None:
    with pytest.raises(InputError, match=r"file\.txt: .* say so with --format"):
        sniff(put(tmp_path, first))


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    (tmp_path / "file.txt").touch()
    with pytest.raises(InputError, match="an empty file; nothing to take in"):
        sniff(tmp_path / "file.txt")
