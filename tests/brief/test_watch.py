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
    ],
)
def test_what_is_open_is_told_by_kind(story, sentence, kind):
    assert kinds(story, sentence) == [kind]
    assert kind in KINDS


def test_a_plain_fact_or_another_s_affair_is_nothing_to_watch(story):
    assert kinds(story, "Russia sent radars to Iran.") == []
    assert kinds(story, "Brazil could send wheat to Chile.") == []
