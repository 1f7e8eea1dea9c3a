import pytest
from fastapi.testclient import TestClient

from foedus.model.document import Document
from foedus.web.app import create_app
from foedus.web.settings import Settings


@pytest.fixture
def recorded(store, backtests):
    app = create_app(Settings(store=store.folder, warm=False, record=backtests))
    with TestClient(app, base_url="http://127.0.0.1") as one:
        yield one


def test_the_record_leads_with_its_misses_the_worst_first(recorded, parsed):
    text = parsed(recorded.get("/record").text).text
    assert text.index("worst misses first") < text.index("Calibration") < text.index("The shipped model")
    assert text.index("France for Israel") < text.index("China for <b>North</b> Korea"), "and names are text"


def test_the_record_draws_calibration_with_counts_and_says_it_in_tables_too(recorded, parsed):
    found = parsed(recorded.get("/record").text)
    assert sum(tag == "svg" and "calib" in a.get("class", "") for tag, a in found.tags) == 4
    assert found.text.count("9 of 100") == 2 + 1, "at the point, in its title, and in the table"
    assert "Calibration: military aid or force" in found.text
    assert "1940s" in found.text
    assert "nan" not in found.text.lower().split()
    assert "inf" not in found.text.lower().split()


def test_every_table_of_the_record_can_be_taken_home(recorded, parsed):
    found = parsed(recorded.get("/record").text)
    links = {a["href"] for tag, a in found.tags if tag == "a" and a.get("href", "").startswith("/api/figures/")}
    assert {link.split("?")[0].rsplit("/", 1)[1] for link in links} == {"calibration", "misses", "scores", "periods"}
    for link in links:
        assert recorded.get(link).status_code == 200


def test_without_a_report_the_page_says_how_to_make_one(reader, parsed):
    text = parsed(reader.get("/record").text).text
    assert "foedus backtest --history DIR --train-until 1945" in text
    assert "who joins" in text


def test_search_by_words_marks_them_and_by_event_names_the_act(reader, parsed):
    by_word = parsed(reader.get("/search?q=medicine").text)
    assert "Israel strikes Iran" in by_word.text
    by_event = parsed(reader.get("/search?actor=RUS&type=reject").text)
    assert "Russia refused to send missiles" in by_event.text
    assert "China sent medicine" not in by_event.text


@pytest.mark.parametrize(
    "q", ['"', "*", "AND", 'a"b', "NEAR(", "-", "col:x", "\x00", "'; DROP TABLE documents; --", "😀"]
)
def test_no_search_breaks_the_search(reader, q):
    answer = reader.get("/search", params={"q": q})
    assert answer.status_code in (200, 422)
    assert "Traceback" not in answer.text
    assert reader.get("/search?q=medicine").status_code == 200


def test_a_page_past_the_end_is_empty_and_offers_no_further_one(reader, parsed):
    for path in ("/search?kind=events&offset=5000", "/search?q=Iran&offset=5000", "/sources?offset=5000"):
        answer = reader.get(path)
        assert answer.status_code == 200, path
        assert "offset=5050" not in answer.text
    assert reader.get("/search?q=Iran&offset=-1").status_code == 422


def test_lists_longer_than_a_page_are_walked_to_their_end(client, store, parsed, by_hand):
    store.add(
        [Document(f"Report number {n} on the talks.", id=f"n{n}", title=f"Report {n}") for n in range(60)], by_hand()
    )
    first = parsed(client.get("/sources").text)
    again = parsed(client.get("/sources?offset=50").text)
    hrefs = {a.get("href", "") for tag, a in first.tags if tag == "a"}
    assert any("offset=50" in href for href in hrefs)
    shown = [
        {a["href"] for tag, a in page.tags if tag == "a" and a.get("href", "").startswith("/desk/")}
        for page in (first, again)
    ]
    assert len(shown[0]) == 50
    assert len(shown[1]) == 13
    assert not shown[0] & shown[1]


def test_sources_can_be_narrowed_to_those_that_said_nothing(client, parsed):
    text = parsed(client.get("/sources?only=silent").text).text
    assert "Israel strikes Iran" not in text


def test_the_method_names_versions_licences_and_how_to_cite(reader, parsed):
    text = parsed(reader.get("/method").text).text
    for word in ("byhand-1", "htmx", "0BSD", "Seen "):
        assert word in text


def test_the_list_of_calls_names_every_call(reader, parsed):
    text = parsed(reader.get("/api").text).text
    for path in reader.get("/api/openapi.json").json()["paths"]:
        assert path in text


def test_the_lists_of_sources_search_and_desk_can_be_taken_home(client, store, event_ids, parsed):
    store.review(event_ids["wire", "CHN", "AID"], "down", reviewer="ann")
    wanted = {
        "/sources": {"/api/documents", "/api/sources"},
        "/search?q=Iran": {"/api/documents"},
        "/search?actor=RUS": {"/api/events"},
        "/desk": {"/api/queue", "/api/reviews", "/api/figures/accuracy"},
    }
    for page, lists in wanted.items():
        links = [
            a["href"]
            for tag, a in parsed(client.get(page).text).tags
            if tag == "a" and "format=csv" in a.get("href", "")
        ]
        assert {link.split("?")[0] for link in links} == lists
        for link in links:
            assert client.get(link).text.count("\n") > 1, link


def test_a_search_keeps_the_crisis_that_is_asked_about(reader, parsed):
    found = parsed(reader.get("/search?attacked=IRN&by=ISR&on=2025-06-13&since=2025-06-14&actor=RUS").text)
    kept = [(a["name"], a["value"]) for tag, a in found.tags if tag == "input" and a.get("type") == "hidden"]
    assert kept.count(("attacked", "IRN")) == kept.count(("since", "2025-06-14")) == 2, "in both forms"
    assert "Only those from 14 June 2025" in found.text
    assert "told 13 June 2025" in parsed(reader.get("/search?actor=RUS").text).text, (
        "no day of its own: that of its report"
    )


def test_an_unknown_choice_of_sources_is_said(reader):
    assert reader.get("/sources?only=zzz").status_code == 422


def test_a_search_without_a_word_says_so_in_its_own_terms(reader):
    for q in ("!!!", "-x"):
        message = reader.get("/api/documents", params={"q": q}).json()["error"]["message"]
        assert "word to find" in message
        assert "foedus store" not in message


def test_paths_of_the_machine_stay_off_the_pages_and_the_api(client, store, by_hand):
    store.add([Document("A talk.", id="t", source="/home/ann/secret folder/talk.txt")], by_hand())
    for path in ("/api/documents", "/api/documents/t", "/sources", "/desk/t", "/api/sources"):
        assert "/home/ann" not in client.get(path).text, path
    assert client.get("/api/documents/t").json()["source"] == "talk.txt"


def test_an_import_counts_files_and_rows_that_could_not_be_read(client, store, tmp_path, parsed):
    folder = tmp_path / "secret-place"
    folder.mkdir()
    (folder / "bad.csv").write_text("hello\n")
    store.import_(folder)
    page = client.get("/sources").text
    assert '<td class="num" data-label="faults">1</td>' in page
    assert "secret-place/" not in page
