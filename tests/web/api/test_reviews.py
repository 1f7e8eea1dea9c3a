import threading

import pytest

from foedus.store.store import Store

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


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
        {"fields": {"actor": "Atlantis"}},
        {"fields": {"mode": "hug"}},
        {"comment": "  "},
        {"comment": "\u0000\u202e"},
    ],
)
def test_reviews_that_say_nothing_or_nonsense_are_refused(client, store, event_ids, body):
    answer = client.post("/api/reviews", json={"event": event_ids["wire", "CHN", "AID"], **body})
    assert answer.status_code == 422
    assert store.reviews() == []


def test_a_comment_keeps_its_lines_and_turns_none_around(client, store, event_ids):
    body = {"event": event_ids["wire", "CHN", "AID"], "comment": "one\r\n\u202etwo\x00 می\u200cخواهم "}
    assert client.post("/api/reviews", json=body).status_code == 201
    assert store.reviews()[0].comment == "one\ntwo می\u200cخواهم"


def test_names_in_corrections_become_codes(client, store, event_ids):
    body = {"event": event_ids["wire", "CHN", "AID"], "fields": {"actor": "Pakistan"}, "reviewer": "\u202eann\x00 b"}
    assert client.post("/api/reviews", json=body).json()["fields"] == {"actor": "PAK"}
    assert store.reviews()[0].reviewer == "ann b", "nothing in a name turns the line around"


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
