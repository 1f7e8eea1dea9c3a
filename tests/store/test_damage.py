from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus.errors import StoreError
from foedus.store.store import Store


@pytest.fixture
def filled(store: Store, crash: ModuleType) -> Store:
    store.add(crash.corpus(120), crash.WordCoder(), batch=30)
    return store


def _file(store: Store) -> Path:
    return store.folder / store._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]


def _mend(store: Store, crash: ModuleType) -> None:
    before = 240
    done = store.repair()
    assert done
    assert store.verify() == []
    store.recode(crash.WordCoder())
    assert store.verify() == []
    assert len(store.events()) == before
    assert store.sql("SELECT sum(reports) FROM acts").rows == [(before,)]


def test_a_deleted_event_file_is_named_and_coded_again(filled: Store, crash: ModuleType) -> None:
    path = _file(filled)
    path.unlink()
    [fault] = filled.verify()
    assert fault.kind == "missing file"
    assert path.name in fault.what
    with pytest.raises(StoreError, match="store verify"):
        filled.events()
    _mend(filled, crash)


@pytest.mark.parametrize("where", [0.02, 0.5, 0.97])
def test_a_flipped_byte_in_an_event_file_is_named(filled: Store, crash: ModuleType, where: float) -> None:
    path = _file(filled)
    data = bytearray(path.read_bytes())
    data[int(len(data) * where)] ^= 0x20
    path.write_bytes(data)
    [fault] = filled.verify()
    assert fault.kind == "altered file"
    _mend(filled, crash)


def test_a_flipped_letter_in_a_document_is_named(filled: Store) -> None:
    name = next(filled.documents()).id
    filled._db.execute("UPDATE documents SET outlet = 'x' WHERE id = ?", (name,))
    assert [fault.what for fault in filled.verify() if fault.kind == "document"] == [name]


def test_a_damaged_catalogue_is_refused_with_a_way_out(filled: Store) -> None:
    filled.close()
    path = filled.folder / "catalogue.sqlite"
    data = bytearray(path.read_bytes())
    data[:100] = b"\0" * 100
    path.write_bytes(data)
    with pytest.raises(StoreError, match="damaged"):
        Store(filled.folder)


def test_an_index_that_does_not_match_is_rebuilt(filled: Store) -> None:
    filled._db.execute("INSERT INTO documents_fts (documents_fts) VALUES ('delete-all')")
    assert [fault.kind for fault in filled.verify()] == ["index"]
    assert filled.search("convoy") == []
    filled.repair()
    assert filled.verify() == []
    assert filled.search("convoy")


def test_lost_reports_are_read_off_the_event_files(filled: Store) -> None:
    acts = filled.sql("SELECT * FROM acts ORDER BY id").rows
    filled._db.execute("DELETE FROM reports WHERE document IN (SELECT id FROM documents LIMIT 10)")
    assert {fault.kind for fault in filled.verify()} == {"reports"}
    filled.repair()
    assert filled.verify() == []
    assert filled.sql("SELECT * FROM acts ORDER BY id").rows == acts


def test_leftovers_of_stopped_writers_are_no_fault_and_go(filled: Store) -> None:
    (filled.folder / "staging" / "999999999-aa.part").write_bytes(b"half")
    stray = filled.folder / "events" / "coded" / "stray.parquet"
    stray.write_bytes(b"half")
    assert filled.verify() == []
    assert {fault.kind for fault in filled.verify(leftovers=True)} == {"stray file", "leftover"}
    filled.repair()
    assert not stray.exists()
    assert filled.verify(leftovers=True) == []


FULL_DISK = """
import importlib.util, resource, signal, sys
spec = importlib.util.spec_from_file_location("crash", sys.argv[1])
crash = importlib.util.module_from_spec(spec); spec.loader.exec_module(crash)
from foedus.errors import FoedusError
from foedus.store.store import Store
store = Store(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    store.add(crash.corpus(2000), crash.WordCoder(), batch=50)
except FoedusError as error:
    print(error)
    sys.exit(1)
"""


def test_a_full_disk_is_one_clear_line_and_loses_nothing(crash: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, crash.__file__, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "disk is full" in done.stdout
    assert "Traceback" not in done.stderr
    store = Store(folder)
    kept = store.stats()["documents"]
    assert 0 < kept < 2000
    assert store.verify() == []
    store.add(crash.corpus(2000), crash.WordCoder())
    assert store.stats()["documents"] == 2000
    assert store.verify() == []


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere; the folder cannot be made read-only for it")
def test_a_read_only_folder_can_be_read_and_not_written(filled: Store, crash: ModuleType) -> None:
    filled.close()
    for path in [filled.folder, *filled.folder.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        store = Store(filled.folder)
        assert len(store.events()) == 240
        with pytest.raises(StoreError, match="cannot be written"):
            store.add(crash.corpus(3), crash.WordCoder())
    finally:
        for path in [filled.folder, *filled.folder.rglob("*")]:
            path.chmod(0o755)


def test_a_folder_that_refuses_writes_is_said_so(filled: Store, crash: ModuleType, monkeypatch: Any) -> None:
    filled.close()
    real = os.access
    monkeypatch.setattr(os, "access", lambda path, mode, **more: mode != os.W_OK and real(path, mode, **more))
    store = Store(filled.folder)
    assert len(store.events()) == 240
    with pytest.raises(StoreError, match="cannot be written"):
        store.add(crash.corpus(3), crash.WordCoder())
    with pytest.raises(sqlite3.OperationalError):
        store._db.execute("DELETE FROM documents")


TWO = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("crash", sys.argv[1])
crash = importlib.util.module_from_spec(spec); spec.loader.exec_module(crash)
from foedus.store.store import Store
report = Store(sys.argv[2]).add(crash.corpus(400), crash.WordCoder(pause=0.0005), batch=20)
print(report.added, report.seen)
"""


def test_two_writers_of_the_same_documents_keep_each_once(crash: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Store(folder).close()
    command = [sys.executable, "-c", TWO, crash.__file__, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [tuple(map(int, one.communicate(timeout=60)[0].split())) for one in both]
    assert sum(added for added, _ in told) == 400
    assert all(added + seen == 400 for added, seen in told)
    store = Store(folder)
    assert store.verify() == []
    assert len(store.events()) == 800
    assert store.sql("SELECT sum(reports) FROM acts").rows == [(800,)]


def test_limits_of_this_process_are_untouched() -> None:
    # The full disk is played in a process of its own: were it not, everything after it would fail.
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] in (
        resource.RLIM_INFINITY,
        resource.getrlimit(resource.RLIMIT_FSIZE)[1],
    )
