import csv
import io
import threading

import pytest

from foedus.store.store import Store
from foedus.web.api.answers import clean
from foedus.web.api.crisis import FIGURES

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


def test_the_crisis_with_its_counts(reader):
    told = reader.get(f"/api/crisis?{ASK}").json()
    rows = {row["supporter"]: row for row in told["rows"]}
    assert rows["CHN"]["deeds"] == 1
    assert rows["RUS"]["refusals"] == 1
    assert told["crisis"]["attackers"][0]["code"] == "ISR"


@pytest.mark.parametrize("name", FIGURES)
def test_every_figure_as_json_and_as_csv_with_the_same_rows(reader, name):
    told = reader.get(f"/api/figures/{name}?{ASK}&state=RUS")
    assert told.status_code == 200, told.text
    plain = told.json()
    rows = list(csv.DictReader(io.StringIO(reader.get(f"/api/figures/{name}?{ASK}&state=RUS&format=csv").text)))
    assert len(rows) == len(plain["rows"])
    if rows:
        assert list(rows[0]) == plain["columns"]


@pytest.mark.parametrize(
    ("path", "status", "says"),
    [
        ("/api/crisis?attacked=Atlantis", 422, "no actor"),
        ("/api/crisis?since=x", 422, "no date"),
        ("/api/ledger", 422, "supporter"),
        ("/api/ledger?supporter=IRN", 422, "side of this crisis"),
        ("/api/events?type=HUG", 422, "PLOVER type"),
        ("/api/events?limit=0", 422, "limit"),
        ("/api/events/none", 404, "no event"),
        ("/api/documents/none", 404, "no document"),
        ("/api/figures/none", 404, "choose one of"),
        ("/api/nothing", 404, ""),
        ("/api/assessment?what_if=nonsense", 422, "what-if"),
    ],
)
def test_faults_have_one_shape(reader, path, status, says):
    answer = reader.get(path)
    assert answer.status_code == status
    assert answer.json().keys() == {"error"}
    assert answer.json()["error"].keys() == {"status", "kind", "message"}
    assert answer.json()["error"]["status"] == status
    assert says in answer.json()["error"]["message"]


def test_an_unchanged_answer_is_not_sent_twice(client, store, event_ids):
    first = client.get(f"/api/crisis?{ASK}")
    tag = first.headers["etag"]
    again = client.get(f"/api/crisis?{ASK}", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    store.review(event_ids["wire", "CHN", "AID"], "down")
    assert client.get(f"/api/crisis?{ASK}", headers={"if-none-match": tag}).status_code == 200


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


def test_search_says_where_the_words_stand(reader):
    (hit,) = reader.get("/api/documents?q=medicine").json()["rows"]
    assert hit["id"] == "wire"
    assert "\x02medicine\x03" in hit["snippet"]


def test_a_review_is_on_disk_when_it_is_answered_and_stays_in_the_record(client, store, event_ids):
    event = event_ids["wire", "CHN", "AID"]
    body = {
        "event": event,
        "fields": {"actor": "PAK", "mode": ""},
        "comment": "It was Pakistan",
        "reviewer": " ann  b ",
    }
    made = client.post("/api/reviews", json=body)
    assert made.status_code == 201
    (held,) = Store(store.folder).reviews()
    assert (held.fields, held.reviewer) == ({"actor": "PAK", "mode": None}, "ann b")
    assert client.get(f"/api/events/{event}").json()["corrected"]["actor"] == "PAK"
    assert client.delete(f"/api/reviews/{held.id}", headers={"x-foedus-write": "1"}).status_code == 200
    assert client.delete(f"/api/reviews/{held.id}", headers={"x-foedus-write": "1"}).status_code == 404
    assert client.get("/api/reviews").json()["total"] == 0
    assert client.get("/api/reviews?undone=true").json()["rows"][0]["undone"]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"verdict": "sideways"},
        {"verdict": "up", "more": 1},
        {"fields": {"actor": None}},
        {"fields": {"colour": "red"}},
        {"fields": {"date": "soon"}},
        {"fields": {"type": "HUG"}},
        {"comment": "  "},
    ],
)
def test_reviews_that_say_nothing_or_nonsense_are_refused(client, store, event_ids, body):
    answer = client.post("/api/reviews", json={"event": event_ids["wire", "CHN", "AID"], **body})
    assert answer.status_code == 422
    assert store.reviews() == []


def test_two_reviewers_at_once_lose_nothing(client, store, event_ids):
    failures = []

    def work(name):
        for _ in range(12):
            answer = client.post(
                "/api/reviews", json={"event": event_ids["wire", "CHN", "AID"], "verdict": "up", "reviewer": name}
            )
            if answer.status_code != 201:
                failures.append(answer.text)

    threads = [threading.Thread(target=work, args=(name,)) for name in ("ann", "ben")]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    assert failures == []
    assert len(store.reviews()) == 24


def test_rejected_events_are_left_out_unless_asked_for(client, store, event_ids):
    store.review(event_ids["wire", "CHN", "AID"], "down")
    types = {row["type"] for row in client.get("/api/events").json()["rows"]}
    assert "AID" not in types
    assert "AID" in {row["type"] for row in client.get("/api/events?corrected=false").json()["rows"]}


def test_what_ifs_stand_beside_the_case_as_it_is(reader):
    told = reader.get(f"/api/assessment?{ASK}&what_if=RUS-IRN:%20defense").json()
    assert told["what_if"] == ["RUS-IRN: defense"]
    assert told["base_case"]["what_if"] == []
    states = {one["state"]: one for one in told["states"]}
    base = {one["state"]: one for one in told["base_case"]["states"]}
    assert states["RUS"]["joins"]["value"] > base["RUS"]["joins"]["value"]


def test_the_description_names_every_call_and_the_one_shape_of_faults(reader):
    spec = reader.get("/api/openapi.json").json()
    assert "/api/figures/{name}" in spec["paths"]
    assert all(path.startswith("/api/") for path in spec["paths"])
    for path, verbs in spec["paths"].items():
        for verb, call in verbs.items():
            assert call["responses"]["422"]["content"]["application/json"]["schema"]["$ref"].endswith("/Problem"), (
                path,
                verb,
            )


def test_numbers_that_json_has_not_become_null():
    assert clean({"a": float("nan"), "b": (1, float("inf")), "c": {"d": 0.5}}) == {
        "a": None,
        "b": [1, None],
        "c": {"d": 0.5},
    }
