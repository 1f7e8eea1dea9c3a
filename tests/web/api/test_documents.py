import csv
import io
import json

import pytest

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


def test_pages_cover_everything_once(reader):
    seen, offset = [], 0
    while offset is not None:
        page = reader.get(f"/api/events?limit=3&offset={offset}").json()
        seen += [row["id"] for row in page["rows"]]
        offset = page["next"]
    assert len(seen) == len(set(seen)) == 8
    assert reader.get("/api/documents?limit=2").json()["total"] == 3


def test_a_document_with_its_events_and_their_reviews(client, store, event_ids):
    store.review(event_ids["wire", "CHN", "AID"], "up", reviewer="ann")
    told = client.get("/api/documents/wire").json()
    assert [event["type"] for event in told["events"]] == ["ASSAULT", "ACCUSE", "AID", "AGREE"]
    assert told["events"][2]["reviews"][0]["reviewer"] == "ann"


def test_an_imported_row_that_is_no_event_is_said_to_be_there(client, store, tmp_path):
    row = {"id": "gdelt2:7", "dataset": "gdelt2", "actor": "RUS", "date": "2025-01-01", "source_code": "010"}
    (tmp_path / "rows.jsonl").write_text(json.dumps({"row": row}) + "\n")
    store.import_(tmp_path / "rows.jsonl")
    answer = client.get("/api/events/gdelt2:7")
    assert answer.status_code == 422
    assert "has no PLOVER type" in answer.json()["error"]["message"]
    assert client.get("/api/events/gdelt2:8").status_code == 404


def test_search_says_where_the_words_stand(reader):
    (hit,) = reader.get("/api/documents?q=medicine").json()["rows"]
    assert hit["id"] == "wire"
    assert "\x02medicine\x03" in hit["snippet"]


def test_rejected_events_are_left_out_unless_asked_for(client, store, event_ids):
    store.review(event_ids["wire", "CHN", "AID"], "down")
    types = {row["type"] for row in client.get("/api/events").json()["rows"]}
    assert "AID" not in types
    assert "AID" in {row["type"] for row in client.get("/api/events?corrected=false").json()["rows"]}


@pytest.mark.parametrize("call", ["events", "documents", "documents?q=Iran", "reviews", "sources", "failures"])
def test_the_last_page_says_that_it_is_the_last_and_the_one_after_it_is_empty(reader, call):
    sign = "&" if "?" in call else "?"
    whole = reader.get(f"/api/{call}{sign}limit=500").json()
    assert whole["next"] is None
    size = len(whole["rows"])
    if size:
        exact = reader.get(f"/api/{call}{sign}limit={size}").json()
        assert (exact["next"], len(exact["rows"])) == (None, size), "a full page that is the last leads nowhere"
    beyond = reader.get(f"/api/{call}{sign}offset={size}").json()
    assert (beyond["rows"], beyond["next"]) == ([], None)
    assert reader.get(f"/api/{call}{sign}offset=10000000").json()["rows"] == []


@pytest.mark.parametrize("wrong", ["limit=0", "limit=501", "limit=ten", "offset=-1", "offset=10000001", "offset=1e3"])
@pytest.mark.parametrize("call", ["events", "documents", "reviews", "sources", "failures"])
def test_pages_that_cannot_be_are_said(reader, call, wrong):
    answer = reader.get(f"/api/{call}?{wrong}")
    assert answer.status_code == 422
    assert wrong.split("=")[0] in answer.json()["error"]["message"]


def test_a_csv_of_events_leads_from_page_to_page(reader):
    rows, path = [], "/api/events?format=csv&limit=3"
    while path:
        answer = reader.get(path)
        rows += list(csv.DictReader(io.StringIO(answer.text)))
        link = answer.headers.get("link", "")
        path = link[1 : link.index(">")] if link else ""
        assert not path or path.startswith("/api/events?"), "a path of our own, whatever host was asked"
    assert len({row["id"] for row in rows}) == len(rows) == 8


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ("actor=Russia", 4),
        ("actor=RUS,CHN", 5),
        ("type=aid", 1),
        ("kind=deed", 3),
        ("kind=deed&document=paper", 1),
        ("since=2025-06-14&until=2025-06-14", 1),
        ("since=2030", 0),
        ("until=1815", 0),
        ("document=..%2F..%2Fetc%2Fpasswd", 0),
    ],
)
def test_events_are_found_by_who_what_when_and_where(reader, query, number):
    rows = reader.get(f"/api/events?{query}").json()["rows"]
    assert len(rows) == number


@pytest.mark.parametrize(
    "wrong", ["kind=hug", "since=2025-13", "speaker=Atlantis", "format=xml", "corrected=perhaps", "since=2025-02-30"]
)
def test_conditions_that_cannot_be_are_said(reader, wrong):
    assert reader.get(f"/api/events?{wrong}").status_code == 422


def test_documents_can_be_narrowed_to_those_that_said_nothing(reader):
    assert reader.get("/api/documents?only=silent").json()["rows"] == []
    assert reader.get("/api/documents?only=faults").json()["total"] == 0
    assert reader.get("/api/documents?only=loud").status_code == 422


def test_hostile_text_comes_back_as_json_and_as_nothing_else(reader):
    answer = reader.get("/api/documents/hostile")
    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.json()["title"] == '<b onmouseover="x()">Bold</b> title'
