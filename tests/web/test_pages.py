from html.parser import HTMLParser

import pytest

from foedus.web.pages.frame import snippet

ASK = "?attacked=IRN&by=ISR&on=2025-06-13"
VIEWS = [
    "/crisis", "/crisis/estimates", "/crisis/reasons", "/supporter/RUS", "/supporter/RUS/changes", "/supporter/BRA", "/supporter/EU",
    "/map", "/network", "/timeline", "/desk", "/desk/wire", "/desk/hostile", "/search", "/search?q=Iran", "/search?kind=events",
    "/sources", "/record", "/method", "/add", "/api", "/nowhere", "/desk/none",
]  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of a page: tags with their attributes, ids, and text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.ids, self.text = [], [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        self.ids += [value for name, value in attrs if name == "id"]

    def handle_data(self, data):
        self.text += data


def page(client, path):
    return Page(client.get(path + ("&" + ASK[1:] if "?" in path else ASK)).text)


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_holds_inline_script_style_or_anything_from_elsewhere(reader, path):
    found = page(reader, path)
    for tag, attributes in found.tags:
        assert tag not in ("style", "iframe", "object", "embed", "base")
        assert tag != "script" or attributes.get("src", "").startswith("/static/")
        for name, value in attributes.items():
            assert not name.startswith("on"), (tag, name)
            assert name != "style", (tag, value)
            if name in ("src", "href", "action", "hx-get", "hx-post", "data-atlas", "data-figure"):
                assert value.startswith(("/", "#", "?")), (tag, name, value)
                assert not value.startswith("//")


@pytest.mark.parametrize("path", [path for path in VIEWS if path not in ("/nowhere", "/desk/none")])
def test_views_answer_and_every_id_is_there_once(reader, path):
    answer = reader.get(path + ("&" + ASK[1:] if "?" in path else ASK))
    assert answer.status_code == 200
    ids = Page(answer.text).ids
    assert len(ids) == len(set(ids))


def test_links_within_a_page_lead_somewhere(reader):
    found = page(reader, "/crisis")
    for tag, attributes in found.tags:
        target = attributes.get("href", "")
        if tag == "a" and target.startswith("#") and len(target) > 1:
            assert target[1:] in found.ids, target


def test_every_quotation_leads_to_its_sentence_in_its_document(reader):
    found = page(reader, "/crisis")
    links = [a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/desk/")]
    assert links
    for link in set(links):
        document = reader.get(link)
        assert document.status_code == 200
        if "event=" in link:
            assert "data-chosen=" in document.text


def test_hostile_text_is_text(reader):
    answer = reader.get("/desk/hostile")
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text
    found = Page(answer.text)
    assert '<script>alert("x")</script>' in found.text
    assert "{{ 7*7 }}" in found.text, "and it is no template either"
    assert "<b onmouseover" in found.text
    assert not any(a.get("href", "").startswith("javascript:") for _, a in found.tags)


def test_numbers_and_marks_are_drawn_in_place(reader):
    found = Page(reader.get("/desk/wire").text)
    marks = [a for tag, a in found.tags if tag == "mark" and "data-events" in a]
    assert {"actor", "act", "recipient"} <= {name for a in marks for name in a["class"].split()}
    assert "Could not be located" in found.text


def test_the_question_is_in_every_link_to_another_view(reader):
    found = page(reader, "/map")
    views = {
        a["href"].split("?")[0]: a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/")
    }
    for view in ("/crisis", "/timeline", "/network"):
        assert "attacked=IRN" in views[view]
        assert "on=2025-06-13" in views[view]


def test_a_vote_comes_back_as_the_card(client, store, event_ids):
    client.get("/desk/wire")
    headers = {"x-csrf-token": client.cookies["foedus_csrf"], "hx-request": "true"}
    event = event_ids["wire", "CHN", "AID"]
    answer = client.post(
        "/review", data={"event": event, "number": "2", "verdict": "down", "reviewer": "Ann Müller"}, headers=headers
    )
    found = Page(answer.text)
    assert found.ids[0] == "e2"
    assert "rejected: out of the figures" in found.text
    assert "Ann Müller" in found.text
    assert store.reviews()[0].reviewer == "Ann Müller"
    undone = client.post("/review", data={"event": event, "number": "2", "undo": "1"}, headers=headers)
    assert "rejected" not in Page(undone.text).text
    assert "taken back" in Page(undone.text).text
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


def test_a_side_has_no_page_as_a_supporter(reader):
    answer = reader.get("/supporter/IRN" + ASK)
    assert answer.status_code == 422
    assert "is a side of this crisis" in answer.text


def test_what_ifs_stand_in_the_address_and_on_the_page(reader):
    answer = reader.get("/supporter/RUS" + ASK + "&what_if=RUS-IRN:+defense")
    assert "With the what-if: RUS-IRN: defense" in Page(answer.text).text
    assert 'aria-pressed="true"' in answer.text
    wrong = reader.get("/supporter/RUS" + ASK + "&what_if=RUS-IRN:+friendship")
    assert wrong.status_code == 200, "the rest of the page still stands"
    assert "is no clause" in Page(wrong.text).text


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


def test_snippets_are_cut_at_their_marks_alone():
    assert snippet("a \x02b\x03 <b>c</b> \x02d\x03") == [(False, "a "), (True, "b"), (False, " <b>c</b> "), (True, "d")]
