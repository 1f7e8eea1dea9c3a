"""`foedus duties` as a person uses it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from foedus.cli.duties import app
from foedus.errors import InputError

RUN = CliRunner()
IRAN = ["--attacked", "IRN", "--by", "ISR,USA", "--on", "2025-06-22"]


def test_table_for_one_state():
    result = RUN.invoke(app, [*IRAN, "--state", "Russia"])
    text = " ".join(result.stdout.split())
    assert result.exit_code == 0
    assert "Iran attacked by Israel and the United States on 2025-06-22: what treaties ask of Russia" in text
    assert "stay neutral" in text
    assert "no defence clause" in text


def test_bare_promises_are_counted_and_listed_on_demand():
    short = RUN.invoke(app, IRAN).stdout
    full = RUN.invoke(app, [*IRAN, "--all"]).stdout
    assert "Besides:" in short
    assert "Besides:" not in full
    assert full.count("\n") > short.count("\n")


def test_json_and_csv_hold_every_duty():
    plain = json.loads(RUN.invoke(app, [*IRAN, "--format", "json"]).stdout)
    rows = list(csv.DictReader(io.StringIO(RUN.invoke(app, [*IRAN, "--format", "csv"]).stdout)))
    assert len(plain) == len(rows) > 50
    russia = [d for d in plain if d["state"] == "RUS" and d["toward"] == "IRN"]
    assert {d["asks"] for d in russia} >= {"stay neutral", "not aggress", "none"}
    assert all(d["source"] for d in plain)


def test_conflicts_are_shown():
    result = RUN.invoke(app, ["--attacked", "Armenia", "--by", "Azerbaijan", "--on", "2022-09-13"])
    assert "Conflicts of duty" in result.stdout


def test_place_is_heeded():
    base = ["--attacked", "GBR", "--by", "ARG", "--on", "1983-01-01", "--state", "USA", "--format", "json"]
    at_home = json.loads(RUN.invoke(app, base).stdout)
    abroad = json.loads(RUN.invoke(app, [*base, "--at", "falklands"]).stdout)

    def article_5(found):
        return next(d["status"] for d in found if d["treaty"] == "nato-1949" and d["asks"] == "defend")

    assert (article_5(at_home), article_5(abroad)) == ("triggered", "not triggered")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--attacked", "IRN", "--by", "IRN", "--on", "2025-06-22"], "attacked and attacker"),
        (["--attacked", "", "--by", "USA", "--on", "2025-06-22"], "at least one state"),
        (["--attacked", "IRN", "--by", "Atlantis", "--on", "2025-06-22"], "Atlantis"),
        (["--attacked", "SUN", "--by", "USA", "--on", "2025-06-22"], "SUN"),
        (["--attacked", "IRN", "--by", "USA", "--on", "2025"], "--on"),
        ([*IRAN, "--state", "USA"], "third state"),
        ([*IRAN, "--at", "ELSEWHERE"], "no place"),
    ],
)
def test_faults_are_one_line(arguments, told):
    result = RUN.invoke(app, arguments)
    assert isinstance(result.exception, InputError)
    assert told in str(result.exception)
    assert "\n" not in str(result.exception)


def test_what_was_taken_for_granted_is_said_beside_the_list(tmp_path):
    result = RUN.invoke(app, ["--attacked", "NOR", "--by", "SWE", "--on", "2020-01-01", "--history", str(tmp_path)])
    assert "no table of ATOP" in result.stderr
