from __future__ import annotations

import pytest

from foedus.brief.text import lay_out
from foedus.brief.watch import KINDS, find


def kinds(story, sentence):
    document, events = story([("Russia spoke on Friday to reporters.", []), (sentence, [])], paragraphs=False)
    return [row.kind for row in find([lay_out("d1", document, events)], ["RUS", "IRN"])]


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("It is worth watching whether Russia will repair the defences of Iran.", "to watch"),
        ("Russia is expected to send an envoy to Iran next week.", "expects"),
        ("Russia could send radars to Iran.", "possible"),
        ("The Russian people will never look on with folded arms.", "announces"),
        ("Russia will not stand idly by.", "announces"),
        ("Russia will not send radars to Iran.", "rules out"),
        ("Russia said it would not fight for Iran.", "rules out"),
        ("Russia threatens to seize the ships of Iran.", "threatens"),
        ("Iran warned that it was ready for a confrontation with Russia.", "threatens"),
        ("Iran warned Russia not to move troops.", "threatens"),
        ("Analysts warned that the war could spread to Russia.", "fears"),
        ("Russia called the blockade piracy and said Russian ships would ignore it.", "announces"),
        ("Russia pledged that Moscow would support Iran.", "announces"),
        ("Iran said it would send troops.", "announces"),
        ("Iran said it might send troops.", "possible"),
        ("Iran said that Russia would lose the war.", "possible"),
        ("Russia has refused to say what it would do.", "to watch"),
    ],
)
def test_what_is_open_is_told_by_kind(story, sentence, kind):
    assert kinds(story, sentence) == [kind]
    assert kind in KINDS


def test_a_plain_fact_or_another_s_affair_is_nothing_to_watch(story):
    assert kinds(story, "Russia sent radars to Iran.") == []
    assert kinds(story, "Brazil could send wheat to Chile.") == []


def test_a_risk_to_something_named_is_no_fear(story):
    assert kinds(story, "Russia did not want to risk that mission to Iran.") == []
