from __future__ import annotations

import errno
import hashlib
from pathlib import Path

import pytest

from foedus.errors import StoreError
from foedus.store import files
from foedus.store.store import Store


def test_a_published_file_is_whole_and_leaves_nothing_in_staging(tmp_path: Path) -> None:
    for text in ("first", "second"):
        path = files.publish(tmp_path, "events/aa/one.txt", lambda part, text=text: part.write_text(text) and None)
        assert path == tmp_path / "events" / "aa" / "one.txt"
        assert path.read_text() == text
    assert list((tmp_path / files.STAGING).iterdir()) == []


def test_a_writer_that_stops_half_way_leaves_the_old_file(tmp_path: Path) -> None:
    path = files.publish(tmp_path, "one.txt", lambda part: part.write_text("old") and None)

    def stop(part: Path) -> None:
        part.write_text("ne")
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        files.publish(tmp_path, "one.txt", stop)
    assert path.read_text() == "old"
    assert list((tmp_path / files.STAGING).iterdir()) == []


@pytest.mark.parametrize(
    ("number", "says"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EDQUOT, "the disk is full"),
        (errno.EACCES, "cannot be written"),
        (errno.EROFS, "cannot be written"),
        (errno.EIO, "give the same command again"),
    ],
)
def test_what_the_system_says_becomes_one_line_with_a_way_out(tmp_path: Path, number: int, says: str) -> None:
    def fail(part: Path) -> None:
        raise OSError(number, "system says so")

    with pytest.raises(StoreError, match=says) as raised:
        files.publish(tmp_path, "one.txt", fail)
    assert str(raised.value).startswith(f"{tmp_path}: ")
    assert "\n" not in str(raised.value)
    assert not (tmp_path / "one.txt").exists()


@pytest.mark.parametrize(
    ("data", "lines"), [(b"", 0), (b"a\nb\n", 2), (b"a\nb", 2), (b"x\n" * 700_000 + b"y", 700_001)]
)
def test_a_file_is_measured_in_one_reading(tmp_path: Path, data: bytes, lines: int) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    with path.open("rb") as stream:
        assert files.measured(stream) == (hashlib.sha256(data).hexdigest(), lines)
    assert files.digest(path) == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("number", [errno.ENOENT, errno.ENOTDIR, errno.EISDIR])
def test_of_a_place_where_nothing_can_be_kept_another_is_asked_for(tmp_path: Path, number: int) -> None:
    told = files.reason(tmp_path, OSError(number, "system says so"))
    assert "choose another folder or name" in told
    assert "same command" not in told


@pytest.mark.parametrize("name", ["a*b", "a?b", "[a]", "a{b,c}", "it's", "a b", "**"])
def test_a_store_in_a_folder_with_signs_of_a_pattern_reads_its_own_files_alone(tmp_path: Path, name: str) -> None:
    def filled(folder: Path, *numbers: int) -> Store:
        source = tmp_path / "a.csv"
        rows = "".join(f"A{n},2022-03-01,Attack,Iran,\n" for n in numbers)
        source.write_text(f"event_id_cnty,event_date,sub_event_type,actor1,actor2\n{rows}")
        store = Store(folder)
        store.import_(source)
        return store

    for sibling in ("axb", "a", "ab", "x"):
        filled(tmp_path / sibling, 1, 2)
    store = filled(tmp_path / name, 1, 2)
    assert store.sql("SELECT count(*) FROM events").rows == [(2,)]
    assert filled(tmp_path / name, 2, 3).sql("SELECT count(*) FROM events").rows == [(3,)]
