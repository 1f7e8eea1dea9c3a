"""PLOVER lines: pairs, dates, what is ours under its own key, and bad lines kept with their reason."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from foedus.store.imports.plover import OURS, plover
from foedus.store.imports.rows import Reject

EVENT: dict[str, Any] = {"id": "e1", "date": "2023-03-05", "event": "consult", "actor": "RUS", "recipient": "IRN"}


def read(*records: Any) -> list[Any]:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in records)
    return list(plover(io.BytesIO(text.encode())))


def test_every_pair_of_actors_and_recipients_is_a_row_of_its_own() -> None:
    rows = read({**EVENT, "actor": ["RUS", {"code": "CHN", "sector": "GOV"}], "recipient": ["IRN", "TUR"]})
    assert [(row["source_id"], row["actor"], row["recipient"]) for row in rows] == [
        ("e1", "RUS", "IRN"),
        ("e1#2", "RUS", "TUR"),
        ("e1#3", "CHN", "IRN"),
        ("e1#4", "CHN", "TUR"),
    ]
    assert [row["actor_sector"] for row in rows] == [None, None, "GOV", "GOV"]
    assert {row["type"] for row in rows} == {"CONSULT"}


def test_codes_are_read_on_the_day_and_strangers_are_unknown() -> None:
    [past] = read({**EVENT, "date": "1985-03-05"})
    assert past["actor"] == "SUN"
    [stranger] = read({**EVENT, "actor": {"code": "QQQ", "entity_text": "zzzz"}, "recipient": None, "date": "2023-03"})
    assert (stranger["actor"], stranger["actor_name"], stranger["recipient"]) == ("UNKNOWN", "zzzz", None)
    assert (stranger["date"], str(stranger["day"])) == ("2023-03", "2023-03-01")


def test_what_plover_has_no_field_for_comes_back_from_our_key() -> None:
    ours = {"polarity": "negative", "modality": "actual", "published": "2023-03-06", "confidence": 0.5}
    ours |= {"directed": False, "sentence": 3, "mentions": 9, "source_code": "190"}
    [row] = read({**EVENT, OURS: ours})
    assert (row["polarity"], row["kind"], row["published"], row["confidence"]) == (
        "negative",
        "withheld",
        "2023-03-06",
        0.5,
    )
    assert (row["directed"], row["sentence"], row["mentions"], row["source_code"]) == (False, 3, 9, "190")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{broken", "not JSON"),
        ("[1]", "not a JSON object"),
        (json.dumps({**EVENT, "id": " "}), "the event has no id"),
        (json.dumps({**EVENT, "event": "WAVE"}), "event 'WAVE' is no PLOVER type"),
        (json.dumps({**EVENT, "date": "2023-02-31"}), "no day of the calendar"),
        (json.dumps({**EVENT, "event_scale": "much"}), "'much' is no number"),
        (json.dumps({**EVENT, "id": {"a": 1}}), "the event has no id"),
        (json.dumps({**EVENT, "date": "2023-13"}), "date '2023-13' is no date"),
        (json.dumps({**EVENT, "event_scale": 1e400}), "is no number"),
        (json.dumps({**EVENT, "context": [1, 2]}), "context is no list of words"),
        (json.dumps({**EVENT, "context": 5}), "context is no list of words"),
        (json.dumps({**EVENT, "context": {"a": 1}}), "context is no list of words"),
        (json.dumps({**EVENT, "event_scale": 10**400}), "is no number"),
        (json.dumps({**EVENT, OURS: {"confidence": 10**400}}), "is no number"),
        (json.dumps({**EVENT, "event_loc": [5]}), "not in PLOVER's format: a field"),
        ("[" * 200_000, "nested too deeply"),
        (json.dumps({**EVENT, OURS: {"polarity": "maybe"}}), "polarity 'maybe' is none of positive, negative"),
        (json.dumps({**EVENT, OURS: {"historical": "no"}}), "historical 'no' is no true or false"),
        (json.dumps({**EVENT, OURS: {"published": "junk"}}), "published 'junk' is no date"),
        (json.dumps({**EVENT, "actor": 7}), "actor is neither an entity nor a list"),
    ],
)
def test_a_bad_line_is_kept_with_its_reason_and_the_next_is_read(line: str, reason: str) -> None:
    reject, row = read("", line, EVENT)[-2:]
    assert isinstance(reject, Reject)
    assert (reject.line, reject.row) == (2, line)
    assert reason in reject.reason
    assert row["source_id"] == "e1"


def test_a_text_without_an_event_is_neither_row_nor_reject() -> None:
    assert read({"id": "x", "has_event": False}) == []
