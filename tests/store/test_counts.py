from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from foedus.store.store import Store


def test_counts_tell_coded_from_imported_and_follow_what_is_done(
    store: Store, report: Any, coder: Any, tmp_path: Path
) -> None:
    store.add([report("RUS AID IRN with fuel."), report("CHN ACCUSE USA.", "2025-06-24")], coder)
    rows = tmp_path / "rows.jsonl"
    row = {"id": "1", "event": "AID", "actor": ["RUS"], "recipient": ["IRN"], "date": "2025-06-01"}
    rows.write_text(json.dumps(row) + "\n" + json.dumps(row | {"event": "NOSUCH"}) + "\n")
    store.import_(rows, "plover")
    review = store.review(store.find("CHN")[0].id, "up")
    told = store.stats()
    assert (told["documents"], told["events"], told["acts"], told["reviews"], told["rejects"]) == (2, 2, 2, 1, 1)
    assert told["imported"] == {"plover": 1}
    assert told["coders"] == {"word-1": 2}
    assert (told["first_published"], told["last_published"]) == ("2025-06-22", "2025-06-24")
    assert told["bytes"] == sum(path.stat().st_size for path in (store.folder / "events").rglob("*.parquet"))
    store.undo_review(review.id)
    assert store.stats()["reviews"] == 0
