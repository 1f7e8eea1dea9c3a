from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest

from foedus.errors import StoreError
from foedus.store.locks import writing
from foedus.store.store import Store


def _mended(store: Store, crash: ModuleType) -> None:
    assert store.repair()
    assert store.verify() == []
    store.recode(crash.WordCoder())
    assert store.verify() == []
    assert len(store.events()) == 240
    assert store.sql("SELECT sum(reports) FROM acts").rows == [(240,)]


def test_a_whole_store_needs_no_mending(batched: Store) -> None:
    assert batched.repair() == []


def test_the_events_of_a_deleted_file_are_coded_again(batched: Store, event_file: Path, crash: ModuleType) -> None:
    event_file.unlink()
    _mended(batched, crash)


@pytest.mark.parametrize("where", [0.02, 0.5, 0.97])
def test_a_file_with_a_flipped_byte_is_set_aside_and_its_events_coded_again(
    batched: Store, event_file: Path, crash: ModuleType, where: float
) -> None:
    data = bytearray(event_file.read_bytes())
    data[int(len(data) * where)] ^= 0x20
    event_file.write_bytes(data)
    _mended(batched, crash)
    assert (batched.folder / "quarantine" / event_file.name).read_bytes() == bytes(data)


def test_a_repair_is_entered_among_the_runs(batched: Store, event_file: Path) -> None:
    batched.repair()
    assert batched.sql("SELECT count(*) FROM runs WHERE kind = 'repair'").rows == [(0,)], "nothing was at fault"
    event_file.unlink()
    done = batched.repair()
    [(counts,)] = batched.sql("SELECT counts FROM runs WHERE kind = 'repair'").rows
    assert json.loads(counts) == {"done": done}


def test_an_index_that_does_not_match_is_rebuilt(batched: Store) -> None:
    batched._db.execute("INSERT INTO documents_fts (documents_fts) VALUES ('delete-all')")
    assert batched.search("convoy") == []
    batched.repair()
    assert batched.verify() == []
    assert batched.search("convoy")


def test_lost_reports_are_read_off_the_event_files(batched: Store) -> None:
    acts = batched.sql("SELECT * FROM acts ORDER BY id").rows
    batched._db.execute("DELETE FROM reports WHERE document IN (SELECT id FROM documents LIMIT 10)")
    batched.repair()
    assert batched.verify() == []
    assert batched.sql("SELECT * FROM acts ORDER BY id").rows == acts


def test_leftovers_of_stopped_writers_go(batched: Store) -> None:
    part = batched.folder / "staging" / "aa.part"
    stray = batched.folder / "events" / "coded" / "stray.parquet"
    spilled = batched.folder / "staging" / "tmpabcd" / "spilled.tmp"
    spilled.parent.mkdir()
    for path in (part, stray, spilled):
        path.write_bytes(b"half")
    batched.repair()
    assert not part.exists()
    assert not stray.exists()
    assert not spilled.parent.exists()
    assert batched.verify(leftovers=True) == []


def test_what_a_writer_at_work_is_about_to_enter_stays(batched: Store) -> None:
    fresh = batched.folder / "events" / "coded" / "fresh.parquet"
    part = batched.folder / "staging" / "aa.part"
    with writing(batched.folder):
        for path in (fresh, part):
            path.write_bytes(b"half")
        assert "repair again when it is done" in " ".join(batched.repair())
        assert batched.verify(leftovers=True) == []
        assert fresh.exists()
        assert part.exists()
    batched.repair()
    assert not fresh.exists()
    assert not part.exists()


def test_what_cannot_be_mended_is_left_to_do_in_words(batched: Store) -> None:
    name = next(batched.documents()).id
    batched._db.execute("UPDATE documents SET outlet = 'x' WHERE id = ?", (name,))
    done = batched.repair()
    assert [line for line in done if line.startswith(f"LEFT TO DO: {name}")]


@pytest.mark.parametrize("column", ["text", "outlet", "rest"])
def test_a_damaged_document_is_put_right_by_its_source(batched: Store, crash: ModuleType, column: str) -> None:
    name = next(batched.documents()).id
    batched._db.execute(f"UPDATE documents SET {column} = ? WHERE id = ?", (b"x" if column == "rest" else "x", name))
    events = [event.id for event in batched.events_of(name)]
    if column == "rest":
        with pytest.raises(StoreError, match=f"the document {name} is damaged"):
            batched.document(name)
    report = batched.add(crash.corpus(120), crash.WordCoder())
    assert (report.restored, report.seen, report.added) == (1, 120, 0)
    assert batched.verify() == []
    assert [event.id for event in batched.events_of(name)] == events
    assert batched.search(f'"{batched.document(name).text}"')[0]["id"] == name
