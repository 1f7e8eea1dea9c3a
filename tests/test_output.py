from __future__ import annotations

import os
import stat
import threading
from pathlib import Path

import pytest

from foedus import output
from foedus.errors import InputError


def test_a_file_is_written_whole_or_not_at_all(tmp_path: Path) -> None:
    output.write("text", tmp_path / "a.md")
    assert (tmp_path / "a.md").read_text() == "text"
    with pytest.raises(InputError, match="another place"):
        output.write("text", tmp_path / "missing" / "a.md")

    def stop() -> None:
        with output.aside(tmp_path / "a.md") as part:
            part.write_text("half")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        stop()
    assert (tmp_path / "a.md").read_text() == "text"
    assert [path.name for path in tmp_path.iterdir()] == ["a.md"]


def test_a_pipe_is_written_to_and_stays_a_pipe(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    heard: list[bytes] = []
    reader = threading.Thread(target=lambda: heard.append(pipe.read_bytes()), daemon=True)
    reader.start()
    output.check(pipe)
    output.write_bytes(b"told", pipe)
    reader.join(10)
    assert heard == [b"told"]
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_the_screen_is_written_to_after_what_stands_there(tmp_path: Path) -> None:
    shown = tmp_path / "shown.txt"
    with shown.open("ab") as stream:
        stream.write(b"before, ")
        stream.flush()
        output.write_bytes(b"after", Path(f"/dev/fd/{stream.fileno()}"))
    assert shown.read_bytes() == b"before, after"


def test_a_link_stays_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    for link, target in (("a.json", "there/a.json"), ("new.json", "there/new.json")):
        (tmp_path / link).symlink_to(target)
    (tmp_path / "there" / "a.json").write_text("old")
    for link in ("a.json", "new.json"):
        output.check(tmp_path / link)
        output.write("new", tmp_path / link)
        assert (tmp_path / link).is_symlink()
        assert (tmp_path / "there" / link).read_text() == "new"


def test_a_file_keeps_its_mode_and_a_new_one_follows_the_umask(tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.touch(0o600)
    mask = os.umask(0o027)
    try:
        output.write("text", held)
        output.write("text", tmp_path / "new")
    finally:
        os.umask(mask)
    assert stat.S_IMODE(held.stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "new").stat().st_mode) == 0o640


@pytest.mark.parametrize(
    ("name", "says"),
    [
        (".", "a folder"),
        ("none/a.json", "no folder"),
        ("file/a.json", "Not a directory"),
        ("loop", "cannot be written"),
    ],
)
def test_a_place_that_cannot_be_written_is_told_before_the_work(tmp_path: Path, name: str, says: str) -> None:
    (tmp_path / "file").touch()
    (tmp_path / "loop").symlink_to("loop")
    with pytest.raises(InputError, match=says) as raised:
        output.check(tmp_path / name)
    assert str(tmp_path) in str(raised.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["file", "loop"]


def test_looking_leaves_nothing_behind(tmp_path: Path) -> None:
    output.check(tmp_path / "a.json")
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_may_not_be_written_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.json").touch(0o400)
    monkeypatch.setattr(os, "access", lambda *_: False)  # the superuser may write everywhere
    with pytest.raises(InputError, match="no permission"):
        output.check(tmp_path / "a.json")
