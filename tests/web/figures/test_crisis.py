import pytest

from foedus.web import figures
from foedus.web.ask import Ask
from foedus.web.figures.crisis import COUNTS
from foedus.web.live import book, live
from foedus.web.shelf import Shelf
from foedus.world.world import World


def seen(store, on="2025-06-13", **more):
    return live(Shelf(store), Ask(("IRN",), ("ISR",), on, **more), World.shipped())


@pytest.fixture
def view(store):
    return seen(store)


def bars(view, state):
    return {row["type"]: row for row in figures.bars(view, state, *book(view, state)).rows}


def test_answers_count_acts_and_reports_apart(view):
    rows = {row["supporter"]: row for row in figures.answers(view).rows}
    assert (rows["CHN"]["deeds"], rows["CHN"]["words"], rows["CHN"]["reports"]) == (1, 0, 1)
    assert (rows["RUS"]["deeds"], rows["RUS"]["promises"], rows["RUS"]["refusals"]) == (0, 1, 1)
    assert set(figures.answers(view).columns) == set(rows["RUS"])
    assert all(isinstance(rows["RUS"][name], int) for name in COUNTS)


def test_the_crisis_says_who_attacked_since_when_and_how_that_is_known(view):
    told = figures.answers(view).extra["crisis"]
    assert told["attacked"] == ["IRN"]
    assert told["attackers"][0]["code"] == "ISR"
    assert (told["date"], told["found"]) == ("2025-06-13", "given")


def test_an_act_has_its_sentence_and_its_place_in_the_document(view, event_ids):
    row = bars(view, "CHN")["AID"]
    assert row["quotes"] == ["China sent medicine to Iran on June 14."]
    (told,) = row["evidence"]
    assert (told["document"], told["event"]) == ("wire", event_ids["wire", "CHN", "AID"])
    assert told["title"] == "Israel strikes Iran"


def test_promise_refusal_and_words_against_the_attacker_are_told_apart(view):
    rows = bars(view, "RUS")
    assert rows["AGREE"]["section"] == "promise"
    assert rows["REJECT"]["section"] == "refusal"
    assert (rows["ACCUSE"]["on_behalf"], rows["ACCUSE"]["reports"]) == (True, 2), "two documents tell of one act"


def test_a_state_that_says_nothing_has_an_empty_figure_not_a_zero_row(view):
    figure = figures.bars(view, "BRA", *book(view, "BRA"))
    assert figure.rows == ()
    assert figure.to_csv().count(b"\n") == 1


def test_acts_outside_the_window_are_left_out_and_those_without_a_day_stay(store):
    rows = bars(seen(store, since="2025-06-15", until="2025-06-15"), "RUS")
    assert "REJECT" in rows
    assert not bars(seen(store, since="2025-06-15", until="2025-06-15"), "CHN")


def test_duties_name_treaty_article_and_source(view):
    figure = figures.duties(view)
    mine = [row for row in figure.rows if row["state"] == "RUS" and row["toward"] == "IRN"]
    assert mine
    for row in mine:
        assert row["title"]
        assert row["source"]
        assert set(figure.columns) <= set(row)


def test_a_crisis_before_the_state_system_has_no_duties_and_says_why(store):
    figure = figures.duties(seen(store, "1700-01-01"))
    assert figure.rows == ()
    assert "were not looked up" in figure.note
