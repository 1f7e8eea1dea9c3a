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


def test_search_says_where_the_words_stand(reader):
    (hit,) = reader.get("/api/documents?q=medicine").json()["rows"]
    assert hit["id"] == "wire"
    assert "\x02medicine\x03" in hit["snippet"]


def test_rejected_events_are_left_out_unless_asked_for(client, store, event_ids):
    store.review(event_ids["wire", "CHN", "AID"], "down")
    types = {row["type"] for row in client.get("/api/events").json()["rows"]}
    assert "AID" not in types
    assert "AID" in {row["type"] for row in client.get("/api/events?corrected=false").json()["rows"]}
