from __future__ import annotations

from foedus.actors.roles import at, before, left_of, right_of
from foedus.actors.text import tokens


def spans(text):
    return [(token.start, token.end) for token in tokens(text)]


def test_a_title_after_a_name():
    text = "Russia's former foreign minister spoke"
    found = right_of(text, spans(text), 1, bare=True)
    assert found is not None
    assert (found.title.canonical, found.former) == ("foreign minister", True)
    plain = "Russia forces Ukraine"
    assert right_of(plain, spans(plain), 1, bare=True) is None, "forces may be a verb there"


def test_a_title_before_a_name():
    text = "the president of Iran"
    found = left_of(text, spans(text), 3)
    assert found is not None
    assert found.title.canonical == "president"
    person = "President Putin"
    assert before(person, spans(person), 1) is not None
    assert before("Yesterday Putin", spans("Yesterday Putin"), 1) is None


def test_the_longest_title_is_taken():
    text = "deputy foreign minister"
    found = at(text, spans(text), 0)
    assert found is not None
    assert found[1] == 3
