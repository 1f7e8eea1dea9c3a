from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.assess.inputs import read_events
from foedus.errors import DataError
from foedus.model.event import Event

EVENT = Event("RUS", "IRN", "SUPPORT", date="2025-06-20", quote="q")


def test_events_come_back_from_both_layouts(tmp_path: Path) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(json.dumps(EVENT.to_dict()) + "\n\n" + json.dumps({"id": "d", "events": [EVENT.to_dict()]}) + "\n")
    assert read_events(path) == [EVENT, EVENT]


@pytest.mark.parametrize(
    "text", ["{", '{"actor": "RUS"}', '{"actor": "RUS", "recipient": null, "type": "DANCE"}', "[1]"]
)
def test_what_is_no_event_is_named_by_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "e.jsonl"
    path.write_text(text)
    with pytest.raises(DataError, match="line 1: no coded event"):
        read_events(path)


def test_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        read_events(tmp_path / "none.jsonl")
