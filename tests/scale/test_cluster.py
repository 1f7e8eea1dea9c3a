from __future__ import annotations

import importlib.util
import os
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.scale.cluster import add
from foedus.store.adding import AddReport
from foedus.store.store import Store

distributed = pytest.importorskip("distributed", reason="the extra `scale` is not installed")
ROOT = Path(__file__).resolve().parents[2]
EVENTS = "SELECT * FROM events ORDER BY id"


@pytest.fixture(scope="module")
def crash() -> ModuleType:
    import cloudpickle

    path = ROOT / "benchmarks" / "store" / "crash.py"
    spec = importlib.util.spec_from_file_location("crash_for_scale", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["crash_for_scale"] = module
    spec.loader.exec_module(module)
    cloudpickle.register_pickle_by_value(module)
    return module


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    import dask

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 5}),
        distributed.LocalCluster(
            n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, silence_logs=50
        ) as found,
    ):
        yield found


@pytest.fixture
def sources(tmp_path: Path, crash: ModuleType) -> list[str]:
    folder = tmp_path / "texts"
    folder.mkdir()
    for number, document in enumerate(crash.corpus(60)):
        text = document.text if number % 10 else next(crash.corpus(1)).text
        (folder / f"{number:03d}.txt").write_text(f"{text}\n", encoding="utf-8")
    return [str(folder), str(tmp_path / "none.txt")]


def test_workers_give_what_one_machine_gives(
    tmp_path: Path, sources: list[str], cluster: Any, crash: ModuleType
) -> None:
    told = add(tmp_path / "many", sources, cluster.scheduler_address, factory=crash.WordCoder, size=7)
    one = Store(tmp_path / "one")
    alone = one.add(sources, crash.WordCoder())
    many = Store(tmp_path / "many", create=False)
    assert (told.read, told.added, told.seen, told.events) == (alone.read, alone.added, alone.seen, alone.events)
    assert "none.txt" in told.faults[0]
    assert many.sql(EVENTS).rows == one.sql(EVENTS).rows
    assert many.verify() == []
    again = add(tmp_path / "many", sources, cluster.scheduler_address, factory=crash.WordCoder, size=7)
    assert (again.read, again.seen, again.added) == (told.read, told.read, 0)
    assert again.faults == told.faults, "what cannot be read is tried and told again"
    Path(sources[1]).write_text("Egypt condemned Sudan.\n", encoding="utf-8")
    late = add(tmp_path / "many", sources, cluster.scheduler_address, factory=crash.WordCoder, size=7)
    assert (late.added, late.faults) == (1, [])


def test_a_source_that_failed_is_tried_again_and_then_forgotten(
    tmp_path: Path, cluster: Any, crash: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = tmp_path / "a.txt"
    text.write_bytes(b"\x00\x01\x02" * 50)
    state = text.stat()
    store = tmp_path / "store"
    assert add(store, [str(text)], cluster.scheduler_address, factory=crash.WordCoder).faults
    # The same name, size and time, as an address has that did not answer: the shard looks done.
    text.write_bytes(b"Egypt condemned Sudan. " * 6 + b" " * 12)
    os.utime(text, ns=(state.st_atime_ns, state.st_mtime_ns))
    mended = add(store, [str(text)], cluster.scheduler_address, factory=crash.WordCoder)
    assert (mended.added, mended.faults) == (1, [])
    after = add(store, [str(text)], cluster.scheduler_address, factory=crash.WordCoder)
    assert (after.added, after.seen, after.faults) == (0, 1, [])


def test_a_killed_worker_loses_and_repeats_nothing(
    tmp_path: Path, sources: list[str], cluster: Any, crash: ModuleType
) -> None:
    class Slow(crash.WordCoder):  # type: ignore[misc, name-defined]
        def __init__(self) -> None:
            # A version of its own: a worker keeps the coder that it has loaded under a version.
            super().__init__("word-slow", 0.05)

    killed_at: list[int] = []

    def kill(report: AddReport) -> None:
        if not killed_at:
            killed_at.append(report.read)
            os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)

    told = add(tmp_path / "killed", sources, cluster.scheduler_address, kill, factory=Slow, size=5)
    assert 0 < killed_at[0] < told.read / 2, "the worker was killed when most was done"
    assert told.seconds > 55 * 0.05 / 2, "the time told is that of the clock, the workers' included"
    one = Store(tmp_path / "one")
    one.add(sources, crash.WordCoder("word-slow"))
    killed = Store(tmp_path / "killed", create=False)
    assert told.added == one.stats()["documents"]
    assert killed.sql(EVENTS).rows == one.sql(EVENTS).rows
    assert killed.verify() == []
    assert list((tmp_path / "killed" / "shards").glob("*")) == []


def test_a_silent_scheduler_is_one_clear_line(tmp_path: Path, sources: list[str], crash: ModuleType) -> None:
    with pytest.raises(InputError, match="dask scheduler"):
        add(tmp_path / "none", sources, "tcp://127.0.0.1:9", factory=crash.WordCoder, patience=1.0)
