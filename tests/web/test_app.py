import logging
import sqlite3

import pytest
from fastapi.testclient import TestClient

from foedus.errors import StoreError
from foedus.store.files import DATABASE
from foedus.web.app import create_app
from foedus.web.settings import Settings

READS = [
    "/crisis",
    "/desk/wire",
    "/method",
    "/static/workbench.js",
    "/api/crisis",
    "/api/events?limit=2",
    "/api/openapi.json",
]


def fault(answer):
    assert answer.headers["content-type"] == "application/json"
    assert answer.json().keys() == {"error"}
    told = answer.json()["error"]
    assert told.keys() == {"status", "kind", "message"}
    assert told["status"] == answer.status_code
    return told["message"]


@pytest.mark.parametrize("path", READS)
def test_head_tells_what_get_would_and_sends_nothing(reader, path):
    whole, head = reader.get(path), reader.head(path)
    assert (head.status_code, head.content) == (200, b"")
    for name in ("content-type", "etag", "content-security-policy"):
        assert head.headers.get(name) == whole.headers.get(name)


def test_head_of_what_is_not_there_is_a_fault_without_a_body(reader):
    answer = reader.head("/api/nothing")
    assert (answer.status_code, answer.content) == (404, b"")


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("PUT", "/api/crisis", "GET, HEAD"),
        ("OPTIONS", "/api/crisis", "GET, HEAD"),
        ("PUT", "/api/reviews", "GET, HEAD, POST"),
        ("GET", "/api/reviews/1", "DELETE"),
        ("GET", "/api/files", "POST"),
        ("PATCH", "/api/documents/a/b", "GET, HEAD"),
    ],
)
def test_what_is_not_done_at_an_address_names_what_is(reader, method, path, allowed):
    answer = reader.request(method, path, headers={"x-foedus-write": "1"})
    assert answer.status_code == 405
    assert answer.headers["allow"] == allowed
    assert allowed in fault(answer)


@pytest.mark.parametrize("path", ["/api/nothing", "/api/reviews/1/more", "/api/figures/", "/api/openapi.yaml"])
def test_an_address_that_is_none_leads_to_the_list_of_calls(reader, path):
    answer = reader.get(path, follow_redirects=False)
    if answer.is_redirect:
        answer = reader.get(answer.headers["location"])
    assert answer.status_code == 404
    assert "/api" in fault(answer)


def test_no_page_is_made_for_another_site_to_ask_first(reader):
    asked = {"origin": "http://evil.example", "access-control-request-method": "POST"}
    answer = reader.options("/api/reviews", headers=asked)
    assert not [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize(
    ("path", "sent", "status", "says"),
    [
        ("/api/reviews", {"content": "{bad"}, 422, "no JSON"),
        ("/api/reviews", {"content": ""}, 422, "missing"),
        ("/api/reviews", {"content": "[1]"}, 422, "no JSON object"),
        ("/api/reviews", {"content": "null"}, 422, "missing"),
        ("/api/reviews", {"content": b"\xff\xfe{"}, 400, "cannot be read"),
        ("/api/reviews", {"content": '{"event": 7}'}, 422, "event"),
        ("/api/reviews", {"content": '{"event": "x", "verdict": "up", "colour": "red"}'}, 422, "colour"),
        ("/api/documents", {"content": '{"text": NaN}'}, 422, "text"),
        ("/api/documents", {"content": '{"text": "\\ud800 of the day"}'}, 422, "text"),
        ("/api/documents", {"content": '{"text": "a", "url": "http://x.example"}'}, 422, "either"),
        ("/api/documents", {"content": '{"text": "a", "published": "soon"}'}, 422, "no date"),
        ("/api/documents", {"content": '{"url": "file:///etc/passwd"}'}, 422, "http"),
        ("/api/files", {"content": "{}"}, 422, "curl -F"),
    ],
)
def test_bodies_that_cannot_be_taken_are_faults_of_one_shape_that_say_so(reader, path, sent, status, says):
    answer = reader.post(path, headers={"content-type": "application/json"}, **sent)
    assert answer.status_code == status
    assert says in fault(answer)


def test_a_form_in_the_place_of_a_file_says_how_to_send_one(reader):
    sent = {"headers": {"x-foedus-write": "1"}}
    assert "curl -F" in fault(reader.post("/api/files", data={"file": "no file"}, **sent))
    sent["headers"]["content-type"] = "multipart/form-data"
    assert "curl -F" in fault(reader.post("/api/files", content=b"no parts", **sent))


def test_a_body_that_does_not_say_its_length_or_says_nonsense(reader):
    json = {"content-type": "application/json"}
    assert "Content-Length" in fault(reader.post("/api/reviews", content=iter([b"{}"]), headers=json))
    answer = reader.post("/api/reviews", content=b"{}", headers=json | {"content-length": "-1"})
    assert (answer.status_code, "number" in fault(answer)) == (400, True)


def test_a_fault_of_ours_is_logged_and_tells_the_asker_nothing_of_the_inside(app, caplog):
    def broken(*_):
        raise RuntimeError("secret of the inside")

    app.state.foedus.shelf.store.reviews = broken
    with (
        TestClient(app, base_url="http://127.0.0.1", raise_server_exceptions=False) as client,
        caplog.at_level(logging.ERROR),
    ):
        for path in ("/api/reviews", "/desk"):
            answer = client.get(path)
            assert answer.status_code == 500
            assert "secret" not in answer.text
            assert "the terminal tells more" in answer.text
            assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "error" in client.get("/api/reviews").json()
    assert "secret of the inside" in caplog.text


def test_a_store_that_is_none_or_from_a_later_program_does_not_open(tmp_path, store):
    with pytest.raises(StoreError):
        create_app(Settings(store=tmp_path / "none"))
    assert not (tmp_path / "none").exists(), "looking at a store makes none"
    with sqlite3.connect(store.folder / DATABASE) as db:
        db.execute("PRAGMA user_version = 999")
    with pytest.raises(StoreError, match="newer"):
        create_app(Settings(store=store.folder))


def test_the_description_is_sent_once(reader):
    tag = reader.get("/api/openapi.json").headers["etag"]
    assert reader.get("/api/openapi.json", headers={"if-none-match": tag}).status_code == 304


def test_a_fault_for_htmx_is_a_fragment_with_its_line_in_a_header(reader):
    answer = reader.get("/supporter/%3F", headers={"hx-request": "true"})
    assert answer.status_code == 422
    assert "entity code" in answer.headers["x-foedus-fault"]
    assert "<html" not in answer.text
