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
        ("What to watch: whether Russia leaves the islands of Iran.", "to watch"),
        ("Watch whether Russia leaves the islands of Iran.", "to watch"),
        ("The question is whether Russia leaves the islands of Iran.", "to watch"),
        ("Dmitry Peskov warned Iran on July 21 that Russia would not be treated as of no account.", "threatens"),
        ("Russia may have to leave Iran.", "possible"),
    ],
)
def test_what_is_open_is_told_by_kind(story, sentence, kind):
    assert kinds(story, sentence) == [kind]
    assert kind in KINDS


def test_a_plain_fact_or_another_s_affair_is_nothing_to_watch(story):
    assert kinds(story, "Russia sent radars to Iran.") == []
    assert kinds(story, "Brazil could send wheat to Chile.") == []


def test_what_might_have_been_or_could_not_be_is_not_open(story):
    assert kinds(story, "Russia may also have hoped for a bargain with Iran.") == []
    assert kinds(story, "Russia might well have sent radars to Iran.") == []
    assert kinds(story, "Russia has sent Iran no radars and could not if it would.") == []
    assert kinds(story, "Russia could not send radars to Iran.") == []


def test_what_a_text_on_the_crisis_bids_to_watch_need_not_name_its_actors(story):
    bidden = ("What to watch: whether Chile's talks survive.", [])
    act = {"type": "CONDEMN", "actor": "RUS", "recipient": "IRN"}
    for first, expected in ((("Russia condemned Iran.", [act]), ["to watch"]), (("Peru slept.", []), [])):
        document, events = story([first, bidden])
        assert [row.kind for row in find([lay_out("d1", document, events)], ["RUS", "IRN"])] == expected


def test_a_named_day_that_a_later_report_has_seen_go_by_is_past(story):
    said = ("Russia said on June 19 that it would send radars to Iran.", [])
    early = lay_out("d1", *story([said], published="2025-06-20"))
    soon, late = (lay_out("d2", *story([("Peru slept.", [])], published=day)) for day in ("2025-06-28", "2025-07-20"))
    assert [row.kind for row in find([early, soon], ["RUS"])] == ["announces"]
    assert find([early, late], ["RUS"]) == ()


def test_all_who_speak_together_are_named(story):
    document, events = story([("Brazil, Russia and Iran announced that they would send radars.", [])])
    assert [row.who for row in find([lay_out("d1", document, events)], ["RUS"])] == ["Brazil, Russia and Iran"]


def test_a_risk_to_something_named_is_no_fear(story):
    assert kinds(story, "Russia did not want to risk that mission to Iran.") == []
