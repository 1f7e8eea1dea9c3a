from __future__ import annotations

from pathlib import Path
from types import ModuleType

from foedus.store.store import Store

KILLS = 25


def test_killed_writers_lose_nothing_that_was_acknowledged(crash: ModuleType, tmp_path: Path) -> None:
    found = crash.trial(tmp_path / "store", KILLS, seed=4)
    assert found["moments"][-1] > 50, "the adders were killed before they added anything"
    assert sum(found["lost to power cuts"].values()) > 0
    killed: Store = found["store"]
    clean = Store(tmp_path / "clean")
    clean.add(crash.corpus(crash.DOCUMENTS), crash.WordCoder())
    query = "SELECT id, document, actor, recipient, type, day, quote FROM events ORDER BY ALL"
    assert killed.sql(query).rows == clean.sql(query).rows
    query = "SELECT * FROM acts ORDER BY id"
    assert killed.sql(query).rows == clean.sql(query).rows
