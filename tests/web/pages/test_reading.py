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
