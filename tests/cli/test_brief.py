from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.model.event import Event

EXAMPLE = Path(__file__).parents[2] / "examples" / "june-2025"
TEXT = "America bombed Iran. Russia condemned the strikes."


def foedus(*arguments, cwd=None):
    return subprocess.run(
        [sys.executable, "-m", "foedus.cli.main", *map(str, arguments)],
        capture_output=True, text=True, timeout=300, cwd=cwd, check=False,
    )  # fmt: skip


@pytest.fixture
def coded(monkeypatch):
    """Sources without reading or coding: a good one, and one at fault where its name says so."""
    document = Document(TEXT, id="d", published="2025-06-23", title="Strikes")
    events = [
        Event("USA", "IRN", "ASSAULT", date="2025-06-22", quote="America bombed Iran.", end=20, document="d", id="1"),
        Event("RUS", "USA", "ACCUSE", quote="Russia condemned the strikes.", start=21, end=50, document="d", id="2"),
    ]

    def gather(sources, on_error, on_done=None, workers=1):
        for source in sources:
            if "bad" in source:
                on_error(SourceError(source, "no such file; check the name"))
        return [(document, events)] if any("bad" not in source for source in sources) else []

    monkeypatch.setattr("foedus.brief.gather.gather", gather)


def invoke(name, *arguments):
    from importlib import import_module

    from typer.testing import CliRunner

    return CliRunner().invoke(import_module(f"foedus.cli.{name}").app, list(map(str, arguments)))


def test_the_brief_is_printed_and_written_in_every_form(coded, tmp_path):
    shown = invoke("brief", "good.txt")
    assert shown.exit_code == 0, shown.output
    assert "Russia → Iran: 1 statement, 0 deeds" in " ".join(shown.stdout.split())
    for suffix, opening in ((".html", "<!DOCTYPE html>"), (".md", "# Iran, attacked by"), (".json", "{")):
        file = tmp_path / f"brief{suffix}"
        assert invoke("brief", "good.txt", "--no-estimates", "-o", file).exit_code == 0
        assert file.read_text(encoding="utf-8").lstrip().startswith(opening)


def test_a_source_at_fault_is_told_in_a_line_and_the_others_are_done(coded):
    shown = invoke("brief", "good.txt", "bad.txt", "--format", "json")
    assert shown.exit_code == 1
    assert "foedus: bad.txt: no such file" in shown.stderr
    assert json.loads(shown.stdout)["faults"] == ["bad.txt: no such file; check the name"]


def test_names_do_as_well_as_codes(coded):
    shown = invoke(
        "brief", "good.txt", "--attacked", "Iran", "--by", "United States,ISR", "--on", "2025-06-22",
        "--supporter", "Russia", "--format", "json",
    )  # fmt: skip
    assert shown.exit_code == 0, shown.output
    model = json.loads(shown.stdout)
    assert model["crisis"]["attacked"] == ["IRN"]
    assert {attack["attacker"] for attack in model["crisis"]["attackers"]} == {"USA", "ISR"}


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "no source was given"),
        (["bad.txt"], "nothing to tell"),
        (["good.txt", "--attacked", "Atlantis"], "no actor"),
        (["good.txt", "-o", "brief.docx"], ".html, .md or .json"),
        (["good.txt", "--client", "FJI"], "no side"),
        (["good.txt", "--on", "soon"], "no date"),
    ],
)
def test_a_users_mistake_is_one_line_without_a_traceback(coded, arguments, words):
    from foedus.errors import FoedusError

    shown = invoke("brief", *arguments)
    assert shown.exit_code == 1
    assert isinstance(shown.exception, FoedusError)
    assert words in str(shown.exception)
    assert "\n" not in str(shown.exception)


def test_the_example_end_to_end(tmp_path):
    file = tmp_path / "brief.json"
    done = foedus("brief", EXAMPLE, "-o", file)
    assert done.returncode == 0, done.stderr
    model = json.loads(file.read_text(encoding="utf-8"))
    assert model["crisis"]["attacked"] == ["IRN"]
    assert {attack["attacker"]: attack["date"] for attack in model["crisis"]["attackers"]} == {
        "ISR": "2025-06-13",
        "USA": "2025-06-22",
    }
    answers = {answer["supporter"]: answer for answer in model["answers"]}
    assert answers["RUS"]["client"] == "IRN"
    assert answers["RUS"]["counts"]["words"]["acts"] >= 4
    assert "no duty to defend" in answers["RUS"]["duty"]
    assert {"PAK", "CHN", "RUS"} <= set(answers)
    race = next(source for source in model["sources"] if "Tour de Suisse" in source["title"])
    assert not race["bearing"]
    assert not any("The views expressed" in part["quote"] for part in model["reasons"])


def test_a_missing_file_is_one_line_and_status_1(tmp_path):
    done = foedus("brief", tmp_path / "missing.txt")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "missing.txt" in done.stderr


def test_a_place_at_fault_is_told_before_any_work(tmp_path, monkeypatch):
    monkeypatch.setattr("foedus.brief.gather.gather", lambda *_: pytest.fail("work was done"))
    for place, says in (
        (tmp_path, "a folder"),
        (tmp_path / "no" / "a.md", "no folder"),
        (tmp_path / "a.xyz", "ending"),
    ):
        assert says in str(invoke("brief", "good.txt", "-o", place).exception)
    for options, says in (
        (["--attacked", ",,,", "--by", ","], "names nobody"),
        (["--since", "2025-02-30"], "--since '2025-02-30': there is no such day"),
    ):
        assert says in str(invoke("brief", "good.txt", *options).exception)


@pytest.mark.parametrize("arguments", [[], ["a.txt", "--format", "pdf"], ["a.txt", "--store", "."]])
def test_what_the_command_does_not_take_is_a_matter_of_usage(arguments):
    from foedus.errors import UsageError

    shown = invoke("brief", *arguments)
    assert isinstance(shown.exception, UsageError)
    assert shown.exception.status == 2


def test_a_text_in_another_language_is_told_in_the_brief(monkeypatch):
    texts = [
        Document(TEXT, id="d", published="2025-06-23"),
        Document("Der Minister.", id="e", title="Bericht", language="de"),
    ]
    monkeypatch.setattr("foedus.brief.gather.gather", lambda *_: [(one, []) for one in texts])
    shown = invoke(
        "brief",
        "good.txt",
        "--attacked",
        "IRN",
        "--by",
        "USA",
        "--on",
        "2025-06-22",
        "--format",
        "json",
        "--no-estimates",
    )
    assert shown.exit_code == 0, shown.output
    assert json.loads(shown.stdout)["faults"] == ["Bericht: in another language (de); only English is coded"]
