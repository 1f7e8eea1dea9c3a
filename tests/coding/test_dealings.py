"""Who dealt with whom so far decides whom an answer answers, who "both sides" are, and which two a document is about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.dealings import Dealings


def dealings(*told):
    made = Dealings()
    for sentence, actor, recipient, *force in told:
        made.note(sentence, actor, recipient, bool(force))
    return made


def test_an_answer_goes_to_who_last_addressed_the_doer():
    made = dealings((0, "CUB", "MEX"), (1, "PER", "MEX"), (1, "MEX", "BRA"))
    assert made.interlocutor({"MEX"}, 2) == "PER"
    assert made.interlocutor({"CUB"}, 2) == "MEX", "nobody addressed it: whom it addressed itself"
    assert made.interlocutor({"PER", "MEX"}, 2) == "CUB", "never one of the doers themselves"
    assert made.interlocutor({"MEX"}, 9) is None, "too long ago"
    assert Dealings().interlocutor({"MEX"}, 0) is None


def test_sides_are_the_last_who_fought_without_those_who_cannot_be_meant():
    made = dealings((0, "ETH", "ERI", "force"), (1, "SDN", "TCD", "force"), (2, "ETH", "SDN"))
    assert made.sides(set()) == ("SDN", "TCD")
    assert made.sides({"TCD"}) == ("ETH", "ERI")
    assert made.sides({"TCD", "ERI"}) is None


def test_the_main_pair_dealt_with_each_other_more_than_once():
    once = dealings((0, "GUY", "BRA"))
    twice = dealings((0, "GUY", "BRA"), (1, "CUB", "MEX"), (2, "BRA", "GUY"))
    everyone = {"GUY", "BRA", "CUB", "MEX"}
    assert once.main_pair(set(), everyone) is None
    assert twice.main_pair(set(), everyone) == ("BRA", "GUY")
    assert twice.main_pair({"GUY"}, everyone) is None
    assert twice.main_pair(set(), everyone - {"BRA"}) is None


CODES = st.sampled_from(["CHL", "PER", "BOL", "ARG"])


@given(st.lists(st.tuples(st.integers(0, 9), CODES, CODES, st.booleans())), st.sets(CODES))
def test_nobody_left_out_is_ever_meant(told, but):
    made = Dealings()
    for one in sorted(told):
        made.note(*one)
    for meant in (made.sides(but), made.main_pair(but, {"CHL", "PER", "BOL"})):
        assert meant is None or not but & set(meant)
    assert made.interlocutor(but, 9) not in but


@pytest.mark.parametrize("actor", ["CHL", "PER"])
def test_who_deals_with_itself_is_no_pair(actor):
    assert dealings((0, actor, actor), (1, actor, actor)).main_pair(set(), {actor}) is None
