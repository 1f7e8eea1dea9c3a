"""What of a folder is data, what cannot be looked at, and how a name is written down."""

from __future__ import annotations

import os
from pathlib import Path

from foedus.store.imports.gathering import gathered, shown


def test_data_files_are_found_at_any_depth_in_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("b/c.csv", "a.CSV", "b/.hidden.csv", "notes.md"):
        (tmp_path / name).touch()
    os.mkfifo(tmp_path / "pipe.csv")
    assert gathered(tmp_path) == ([tmp_path / "a.CSV", tmp_path / "b" / "c.csv"], {})


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, shut: None) -> None:
    for name in ("open", "shut"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.csv").touch()
    files, unread = gathered(tmp_path)
    closed = tmp_path / "shut"
    assert files == [tmp_path / "open" / "a.csv"]
    assert unread == {closed: f"{closed}: cannot be read (Permission denied); check the right to read it"}


def test_a_name_that_is_not_utf_8_is_written_out() -> None:
    assert shown(Path(os.fsdecode(b"/a/\xffb\xc3\xa9.csv"))) == "/a/\\xffb\xe9.csv"
