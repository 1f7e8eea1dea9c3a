from __future__ import annotations

import datetime as dt
import os
import time
from typing import Any

from foedus.store import upkeep
from foedus.store.store import Store

EVENTS = "SELECT * FROM events ORDER BY id"


def test_many_small_files_become_one_and_events_stay(store: Store, crash: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(upkeep, "MANY", 10_000)
    store.add(crash.corpus(60), crash.WordCoder(), batch=5)
    store.add(list(crash.corpus(60))[:20], crash.WordCoder("word-2"), batch=5)
    before = store.sql(EVENTS).rows
    assert store.stats()["files"] >= 10
    monkeypatch.setattr(upkeep, "MANY", 3)
    store._tidy()
    assert store.stats()["files"] == 1
    assert store.sql(EVENTS).rows == before
    assert store.verify() == []
    store.recode(crash.WordCoder("word-3"))
    assert len(store.events()) == 120
    assert store.verify() == []


def test_retired_files_go_after_the_grace_period(store: Store, crash: Any, monkeypatch: Any) -> None:
    store.add(crash.corpus(10), crash.WordCoder())
    store.recode(crash.WordCoder("word-2"))
    files = list((store.folder / "events").rglob("*.parquet"))
    assert len(files) == 2
    monkeypatch.setattr(upkeep, "GRACE", dt.timedelta(seconds=-5))
    store._tidy()
    assert len(list((store.folder / "events").rglob("*.parquet"))) == 1
    assert len(store.events()) == 20
    assert store.verify() == []


def test_leftovers_of_yesterday_are_swept(store: Store, crash: Any) -> None:
    old = store.folder / "staging" / "1-a.part"
    new = store.folder / "staging" / "1-b.part"
    for path in (old, new):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    store.add(crash.corpus(3), crash.WordCoder())
    assert not old.exists()
    assert new.exists()
