from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from foedus.cli.data import app
from foedus.errors import DataError

runner = CliRunner()


def test_list_as_json(tmp_path: Path) -> None:
    done = runner.invoke(app, ["list", "--format", "json", "--folder", str(tmp_path)])
    assert done.exit_code == 0
    entries = json.loads(done.stdout)["datasets"]
    assert len(entries) >= 25
    assert not any(entry["here"] for entry in entries)


def test_list_marks_what_is_here(tmp_path: Path) -> None:
    (tmp_path / "contdird.csv").write_text("x\n")
    done = runner.invoke(app, ["list", "--folder", str(tmp_path)])
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("cow_contdir ")]
    assert " here " in line


def test_pull_from_a_folder_then_verify(tmp_path: Path) -> None:
    source, folder = tmp_path / "source", tmp_path / "data"
    source.mkdir()
    (source / "icb1v14.csv").write_text("crisno,crisname\n1,X\n")
    done = runner.invoke(app, ["pull", "icb1v14", "--from", str(source), "--folder", str(folder)])
    assert done.exit_code == 0, done.output
    assert "icb1v14: pulled" in done.stdout
    assert runner.invoke(app, ["verify", "--folder", str(folder)]).exit_code == 0
    (folder / "icb1v14.csv").write_text("crisno\n")
    done = runner.invoke(app, ["verify", "--folder", str(folder)])
    assert done.exit_code == 1
    assert "damaged" in done.stdout


def test_verify_of_something_absent_is_a_fault(tmp_path: Path) -> None:
    assert runner.invoke(app, ["verify", "cow_nmc", "--folder", str(tmp_path)]).exit_code == 1


def test_cite() -> None:
    done = runner.invoke(app, ["cite", "atop_alliance"])
    assert done.stdout.startswith("@article{leeds2002atop,")
    assert "note = {Data: atop_alliance 5.1}" in done.stdout


def test_usage_and_input_faults(tmp_path: Path) -> None:
    assert runner.invoke(app, ["list", "--format", "xml"]).exit_code == 2
    assert runner.invoke(app, ["pull", "cow_nmc", "--from", ".", "--base-url", "http://x"]).exit_code == 2
    done = runner.invoke(app, ["cite", "nothing-like-it"])
    assert isinstance(done.exception, DataError)


@pytest.mark.parametrize("command", ["list", "pull", "verify", "cite"])
def test_help_has_an_example(command: str) -> None:
    done = runner.invoke(app, [command, "--help"])
    assert "Example" in done.stdout
