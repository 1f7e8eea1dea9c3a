from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus.errors import StoreError
from foedus.store import schema
from foedus.store.files import DATABASE
from foedus.store.store import Store


def test_a_store_of_an_earlier_version_moves_forward(
    tmp_path: Path, report: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as old:
        old.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
        old.setattr(schema, "VERSION", 1)
        link = schema.connect(tmp_path / "store", create=True)
        link.execute("INSERT INTO runs (kind, what, started) VALUES ('add', 'x', '2025')")
        link.close()
    store = Store(tmp_path / "store")
    assert store.stats()["schema"] == 2
    assert store.stats()["runs"] == 1
    assert store.sql("SELECT count(*) FROM acts").rows == [(0,)]


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    Store(tmp_path / "store").close()
    link = sqlite3.connect(tmp_path / "store" / DATABASE)
    link.execute("PRAGMA user_version=99")
    link.commit()
    link.close()
    with pytest.raises(StoreError, match="newer Foedus"):
        Store(tmp_path / "store")


def test_event_files_without_their_catalogue_are_not_taken_for_an_empty_store(tmp_path: Path) -> None:
    folder = tmp_path / "store" / "events" / "coded"
    folder.mkdir(parents=True)
    (folder / "a.parquet").write_bytes(b"x")
    with pytest.raises(StoreError, match="backup"):
        Store(tmp_path / "store")


def test_a_failed_transaction_leaves_nothing(tmp_path: Path) -> None:
    link = schema.connect(tmp_path / "store", create=True)

    def fail() -> None:
        with schema.transaction(link):
            link.execute("INSERT INTO runs (kind, what, started) VALUES ('add', 'x', '2025')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert link.execute("SELECT count(*) FROM runs").fetchone()[0] == 0


def test_a_damaged_catalogue_is_refused_with_a_way_out(batched: Store) -> None:
    batched.close()
    path = batched.folder / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    data[:100] = b"\0" * 100
    path.write_bytes(data)
    with pytest.raises(StoreError, match=r"damaged .*; put catalogue\.sqlite back from a backup"):
        Store(batched.folder)


def test_a_read_only_folder_can_be_read_and_not_written(batched: Store, crash: ModuleType) -> None:
    batched.close()
    for path in [batched.folder, *batched.folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if os.access(batched.folder, os.W_OK):
            pytest.skip("root may write everywhere; the folder cannot be made read-only for it")
        store = Store(batched.folder)
        assert len(store.events()) == 240
        assert store.verify() == []
        with pytest.raises(StoreError, match="cannot be written"):
            store.add(crash.corpus(3), crash.WordCoder())
    finally:
        for path in [batched.folder, *batched.folder.rglob("*")]:
            path.chmod(0o755)


def test_a_folder_that_refuses_writes_is_said_so(batched: Store, crash: ModuleType, monkeypatch: Any) -> None:
    batched.close()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and real(path, mode, **more))
    store = Store(batched.folder)
    assert len(store.events()) == 240
    assert store.verify() == []
    with pytest.raises(StoreError, match="cannot be written"):
        store.add(crash.corpus(3), crash.WordCoder())
    with pytest.raises(sqlite3.OperationalError):
        store._db.execute("DELETE FROM documents")


def test_a_folder_whose_name_is_not_utf_8_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="needs a name in UTF-8"):
        Store(tmp_path / "by\udcff")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("writable", "busy", "mode"), [(True, False, "ro"), (False, True, "ro"), (False, False, "immutable=1")]
)
def test_a_reader_asks_for_no_helper_file_where_none_can_be_made(
    store: Store, monkeypatch: pytest.MonkeyPatch, writable: bool, busy: bool, mode: str
) -> None:
    folder, asked = store.folder, []
    store.close()
    if busy:
        (folder / f"{DATABASE}-wal").touch()
    connect, access = sqlite3.connect, os.access
    monkeypatch.setattr(os, "access", lambda path, right: access(path, right) and (writable or right != os.W_OK))
    monkeypatch.setattr(sqlite3, "connect", lambda address, **more: asked.append(address) or connect(address, **more))
    link = schema.read_only(folder, timeout=1)
    assert link.execute("SELECT count(*) AS n FROM documents").fetchone()["n"] == 0
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        link.execute("DELETE FROM documents")
    link.close()
    assert asked[0].endswith(mode)
