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
