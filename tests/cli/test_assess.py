from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.cli.main import run
from foedus.store.store import Store


def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    monkeypatch.setattr("sys.argv", ["foedus", "assess", *arguments])
    status = 0
    try:
        run()
    except SystemExit as left:
        status = int(left.code or 0)
    out, err = capsys.readouterr()
    return status, out, err


BASE = ("--attacked", "Armenia", "--by", "AZE", "--on", "2020-09-27")


def test_json_holds_the_state_asked_for(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(
        monkeypatch, capsys, *BASE, "--state", "Russia", "--format", "json", "--what-if", "RUS-ARM: rivalry=yes"
    )
    plain = json.loads(out)
    assert status == 0
    assert [one["state"] for one in plain["states"]] == ["RUS"]
    assert plain["what_if"] == ["RUS-ARM: rivalry=yes"]
    assert plain["base_case"]["what_if"] == []


def test_csv_has_a_row_a_state(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = call(monkeypatch, capsys, *BASE, "--format", "csv")
    assert status == 0
    assert out.startswith("state,name,p_none")
    assert len(out.splitlines()) > 150


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--attacked", "ARM", "--by", "AZE", "--on", "soon"), "--on"),
        (("--attacked", "Atlantis", "--by", "AZE", "--on", "2020-09-27"), "Atlantis"),
        (("--attacked", "ARM", "--by", "SUN", "--on", "2020-09-27"), "SUN"),
        ((*BASE, "--what-if", "sunshine"), "not understood"),
        ((*BASE, "--what-if", "RUS-ARM: defense", "--what-if", "RUS-ARM: no defense"), "contradict"),
        ((*BASE, "--state", "ARM"), "no third state"),
        ((*BASE, "--history", "/nowhere/at/all"), "no folder"),
        (("--attacked", "ARM", "--by", "AZE", "--on", "1850-09-27"), "1850"),
    ],
)
def test_bad_input_is_one_line_and_status_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], says: str
) -> None:
    status, out, err = call(monkeypatch, capsys, *arguments)
    assert status == 1
    assert out == ""
    assert says in err
    assert len(err.strip().splitlines()) == 1


def test_a_wrong_format_is_a_matter_of_usage(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(monkeypatch, capsys, *BASE, "--format", "xml")[0] == 2


def test_events_of_a_store_move_the_estimate_as_those_of_a_file_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    text = "Turkey sent drones to Azerbaijan."
    sent = {"actor": "TUR", "recipient": "AZE", "type": "AID", "date": "2020-09-20", "quote": text, "end": len(text)}
    told = tmp_path / "coded.jsonl"
    told.write_text(json.dumps({"id": "a", "text": text, "published": "2020-09-21", "events": [sent]}) + "\n")
    with Store(tmp_path / "store") as store:
        store.import_(told)
    one = ("--state", "TUR", "--format", "json")
    base, by_file, by_store = (
        call(monkeypatch, capsys, *BASE, *one, *more)
        for more in ((), ("--events", str(told)), ("--store", str(tmp_path / "store")))
    )
    assert by_store[0] == 0
    assert by_store[1] == by_file[1] != base[1]


def test_a_file_and_a_store_are_not_both_given(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    status, _, err = call(monkeypatch, capsys, *BASE, "--events", "a.jsonl", "--store", str(tmp_path))
    assert status == 2
    assert "not both" in err
    assert call(monkeypatch, capsys, *BASE, "--store", str(tmp_path))[0] == 1
