import pytest

from foedus.model.document import Document
from foedus.store.store import Store
from foedus.web.app import create_app
from foedus.web.settings import Settings

ASK = "attacked=IRN&by=ISR&on=2025-06-13"


def texts(found, tag):
    return [a for name, a in found.tags if name == tag]


@pytest.mark.parametrize("view", ["map", "network", "timeline"])
@pytest.mark.parametrize(
    "ask",
    [
        "attacked=IRN&by=ISR&on=1815-12-31",
        "attacked=IRN&by=ISR&on=0001-01-01",
        "attacked=IRN&by=ISR&on=9999-12-31",
        "attacked=USSR&by=DEU&on=1941-06-22",
        "attacked=IRN&by=ISR&on=2025-06-13&since=2030&until=2031",
        "attacked=BRA&by=ARG&on=2025-06-13",
    ],
)
def test_a_question_that_the_sources_do_not_answer_is_no_fault_of_ours(reader, view, ask):
    answer = reader.get(f"/{view}?{ask}")
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.text


def test_borders_of_another_time_are_said(reader, parsed):
    text = parsed(reader.get("/map?attacked=IRN&by=ISR&on=1980-09-22").text).text
    assert "Borders are those of today, not of 1980" in text
    assert "Borders are those of today" not in parsed(reader.get(f"/map?{ASK}").text).text


def test_the_map_has_its_table_and_the_question_in_what_it_fetches(reader, parsed):
    found = parsed(reader.get(f"/map?{ASK}").text)
    (svg,) = [a for a in texts(found, "svg") if a.get("id") == "map"]
    assert svg["data-figure"].startswith("/api/figures/map?attacked=IRN&by=ISR&on=2025-06-13")
    assert reader.get(svg["data-figure"]).status_code == 200
    assert "China" in found.text


def test_a_cell_of_the_matrix_leads_to_its_events(reader, parsed):
    found = parsed(reader.get(f"/network?{ASK}").text)
    links = [a["href"] for a in texts(found, "a") if "actor=CHN" in a.get("href", "") and "recipient=IRN" in a["href"]]
    assert links
    assert "China sent medicine" in reader.get(links[0]).text


def test_any_actor_can_stand_in_the_middle_and_one_without_acts_is_said(reader, parsed):
    assert "Around Russia" in parsed(reader.get(f"/network?{ASK}&centre=RUS").text).text
    found = parsed(reader.get(f"/network?{ASK}&centre=BRA").text)
    assert "No act of or towards Brazil in these sources" in found.text


@pytest.mark.parametrize("centre", ["<b>", "R", "../x", "RUS;DROP", "\x00"])
def test_a_middle_that_is_no_code_is_refused_as_text(reader, centre):
    answer = reader.get(
        f"/network?{ASK}", params={"attacked": "IRN", "by": "ISR", "on": "2025-06-13", "centre": centre}
    )
    assert answer.status_code == 422
    assert "entity code" in answer.text
    assert "&#39;&lt;b&gt;&#39;" in answer.text or centre != "<b>"


def test_every_act_of_the_timeline_can_be_reached_and_read(reader, parsed):
    found = parsed(reader.get(f"/timeline?{ASK}").text)
    marks = [a for a in texts(found, "a") if a.get("href", "").startswith("/desk/") and a.get("aria-label")]
    assert len(marks) >= 5
    for mark in marks:
        assert reader.get(mark["href"]).status_code == 200


@pytest.mark.parametrize(
    ("dates", "drawn"), [((None, None), False), (("0999", "1066-10-14"), True), (("2025-06", "2025"), True)]
)
def test_dates_of_any_time_or_none_are_drawn_or_said(tmp_path, parsed, dates, drawn, by_hand):
    from fastapi.testclient import TestClient

    store = Store(tmp_path / "odd")
    store.add(
        [Document("Text of no day.", id="d")],
        by_hand(("ISR", "IRN", "ASSAULT", {"date": dates[0]}), ("RUS", "IRN", "AID", {"date": dates[1]})),
    )
    with TestClient(create_app(Settings(store=store.folder, warm=False)), base_url="http://127.0.0.1") as client:
        for view in ("map", "network", "timeline", "crisis", "supporter/RUS"):
            assert client.get(f"/{view}?attacked=IRN&by=ISR").status_code == 200, view
        found = parsed(client.get("/timeline?attacked=IRN&by=ISR").text)
        assert ("No act in these sources has a day" in found.text) is not drawn


def test_acts_beyond_the_days_drawn_are_told(tmp_path, parsed, by_hand):
    from fastapi.testclient import TestClient

    store = Store(tmp_path / "before")
    store.add(
        [Document("Israel attacked Iran, and Russia, which had backed it, sent aid.", id="d")],
        by_hand(
            ("ISR", "IRN", "ASSAULT", {"date": "2025-06-13"}),
            ("RUS", "IRN", "AID", {"date": "2025-06-15"}),
            ("RUS", "IRN", "SUPPORT", {"date": "2025-01"}),
        ),
    )
    with TestClient(create_app(Settings(store=store.folder, warm=False)), base_url="http://127.0.0.1") as client:
        page = client.get("/timeline?attacked=IRN&by=ISR").text
    assert "1 act dated before or after these days stands in the table alone" in parsed(page).text
    assert page.count('class="pt ') == 2


def test_a_cell_tells_its_numbers_in_the_singular_too(reader):
    assert 'title="China to Iran: 1 deed"' in reader.get(f"/network?{ASK}").text
