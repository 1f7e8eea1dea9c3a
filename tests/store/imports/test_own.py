"""Our own lines: documents with events, imported rows, reviews; a line out of the format is kept with its reason."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest

from foedus.store.adding import AddReport
from foedus.store.imports import own
from foedus.store.imports.rows import Reject

TEXT = "Talks began. Russia invaded Ukraine on Thursday."
QUOTE = "Russia invaded Ukraine on Thursday."
EVENT = {"actor": "RUS", "recipient": "UKR", "type": "ASSAULT", "date": "2022-02-24", "quote": QUOTE}
ROW = {"id": "icews:1", "dataset": "icews", "actor": "RUS", "type": "CONSULT", "date": "2018-06", "published": None}

REVIEW = {"event": "e", "at": "2026-01-01T00:00:00Z", "verdict": "up", "fields": {"type": "AID"}}


def read(*records: Any) -> list[Any]:
    text = "\n".join(one if isinstance(one, str) else json.dumps(one) for one in records)
    return list(own.parse(io.BytesIO(text.encode())))


def test_the_quote_of_an_event_is_found_in_its_document() -> None:
    [(document, [event])] = read({"id": "d1", "text": TEXT, "published": "2022-02-25", "events": [EVENT]})
    assert (document.id, document.published) == ("d1", "2022-02-25")
    assert document.text[event.start : event.end] == QUOTE
    assert (event.document, event.actor, event.recipient, event.type) == ("d1", "RUS", "UKR", "ASSAULT")


def test_a_sentence_number_stands_for_its_quote() -> None:
    told = {name: value for name, value in EVENT.items() if name != "quote"} | {"sentence": 1}
    [(_, [event])] = read({"text": TEXT, "sentences": ["Talks began.", QUOTE], "events": [told]})
    assert (event.quote, event.start) == (QUOTE, TEXT.index(QUOTE))


def test_rows_are_filled_up_and_reviews_pass_through() -> None:
    row, reviews = read({"row": ROW}, {"reviews": [REVIEW]})
    assert (row["id"], str(row["day"]), row["dated"], row["quote"]) == ("icews:1", "2018-06-01", "event", None)
    assert reviews == [REVIEW]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        ("{broken", "not JSON"),
        ("[1]", "not a JSON object"),
        ({"id": "d1"}, "the document has no text"),
        ({"text": TEXT, "title": 7}, "title is not text"),
        ({"text": TEXT, "published": "soon"}, "published 'soon' is no date"),
        ({"text": TEXT, "events": [EVENT | {"type": "WAVE"}]}, "event type 'WAVE' is no PLOVER type"),
        ({"text": TEXT, "events": [EVENT | {"actor": ""}]}, "an event has no actor"),
        ({"text": TEXT, "segments": [[1]]}, "not in the codebook's format: "),
        ({"row": ROW | {"colour": "red"}}, "unknown columns: colour"),
        ({"row": ROW | {"actor": None}}, "a row needs id, dataset and actor"),
        ({"row": ROW | {"type": "WAVE"}}, "type 'WAVE' is no PLOVER type"),
        ({"row": ROW | {"latitude": "far"}}, "latitude 'far' is no number"),
        ({"row": ROW | {"latitude": float("inf")}}, "latitude 'inf' is no number"),
        ({"row": ROW | {"mentions": 3_000_000_000}}, "mentions '3000000000' is no whole number"),
        ({"row": ROW | {"directed": "yes"}}, "directed 'yes' is no true or false"),
        ({"row": ROW | {"date": "soon"}}, "date 'soon' is no date"),
        ({"row": ROW | {"dataset": "foedus"}}, "a row of foedus belongs to a document"),
        ({"text": TEXT, "events": [EVENT | {"actor": 5}]}, "actor '5' is no text"),
        ({"text": TEXT, "events": [EVENT | {"start": "a"}]}, "start 'a' is no whole number"),
        ({"text": TEXT, "events": [EVENT | {"actor_span": ["a", 2]}]}, "start 'a' is no whole number"),
        ({"text": TEXT, "events": [EVENT | {"polarity": "maybe"}]}, "polarity 'maybe' is none of positive, negative"),
        ({"text": TEXT, "events": [EVENT | {"date": "2022-13"}]}, "date '2022-13' is no date"),
        ({"text": TEXT, "events": {"a": 1}}, "not in the codebook's format: a field"),
        ({"text": TEXT, "original": 5}, "original '5' is no text"),
        ({"reviews": 5}, "reviews is no list"),
        ({"text": TEXT, "events": [EVENT | {"contexts": [1]}]}, "contexts is no list of words"),
        ({"text": TEXT, "events": [EVENT | {"contexts": "war"}]}, "contexts is no list of words"),
        ({"text": TEXT, "events": [EVENT | {"confidence": 10**400}]}, "is no number"),
        ({"text": TEXT, "events": [EVENT | {"start": 2**63 - 1}]}, "is no whole number"),
        ({"text": TEXT, "events": [EVENT | {"actor_span": [None, 2]}]}, "[None, 2] is no place in a text"),
        ({"text": TEXT, "events": [EVENT | {"why": {"frame": 5, "notes": [], "rivals": []}}]}, "frame '5' is no text"),
        (
            {"text": TEXT, "sentences": [QUOTE], "events": [{"actor": "RUS", "type": "AID", "sentence": 7}]},
            "a number points beyond what there is",
        ),
        ({"text": TEXT, "inferred": [1, "a"]}, "inferred is no list of words"),
        ({"text": TEXT, "notes": 5}, "notes is no list of words"),
        ({"text": TEXT, "segments": [[0, 0, "x"]]}, "length 'x' is no whole number"),
        ({"text": TEXT, "apparatus": [{"kind": "vote", "text": "5", "start": "a", "end": 2}]}, "start 'a' is no"),
        ({"text": TEXT, "translation": {"note": 5}}, "note '5' is no text"),
        ({"text": TEXT, "extra": json.loads("[" * 60 + "]" * 60)}, "nested too deeply"),
        ("[" * 200_000, "nested too deeply"),
        ('{"text": 1' + "0" * 5000 + "}", "not JSON (Exceeds the limit"),
    ],
)
def test_a_bad_line_is_kept_with_its_reason_and_the_next_is_read(record: Any, reason: str) -> None:
    line = record if isinstance(record, str) else json.dumps(record)
    reject, row = read("", line, {"row": ROW})
    assert isinstance(reject, Reject)
    assert (reject.line, reject.row) == (2, line)
    assert reason in reject.reason
    assert row["id"] == "icews:1"


def test_a_field_that_is_null_is_as_if_it_were_not_there() -> None:
    nothing = dict.fromkeys(("polarity", "modality", "historical", "start", "end", "sentence", "confidence", "coder"))
    (_, [bare]), (_, [event]) = read(
        {"text": TEXT, "events": [EVENT]}, {"text": TEXT, "events": [{**EVENT, **nothing}]}
    )
    assert event == bare
    assert (event.polarity, event.modality, event.historical) == ("positive", "actual", False)


def test_lone_surrogates_are_read_as_the_mark_for_what_is_unknown() -> None:
    (document, [event]), reject, reviews, pair = read(
        {"text": TEXT, "extra": {"\ud800": "\udfff"}, "events": [EVENT | {"actor": "\ud800X"}]},
        {"row": {"\ud800": 1}},
        {"reviews": [REVIEW | {"comment": "broken \ud800"}]},
        {"text": "A cat \U0001f63a."},
    )
    assert (document.extra, event.actor) == ({"\ufffd": "\ufffd"}, "\ufffdX")
    assert isinstance(reject, Reject)
    assert reject.reason == "unknown columns: \ufffd"
    assert [review["comment"] for review in reviews] == ["broken \ufffd"]
    assert pair[0].text == "A cat \U0001f63a."


def test_numbers_of_a_row_are_kept_as_such_however_they_are_written() -> None:
    [row] = read({"row": ROW | {"intensity": 2**60 + 1, "latitude": 35}})
    assert (row["intensity"], type(row["intensity"]), type(row["latitude"])) == (float(2**60), float, float)


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (5, "a review is no JSON object"),
        ({"event": "e"}, "a review needs event and at"),
        (REVIEW | {"verdict": "so-so"}, "a verdict is up or down, not 'so-so'"),
        (REVIEW | {"fields": [1]}, "fields of a review is no JSON object"),
        (REVIEW | {"reviewer": 5}, "reviewer '5' is no text"),
    ],
)
def test_a_review_at_fault_costs_no_other(bad: Any, reason: str) -> None:
    old = REVIEW | {"fields": {"mode": "a mode of earlier years"}}
    reject, kept = read({"reviews": [REVIEW, bad, old]})
    assert reject == Reject(1, reason, json.dumps(bad))
    assert kept == [REVIEW, old]


def test_given_events_are_handed_out_once_under_the_id_that_the_document_gets() -> None:
    [coded] = read({"id": "d1", "text": TEXT, "events": [EVENT]})
    given = own.Given()
    [document] = given.offer(coded, AddReport())
    [(same, [event])] = given.code_all([document])
    assert same is document
    assert event.document == document.id
    assert list(given.code_all([document])) == [(document, [])]


def test_of_two_lines_with_one_text_the_events_of_the_first_count() -> None:
    first, second = read({"text": TEXT, "events": [EVENT]}, {"text": TEXT, "events": [EVENT | {"actor": "CHN"}]})
    given, report = own.Given(), AddReport()
    [document] = given.offer(first, report)
    for _ in given.offer(second, report):
        report.seen += 1
    [(_, [event])] = given.code_all([document])
    assert event.actor == "RUS"


def test_the_events_of_a_document_that_is_passed_over_are_let_go() -> None:
    [coded] = read({"text": TEXT, "events": [EVENT]})
    given, report = own.Given(), AddReport()
    for _ in given.offer(coded, report):
        report.seen += 1
    assert list(given.code_all([coded[0]])) == [(coded[0], [])]
