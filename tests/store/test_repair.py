from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from foedus.errors import StoreError
from foedus.store.imports.gdelt import columns
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


def _gdelt(path: Path, *numbers: int) -> Path:
    told = dict.fromkeys(columns(2), "") | {
        "SQLDATE": "20230305", "Actor1CountryCode": "RUS", "Actor2CountryCode": "IRN", "EventCode": "040"
    }  # fmt: skip
    path.write_text("".join("\t".join((told | {"GLOBALEVENTID": str(n)}).values()) + "\n" for n in numbers))
    return path


def _acled(path: Path, *numbers: int) -> Path:
    rows = "".join(f"A{n},2022-03-01,Attack,Iran,\n" for n in numbers)
    path.write_text(f"event_id_cnty,event_date,sub_event_type,actor1,actor2\n{rows}")
    return path


def _ids(store: Store) -> list[int]:
    return [int(row[0].lstrip("A")) for row in store.sql("SELECT source_id FROM events ORDER BY id").rows]


@pytest.mark.parametrize("put", [_gdelt, _acled])
def test_rows_that_were_left_out_for_a_lost_file_come_again_with_their_own(
    store: Store, tmp_path: Path, put: Callable[..., Path]
) -> None:
    first = put(tmp_path / "a.csv", 11, 12, 13)
    second = put(tmp_path / "b.csv", 12, 13, 14, 15)
    apart = put(tmp_path / "c.csv", 71, 72)
    for path in (first, second, apart):
        store.import_(path)
    (store.folder / store._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]).unlink()
    first.unlink()
    told = store.repair()
    assert [line for line in told if str(first) in line and "LEFT TO DO: foedus store import" in line]
    assert [line for line in told if line.startswith(f"LEFT TO DO: foedus store import {second} --store")]
    assert not [line for line in told if str(apart) in line]
    assert store.verify() == []
    assert {(one.kind, one.what) for one in store.verify(leftovers=True)} == {
        ("awaited", str(first)),
        ("awaited", str(second)),
    }
    assert _ids(store) == [14, 15, 71, 72]
    report = store.import_(second)
    assert (report.known, report.rows, report.repeated) == (0, 2, 2)
    assert _ids(store) == [12, 13, 14, 15, 71, 72]
    assert store.import_(second).known == 1
    assert store.import_(apart).known == 1
    assert [one.what for one in store.verify(leftovers=True)] == [str(first)], "its source is gone with its rows"
    assert store.sql("SELECT source, rows FROM imports ORDER BY source").rows == [
        (str(first), 0),
        (str(second), 4),
        (str(apart), 2),
    ]
    assert store.import_(put(first, 11, 12, 13)).rows == 1
    assert _ids(store) == [11, 12, 13, 14, 15, 71, 72]


def test_a_file_that_grew_brings_what_its_first_edition_brought(store: Store, tmp_path: Path) -> None:
    path = _gdelt(tmp_path / "f.CSV", 11, 12)
    store.import_(path)
    store.import_(_gdelt(path, 11, 12, 13))
    for _ in range(2):  # lost, and lost again
        (lost,) = store._db.execute("SELECT path FROM files WHERE retired IS NULL ORDER BY rows DESC").fetchone()
        (store.folder / lost).unlink()
        assert f"import {path} --store" in "\n".join(store.repair())
        assert _ids(store) != [11, 12, 13]
        store.import_(path)
        assert _ids(store) == [11, 12, 13]
        assert store.verify() == []


def test_what_stands_of_a_lost_import_stays_until_its_source_is_given_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.store.imports.run.CHUNK", 2)
    path = tmp_path / "a.csv"
    store.import_(_acled(path, 1, 2, 3, 4, 5))
    (store.folder / store._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]).unlink()
    store.repair()
    assert _ids(store) == [3, 4, 5]
    assert store.import_(path).rows == 2
    assert _ids(store) == [1, 2, 3, 4, 5]
    assert store.sql("SELECT rows FROM imports").rows == [(5,)]
    assert store.verify(leftovers=True) == []


def test_cells_kept_of_a_row_stay_where_another_file_is_lost(store: Store, tmp_path: Path) -> None:
    first, second = _gdelt(tmp_path / "a.CSV", 11, 12), _gdelt(tmp_path / "b.CSV", 12, 13)
    store.import_(first)
    store.import_(second, keep_rows=True)
    (store.folder / store._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]).unlink()
    store.repair()
    store.import_(second)
    assert store.sql("SELECT source_id, raw IS NULL FROM events ORDER BY 1").rows == [("12", True), ("13", False)]
    assert store.import_(second, keep_rows=True).rows == 2
    assert store.sql("SELECT source_id, raw IS NULL FROM events ORDER BY 1").rows == [("12", False), ("13", False)]
    assert store.verify() == []


def test_sources_beyond_the_first_are_counted(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("foedus.store.repair._MANY", 1)
    for name in "abcd":
        store.import_(_gdelt(tmp_path / f"{name}.CSV", 11, 12 + ord(name)))
    (store.folder / store._db.execute("SELECT path FROM files ORDER BY id").fetchone()[0]).unlink()
    told = [line for line in store.repair() if "LEFT TO DO" in line]
    assert len(told) == 3
    assert told[2].startswith("LEFT TO DO: 2 more; foedus store sql")
