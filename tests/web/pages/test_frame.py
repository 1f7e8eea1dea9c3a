import re

import pytest

from foedus.web.pages import frame
from foedus.web.pages.frame import snippet

ASK = "?attacked=IRN&by=ISR&on=2025-06-13"
VIEWS = [
    "/crisis", "/crisis/estimates", "/crisis/reasons", "/supporter/RUS", "/supporter/RUS/changes", "/supporter/BRA", "/supporter/EU",
    "/map", "/network", "/timeline", "/desk", "/desk/wire", "/desk/hostile", "/search", "/search?q=Iran", "/search?kind=events",
    "/sources", "/record", "/method", "/add", "/api", "/nowhere", "/desk/none",
]  # fmt: skip


def page(parsed, client, path):
    return parsed(client.get(path + ("&" + ASK[1:] if "?" in path else ASK)).text)


@pytest.mark.parametrize("path", VIEWS)
def test_no_view_holds_inline_script_style_or_anything_from_elsewhere(reader, path, parsed):
    found = page(parsed, reader, path)
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
def test_views_answer_and_every_id_is_there_once(reader, path, parsed):
    answer = reader.get(path + ("&" + ASK[1:] if "?" in path else ASK))
    assert answer.status_code == 200
    ids = parsed(answer.text).ids
    assert len(ids) == len(set(ids))


def test_the_question_is_in_every_link_to_another_view(reader, parsed):
    found = page(parsed, reader, "/map")
    views = {
        a["href"].split("?")[0]: a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/")
    }
    for view in ("/crisis", "/timeline", "/network"):
        assert "attacked=IRN" in views[view]
        assert "on=2025-06-13" in views[view]


def test_snippets_are_cut_at_their_marks_alone():
    assert snippet("a \x02b\x03 <b>c</b> \x02d\x03") == [(False, "a "), (True, "b"), (False, " <b>c</b> "), (True, "d")]


def test_a_hint_on_codes_keeps_its_code(reader, parsed):
    told = parsed(reader.get("/search?actor=Atlantis").text).text
    assert "write a code such as IRN, or a name such as Iran" in told
    assert frame.with_names("IRN is no third state; choose state=RUS") == "Iran is no third state; choose state=RUS"


@pytest.mark.parametrize("view", ["/crisis", "/supporter/RUS", "/map", "/network", "/timeline"])
def test_a_view_whose_figures_do_not_know_of_the_last_review_says_of_when_they_are(
    client, app, store, event_ids, monkeypatch, parsed, view
):
    monkeypatch.setattr("foedus.web.shelf.SLOW", 0.15)
    before = parsed(client.get(view + ASK).text).text
    assert "Figures of" not in before
    for kept in app.state.foedus.shelf._kept.values():
        kept.took = 60.0
    store.review(event_ids["wire", "CHN", "AID"], "down")
    after = parsed(client.get(view + ASK).text).text
    assert "1 review since. They are being counted" in " ".join(after.split())
    stamp = re.search(r"store ([\d.]+)", before)[1]
    assert re.search(r"store ([\d.]+)", after)[1] == stamp, "what is cited is what is shown"


def test_an_address_with_a_control_character_is_a_page_that_is_not_there(client):
    answer = client.get("/%00%0a", headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert answer.headers.get("x-foedus-fault", "").isprintable()


@pytest.mark.parametrize("name", ["王" * 40, "ندا محمدزاده حسینی کرمانشاهی نژاد اصفهانی تهرانی زاده", "é" * 80])
def test_a_reviewers_name_comes_back_as_it_was_given_in_any_script(client, event_ids, name, parsed):
    client.get("/desk/wire")
    form = {"event": event_ids["wire", "CHN", "AID"], "verdict": "up", "reviewer": name}
    client.post("/review", data=form | {"csrf": client.cookies["foedus_csrf"]})
    tags = parsed(client.get("/desk/wire").text).tags
    assert {a["value"] for tag, a in tags if tag == "input" and a.get("name") == "reviewer"} == {name}
