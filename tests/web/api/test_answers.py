import csv
import io

import pytest

from foedus.web.api.answers import clean

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


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


@pytest.mark.parametrize(
    "path", ["documents", "documents?q=Iran", "reviews?undone=true", "queue", "sources", "failures"]
)
def test_every_list_is_a_table_too(client, store, event_ids, path):
    store.review(event_ids["wire", "CHN", "AID"], "down", comment="=1+1", reviewer="ann")
    store.review(event_ids["wire", "CHN", "AID"], fields={"actor": "PAK"}, reviewer="ben")
    plain = client.get(f"/api/{path}").json()["rows"]
    answer = client.get(f"/api/{path}{'&' if '?' in path else '?'}format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert answer.headers["content-type"].startswith("text/csv")
    assert len(rows) == len(plain)
    assert bool(rows) == (path != "failures")
    assert not {"\x02", "\x03"} & set(answer.text), "marks around what matches are for pages"
    assert rows == [] or all(any(row.values()) for row in rows)


def test_a_table_in_pages_leads_to_the_next(client):
    first = client.get("/api/documents?limit=2&format=csv")
    assert first.headers["link"] == '</api/documents?limit=2&format=csv&offset=2>; rel="next"'
    assert "link" not in client.get("/api/documents?limit=2&format=csv&offset=2").headers


def test_figures_that_do_not_know_of_the_last_review_say_so(client, app, store, event_ids, monkeypatch):
    monkeypatch.setattr("foedus.web.shelf.SLOW", 0.15)
    path = f"/api/figures/matrix?{ASK}"
    assert "x-foedus-behind" not in client.get(path).headers
    shelf = app.state.foedus.shelf
    for kept in shelf._kept.values():
        kept.took = 60.0
    store.review(event_ids["wire", "CHN", "AID"], "down")
    assert client.get(path).headers["x-foedus-behind"].startswith("0 documents, 1 reviews since ")
    assert "x-foedus-behind" not in client.get("/api/reviews").headers, "lists are always of now"
