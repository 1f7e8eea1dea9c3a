from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from foedus.cli.code import app
from foedus.errors import InputError, SourceError, UsageError
from foedus.model.document import Document
from foedus.model.event import Event, Why


@pytest.fixture(autouse=True)
def coded(monkeypatch):
    document = Document("Russia condemned the strikes.", id="d", published="2025-06-23", title="T")
    why = Why("condemn + object", ("subject Russia",), (("REJECT", 0.1),))
    event = Event("RUS", "USA", "ACCUSE", quote=document.text, end=29, document="d", id="1", why=why)

    def gather(sources, on_error, *rest):
        if "bad.txt" in sources:
            on_error(SourceError("bad.txt", "is empty"))
        return [(document, [event])]

    monkeypatch.setattr("foedus.brief.gather.gather", gather)


def invoke(*arguments):
    return CliRunner().invoke(app, list(map(str, arguments)))


def test_jsonl_goes_to_the_screen():
    shown = invoke("good.txt")
    assert shown.exit_code == 0, shown.output
    record = json.loads(shown.stdout)
    assert (record["id"], record["events"][0]["type"], record["events"][0]["start"]) == ("d", "ACCUSE", 0)


def test_the_ending_tells_the_format(tmp_path):
    import pyarrow.parquet as pq

    assert invoke("good.txt", "-o", tmp_path / "a.csv").exit_code == 0
    (row,) = csv.DictReader(io.StringIO((tmp_path / "a.csv").read_text(encoding="utf-8")))
    assert row["actor"] == "RUS"
    assert invoke("good.txt", "-o", tmp_path / "a.parquet").exit_code == 0
    assert pq.read_table(tmp_path / "a.parquet").num_rows == 1


def test_explain_tells_how_an_event_was_come_to():
    assert json.loads(invoke("good.txt", "--explain").stdout)["events"][0]["why"]["frame"] == "condemn + object"
    assert "condemn + object" in invoke("good.txt", "--explain", "--format", "csv").stdout


def test_a_source_at_fault_leaves_the_others_and_status_1():
    shown = invoke("good.txt", "bad.txt")
    assert shown.exit_code == 1
    assert json.loads(shown.stdout)["id"] == "d"
    assert "foedus: bad.txt: is empty" in shown.stderr


def test_an_unknown_format_is_told_before_any_work():
    shown = invoke("good.txt", "--format", "xml")
    assert isinstance(shown.exception, UsageError)


@pytest.mark.parametrize(
    ("name", "says"), [("a.xyz", "ending tells the format"), ("none/a.csv", "no folder"), (".", "a folder")]
)
def test_a_place_at_fault_is_told_before_any_work(tmp_path, monkeypatch, name, says):
    monkeypatch.setattr("foedus.brief.gather.gather", lambda *_: pytest.fail("work was done"))
    shown = invoke("good.txt", "-o", tmp_path / name)
    assert isinstance(shown.exception, InputError)
    assert says in str(shown.exception)


def test_any_ending_does_where_the_format_is_named(tmp_path):
    assert invoke("good.txt", "-o", tmp_path / "a.xyz", "--format", "csv").exit_code == 0
    assert (tmp_path / "a.xyz").read_text().startswith("document,")


def test_a_source_is_not_written_over(tmp_path):
    (tmp_path / "a.jsonl").write_text("kept")
    shown = invoke(tmp_path / "a.jsonl", "-o", tmp_path / "a.jsonl")
    assert "one of the sources" in str(shown.exception)
    assert (tmp_path / "a.jsonl").read_text() == "kept"


def test_a_text_in_another_language_is_said_not_to_be_coded(monkeypatch):
    texts = [Document("Der Minister.", id=str(n), title=f"Bericht {n}", language="de") for n in range(7)]
    monkeypatch.setattr("foedus.brief.gather.gather", lambda *_: [(one, []) for one in texts])
    shown = invoke("good.txt")
    assert shown.exit_code == 0
    lines = shown.stderr.splitlines()
    assert lines[0] == "foedus: Bericht 0: in another language (de); only English is coded"
    assert lines[5:] == ["foedus: and 2 more in other languages; only English is coded"]
