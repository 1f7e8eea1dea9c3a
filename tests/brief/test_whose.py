from __future__ import annotations

from foedus.brief.text import lay_out
from foedus.brief.whose import Thread, flat


def holders(story, phrase, *sentences):
    document, events = story([(sentence, []) for sentence in sentences])
    text = lay_out("d1", document, events)
    thread = Thread(text, ["PER", "BRA", "USA"], ["CHL"])
    for line in text.lines[:-1]:
        thread.read(line)
    at = flat(text, text.lines[-1]).index(phrase)
    return thread.holders(text.lines[-1], at, at + len(phrase))


def test_all_that_are_joined_share_a_reason(story):
    assert holders(story, "risk", "Peru and Brazil did not want to risk war.") == ("PER", "BRA")


def test_an_it_that_stands_for_nobody_leaves_the_state_named(story):
    assert holders(story, "weak", "Chile asked for help.", "It shows that Peru's army is weak.") == ("PER",)


def test_a_clause_of_its_own_names_its_own_holder(story):
    assert holders(story, "treaty", "Chile's treaty did not exist; Peru kept quiet.") == ()


def test_the_united_states_are_no_other_states(story):
    assert holders(story, "fighting", "The United States was fighting in Laos.") == ("USA",)
    assert holders(story, "ready", "Peru said that other states were ready.") == ()


def test_an_it_is_whom_the_sentence_before_is_about_not_whom_its_opening_names(story):
    assert holders(
        story, "afford", "After Chile's appeal to Brazil, Peru offered help.", "It cannot afford a war."
    ) == ("PER",)
    assert holders(story, "afford", "Ecuador offered help.", "It cannot afford to lose Peru.") == ()


def test_a_clause_after_and_keeps_its_subject_unless_it_brings_its_own(story):
    assert holders(story, "risk", "Ecuador spoke to Brazil and did not want to risk war.") == ()
    assert holders(story, "afford", "Ecuador asked for help, but Peru cannot afford it.") == ("PER",)


def test_what_an_opening_names_is_not_the_subject(story):
    assert holders(story, "afford", "Unlike Ecuador, Peru cannot afford a war.") == ("PER",)
