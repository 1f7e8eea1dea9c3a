from __future__ import annotations

import csv
import io
import json

import pytest

from foedus.brief.coded import COLUMNS, as_csv, as_jsonl, as_parquet, writer
from foedus.errors import InputError


def test_jsonl_is_the_codebooks_file_format(gold):
    document, events = gold["a03"]
    (line,) = as_jsonl([(document, events)]).decode().splitlines()
    record = json.loads(line)
    assert list(record) == ["id", "published", "title", "text", "events"]
    first = record["events"][0]
    assert document.text[first["start"] : first["end"]] == first["quote"]
    assert {"actor", "recipient", "type", "mode", "polarity", "modality", "speaker", "date", "historical"} <= set(first)
    assert "why" not in first
    assert "why" in json.loads(as_jsonl([(document, events)], explain=True))["events"][0]


def test_csv_and_parquet_hold_the_same_rows(gold):
    import pyarrow.parquet as pq

    coded = [gold["a03"], gold["c03"]]
    rows = list(csv.DictReader(io.StringIO(as_csv(coded).decode())))
    table = pq.read_table(io.BytesIO(as_parquet(coded))).to_pylist()
    assert len(rows) == len(table) == sum(len(events) for _, events in coded)
    assert list(rows[0]) == list(table[0]) == list(COLUMNS)
    assert [row["actor"] for row in rows] == [row["actor"] for row in table]
    assert table[0]["speaker"] is None
    assert isinstance(table[0]["historical"], bool)


def test_no_cell_is_a_formula(story):
    act = {"actor": "USA", "recipient": "IRN", "type": "ASSAULT"}
    (row,) = csv.DictReader(io.StringIO(as_csv([story([("=1+1", [act])])]).decode()))
    assert row["quote"] == "'=1+1"


def test_an_unknown_format_names_the_known_ones():
    with pytest.raises(InputError, match="jsonl, csv, parquet"):
        writer("xml")
