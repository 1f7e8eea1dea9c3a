import json

import pytest

ASK = "?attacked=IRN&by=ISR&on=2025-06-13"


def test_hostile_text_is_text(reader, parsed):
    answer = reader.get("/desk/hostile")
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    found = parsed(answer.text)
    assert '<script>alert("x")</script>' in found.text
    assert "{{ 7*7 }}" in found.text, "and it is no template either"
    assert "<b onmouseover" in found.text
    assert not any(a.get("href", "").startswith("javascript:") for _, a in found.tags)


def test_numbers_and_marks_are_drawn_in_place(reader, parsed):
    found = parsed(reader.get("/desk/wire").text)
    marks = [a for tag, a in found.tags if tag == "mark" and "data-events" in a]
    assert {"actor", "act", "recipient"} <= {name for a in marks for name in a["class"].split()}
    assert "Could not be located" in found.text


def test_a_vote_comes_back_as_the_card(client, store, event_ids, parsed):
    client.get("/desk/wire")
    headers = {"x-csrf-token": client.cookies["foedus_csrf"], "hx-request": "true"}
    event = event_ids["wire", "CHN", "AID"]
    answer = client.post(
        "/review", data={"event": event, "number": "2", "verdict": "down", "reviewer": "Ann Müller"}, headers=headers
    )
    found = parsed(answer.text)
    assert found.ids[0] == "e2"
    assert "rejected: out of the figures" in found.text
    assert "Ann Müller" in found.text
    assert store.reviews()[0].reviewer == "Ann Müller"
    undone = client.post("/review", data={"event": event, "number": "2", "undo": "1"}, headers=headers)
    assert "rejected" not in parsed(undone.text).text
    assert "taken back" in parsed(undone.text).text
    assert 'value="Ann Müller"' in client.get("/desk/wire").text, "the name is kept for the next review"


def test_a_correction_takes_only_what_was_changed(client, store, event_ids):
    client.get("/desk/wire")
    headers = {"x-csrf-token": client.cookies["foedus_csrf"], "hx-request": "true"}
    as_coded = {
        "event": event_ids["wire", "CHN", "AID"], "correct": "1", "actor": "CHN", "recipient": "IRN", "type": "AID", "mode": "",
        "polarity": "positive", "modality": "actual", "speaker": "", "date": "2025-06-14", "historical": "false",
    }  # fmt: skip
    same = client.post("/review", data=as_coded, headers=headers)
    assert same.status_code == 422
    assert "changes nothing" in same.headers["x-foedus-fault"]
    client.post("/review", data=as_coded | {"actor": "pak", "date": "2025-06-15"}, headers=headers)
    assert store.reviews()[0].fields == {"actor": "PAK", "date": "2025-06-15"}
    named = client.post("/review", data=as_coded | {"actor": "China", "recipient": "Qatar"}, headers=headers)
    assert named.status_code == 200
    assert store.reviews()[1].fields == {"recipient": "QAT"}, "China is what was coded"


@pytest.mark.parametrize(
    "form",
    [
        {"undo": "²"},
        {"undo": "-1"},
        {"undo": "9" * 30},
        {"undo": "one"},
        {"verdict": "up", "number": "²"},
        {"verdict": "up", "number": "1e9"},
        {"verdict": "sideways"},
        {},
        {"verdict": "up", "comment": "x" * 4_001},
        {"correct": "1", "actor": "<b>"},
        {"correct": "1", "actor": "Atlantis"},
        {"correct": "1", "mode": "hug"},
        {"correct": "1", "date": "soon"},
        {"correct": "1", "type": "HUG"},
        {"correct": "1", "mode": "x" * 201},
        {"correct": "1", "actor": ""},
    ],
)
def test_a_review_that_cannot_be_is_refused_and_nothing_is_kept(client, store, event_ids, form):
    client.get("/desk/wire")
    headers = {"x-csrf-token": client.cookies["foedus_csrf"], "hx-request": "true"}
    answer = client.post("/review", data={"event": event_ids["wire", "CHN", "AID"], **form}, headers=headers)
    assert answer.status_code == 422
    assert answer.headers["x-foedus-fault"]
    assert store.reviews() == []


def test_a_review_of_what_is_not_there_is_refused(client):
    client.get("/desk/wire")
    headers = {"x-csrf-token": client.cookies["foedus_csrf"]}
    for event in ("none", "", "x" * 501, "wire:0:ISR:IRN:ASSAULT' --"):
        assert client.post("/review", data={"event": event, "verdict": "up"}, headers=headers).status_code in (404, 422)


def test_a_document_is_found_whatever_its_id_and_never_as_a_path(store, settings, parsed, by_hand):
    from fastapi.testclient import TestClient

    from foedus.model.document import Document
    from foedus.web.app import create_app

    names = ["a/b", "../../etc/passwd", "/etc/passwd", "a?b#c", "ä", "<i>x</i>", "https://x.example/a?b=c&d"]
    store.add(
        [Document(f"The text of number {n}.", id=name, title=f"Title {n}") for n, name in enumerate(names)], by_hand()
    )
    with TestClient(create_app(settings), base_url="http://127.0.0.1") as client:
        links = [
            a["href"]
            for tag, a in parsed(client.get("/sources").text).tags
            if tag == "a" and a.get("href", "").startswith("/desk/")
        ]
        shown = {
            parsed(client.get(link).text).text.split("The text of number ")[1][0]
            for link in links
            if client.get(link).text.count("The text of number")
        }
        assert shown == {str(n) for n in range(len(names))}
        for n, name in enumerate(names):
            from urllib.parse import quote

            told = client.get(f"/api/documents/{quote(name, safe='')}")
            assert told.json()["text"] == f"The text of number {n}."


def test_a_long_document_shows_its_events_a_page_at_a_time(client, monkeypatch, parsed):
    from foedus.web.pages import reading

    monkeypatch.setattr(reading, "CARDS", 2)

    def cards(address):
        found = parsed(client.get(address).text)
        return [one for one in found.ids if one.startswith("e") and one[1:].isdigit()], found

    shown, page = cards("/desk/wire")
    assert shown == ["e0", "e1"]
    assert "events 1 to 2 of 4" in page.text
    assert sum(tag == "sup" for tag, _ in page.tags) == 4, "every event is marked in the text"
    later = next(a["href"] for tag, a in page.tags if tag == "a" and a.get("href", "").endswith("CHN%3AIRN%3AAID"))
    assert cards(later)[0] == ["e2", "e3"], "the page of the event that is asked for"


def test_a_text_that_is_not_english_says_why_it_has_no_event(client, store, parsed, by_hand):
    from foedus.model.document import Document

    store.add([Document("Iran a remercié la Russie.", id="fr", language="fr", published="2025-06-16")], by_hand())
    assert "another language (fr), and only English is read" in parsed(client.get("/desk/fr").text).text


def test_a_disagreement_says_what_it_is_about(client, store, event_ids, parsed):
    event = event_ids["wire", "CHN", "AID"]
    store.review(event, "up", reviewer="ann")
    store.review(event, "down", reviewer="ben")
    for _ in range(25):
        store.review(event_ids["wire", "ISR", "ASSAULT"], "up", reviewer="ann")
    found = parsed(client.get("/desk").text)
    assert "China gave help to Iran" in found.text.partition("Where they differ")[2][:200]
    links = [a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/desk/wire?event=")]
    assert any("CHN" in link for link in links)


def test_a_review_that_came_without_what_it_is_of_keeps_no_page_away(client, store, tmp_path):
    for snapshot in ({}, {"actor": "CHN"}, {"type": "AID"}):
        path = tmp_path / f"{len(snapshot)}{next(iter(snapshot), '')}.jsonl"
        review = {
            "event": "nope:1",
            "document": "d",
            "at": "2025-01-01T00:00:00Z",
            "verdict": "up",
            "snapshot": snapshot,
        }
        path.write_text(json.dumps({"reviews": [review]}) + "\n")
        store.import_(path)
        answer = client.get("/desk")
        assert answer.status_code == 200
        assert "nope:1" in answer.text or "AID" in answer.text
