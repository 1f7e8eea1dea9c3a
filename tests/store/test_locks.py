"""Writers tell that they are at work, what clears up after stopped ones waits for them, and a killed one holds nothing."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from foedus.errors import StoreError
from foedus.store.locks import alone, importing, is_lock, writing

HOLDS = """
import sys, time
from pathlib import Path
from foedus.store.locks import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def is_alone(folder: Path) -> bool:
    with alone(folder) as nobody:
        return nobody


def test_writers_work_side_by_side_and_nobody_is_alone_meanwhile(tmp_path: Path) -> None:
    assert is_alone(tmp_path)
    with writing(tmp_path), writing(tmp_path):
        assert not is_alone(tmp_path)
    assert is_alone(tmp_path)


def test_a_killed_writer_holds_nothing(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "held\n"
        assert not is_alone(tmp_path)
        writer.kill()
    assert is_alone(tmp_path)


def test_a_writer_waits_until_the_clearing_up_is_done(tmp_path: Path) -> None:
    order: list[str] = []

    def write() -> None:
        with writing(tmp_path):
            order.append("writes")

    with alone(tmp_path) as nobody:
        assert nobody
        writer = threading.Thread(target=write)
        writer.start()
        writer.join(0.1)
        order.append("cleared")
    writer.join(10)
    assert order == ["cleared", "writes"]


def test_imports_come_one_after_the_other(tmp_path: Path) -> None:
    inside: list[str] = []

    def take(name: str) -> None:
        with importing(tmp_path):
            inside.append(name)
            threading.Event().wait(0.02)
            inside.append(name)

    threads = [threading.Thread(target=take, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(10)
    assert [inside[at] for at in (0, 2, 4)] == [inside[at] for at in (1, 3, 5)]


def test_locks_are_told_from_what_is_left_lying(tmp_path: Path) -> None:
    with writing(tmp_path), importing(tmp_path):
        assert all(is_lock(path) for path in (tmp_path / "staging").iterdir())
    assert not is_lock(Path("staging/aa.part"))


def test_a_folder_that_cannot_hold_a_lock_is_said_so(tmp_path: Path) -> None:
    (tmp_path / "staging").write_text("in the way")
    with pytest.raises(StoreError, match=str(tmp_path)), writing(tmp_path):
        pass
