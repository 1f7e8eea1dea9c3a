from __future__ import annotations

import pytest

from foedus.brief.blows import told
from foedus.brief.text import lay_out


def weights(story, sentence, *acts):
    document, events = story([(sentence, list(acts))])
    return {
        (blow.event.actor, blow.victim): blow.weight for _, blow in told(lay_out("d1", document, events), None, False)
    }


STRUCK = {"actor": "MLI", "recipient": "NER", "type": "ASSAULT"}


@pytest.mark.parametrize(
    "sentence",
    [
        "Mali shot down a jet of Niger.",
        "Mali shot a jet of Niger down.",
        "Mali downed a drone of Niger.",
        "Mali struck Niger by mistake.",
        "Mali struck Niger in retaliation.",
    ],
)
def test_answers_air_defence_and_mistakes_are_less_than_an_attack(story, sentence):
    assert weights(story, sentence, STRUCK)["MLI", "NER"] < weights(story, "Mali struck Niger.", STRUCK)["MLI", "NER"]


def test_an_apology_refused_is_none(story):
    refused = weights(story, "Mali struck Niger and refused to apologise.", STRUCK)
    assert refused == weights(story, "Mali struck Niger.", STRUCK)


def test_only_the_verb_of_the_attack_makes_it_air_defence(story):
    sentence = "Mali bombed Niamey, the capital of Niger, which said that it had downed a drone."
    spans = {"predicate": "bombed"}
    assert weights(story, sentence, STRUCK | {"spans": spans}) == weights(story, "Mali struck Niger.", STRUCK)


@pytest.mark.parametrize(
    ("sentence", "count"),
    [
        ("Mali imposed a naval blockade on Togo.", 1),
        ("Mali put a naval quarantine around Togo.", 1),
        ("Mali closed the waters around Togo.", 1),
        ("Mali put fruit from Togo in quarantine.", 0),
        ("Mali banned imports from Togo.", 0),
    ],
)
def test_a_blockade_is_force_and_a_ban_is_none(story, sentence, count):
    assert len(weights(story, sentence, {"actor": "MLI", "recipient": "TGO", "type": "SANCTION"})) == count
