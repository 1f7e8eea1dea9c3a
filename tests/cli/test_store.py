from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.cli.main import run


def call(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as stopped:
        run([str(argument) for argument in arguments])
    told = capsys.readouterr()
    return int(stopped.value.code or 0), told.out, told.err


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    path = tmp_path / "gold.jsonl"
    event = {"sentence": 0, "actor": "RUS", "recipient": "IRN", "type": "AID", "quote": "Russia sent aid to Iran."}
    path.write_text(
        json.dumps(
            {
                "id": "g1",
                "published": "2025-06-22",
                "title": "Aid",
                "text": "Russia sent aid to Iran.",
                "events": [event],
            }
        )
        + "\n"
    )
    return path


def test_a_day_with_a_store(tmp_path: Path, gold: Path, capsys: Any) -> None:
    folder = tmp_path / "store"
    status, out, err = call(capsys, "store", "import", gold, "--store", folder)
    assert (status, out) == (0, "")
    assert "1 event from 1 file" in err
    status, out, _ = call(capsys, "store", "search", "aid", "--store", folder, "--format", "json")
    assert json.loads(out)[0]["snippet"] == "Russia sent aid to Iran."
    status, out, _ = call(
        capsys, "store", "sql", "SELECT actor, type FROM events", "--store", folder, "--format", "csv"
    )
    assert out == "actor,type\nRUS,AID\n"
    status, out, _ = call(capsys, "store", "events", "--actor", "RUS", "--store", folder, "--format", "json")
    assert json.loads(out)[0]["quote"] == "Russia sent aid to Iran."
    status, out, err = call(
        capsys, "store", "export", tmp_path / "a.csv", "--store", folder, "--publish", "--title", "T"
    )
    assert status == 0
    assert "CITATION.cff" in err
    status, out, err = call(capsys, "store", "verify", "--store", folder)
    assert (status, out) == (0, "")
    status, out, _ = call(capsys, "store", "stats", "--store", folder, "--format", "json")
    assert json.loads(out)["documents"] == 1
    status, out, _ = call(capsys, "store", "repair", "--store", folder)
    assert out == "nothing to mend\n"


def test_verify_exits_1_and_names_the_file(tmp_path: Path, gold: Path, capsys: Any) -> None:
    folder = tmp_path / "store"
    call(capsys, "store", "import", gold, "--store", folder)
    next((folder / "events").rglob("*.parquet")).unlink()
    status, out, err = call(capsys, "store", "verify", "--store", folder)
    assert status == 1
    assert out.startswith("missing file: events/coded/")
    assert "1 fault\n" in err


def test_a_mistake_is_one_line(tmp_path: Path, gold: Path, capsys: Any) -> None:
    for arguments in (
        ("store", "stats", "--store", tmp_path / "none"),
        ("store", "import", tmp_path / "none.csv", "--store", tmp_path / "s"),
        ("store", "sql", "DROP TABLE events", "--store", tmp_path / "s"),
        ("store", "events", "--store", tmp_path / "s", "--since", "2025-02-30"),
    ):
        status, _, err = call(capsys, *arguments)
        assert status == 1
        assert err.startswith("foedus: ")
        assert err.count("\n") == 1


def test_adding_reads_codes_and_skips_what_is_known(tmp_path: Path, capsys: Any) -> None:
    source = tmp_path / "a.txt"
    source.write_text(
        "Moscow, 22 June 2025\n\nRussia sent humanitarian aid to Iran on Sunday. Israel struck targets in Iran on Friday.\n"
    )
    folder = tmp_path / "store"
    status, _, err = call(capsys, "store", "add", source, tmp_path / "none.txt", "--store", folder)
    assert status == 1
    assert "1 document added" in err
    assert "none.txt" in err
    status, _, err = call(capsys, "store", "add", source, "--store", folder)
    assert status == 0
    assert "0 documents added" in err
    status, out, _ = call(capsys, "ledger", "RUS", "IRN", "--against", "ISR", "--store", folder, "--format", "json")
    assert status == 0
    assert json.loads(out)["acts"]


@pytest.mark.parametrize(
    "command", ["add", "import", "export", "search", "sql", "verify", "repair", "stats", "events", "recode"]
)
def test_every_command_shows_an_example(command: str, capsys: Any) -> None:
    status, out, _ = call(capsys, "store", command, "--help")
    assert status == 0
    assert f"foedus store {command}" in out
