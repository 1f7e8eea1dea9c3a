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


def tellers(story, sentence, *acts, **more):
    document, events = story([(sentence, list(acts))], **more)
    return {
        (blow.event.actor, blow.victim): blow.teller for _, blow in told(lay_out("d1", document, events), None, False)
    }


@pytest.mark.parametrize(
    ("sentence", "reason"),
    [
        ("Mali struck Niger in response to the aggression of Niger against its posts.", "aggression"),
        ("Mali struck Niger, answering a raid by Niger that killed two.", "raid"),
        ("Mali said that it had answered a strike by Niger.", "strike"),
    ],
)
def test_the_reason_of_an_answer_is_the_word_of_who_answers(story, sentence, reason):
    grievance = {"actor": "NER", "recipient": "MLI", "type": "ASSAULT", "spans": {"predicate": reason}}
    assert tellers(story, sentence, grievance) == {("NER", "MLI"): "MLI"}


def test_what_follows_the_reason_is_the_answer_in_the_sources_own_voice(story):
    sentence = "In response to a raid, Mali struck Niger."
    spans = {"actor": "Mali", "predicate": "struck"}
    assert tellers(story, sentence, STRUCK | {"spans": spans}) == {("MLI", "NER"): None}


def test_a_partys_own_statement_is_its_own_word(story):
    act = ("Niger attacked Mali.", {"actor": "NER", "recipient": "MLI", "type": "ASSAULT"})
    assert tellers(story, *act, title="Foreign Ministry of Mali: Statement") == {("NER", "MLI"): "MLI"}
    assert tellers(story, *act, title="Foreign Ministry of Ghana: Statement") == {("NER", "MLI"): None}
    assert tellers(story, *act, title="Niger attacks Mali") == {("NER", "MLI"): None}


def test_an_attack_that_its_actor_denies_is_none_of_its_own_telling(story):
    denied = STRUCK | {"speaker": "MLI", "spans": {"predicate": "carrying"}}
    assert not tellers(story, "Mali denied carrying out the strike on Niger.", denied)
    owned = STRUCK | {"speaker": "MLI", "spans": {"predicate": "struck"}}
    assert tellers(story, "Mali denied the charges and said that it had struck Niger.", owned)


def test_the_day_of_what_was_answered_is_not_the_day_of_the_answer(story):
    sentence = "Mali answered a strike by Niger on 2 June."
    act = STRUCK | {"date": "2024-06-02", "spans": {"predicate": "answered"}}
    document, events = story([(sentence, [act])], published="2024-06-05")
    assert [blow.day for _, blow in told(lay_out("d1", document, events), None, False)] == [None]
