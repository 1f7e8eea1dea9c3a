import json
from types import SimpleNamespace

import pytest
from fastapi.testclient import TestClient

from foedus.web import safety
from foedus.web.app import create_app
from foedus.web.safety import Rates, Refused
from foedus.web.settings import Settings, is_loopback

VIEWS = [
    "/crisis", "/crisis/estimates", "/crisis/reasons", "/supporter/RUS", "/map", "/network", "/timeline", "/desk", "/desk/wire",
    "/search", "/search?q=Iran", "/search?kind=events", "/sources", "/record", "/method", "/add", "/api", "/nowhere",
]  # fmt: skip


def token_of(client):
    client.get("/add")
    return client.cookies["foedus_csrf"]


@pytest.mark.parametrize("path", [*VIEWS, "/api/crisis", "/static/workbench.js"])
def test_every_answer_carries_the_policy(reader, path):
    answer = reader.get(path)
    policy = answer.headers["content-security-policy"]
    assert "script-src 'self';" in policy
    assert "unsafe" not in policy
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_another_host_name_is_not_answered(reader):
    assert reader.get("/crisis", headers={"host": "evil.example"}).status_code == 421
    assert reader.get("/api/crisis", headers={"host": "127.0.0.1.evil.example"}).json()["error"]["status"] == 421
    assert reader.get("/crisis", headers={"host": "localhost:99"}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "127.0.0.1.",
        "127.0.0.2",
        "0.0.0.0",
        "localhost.evil.example",
        "127.0.0.1@evil.example",
        "[::ffff:127.0.0.1]",
        "[",
        "evil.example:8020",
        "127.0.0.1/evil",
    ],
)
def test_names_that_only_look_like_ours_are_not_answered(reader, host):
    for path in ("/crisis", "/api/crisis", "/static/workbench.js", "/login"):
        answer = reader.get(path, headers={"host": host})
        assert answer.status_code == 421
        assert "store 1." not in answer.text, "a page elsewhere is not told how much the store holds"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:9", "LOCALHOST", "[::1]", "[::1]:8020"])
def test_our_own_names_are_answered_in_all_their_forms(reader, host):
    assert reader.get("/method", headers={"host": host}).status_code == 200


def test_a_proxys_name_may_be_allowed(store):
    app = create_app(Settings(store=store.folder, warm=False, names=("desk.example",)))
    with TestClient(app, base_url="http://desk.example") as one:
        assert one.get("/method").status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "http://[::1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_writes_from_elsewhere_are_refused(client, event_ids, headers):
    event = event_ids["wire", "CHN", "AID"]
    assert client.post("/api/reviews", json={"event": event, "verdict": "down"}, headers=headers).status_code == 403
    form = {"event": event, "verdict": "down", "csrf": token_of(client)}
    assert client.post("/review", data=form, headers=headers).status_code == 403
    assert client.get("/api/reviews").json()["total"] == 0


def test_a_form_needs_the_token_of_its_page(client, event_ids, store):
    form = {"event": event_ids["wire", "CHN", "AID"], "verdict": "down"}
    token = token_of(client)
    assert client.post("/review", data=form).status_code == 403
    assert client.post("/review", data=form | {"csrf": "x" * 43}).status_code == 403
    assert client.post("/review", data=form | {"csrf": token}, follow_redirects=False).status_code == 303
    assert client.post("/review", data=form, headers={"x-csrf-token": token}, follow_redirects=False).status_code == 303
    assert len(store.reviews()) == 2


def test_the_api_takes_json_or_a_header_that_no_foreign_form_can_send(client, event_ids):
    body = json.dumps({"event": event_ids["wire", "CHN", "AID"], "verdict": "up"})
    assert client.post("/api/reviews", content=body, headers={"content-type": "text/plain"}).status_code == 415
    assert client.post("/api/reviews", content=body, headers={"content-type": "application/json"}).status_code == 201
    assert client.delete("/api/reviews/1").status_code == 415
    assert client.delete("/api/reviews/1", headers={"x-foedus-write": "1"}).status_code == 200


def test_uploads_are_bounded(client):
    token = {"x-csrf-token": token_of(client), "x-foedus-write": "1"}
    big = {"file": ("big.txt", b"x" * 60_000)}
    assert client.post("/api/files", files=big, headers=token).status_code == 413
    assert client.post("/add", files=big, headers=token).status_code == 413
    chunked = client.post("/api/documents", content=iter([b"{}"]), headers={"content-type": "application/json"})
    assert chunked.status_code == 411


def test_additions_are_rationed(client, app):
    app.state.foedus.jobs.add = lambda *a, **k: {"id": "x", "state": "waiting"}
    answers = [client.post("/api/documents", json={"text": f"Report {n} of the day."}).status_code for n in range(7)]
    assert answers == [202] * 5 + [429] * 2


def test_who_did_nothing_for_a_minute_is_forgotten(monkeypatch):
    clock = SimpleNamespace(now=0.0, monotonic=lambda: clock.now)
    monkeypatch.setattr(safety, "time", clock)
    rates = Rates(2, "tries")
    for name in ("ann", "ben", "ann"):
        rates.take(name)
        clock.now += 20
    with pytest.raises(Refused, match="more than 2 tries a minute"):
        rates.take("ann")
    clock.now += 21  # ben came 61 seconds ago; of ann the first is over a minute old, the second is not
    rates.take("ann")
    assert list(rates._seen) == ["ann"]
    with pytest.raises(Refused):
        rates.take("ann")


@pytest.mark.parametrize("path", ["/static/nothing.js", "/static/"])
def test_only_what_is_there_is_kept_by_browsers(reader, path):
    assert reader.get(path).headers["cache-control"] == "no-store"
    assert "max-age" in reader.get("/static/workbench.js").headers["cache-control"]


class TestToken:
    @pytest.fixture
    def guarded(self, store):
        app = create_app(Settings(store=store.folder, warm=False, token="a-long-enough-token"))
        with TestClient(app, base_url="http://127.0.0.1") as one:
            yield one

    def test_nothing_is_shown_without_it(self, guarded):
        for path in (*VIEWS, "/api/crisis", "/api/openapi.json"):
            answer = guarded.get(path, follow_redirects=False)
            assert answer.status_code in (401, 303), path
            assert "Israel" not in answer.text
        assert guarded.get("/api/crisis", headers={"authorization": "Bearer a-wrong-token-xx"}).status_code == 401

    def test_it_opens_as_bearer_and_as_cookie(self, guarded):
        assert guarded.get("/api/crisis", headers={"authorization": "Bearer a-long-enough-token"}).status_code == 200
        page = guarded.get("/crisis")
        assert "asks for its token" in page.text
        token = guarded.cookies["foedus_csrf"]
        assert guarded.post("/login", data={"token": "wrong", "csrf": token}).status_code == 401
        answer = guarded.post("/login", data={"token": "a-long-enough-token", "csrf": token}, follow_redirects=False)
        assert "HttpOnly" in answer.headers["set-cookie"]
        assert guarded.get("/crisis").status_code == 200

    @pytest.mark.parametrize("token", ['sp;ecial,"=chars', "~!@#$%^&*()_+{}|:<>?"])
    def test_a_token_of_any_printable_letters_opens(self, store, token):
        app = create_app(Settings(store=store.folder, warm=False, token=token))
        with TestClient(app, base_url="http://127.0.0.1") as one:
            one.get("/login")
            assert one.post("/login", data={"token": token, "csrf": one.cookies["foedus_csrf"]}).status_code == 200
            assert one.get("/method").status_code == 200

    def test_the_way_in_is_open_and_nothing_beside_it(self, guarded):
        assert guarded.get("/login").status_code == 200
        assert guarded.get("/static/workbench.css").status_code == 200
        for path in (
            "/Login",
            "/loginx/../crisis",
            "/static/../crisis",
            "/static/%2e%2e/api/crisis",
            "//crisis",
            "/api",
            "/static/nothing",
            "/login/nothing",
        ):
            answer = guarded.get(path, follow_redirects=False)
            assert "Israel" not in answer.text, path
            assert "store 1." not in answer.text, f"{path} tells how much the store holds"
            assert answer.status_code != 200, path
        for path in ("/review", "/add", "/login", "/login/nothing", "/nowhere"):
            for verb in ("POST", "PUT", "DELETE"):
                answer = guarded.request(verb, path)
                assert answer.status_code in (401, 403, 405), (verb, path)
                assert "store 1." not in answer.text, f"{verb} {path} tells how much the store holds"
        write = {"x-foedus-write": "1"}
        assert guarded.post("/api/documents", json={"text": "a"}).status_code == 401
        assert guarded.delete("/api/reviews/1", headers=write).status_code == 401

    @pytest.mark.parametrize("host", ["127.0.0.1/static/", "127.0.0.1/login?", "x/static/", "127.0.0.1#", "a b", ""])
    @pytest.mark.parametrize("listening", ["127.0.0.1", "0.0.0.0"])
    def test_no_host_name_opens_a_way_around_it(self, store, host, listening):
        app = create_app(Settings(store=store.folder, warm=False, token="a-long-enough-token", host=listening))
        with TestClient(app, base_url="http://127.0.0.1") as one:
            for path in ("/api/crisis", "/crisis"):
                assert one.get(path, headers={"host": host}, follow_redirects=False).status_code == 421

    def test_guessing_is_slowed(self, guarded):
        guarded.get("/login")
        token = guarded.cookies["foedus_csrf"]
        answers = [guarded.post("/login", data={"token": f"guess-{n}", "csrf": token}).status_code for n in range(12)]
        assert answers[-1] == 429
        right = {"token": "a-long-enough-token", "csrf": token}
        answer = guarded.post("/login", data=right)
        assert answer.status_code == 429, "nor may the right guess come through in that minute"
        assert "tries to log in" in answer.text


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("127.0.0.1", True),
        ("127.3.4.5", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("10.0.0.1", False),
        ("host.example", False),
    ],
)
def test_what_is_loopback(host, own):
    assert is_loopback(host) is own


@pytest.mark.parametrize(
    "path",
    [
        "/static/../app.py",
        "/static/%2e%2e/app.py",
        "/static/..%2f..%2ferrors.py",
        "/static//etc/passwd",
        "/desk/..%2f..%2fetc%2fpasswd",
        "/api/documents/..%2F..%2Fetc%2Fpasswd",
    ],
)
def test_no_path_of_a_request_opens_a_file(reader, path):
    answer = reader.get(path)
    assert answer.status_code == 404
    assert "root:" not in answer.text
    assert "FastAPI" not in answer.text
