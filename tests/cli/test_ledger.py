from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from foedus.cli.ledger import app
from foedus.errors import FoedusError
from foedus.model.document import Document
from foedus.model.event import Event


@pytest.fixture(autouse=True)
def coded(monkeypatch):
    document = Document("Russia condemned the strikes.", id="d", published="2025-06-23")
    events = [Event("RUS", "USA", "ACCUSE", quote=document.text, end=29, document="d", id="1")]
    monkeypatch.setattr("foedus.brief.gather.gather", lambda sources, *rest: [(document, events)])


def invoke(*arguments):
    return CliRunner().invoke(app, list(arguments))


def test_table_json_and_csv():
    base = ("RUS", "Iran", "good.txt", "--against", "USA,ISR")
    shown = invoke(*base)
    assert shown.exit_code == 0, shown.output
    assert "RUS → IRN against USA, ISR" in shown.stdout
    assert json.loads(invoke(*base, "--format", "json").stdout)["counts"]["words"]["acts"] == 1
    (row,) = csv.DictReader(io.StringIO(invoke(*base, "--format", "csv").stdout))
    assert (row["section"], row["on_behalf"], row["date"]) == ("word", "True", "2025-06-23")


def test_it_writes_to_a_file(tmp_path):
    file = tmp_path / "book.json"
    assert invoke("RUS", "IRN", "good.txt", "--against", "USA", "--format", "json", "-o", str(file)).exit_code == 0
    assert json.loads(file.read_text(encoding="utf-8"))["supporter"] == "RUS"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["RUS", "IRN"], "no source was given"),
        (["RUS", "Atlantis", "good.txt"], "no actor"),
        (["RUS", "RUS", "good.txt"], "different"),
        (["RUS", "IRN", "good.txt", "--format", "xml"], "table, json or csv"),
        (["RUS", "IRN", "good.txt", "--since", "2025-07", "--until", "2025-06"], "empty"),
    ],
)
def test_mistakes_are_told_in_one_line(arguments, words):
    shown = invoke(*arguments)
    assert shown.exit_code == 1
    assert isinstance(shown.exception, FoedusError)
    assert words in str(shown.exception)


def test_the_ending_tells_the_format(tmp_path):
    base = ("RUS", "IRN", "good.txt", "--against", "USA", "-o")
    assert invoke(*base, str(tmp_path / "book.csv")).exit_code == 0
    assert (tmp_path / "book.csv").read_text(encoding="utf-8").startswith("id,section,")
    assert invoke(*base, str(tmp_path / "book.json")).exit_code == 0
    assert json.loads((tmp_path / "book.json").read_text(encoding="utf-8"))["client"] == "IRN"
    for place, says in (
        (tmp_path / "book.xyz", "ending"),
        (tmp_path, "a folder"),
        (tmp_path / "no" / "a.csv", "no folder"),
    ):
        assert says in str(invoke(*base, str(place)).exception)
    assert "goes to the screen" in str(invoke(*base, str(tmp_path / "a.csv"), "--format", "table").exception)
