"""docs/formats.md lists every column and view: what it says is what there is."""

from __future__ import annotations

import re
from pathlib import Path

from foedus.store.codec import COLUMNS
from foedus.store.exports import FORMATS
from foedus.store.imports.sniff import FORMATS as IMPORTED
from foedus.store.store import Store
from foedus.store.views import TABLES

DOC = (Path(__file__).resolve().parents[2] / "docs" / "formats.md").read_text(encoding="utf-8")


def test_columns_are_documented_as_they_are() -> None:
    told = dict(re.findall(r"^\| `(\w+)` \| (?:string|date|bool|int64|int32|double) \| (.+) \|$", DOC, re.MULTILINE))
    assert told == {name: meaning for name, (_, meaning) in COLUMNS.items()}


def test_views_are_documented_as_they_are(store: Store) -> None:
    for name in TABLES:
        row = re.search(rf"^\| `{name}` \| .* \| (.+) \|$", DOC, re.MULTILINE)
        assert row, name
        assert re.findall(r"`(\w+)`", row[1]) == store.sql(f"SELECT * FROM {name}").columns


def test_every_format_is_documented() -> None:
    for name in {*FORMATS, *IMPORTED}:
        assert f"`{name}`" in DOC
