"""What a person reads in the terminal: whole dates and names, one line a remark, figures that agree with the nouns."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError
from foedus.store import command
from foedus.store.store import Store


@pytest.fixture
def filled(store: Store, report: Any, coder: Any) -> Path:
    store.add(
        [
            report("RUS AID IRN with fuel.\n\nLater CHN ACCUSE USA over it.", "2025-06-22", title="Fuel", url="https://a.example/1"),
            report("RUS AID IRN with radars.", "2025-06-24", title="Radars"),
        ],
        coder,
    )  # fmt: skip
    return store.folder


def test_events_are_listed_whole_on_a_narrow_screen(filled: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    command.events(filled, "RUS", None, None, None, None, None, None, 1, "table")
    out = capsys.readouterr()
    assert "2025-06-22  RUS → IRN  AID  deed\n  RUS AID IRN with fuel." in out.out
    assert out.err == "the first 1 event; more with --limit\n"
    command.events(filled, "RUS", None, None, None, None, None, None, 50, "table")
    assert capsys.readouterr().err == "2 events\n"


def test_events_as_json_and_csv(filled: Path, capsys: Any) -> None:
    command.events(filled, None, None, "aid", None, None, None, "deed", 50, "json")
    assert [one["date"] for one in json.loads(capsys.readouterr().out)] == ["2025-06-22", "2025-06-24"]
    command.events(filled, None, None, "aid", None, None, None, "deed", 50, "csv")
    assert capsys.readouterr().out.splitlines()[0] == "date,actor,recipient,type,mode,kind,speaker,quote,id"
    with pytest.raises(InputError, match="choose table, json or csv"):
        command.events(filled, None, None, None, None, None, None, None, 50, "xml")


def test_a_row_too_wide_for_the_screen_becomes_a_block(filled: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "70")
    command.sql("SELECT * FROM acts ORDER BY id LIMIT 1", filled, "table")
    out = capsys.readouterr().out
    assert "…" not in out
    assert "first_seen  2025-06-22" in out
    command.sql("SELECT type, count(*) AS n FROM events GROUP BY 1 ORDER BY 1", filled, "table")
    assert "│ AID    │ 2 │" in capsys.readouterr().out


def test_the_same_row_is_a_table_where_there_is_room(filled: Path, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", "240")
    command.sql("SELECT * FROM acts ORDER BY id LIMIT 1", filled, "table")
    assert "┃ first_seen ┃" in capsys.readouterr().out


def test_json_holds_no_number_that_json_does_not_know(filled: Path, capsys: Any) -> None:
    command.sql("SELECT 'nan'::FLOAT AS a, '-inf'::DOUBLE AS b, 1.5::DOUBLE AS c", filled, "json")
    assert json.loads(capsys.readouterr().out, parse_constant=pytest.fail) == [{"a": None, "b": None, "c": 1.5}]


def test_a_broken_feed_is_told_in_a_few_lines(tmp_path: Path, crash: Any, capsys: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("foedus.coding.coder.Coder", crash.WordCoder)
    (tmp_path / "a.jsonl").write_text('{"text": "RUS AID IRN with fuel, said officials."}\n' + "broken\n" * 30)
    assert command.add([str(tmp_path / "a.jsonl")], tmp_path / "store", 1, None)
    lines = capsys.readouterr().err.splitlines()
    assert len(lines) == 22
    assert lines[20] == "foedus: and 10 more faults; all are kept in the view rejects"


def test_what_a_source_wrote_is_no_markup(filled: Path, capsys: Any) -> None:
    command.sql("SELECT '[bold red]x[/]' AS a", filled, "table")
    assert "[bold red]x[/]" in capsys.readouterr().out


def test_search_shows_a_line_of_each_document(filled: Path, capsys: Any) -> None:
    command.search("radars", filled, 5, "table")
    out = capsys.readouterr().out
    assert "2025-06-24 · Radars" in out
    assert "RUS AID IRN with radars." in out
    command.search("fuel", filled, 5, "csv")
    assert "\x02" not in capsys.readouterr().out
    command.search("submarine", filled, 5, "table")
    assert capsys.readouterr().err == "no document holds these words\n"


def test_stats_name_what_they_count(filled: Path, capsys: Any) -> None:
    command.stats(filled, "table")
    out = capsys.readouterr().out
    assert "first published" in out
    assert "documents coded by word-1" in out
    command.stats(filled, "json")
    assert json.loads(capsys.readouterr().out)["documents"] == 2


def test_an_import_says_what_it_took_in(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "rows.jsonl"
    source.write_text(
        json.dumps({"id": "1", "event": "AID", "actor": ["RUS"], "recipient": ["IRN"], "date": "2025-06-01"}) + "\n"
    )
    command.import_([source], tmp_path / "store", "plover", False)
    first = capsys.readouterr().err
    assert "plover, " in first
    assert "from 1 file (0 known before)" in first
    command.import_([source], tmp_path / "store", "plover", False)
    assert "0 events from 0 files (1 known before), 0 rows rejected" in capsys.readouterr().err


def test_verify_and_repair_say_so_where_all_is_well(filled: Path, capsys: Any) -> None:
    assert command.verify(filled, "table") is False
    assert capsys.readouterr().err == "the store is whole\n"
    command.repair(filled)
    assert capsys.readouterr().out == "nothing to mend\n"


def test_verify_prints_a_line_a_fault_and_counts_them(filled: Path, capsys: Any) -> None:
    (path,) = (filled / "events").rglob("*.parquet")
    path.unlink()
    assert command.verify(filled, "table") is True
    out = capsys.readouterr()
    assert path.name in out.out
    assert out.err == "1 fault\n"
    assert command.verify(filled, "json") is True
    assert json.loads(capsys.readouterr().out)[0]["kind"] == "missing file"


def test_an_export_says_what_it_leaves_out(filled: Path, tmp_path: Path, capsys: Any) -> None:
    command.export(tmp_path / "out.geojson", filled, None, None, False, None, [])
    err = capsys.readouterr().err
    assert "0 events are in" in err
    assert "left out 3: no coordinates" in err
    command.export(tmp_path / "out.csv", filled, None, "type = 'AID'", True, "Help", ["Roe, Jane"])
    assert "beside it: " in capsys.readouterr().err
    assert (tmp_path / "out.csv.CITATION.cff").exists()


def _stopped(capsys: Any, run: Any) -> str:
    with pytest.raises(SystemExit) as left:
        run()
    assert left.value.code == 130
    said: str = capsys.readouterr().err.splitlines()[-1]
    return said


def test_ctrl_c_while_adding_says_what_is_kept_and_the_same_command_goes_on(
    tmp_path: Path, crash: Any, capsys: Any, monkeypatch: Any
) -> None:
    class Interrupted(crash.WordCoder):  # type: ignore[misc]
        left = 100

        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for pair in super().code_all(documents):
                type(self).left -= 1
                if self.left == 0:
                    raise KeyboardInterrupt
                yield pair

    texts = tmp_path / "texts"
    texts.mkdir()
    for number, document in enumerate(crash.corpus(150)):
        (texts / f"{number:03d}.txt").write_text(document.text, encoding="utf-8")
    monkeypatch.setattr("foedus.coding.coder.Coder", Interrupted)
    monkeypatch.setattr("foedus.store.adding.BATCH_SECONDS", 0.0)
    folder = tmp_path / "store"
    said = _stopped(capsys, lambda: command.add([str(texts)], folder, 1, None))
    with Store(folder, create=False) as store:
        kept = store.stats()["documents"]
        assert store.verify() == []
    assert 0 < kept < 150
    assert said == (
        f"foedus: stopped; of this run the store {folder} has kept {kept} new documents; "
        "the same command goes on from there"
    )
    assert command.add([str(texts)], folder, 1, None) is False
    assert f"{150 - kept} documents added" in capsys.readouterr().err


def test_ctrl_c_while_importing_keeps_whole_files_and_begins_the_other_anew(
    tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    from foedus.store.imports import run

    rows = [json.dumps({"id": str(n), "event": "AID", "actor": ["RUS"], "date": "2025-06-01"}) for n in range(9)]
    files = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    for path, part in zip(files, (rows[:4], rows[4:]), strict=True):
        path.write_text("\n".join(part) + "\n")
    real = run.publish

    def second(folder: Path, target: str, write: Any) -> Path:
        done = real(folder, target, write)
        if list(folder.rglob("*.parquet"))[1:]:
            raise KeyboardInterrupt  # the file is in its place, and no catalogue knows it yet
        return done

    folder = tmp_path / "store"
    with monkeypatch.context() as while_importing:
        while_importing.setattr(run, "publish", second)
        said = _stopped(capsys, lambda: command.import_(files, folder, None, False))
    assert "has kept 1 file; the file under way is begun anew; the same command goes on" in said
    with Store(folder, create=False) as store:
        assert store.verify() == []
        assert store.sql("SELECT count(*) FROM events").rows == [(4,)]
    command.import_(files, folder, None, False)
    with Store(folder, create=False) as store:
        assert store.verify(leftovers=True) == []
        assert store.sql("SELECT count(*) FROM events").rows == [(9,)]


def test_ctrl_c_while_exporting_leaves_the_old_file_and_nothing_half(
    filled: Path, tmp_path: Path, capsys: Any, monkeypatch: Any
) -> None:
    from foedus.store import exports

    def interrupted(*_: Any) -> str:
        raise KeyboardInterrupt

    target = tmp_path / "out" / "all.csv"
    target.parent.mkdir()
    target.write_text("as it was\n")
    monkeypatch.setattr(exports, "_csv_line", interrupted)
    said = _stopped(capsys, lambda: command.export(target, filled, None, None, False, None, []))
    assert said == (
        f"foedus: stopped; nothing was lost, and nothing half written is left at {target}; the same command writes it"
    )
    assert target.read_text() == "as it was\n"
    assert list(target.parent.iterdir()) == [target]


def test_an_import_goes_on_beyond_a_file_that_cannot_be_read(tmp_path: Path, capsys: Any) -> None:
    good, bad = tmp_path / "good.jsonl", tmp_path / "bad.jsonl"
    rows = [
        {"id": "1", "event": "AID", "date": "2025-06-01"},
        {"id": "2", "event": "NOD"},
        {"id": "3", "event": "WAVE"},
    ]
    good.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bad.write_bytes(b"")
    assert command.import_([bad, good], tmp_path / "store", None, False) is True
    said = capsys.readouterr().err.splitlines()
    assert said[0] == f"foedus: {bad}: an empty file; nothing to take in"
    assert "1 event from 1 file" in said[1]
    assert said[2] == "  rejected 2: event 'NOD' is no PLOVER type, and the like"
    assert command.import_([good], tmp_path / "store", None, False) is False
    with pytest.raises(InputError, match="an empty file"):
        command.import_([bad], tmp_path / "store", None, False)


def test_a_text_in_another_language_is_said_not_to_be_coded(
    tmp_path: Path, crash: Any, capsys: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("foedus.coding.coder.Coder", crash.WordCoder)
    (tmp_path / "a.jsonl").write_text(
        '{"title": "Bericht", "text": "Die Regierung in Oslo hat gestern beschlossen, keine Schiffe zu liefern."}\n'
    )
    assert not command.add([str(tmp_path / "a.jsonl")], tmp_path / "store", 1, None)
    assert "foedus: Bericht: in another language (de); only English is coded" in capsys.readouterr().err
    command.add([str(tmp_path / "a.jsonl")], tmp_path / "store", 1, None)
    assert "language" not in capsys.readouterr().err, "what was known before is no news"


def test_imports_that_await_their_source_are_named_by_verify(
    tmp_path: Path, store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    source = tmp_path / "a.csv"
    source.write_text("event_id_cnty,event_date,sub_event_type,actor1,actor2\nA1,2022-03-01,Attack,Iran,\n")
    store.import_(source)
    (store.folder / store._db.execute("SELECT path FROM files").fetchone()[0]).unlink()
    store.repair()
    assert not command.verify(store.folder, "text")
    told = capsys.readouterr().err
    assert f"{source}: rows of it may be missing since an event file was lost; import it again" in told
    assert "what the store holds is whole; 1 import should be given again" in told
