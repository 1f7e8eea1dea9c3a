from foedus.model.document import Document
from foedus.store.store import Store
from foedus.web.app import create_app
from foedus.web.settings import Settings

ASK = "?attacked=IRN&by=ISR&on=2025-06-13"


def test_a_side_has_no_page_as_a_supporter(reader):
    answer = reader.get("/supporter/IRN" + ASK)
    assert answer.status_code == 422
    assert "is a side of this crisis" in answer.text


def test_what_ifs_stand_in_the_address_and_on_the_page(reader, parsed):
    answer = reader.get("/supporter/RUS" + ASK + "&what_if=RUS-IRN:+defense")
    assert "With the what-if: a defence pact with Iran" in parsed(answer.text).text
    assert 'aria-pressed="true"' in answer.text
    wrong = reader.get("/supporter/RUS" + ASK + "&what_if=RUS-IRN:+friendship")
    assert wrong.status_code == 200, "the rest of the page still stands"
    assert "is no clause" in parsed(wrong.text).text


def test_a_code_that_nobody_knows_is_told_and_a_name_finds_its_code(reader):
    nobody = reader.get("/supporter/ABC" + ASK)
    assert nobody.status_code == 422
    assert "ABC is no actor that we know" in nobody.text
    group = reader.get("/supporter/HOUTHIS" + ASK, follow_redirects=False)
    assert (group.status_code, group.headers["location"].split("?")[0]) == (303, "/supporter/HOUTHI")


def test_a_state_without_an_estimate_says_why(reader, parsed):
    gone = parsed(reader.get("/supporter/SUN" + ASK).text).text
    assert "No estimate: the Soviet Union was no state on 13 June 2025." in gone


def test_a_state_with_an_article_has_it_in_the_sentence(reader, parsed):
    text = " ".join(parsed(reader.get("/supporter/GBR" + ASK).text).text.split())
    assert "that the United Kingdom goes beyond words" in text


def test_the_evidence_says_up_to_which_day_it_counts(reader, parsed):
    assert (
        "From the texts, of up to 13 June 2025 or without a day" in parsed(reader.get("/supporter/RUS" + ASK).text).text
    )


def test_the_headline_is_of_the_attacked_whomever_the_ledger_is_of(tmp_path, parsed, by_hand):
    from fastapi.testclient import TestClient

    store = Store(tmp_path / "other side")
    store.add(
        [Document("Germany sent arms to Israel.", id="d")], by_hand(("DEU", "ISR", "AID", {"date": "2025-06-14"}))
    )
    with TestClient(create_app(Settings(store=store.folder, warm=False)), base_url="http://127.0.0.1") as client:
        text = parsed(client.get("/supporter/DEU" + ASK).text).text
    assert "Germany: how far for Iran?" in text
    assert "Words and deeds towards Israel" in text
    assert "the estimate above is for the attacked" in text
