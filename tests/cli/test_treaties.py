"""`foedus treaties` as a person uses it."""

from __future__ import annotations

import csv
import io
import json

import pytest
from typer.testing import CliRunner

from foedus.cli.treaties import app
from foedus.errors import InputError

RUN = CliRunner()


def test_table_reads_well():
    result = RUN.invoke(app, ["IRN", "RUS", "--on", "2025-06-22"])
    assert result.exit_code == 0
    text = " ".join(result.stdout.split())
    assert "Iran (IRN) and Russia (RUS), in force on 2025-06-22" in text
    assert "holds no defence clause" in text
    assert "Signed, but not in force on that day" in text
    assert "source:" in text


def test_names_do_as_well_as_codes():
    by_name = RUN.invoke(app, ["Iran", "Russia", "--on", "2025-06-22"])
    by_code = RUN.invoke(app, ["IRN", "RUS", "--on", "2025-06-22"])
    assert by_name.stdout == by_code.stdout


def test_json_and_csv():
    plain = json.loads(RUN.invoke(app, ["USA", "KOR", "--on", "2024-01-01", "--format", "json"]).stdout)
    assert "usa-kor-1953" in {record["id"] for record in plain}
    assert all(record["in_force"] for record in plain)
    rows = list(csv.DictReader(io.StringIO(RUN.invoke(app, ["USA", "KOR", "--format", "csv"]).stdout)))
    assert {"id", "title", "clauses", "source"} <= set(rows[0])
    assert "usa-kor-1953" in {row["id"] for row in rows}


def test_states_of_the_past_by_code():
    result = RUN.invoke(app, ["SUN", "DEU", "--on", "1939-09-01", "--format", "json"])
    assert "deu-sun-1939" in {record["id"] for record in json.loads(result.stdout)}


def test_none_on_record_is_said():
    result = RUN.invoke(app, ["CHE", "BTN", "--on", "1960-01-01"])
    assert result.exit_code == 0
    assert "None on record" in result.stdout


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["Atlantis"], "means no state"),
        (["IRN", "--on", "2025-02-30"], "--on"),
        (["IRN", "--on", "last week"], "YYYY-MM-DD"),
        (["SUN", "--on", "2020-01-01"], "on 2020-01-01"),
        (["IRN", "--history", "/no/such/folder"], "no folder"),
    ],
)
def test_faults_are_one_line(arguments, told):
    result = RUN.invoke(app, arguments)
    assert isinstance(result.exception, InputError)
    assert told in str(result.exception)
    assert "\n" not in str(result.exception)


def test_what_was_taken_for_granted_is_said_beside_the_list(tmp_path):
    result = RUN.invoke(app, ["Congo", "--format", "json", "--history", str(tmp_path)])
    assert result.exit_code == 0
    json.loads(result.stdout)
    assert "write COG" in result.stderr
    assert "no table of ATOP" in result.stderr
