"""What a run reports, and that a file is taken in once."""

from __future__ import annotations

import gzip
import json
import os
import threading
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foedus.errors import InputError
from foedus.store.imports import known, own, repeats, rows, run
from foedus.store.imports.gdelt import columns
from foedus.store.imports.run import ImportReport
from foedus.store.store import Store

EVENT = {"id": "e1", "date": "2023-03-05", "event": "CONSULT", "actor": "RUS", "recipient": "IRN"}
SAID = {"actor": "RUS", "recipient": "IRN", "type": "AID", "quote": "Russia sent aid to Iran.", "contexts": ["war"]}
SAID |= {"why": {"frame": "send", "notes": [], "rivals": [["ASSAULT", 0.1]]}, "actor_span": [0, 6], "confidence": 0.9}
TOLD = {"text": "Russia sent aid to Iran.", "published": "2025-06-15", "inferred": ["published"], "events": [SAID]}
WHOLE = {"id": "acled:1", "dataset": "acled", "actor": "RUS", "type": "AID", "date": "2025-01", "intensity": 3}
VOTE = {"event": "e", "at": "2025-01-01T00:00:00Z", "verdict": "up", "fields": {"type": "AID"}, "comment": "so"}


def put(path: Path, *records: object) -> Path:
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in records))
    return path


def test_rejects_are_stored_with_line_and_reason_and_counted_by_sort(store: Store, tmp_path: Path) -> None:
    bad = [{**EVENT, "event": "WAVE"}, {**EVENT, "event": "NOD"}, {**EVENT, "id": ""}]
    path = put(tmp_path / "a.jsonl", EVENT, *bad)
    seen: list[int] = []
    report = store.import_(path, progress=lambda so_far: seen.append(so_far.rows))
    assert (report.format, report.files, report.rows, report.rejected) == ("plover", 1, 1, 3)
    assert report.reasons == {"event … is no PLOVER type": 2, "the event has no id": 1}
    assert report.examples["event … is no PLOVER type"] == "event 'WAVE' is no PLOVER type"
    assert seen[-1] == 1
    assert store.sql("SELECT line, reason, row FROM rejects ORDER BY line").rows == [
        (2, "event 'WAVE' is no PLOVER type", json.dumps(bad[0])),
        (3, "event 'NOD' is no PLOVER type", json.dumps(bad[1])),
        (4, "the event has no id", json.dumps(bad[2])),
    ]


def test_the_same_content_under_another_name_is_known(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder / "a.jsonl", EVENT)
    put(folder / "b.jsonl", EVENT)
    put(folder / ".hidden.jsonl", {**EVENT, "id": "e2"})
    put(folder / "notes.md", "no data")
    report = store.import_(folder)
    assert (report.files, report.known, report.rows) == (1, 1, 1)
    assert store.sql("SELECT id FROM events").rows == [("plover:e1",)]


def test_files_of_several_formats_are_reported_as_such(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    put(folder / "a.jsonl", EVENT)
    put(folder / "b.csv", "event_id_cnty,event_date,sub_event_type,actor1,actor2", "A1,2022-03-01,Attack,Iran,")
    report = store.import_(folder)
    assert (report.format, report.files, report.rows) == ("several", 2, 2)
    assert ImportReport(**report.to_dict()) == report


def test_an_empty_folder_is_refused(store: Store, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    with pytest.raises(InputError, match="a folder without data files"):
        store.import_(tmp_path / "in")


def test_in_a_folder_a_file_at_fault_does_not_keep_the_others_out(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a.csv").write_bytes(b"")
    (folder / "b.jsonl.gz").write_bytes(b"no gzip")
    put(folder / "c.jsonl", EVENT)
    report = store.import_(folder)
    assert (report.files, report.rows) == (1, 1)
    assert [fault.split(": ")[1].split(" (")[0] for fault in report.faults] == [
        "an empty file; nothing to take in",
        "a damaged gz archive",
    ]
    kept = store.sql("SELECT source, reason FROM rejects ORDER BY id").rows
    assert [source for source, _ in kept] == [str(folder / "a.csv"), str(folder / "b.jsonl.gz")]
    with pytest.raises(InputError, match="an empty file"):
        store.import_(folder / "a.csv")


def test_a_file_that_may_not_be_read_is_said_so(store: Store, tmp_path: Path) -> None:
    path = put(tmp_path / "a.jsonl", EVENT)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("root may read everything")
    with pytest.raises(InputError, match="cannot be read"):
        store.import_(path)


HEADER = "event_id_cnty,event_date,sub_event_type,actor1,actor2"


def test_a_file_is_known_whether_packed_or_not(store: Store, tmp_path: Path) -> None:
    plain = put(tmp_path / "a.csv", HEADER, "A1,2022-03-01,Attack,Iran,")
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(plain.read_bytes()))
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.write(plain, "a.csv")
    assert store.import_(tmp_path / "a.zip").rows == 1
    assert [store.import_(tmp_path / name).known for name in ("a.csv", "a.csv.gz")] == [1, 1]
    assert store.sql("SELECT count(*) FROM events").rows == [(1,)]


def test_a_later_edition_brings_only_what_is_new(store: Store, tmp_path: Path) -> None:
    store.import_(put(tmp_path / "may.csv", HEADER, "A1,2022-03-01,Attack,Iran,", "A2,2022-03-02,Attack,Iran,"))
    later = put(
        tmp_path / "june.csv",
        HEADER,
        "A1,2022-03-01,Attack,Iran,",
        "A2,2022-03-09,Attack,Iran,",
        "A3,2022-03-03,Attack,Iran,",
    )
    report = store.import_(later)
    assert (report.rows, report.repeated, report.rejected) == (1, 1, 1)
    assert store.sql("SELECT source_id, date FROM events ORDER BY 1").rows == [
        ("A1", "2022-03-01"),
        ("A2", "2022-03-02"),
        ("A3", "2022-03-03"),
    ]
    [(line, reason, row)] = store.sql("SELECT line, reason, row FROM rejects").rows
    assert line is None
    assert "says something else" in reason
    assert row == "A2,2022-03-09,Attack,Iran,"


def gdelt(number: int, **cells: str) -> str:
    told = dict.fromkeys(columns(2), "")
    told |= {
        "GLOBALEVENTID": str(number), "SQLDATE": "20230305", "Actor1Code": "RUS", "Actor1CountryCode": "RUS",
        "Actor2Code": "IRN", "Actor2CountryCode": "IRN", "EventCode": "040", "NumMentions": "2", "DATEADDED": "20230305",
    }  # fmt: skip
    return "\t".join((told | cells).values())


def test_gdelt_rows_that_came_with_another_file_are_not_taken_in_again(store: Store, tmp_path: Path) -> None:
    store.import_(put(tmp_path / "a.CSV", *(gdelt(n) for n in range(10, 40))))
    report = store.import_(put(tmp_path / "b.CSV", *(gdelt(n) for n in range(30, 50)), gdelt(12, EventCode="190")))
    assert (report.rows, report.repeated, report.rejected) == (10, 10, 1)
    assert store.sql("SELECT count(*), count(DISTINCT id) FROM events").rows == [(40, 40)]
    assert store.sql("SELECT source_code FROM events WHERE source_id = '12'").rows == [("040",)]
    assert "something else" in report.examples[next(iter(report.reasons))]
    assert '"190"' in store.sql("SELECT row FROM rejects").rows[0][0]
    assert store.verify(leftovers=True) == []


def test_gdelt_rows_told_twice_in_a_file_count_once(store: Store, tmp_path: Path) -> None:
    rows = [gdelt(n) for n in range(10)]
    report = store.import_(put(tmp_path / "a.CSV", *rows, *rows[:4], gdelt(5, NumMentions="1")))
    assert (report.rows, report.repeated, report.rejected) == (10, 4, 1)
    assert store.sql("SELECT count(*), count(DISTINCT id), min(mentions) FROM events").rows == [(10, 10, 2)]


def test_gdelt_files_whose_ids_lie_apart_are_whole(store: Store, tmp_path: Path) -> None:
    for first in (100, 200, 300):
        report = store.import_(put(tmp_path / f"{first}.CSV", *(gdelt(n) for n in range(first, first + 20))))
        assert (report.rows, report.repeated) == (20, 0)
    assert store.sql("SELECT count(*) FROM events").rows == [(60,)]


def test_a_gdelt_file_given_again_with_its_cells_takes_its_own_place(store: Store, tmp_path: Path) -> None:
    path = put(tmp_path / "a.CSV", *(gdelt(n, Actor1Religion1Code="MOS") for n in range(5)), gdelt(9, EventCode="---"))
    store.import_(path)
    report = store.import_(path, keep_rows=True)
    assert (report.known, report.rows, report.rejected) == (0, 5, 1)
    assert store.sql("SELECT count(*), count(raw) FROM events").rows == [(5, 5)]
    assert store.sql("SELECT count(*) FROM rejects").rows == [(1,)]
    assert store.import_(path).known == 1, "with its cells it holds all that it would without"
    assert store.verify() == []


def test_a_second_row_of_one_id_is_kept_as_a_reject(store: Store, tmp_path: Path) -> None:
    report = store.import_(put(tmp_path / "a.jsonl", EVENT, {**EVENT, "event": "AID"}))
    assert (report.rows, report.rejected) == (1, 1)
    assert report.examples == {"a second row with the id …": "a second row with the id 'e1'"}


@pytest.mark.parametrize("ending", ["csv", "jsonl"])
def test_a_row_told_twice_in_its_file_is_counted_and_taken_in_once(store: Store, tmp_path: Path, ending: str) -> None:
    rows: dict[str, list[object]] = {
        "csv": [HEADER, *["A1,2022-03-01,Attack,Iran,"] * 2, "A1,2022-03-09,Attack,Iran,"],
        "jsonl": [{"row": WHOLE}, {"row": WHOLE | {"mode": None}}, {"row": WHOLE | {"type": "ASSAULT"}}],
    }
    report = store.import_(put(tmp_path / f"a.{ending}", *rows[ending]))
    assert (report.rows, report.repeated, report.rejected) == (1, 1, 1)
    assert store.sql("SELECT count(*) FROM events").rows == [(1,)]
    assert list(report.reasons) == ["a second row with the id …"]


def test_own_rows_told_twice_are_found_however_far_apart(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("foedus.store.imports.run.CHUNK", 2)
    rows = [{"row": WHOLE | {"id": f"acled:{number}"}} for number in (1, 2, 3, 4, 1, 5, 2)]
    report = store.import_(put(tmp_path / "a.jsonl", *rows))
    assert (report.rows, report.repeated, report.rejected) == (5, 2, 0)
    again = store.import_(put(tmp_path / "b.jsonl", *rows[:4], {"row": WHOLE | {"id": "acled:6"}}))
    assert (again.rows, again.repeated) == (1, 4)
    assert store.sql("SELECT count(*), count(DISTINCT id) FROM events").rows == [(6, 6)]


def test_two_comments_of_a_moment_are_both_kept_and_each_once(store: Store, tmp_path: Path) -> None:
    reviews = [VOTE | {"comment": comment} for comment in ("one", "two", "one", None, None)]
    assert store.import_(put(tmp_path / "a.jsonl", {"reviews": reviews})).reviews == 3
    assert store.import_(put(tmp_path / "b.jsonl", {"reviews": reviews[1:]})).reviews == 0


def test_of_a_text_told_twice_the_first_events_count_however_far_apart(store: Store, tmp_path: Path) -> None:
    others = [TOLD | {"text": f"Other text {number}.", "events": []} for number in range(40)]
    late = TOLD | {"events": [SAID | {"actor": "CHN"}]}
    for gap, name in ((0, "near"), (40, "far")):
        with Store(tmp_path / name) as one:
            one.import_(put(tmp_path / f"{name}.jsonl", TOLD, *others[:gap], late))
            assert [event.actor for event in one.events()] == ["RUS"]


def test_no_events_are_held_of_documents_that_the_store_knows(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[own.Given] = []
    real = own.Given

    def made() -> own.Given:
        kept.append(real())
        return kept[-1]

    monkeypatch.setattr(own, "Given", made)
    lines = [TOLD | {"text": f"Russia sent aid to Iran. {number}"} for number in range(40)]
    store.import_(put(tmp_path / "a.jsonl", *lines))
    assert store.import_(put(tmp_path / "b.jsonl", *lines, TOLD)).documents == 1
    assert [given._events for given in kept] == [{}, {}]


def test_a_lone_surrogate_in_a_row_keeps_no_file_out(store: Store, tmp_path: Path) -> None:
    store.import_(put(tmp_path / "a.jsonl", {**EVENT, "text": "broken \ud800 text"}))
    assert store.sql("SELECT quote FROM events").rows == [("broken \ufffd text",)]


SPECIAL = st.sampled_from([None, "", "\ud800", 10**400, 2**60 + 1, -1, float("nan"), float("inf"), [None], {"a": {}}])
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
JSON: Any = SPECIAL | st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3)
)


def odd(record: dict[str, Any], *more: str) -> Any:
    """A record with any JSON values in some of its fields, and in some that it lacks."""
    return st.dictionaries(st.sampled_from([*record, *more]), JSON, max_size=3).map(lambda told: record | told)


ODD = {
    "jsonl": st.one_of(
        odd(TOLD, "id", "url", "original", "segments", "apparatus", "translation", "notes", "extra", "sentences", "source"),
        odd(SAID, "start", "end", "sentence", "historical", "polarity", "date", "coder", "id").map(
            lambda said: TOLD | {"text": f"{TOLD['text']} {said!r}", "events": [said]}
        ),
        odd(WHOLE, "latitude", "mentions", "directed", "raw", "day", "published").map(lambda row: {"row": row}),
        odd(VOTE, "document", "reviewer", "undone", "snapshot").map(lambda vote: {"reviews": [vote]}),
        JSON,
    ),
    "plover": st.one_of(
        odd(EVENT, "event_loc", "context", "event_scale", "text", "mode", "has_event", "link"),
        odd({}, "polarity", "historical", "confidence", "published", "mentions").map(lambda ours: EVENT | {"foedus": ours}),
        odd({}, "lat", "lon", "name", "country").map(lambda place: EVENT | {"event_loc": place}),
        odd({}, "code", "sector", "entity_text").map(lambda who: EVENT | {"actor": who}),
        JSON,
    ),
}  # fmt: skip
LAST = {"jsonl": {"row": WHOLE | {"id": "acled:last"}}, "plover": EVENT | {"id": "last"}}


@pytest.mark.parametrize("form", ["jsonl", "plover"])
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_value_of_any_field_stops_a_file(tmp_path_factory: pytest.TempPathFactory, form: str, data: Any) -> None:
    folder = tmp_path_factory.mktemp("odd")
    records = [*data.draw(st.lists(ODD[form], max_size=20)), LAST[form]]
    path = put(folder / "a.jsonl", *map(json.dumps, records))
    with Store(folder / "store") as store:
        store.import_(path, form)
        assert store.sql("SELECT count(*) FROM events WHERE id LIKE '%:last'").rows == [(1,)]
        assert store.verify() == []
        list(store.coded())


def test_a_file_whose_header_lacks_something_is_named(store: Store, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    path = put(tmp_path / "data" / "half.csv", "event_id_cnty,event_date")
    with pytest.raises(InputError, match=r"half\.csv: not an ACLED export: its header lacks actor1"):
        store.import_(path)
    report = store.import_(path.parent)
    assert len(report.faults) == 1
    assert "half.csv: not an ACLED export" in report.faults[0]


def test_gdelt_in_utf_16_is_told_how_to_mend(store: Store, tmp_path: Path) -> None:
    (tmp_path / "a.CSV").write_bytes(gdelt(1).encode("utf-16"))
    with pytest.raises(InputError, match="UTF-16; make it UTF-8"):
        store.import_(tmp_path / "a.CSV")


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_an_export_for_others_is_told_from_one_that_comes_home(store: Store, tmp_path: Path, ending: str) -> None:
    store.import_(put(tmp_path / "a.jsonl", EVENT))
    store.export(tmp_path / f"out.{ending}")
    with pytest.raises(InputError, match="what comes home whole is one in jsonl"):
        store.import_(tmp_path / f"out.{ending}")


@pytest.mark.parametrize("kind", ["plover", "gdelt"])
def test_editions_that_overlap_and_come_at_once_count_each_row_once(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    def edition(first: int, last: int) -> list[object]:
        numbers = range(first, last)
        return [gdelt(n) for n in numbers] if kind == "gdelt" else [{**EVENT, "id": f"e{n}"} for n in numbers]

    paths = [put(tmp_path / "a.csv", *edition(10, 40)), put(tmp_path / "b.csv", *edition(20, 50))]
    held, drop = known.held, repeats.drop

    def slow(found: Any) -> Any:
        threading.Event().wait(0.2)  # between looking and entering, the other has time to enter
        return found

    monkeypatch.setattr(known, "held", lambda *told: slow(held(*told)))
    monkeypatch.setattr(repeats, "drop", lambda *told: slow(drop(*told)))

    def take(path: Path) -> None:
        with Store(store.folder) as other:
            other.import_(path)

    threads = [threading.Thread(target=take, args=(path,)) for path in paths]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert store.sql("SELECT count(*), count(DISTINCT id) FROM events").rows == [(40, 40)]
    assert store.verify() == []


def test_a_later_mapping_takes_a_file_in_anew_in_its_old_place(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put(tmp_path / "a.jsonl", EVENT)
    store.import_(path)
    for module in (rows, known, run):
        monkeypatch.setattr(module, "MAPPING", "import-99")
    assert store.import_(path).known == 0
    assert store.sql("SELECT count(*) FROM events").rows == [(1,)]
    assert store.verify() == []
    files = store._db.execute("SELECT path, retired IS NULL AS stands FROM files ORDER BY id").fetchall()
    assert [row["stands"] for row in files] == [0, 1]
    assert files[0]["path"] != files[1]["path"], "whoever reads the old one meanwhile reads it whole"


def test_names_that_are_not_utf_8_are_written_out(store: Store, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    for name in (b"\xfe.csv", b"\xff.CSV", b"\xfd.jsonl"):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).touch()
    put(Path(os.fsdecode(os.fsencode(folder) + b"/\xff.CSV")), gdelt(1), gdelt(2, EventCode="---"))
    put(Path(os.fsdecode(os.fsencode(folder) + b"/\xfd.jsonl")), {**EVENT, "event": "AID"}, {**EVENT, "id": ""})
    report = store.import_(folder)
    assert (report.rows, report.rejected) == (2, 2)
    assert report.faults == [f"{folder}/\\xfe.csv: an empty file; nothing to take in"]
    assert store.sql("SELECT source FROM imports ORDER BY id").rows == [
        (f"{folder}/\\xfd.jsonl",),
        (f"{folder}/\\xff.CSV",),
    ]
    assert store.import_(folder).known == 2


def test_what_is_no_regular_file_is_refused(store: Store, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.csv")
    for path in (Path("/dev/zero"), tmp_path / "pipe.csv"):
        with pytest.raises(InputError, match="neither a file nor a folder"):
            store.import_(path)


def test_a_folder_within_that_cannot_be_read_is_named(store: Store, tmp_path: Path, shut: None) -> None:
    folder = tmp_path / "in"
    (folder / "shut").mkdir(parents=True)
    put(folder / "a.jsonl", EVENT)
    report = store.import_(folder)
    assert (report.rows, report.faults) == (
        1,
        [f"{folder / 'shut'}: cannot be read (Permission denied); check the right to read it"],
    )
    assert store.sql("SELECT source FROM rejects").rows == [(str(folder / "shut"),)]
    (folder / "a.jsonl").unlink()
    assert len(store.import_(folder).faults) == 1, "and where there is nothing else"


def test_a_file_of_which_nothing_is_understood_is_a_fault_and_its_rows_are_kept(store: Store, tmp_path: Path) -> None:
    acled = put(tmp_path / "a.csv", HEADER, "A1,2022-03-01,Attack,Iran,")
    report = store.import_(acled, format="gdelt2")
    assert report.faults == [
        f"{acled}: no row was understood as gdelt2; its first line looks like acled: import it with --format acled"
    ]
    assert store.sql("SELECT count(*) FROM rejects").rows == [(report.rejected,)] == [(2,)]
    assert store.import_(acled).faults == []
    text = put(tmp_path / "a.txt", "Nothing", "", "of the kind")
    for format in ("jsonl", "plover"):
        (fault,) = store.import_(text, format=format).faults
        assert (
            fault
            == f"{text}: no row was understood as {format}; the rows and their reasons are kept in the view rejects"
        )


def test_a_file_that_tells_nothing_new_is_no_fault(store: Store, tmp_path: Path) -> None:
    store.import_(put(tmp_path / "a.csv", HEADER, "A1,2022-03-01,Attack,Iran,"))
    report = store.import_(put(tmp_path / "b.csv", HEADER, "A1,2022-03-09,Attack,Iran,"))
    assert (report.rejected, report.faults) == (1, [])
    quiet = put(tmp_path / "c.jsonl", {"id": "n1", "has_event": False}, {**EVENT, "id": ""})
    assert store.import_(quiet, format="plover").faults == []


def test_a_file_in_a_folder_that_may_not_be_entered_is_said_so(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def shut(_: Path) -> bool:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "exists", shut)
    with pytest.raises(InputError, match="cannot be read"):
        store.import_(tmp_path / "a.csv")
