from __future__ import annotations

import csv
import io
import json

import pytest

from foedus.errors import CrisisError, InputError, UnknownActorError
from foedus.world.show import code_of, duties, remarks, treaties


def test_treaties_read_as_text_json_and_csv():
    text = treaties("IRN", "Russia", "2025-06-22")
    assert "Commitments of Iran (IRN) and Russia (RUS)" in text
    assert "not in force on that day" in text, "the treaty of January 2025 was signed only"
    plain = json.loads(treaties("IRN", "RUS", "2025-06-22", "json"))
    assert {row["id"]: row["in_force"] for row in plain}["rus-irn-2025"] is False
    assert len(list(csv.DictReader(io.StringIO(treaties("IRN", "RUS", "2025-06-22", "csv"))))) == len(plain)


def test_no_record_is_no_proof():
    assert "no proof" in treaties("BOL", "MNG", "1975-01-01")


def test_duties_of_one_state():
    rows = json.loads(duties("GBR", "ARG", "1982-04-02", "USA", form="json"))
    assert {row["state"] for row in rows} == {"USA"}
    with pytest.raises(CrisisError, match="stands in the crisis itself"):
        duties("GBR", "ARG", "1982-04-02", "ARG")
    with pytest.raises(InputError, match="--on"):
        duties("GBR", "ARG", "yesterday")


def test_names_become_codes_of_the_day():
    import datetime as dt

    assert code_of("Soviet Union", dt.date(1980, 1, 1)) == "SUN"
    with pytest.raises(UnknownActorError, match="2020"):
        code_of("DDR", dt.date(2020, 1, 1))
    with pytest.raises(UnknownActorError, match="means no state"):
        code_of("Ruritania")


def test_a_pair_is_of_two_states():
    with pytest.raises(InputError, match="one state"):
        treaties("NOR", "Norway", None)
    for name in ("", " "):
        with pytest.raises(UnknownActorError, match="means no state"):
            treaties(name, None, None)
        with pytest.raises(UnknownActorError, match="means no state"):
            treaties("NOR", name, None)


def test_a_name_without_end_is_not_said_back_whole():
    with pytest.raises(UnknownActorError) as raised:
        code_of("x" * 10_000)
    assert len(str(raised.value)) < 200


def test_a_name_that_two_states_bear_is_told(tmp_path):
    (line,) = remarks(["Congo", "Norway", "COD", "DR Congo"], "2020-01-01", None)
    assert "(COD)" in line
    assert line.endswith("write COG")
    (line,) = remarks(["NOR"], None, str(tmp_path))
    assert "atop_alliance" in line


def test_a_day_that_is_none_is_told_with_its_option():
    with pytest.raises(InputError, match="--on '2025-02-30': there is no such day; write YYYY-MM-DD"):
        treaties("NOR", None, "2025-02-30")


def test_standing_promises_come_after_what_is_asked_now():
    rows = json.loads(duties("LVA", "BLR", "2010-01-01", "EST", form="json"))
    live = [row["asks"] for row in rows if row["status"] == "triggered"]
    assert live.index("consult") < live.index("not aggress")
    assert live[-1] == "not aggress"
