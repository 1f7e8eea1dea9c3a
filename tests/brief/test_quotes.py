from __future__ import annotations

from foedus.brief.quotes import quotations, speaker
from foedus.brief.text import lay_out


def line(story, *sentences):
    document, events = story([(sentence, []) for sentence in sentences], paragraphs=False)
    text = lay_out("d1", document, events)
    return text, text.lines[-1]


def test_quoted_words_keep_their_speaker(story):
    text, last = line(story, 'Kremlin spokesman Dmitry Peskov said, "Russia supported Iran through its clear stance."')
    (found,) = quotations(text, last)
    assert (found.code, "Peskov" in found.who) == ("RUS", True)
    assert found.words == "Russia supported Iran through its clear stance."


def test_a_pronoun_goes_back_to_who_spoke(story):
    text, last = line(
        story, "Dmitry Peskov said that talks go on.", 'He added, "We stand by our clear position on Iran."'
    )
    told = speaker(text, last)
    assert told is not None
    assert told[0] == "RUS"


def test_a_plain_sentence_has_no_speaker(story):
    text, last = line(story, "Russia sent ships.")
    assert speaker(text, last) is None
    assert quotations(text, last) == []


def test_who_stands_before_the_word_of_speech_speaks(story):
    sentence = (
        "The presidents of Peru, Chile and Bolivia condemned the raid, and Ecuador said it might close its ports."
    )
    text, last = line(story, sentence)
    assert speaker(text, last) == ("ECU", "Ecuador")


def test_all_who_speak_together_are_told(story):
    text, last = line(story, "Peru, Chile and Bolivia announced that they would send ships.")
    assert speaker(text, last) == ("BOL", "Peru, Chile and Bolivia")
    text, last = line(story, "President Lula and President Boric said that they would send ships.")
    told = speaker(text, last)
    assert told is not None
    assert "Boric" in told[1]
    assert " and " in told[1]
