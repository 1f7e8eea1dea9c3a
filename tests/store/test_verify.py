from __future__ import annotations

from pathlib import Path

import pytest

from foedus.errors import StoreError
from foedus.store.store import Store
from foedus.store.verify import verify


def test_a_store_that_is_whole_has_no_fault(batched: Store) -> None:
    assert verify(batched.folder, batched._db, leftovers=True) == []


def test_a_deleted_event_file_is_named_and_so_is_the_way_out(batched: Store, event_file: Path) -> None:
    event_file.unlink()
    [fault] = batched.verify()
    assert fault.kind == "missing file"
    assert event_file.name in fault.what
    assert "repair marks its 30 documents" in fault.says
    with pytest.raises(StoreError, match="store verify"):
        batched.events()


@pytest.mark.parametrize("where", [0.02, 0.5, 0.97])
def test_a_flipped_byte_in_an_event_file_is_named(batched: Store, event_file: Path, where: float) -> None:
    data = bytearray(event_file.read_bytes())
    data[int(len(data) * where)] ^= 0x20
    event_file.write_bytes(data)
    [fault] = batched.verify()
    assert fault.kind == "altered file"
    assert event_file.name in fault.what


def test_a_flipped_letter_in_a_document_is_named_and_cannot_be_mended(batched: Store) -> None:
    name = next(batched.documents()).id
    batched._db.execute("UPDATE documents SET outlet = 'x' WHERE id = ?", (name,))
    [fault] = [fault for fault in batched.verify() if fault.kind == "document"]
    assert fault.what == name
    assert not fault.mendable


def test_an_index_that_does_not_match_is_named(batched: Store) -> None:
    batched._db.execute("INSERT INTO documents_fts (documents_fts) VALUES ('delete-all')")
    assert [fault.kind for fault in batched.verify()] == ["index"]


def test_lost_reports_are_named_document_by_document(batched: Store) -> None:
    batched._db.execute("DELETE FROM reports WHERE document IN (SELECT id FROM documents LIMIT 10)")
    found = batched.verify()
    assert {fault.kind for fault in found} == {"reports"}
    assert len(found) == 10
    assert "has 0 reports for 2 events" in found[0].says


def test_leftovers_of_stopped_writers_are_no_fault_and_listed_on_demand(batched: Store) -> None:
    (batched.folder / "staging" / "aa.part").write_bytes(b"half")
    (batched.folder / "events" / "coded" / "stray.parquet").write_bytes(b"half")
    assert batched.verify() == []
    assert {fault.kind for fault in batched.verify(leftovers=True)} == {"stray file", "leftover"}


def test_a_report_passed_over_by_the_grouping_is_named(batched: Store) -> None:
    batched._db.execute("UPDATE reports SET act = NULL WHERE event IN (SELECT event FROM reports LIMIT 1)")
    [fault] = batched.verify()
    assert (fault.kind, fault.mendable) == ("reports", True)
    assert "1 reports of no act" in fault.says
    batched.repair()
    assert batched.verify() == []
    batched._db.execute("UPDATE reports SET act = NULL")
    batched._db.execute("INSERT INTO dirty SELECT DISTINCT bucket FROM reports")
    assert batched.verify() == [], "those that wait for the end of a run are no fault"


def test_an_event_file_that_may_not_be_read_is_named_and_left_alone(
    batched: Store, event_file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> str:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr("foedus.store.verify.digest", refuse)
    found = batched.verify()
    assert {(fault.kind, fault.mendable) for fault in found} == {("unreadable file", False)}
    assert "give yourself the right to read it" in found[0].says
    batched.repair()
    assert event_file.exists()
