"""The model of a power cut must lose what was never synced, and must not lose what was: else the crash test says nothing."""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
from collections.abc import Collection
from pathlib import Path
from types import ModuleType

import pytest


def killed(folder: Path, acknowledged: object, copied_after: Collection[int]) -> list[object]:
    """A child that fills an indexed table, says what it acknowledged half-way, goes on, and dies without closing.

    The log is copied into the database after the transactions of these numbers.
    """
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        db = sqlite3.connect(folder / "made.sqlite", isolation_level=None)
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA synchronous=FULL")
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute("CREATE TABLE t (n INTEGER PRIMARY KEY, word TEXT UNIQUE)")
        said: dict[str, str | int] = {}
        for at in range(60):
            db.execute("BEGIN IMMEDIATE")
            db.executemany(
                "INSERT INTO t (word) VALUES (?)",
                [(f"{(at * 20 + n) * 7919 % 1200:04d} {'x' * 90}",) for n in range(20)],
            )
            db.execute("COMMIT")
            if at in copied_after:
                db.execute(f"PRAGMA wal_checkpoint({'PASSIVE' if at == 59 else 'TRUNCATE'})").fetchall()
            if at == 29:
                said = acknowledged(folder / "made.sqlite")  # type: ignore[operator]
        size = said.pop("size", 0)
        os.write(writer, repr([said, size]).encode())
        os._exit(9)
    os.close(writer)
    with os.fdopen(reader) as stream:
        told = stream.read()
    os.waitpid(child, 0)
    return list(eval(told))


def state(folder: Path) -> tuple[str, int]:
    db = sqlite3.connect(folder / "made.sqlite")
    try:
        sound = db.execute("PRAGMA integrity_check(1)").fetchone()[0]
        return sound, db.execute("SELECT count(*) FROM t").fetchone()[0]
    except sqlite3.DatabaseError as error:
        return str(error), 0
    finally:
        db.close()


@pytest.mark.parametrize("copied_after", [(), (28,), (28, 58), (28, 59), range(60)])
def test_a_cut_keeps_every_commit_that_was_synced(
    crash: ModuleType, tmp_path: Path, copied_after: Collection[int]
) -> None:
    power = crash.power
    made = tmp_path / "made"
    made.mkdir()
    said, _ = killed(made, power.acknowledged, copied_after)
    found = power.log(made / "made.sqlite-wal")
    assert found.commits
    left = set()
    for seed in range(16):
        copy = tmp_path / "copy"
        shutil.copytree(made, copy)
        power.cut(copy / "made.sqlite", said, random.Random(seed))
        sound, rows = state(copy)
        assert sound == "ok"
        left.add(rows)
        shutil.rmtree(copy)
    # The last commit may be lost as long as nothing shows that it was synced; no other ever is.
    assert left <= {1180, 1200}
    if 59 in copied_after:
        assert left == {1200}, "a checkpoint has copied the last commit: it was synced before"
    else:
        assert left == {1180, 1200}, "nothing unsynced was ever lost: the cut cuts nothing"


def test_cutting_synced_frames_would_be_no_power_cut(crash: ModuleType, tmp_path: Path) -> None:
    """Why the model asks whether a checkpoint has begun: without that, a sound database looks damaged."""
    power = crash.power

    def acknowledged(database: Path) -> dict[str, str | int]:
        return {**power.acknowledged(database), "size": database.with_name(database.name + "-wal").stat().st_size}

    _, size = killed(tmp_path, acknowledged, (28, 59))
    wal = tmp_path / "made.sqlite-wal"
    assert isinstance(size, int)
    assert wal.stat().st_size > size
    os.truncate(wal, size)
    sound, _ = state(tmp_path)
    assert sound != "ok"


def test_the_log_is_read_as_sqlite_reads_it(crash: ModuleType, tmp_path: Path) -> None:
    db = sqlite3.connect(tmp_path / "made.sqlite", isolation_level=None)
    db.execute("PRAGMA journal_mode=WAL")
    db.execute("PRAGMA wal_autocheckpoint=0")
    db.execute("CREATE TABLE t (n INTEGER)")
    for n in range(5):
        db.execute("INSERT INTO t VALUES (?)", (n,))
    wal = tmp_path / "made.sqlite-wal"
    found = crash.power.log(wal)
    assert len(found.commits) == 6
    assert found.end(len(found.pages)) == wal.stat().st_size
    assert len(found.pages) == db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()[1]
    held = bytearray(wal.read_bytes())
    held[found.end(3) + 100] ^= 1
    wal.write_bytes(held)
    assert len(crash.power.log(wal).pages) == 3
    db.close()


def test_there_is_nothing_to_cut_without_a_log(crash: ModuleType, tmp_path: Path) -> None:
    sqlite3.connect(tmp_path / "made.sqlite").close()
    assert crash.power.log(tmp_path / "made.sqlite-wal") == crash.power.Log()
    assert crash.power.cut(tmp_path / "made.sqlite", {}, random.Random(1)) == []
