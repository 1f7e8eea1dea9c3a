"""What a store holds of a file and of its rows is told apart from what it does not hold, and an import can be taken back."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.store.imports import known
from foedus.store.imports.rows import MAPPING, Bad
from foedus.store.store import Store

EVENTS = [
    {"id": name, "date": "2023-03-05", "event": "CONSULT", "actor": "RUS", "recipient": "IRN"} for name in ("e1", "e2")
]


@pytest.fixture
def filled(store: Store, tmp_path: Path) -> Store:
    """A store with one PLOVER file of two events; a third says something else under the id of the first."""
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(event) + "\n" for event in [*EVENTS, EVENTS[0] | {"event": "AID"}]))
    store.import_(path)
    return store


def mark(store: Store) -> str:
    return str(store._db.execute("SELECT sha256 FROM imports").fetchone()[0])


def test_a_file_is_taken_only_in_its_format_and_mapping(filled: Store) -> None:
    db, print_ = filled._db, mark(filled)
    assert known.taken(db, "plover", print_, MAPPING)
    assert not known.taken(db, "acled", print_, MAPPING)
    assert not known.taken(db, "plover", "0" * 64, MAPPING)
    assert not known.taken(db, "plover", print_, "import-0")


def test_a_file_taken_with_its_rows_is_taken_without_them_too(filled: Store) -> None:
    db, print_ = filled._db, mark(filled)
    assert not known.taken(db, "plover", print_, f"{MAPPING}+rows")
    db.execute("UPDATE imports SET mapping=?", (f"{MAPPING}+rows",))
    assert known.taken(db, "plover", print_, f"{MAPPING}+rows")
    assert known.taken(db, "plover", print_, MAPPING)


def test_rows_held_are_told_by_id_with_their_cells(filled: Store) -> None:
    ids = [row[0] for row in filled.sql("SELECT id FROM events ORDER BY source_id").rows]
    held = known.held(filled.folder, filled._db, "plover", [{"id": ids[0]}, {"id": "elsewhere"}])
    assert list(held) == ids[:1]
    assert json.loads(held[ids[0]])["id"] == "e1"
    assert known.held(filled.folder, filled._db, "acled", [{"id": ids[0]}]) == {}
    assert known.held(filled.folder, filled._db, "plover", []) == {}


def test_rows_that_come_home_are_told_from_new_ones(filled: Store) -> None:
    ids = [row[0] for row in filled.sql("SELECT id FROM events").rows]
    rows = [{"id": ids[0]}, {"id": "elsewhere"}]
    assert known.unknown(filled.folder, filled._db, rows) == rows[1:]
    assert known.unknown(filled.folder, filled._db, []) == []


def test_a_file_that_tells_a_row_twice_is_told_from_one_that_contradicts_itself() -> None:
    told = known.Told()
    row = {"id": "acled:1", "source_id": "1"}
    assert [told.again(row, "a"), told.again(row, "a"), told.again(row | {"id": "acled:2"}, "a")] == [
        False,
        True,
        False,
    ]
    with pytest.raises(Bad, match="a second row with the id '1'"):
        told.again(row, "b")


def test_an_import_taken_back_leaves_neither_rows_nor_rejects(filled: Store) -> None:
    db = filled._db
    (number,) = known.imports(db, "plover", mark(filled))
    assert filled.sql("SELECT count(*) FROM rejects").rows == [(1,)]
    with db:
        known.retire(db, number, "2023-03-06T00:00:00Z")
    assert filled.sql("SELECT count(*) FROM events").rows == [(0,)]
    assert filled.sql("SELECT count(*) FROM rejects").rows == [(0,)]
    assert known.imports(db, "plover", "0" * 64) == []


def test_a_file_that_another_import_shares_stays(filled: Store) -> None:
    db = filled._db
    (number,) = known.imports(db, "plover", mark(filled))
    with db:
        other = db.execute(
            "INSERT INTO imports (run, format, source, sha256, mapping, rows, rejected, done) "
            "SELECT run, format, source, 'other', mapping, rows, rejected, done FROM imports"
        ).lastrowid
        db.execute("INSERT INTO file_imports SELECT file, ? FROM file_imports", (other,))
        known.retire(db, number, "2023-03-06T00:00:00Z")
    assert filled.sql("SELECT count(*) FROM events").rows == [(2,)]
