ASK = "?attacked=IRN&by=ISR&on=2025-06-13"


def page(parsed, client, path):
    return parsed(client.get(path + ("&" + ASK[1:] if "?" in path else ASK)).text)


def test_the_first_address_leads_to_the_crisis_that_it_asks_for(reader):
    for query in ("", ASK):
        assert reader.get("/" + query, follow_redirects=False).headers["location"] == "/crisis" + query


def test_links_within_a_page_lead_somewhere(reader, parsed):
    found = page(parsed, reader, "/crisis")
    for tag, attributes in found.tags:
        target = attributes.get("href", "")
        if tag == "a" and target.startswith("#") and len(target) > 1:
            assert target[1:] in found.ids, target


def test_every_quotation_leads_to_its_sentence_in_its_document(reader, parsed):
    found = page(parsed, reader, "/crisis")
    links = [a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/desk/")]
    assert links
    for link in set(links):
        document = reader.get(link)
        assert document.status_code == 200
        if "event=" in link:
            assert "data-chosen=" in document.text


def test_an_empty_store_shows_the_way(tmp_path):
    from fastapi.testclient import TestClient

    from foedus.store.store import Store
    from foedus.web.app import create_app
    from foedus.web.settings import Settings

    Store(tmp_path / "empty").close()
    with TestClient(create_app(Settings(store=tmp_path / "empty")), base_url="http://127.0.0.1") as client:
        answer = client.get("/crisis")
        assert answer.status_code == 200
        assert "No crisis to show yet" in answer.text
        for path in ("/desk", "/sources", "/search?q=x", "/method", "/record", "/add"):
            assert client.get(path).status_code == 200, path
        assert client.get("/map").status_code == 422


def test_standing_promises_of_no_aggression_share_a_line_outside_the_table(reader):
    shown, _, rest = reader.get("/crisis" + ASK).text.partition("Standing promises of no aggression")
    assert "→ Iran" in rest.split("</p>")[0]
    assert "not aggress" not in shown.split('id="promises"')[1]
