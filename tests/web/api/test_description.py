from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from foedus.web.api.description import describe, examples

ASK = "attacked=IRN&by=ISR&on=2025-06-13"
READS = {
    "GET /crisis": f"/crisis?{ASK}",
    "GET /ledger": f"/ledger?supporter=RUS&{ASK}",
    "GET /assessment": f"/assessment?{ASK}",
    "GET /figures/{name}": f"/figures/matrix?{ASK}",
    "GET /documents": "/documents?limit=1",
    "GET /documents/{id}": "/documents/wire",
    "GET /additions": "/additions",
    "GET /events": "/events?limit=1",
    "GET /events/{id}": "/events/wire:77:CHN:IRN:AID",
    "GET /reviews": "/reviews",
    "GET /queue": "/queue?limit=1",
    "GET /agreement": "/agreement",
    "GET /sources": "/sources",
    "GET /failures": "/failures",
    "GET /record": "/record",
    "GET /method": "/method",
}


@pytest.fixture
def spec(reader):
    return reader.get("/api/openapi.json").json()


def calls(spec):
    return [(path, verb, call) for path, verbs in spec["paths"].items() for verb, call in verbs.items()]


def test_every_call_says_what_it_does_and_what_each_parameter_means(spec):
    for path, verb, call in calls(spec):
        assert call["summary"], (verb, path)
        assert call["description"], (verb, path)
        for parameter in call.get("parameters", []):
            assert parameter.get("description"), (verb, path, parameter["name"])


def test_all_who_ask_first_at_once_get_the_whole_of_it(app):
    together = Barrier(4)

    def ask(_):
        together.wait()
        return repr(describe(app))

    with ThreadPoolExecutor(4) as several:
        told = set(several.map(ask, range(4)))
    assert told == {repr(describe(app))}


def test_what_is_missing_is_null_as_in_json(spec):
    told = " ".join(call.get("description", "") for verbs in spec["paths"].values() for call in verbs.values())
    assert " null " in told
    assert " None " not in told


def test_every_call_shows_an_answer_and_every_fault_in_its_one_shape(spec):
    for path, verb, call in calls(spec):
        good = [status for status in call["responses"] if status in ("200", "201", "202")]
        assert len(good) == 1, (verb, path)
        assert call["responses"][good[0]]["content"]["application/json"]["example"], (verb, path)
        for status, answer in call["responses"].items():
            if status[0] in "45":
                shown = answer["content"]["application/json"]["example"]["error"]
                assert shown["status"] == int(status)
                assert shown["message"]


def test_what_can_be_had_as_csv_says_so(spec):
    for path in ("/api/events", "/api/figures/{name}"):
        assert "text/csv" in spec["paths"][path]["get"]["responses"]["200"]["content"]


def test_bodies_of_writes_have_examples(spec):
    for name in ("NewReview", "NewDocument"):
        assert spec["components"]["schemas"][name]["examples"]


@pytest.mark.parametrize("call", READS)
def test_examples_and_schemas_have_the_members_that_real_answers_have(reader, call, spec):
    answer = reader.get("/api" + READS[call])
    assert answer.status_code == 200
    real, shown = answer.json(), examples()[call]
    assert set(real) == set(shown)
    verb, path = call.split(" ")
    told = spec["paths"]["/api" + path][verb.lower()]["responses"]["200"]["content"]["application/json"]["schema"]
    for name, kind in told["properties"].items():
        if kind.get("type") == "array":
            assert isinstance(real[name], list), name
    if shown.get("rows") and real["rows"]:
        assert set(shown["rows"][0]) == set(real["rows"][0])


def test_examples_of_writes_are_what_writes_answer(client, app, event_ids):
    app.state.foedus.jobs.close()  # nothing is to be read here
    app.state.foedus.jobs._closed = False
    app.state.foedus.jobs._feed = lambda: None
    write = {"x-foedus-write": "1"}
    shown = examples()
    added = client.post("/api/documents", json={"text": "Brazil sent aid to Iran."})
    assert set(added.json()) == set(shown["POST /documents"])
    assert set(client.post("/api/files", files={"file": ("a.txt", b"Text.")}, headers=write).json()) == set(
        shown["POST /files"]
    )
    made = client.post("/api/reviews", json={"event": event_ids["wire", "CHN", "AID"], "verdict": "up"})
    assert set(made.json()) == set(shown["POST /reviews"])
    undone = client.delete(f"/api/reviews/{made.json()['id']}", headers=write)
    assert set(undone.json()) == set(shown["DELETE /reviews/{id}"])
