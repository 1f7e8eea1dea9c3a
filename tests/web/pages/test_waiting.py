import time

import pytest

from foedus.web import first
from foedus.web.pages import waiting

ASK = "?attacked=IRN&by=ISR&on=2025-06-13"
VIEWS = ["/crisis", "/supporter/RUS", "/map", "/network", "/timeline"]


@pytest.fixture(autouse=True)
def large(monkeypatch, tmp_path):
    """Every store is a large one, and no cache is left behind."""
    monkeypatch.setattr(waiting, "LARGE", 0)
    monkeypatch.setattr(first, "folder", lambda: tmp_path / "cache")


@pytest.mark.parametrize("path", VIEWS)
def test_every_view_answers_first_and_works_after(client, parsed, path):
    found = parsed(client.get(path + ASK).text)
    assert "Working out the figures" in found.text
    (again,) = [a["hx-get"] for _, a in found.tags if "hx-get" in a]
    assert again.startswith(path)
    ready = client.get(again, headers={"hx-request": "true", "hx-target": "figures"})
    assert ready.headers["hx-refresh"] == "true"
    assert "Working out the figures" not in client.get(path + ASK).text


def test_without_script_the_page_can_still_be_had(client):
    assert "Russia → Iran" in client.get("/crisis" + ASK + "&now=1").text


def test_where_no_crisis_is_found_the_waiting_ends_with_the_reason(client):
    answer = client.get("/crisis?since=1990&until=1990&now=1", headers={"hx-request": "true", "hx-target": "figures"})
    assert answer.headers["hx-redirect"] == "/crisis?since=1990&until=1990&now=1"
    assert "No crisis to show yet" in client.get(answer.headers["hx-redirect"]).text


def test_a_first_view_outlives_a_restart(store, monkeypatch):
    from fastapi.testclient import TestClient

    from foedus.web.app import create_app
    from foedus.web.settings import Settings

    monkeypatch.setattr(waiting, "LARGE", 0)
    with TestClient(create_app(Settings(store=store.folder)), base_url="http://127.0.0.1:8020") as one:
        end = time.monotonic() + 20
        while not list(first.folder().glob("*.json")) and time.monotonic() < end:
            time.sleep(0.02)
        shown = one.get("/crisis").text
    with TestClient(create_app(Settings(store=store.folder, warm=False)), base_url="http://127.0.0.1:8020") as other:
        again = other.get("/crisis").text
    assert "Russia → Iran" in again
    assert again.split("<main")[1].split("<footer")[0] == shown.split("<main")[1].split("<footer")[0]
