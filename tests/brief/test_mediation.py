from __future__ import annotations

import pytest

from foedus.brief.mediation import find
from foedus.brief.text import lay_out

STRIKE = ("Israel bombed Iran.", [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT"}])


def found(story, sentence, *events, paragraphs=True):
    document, coded = story([STRIKE, (sentence, list(events))], paragraphs=paragraphs)
    return [(row.actor, row.quote) for row in find([lay_out("d1", document, coded)], {"ISR", "IRN"})]


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey offered to mediate between Israel and Iran.",
        "Ankara is trying to act as a go-between.",
        "Turkey hosted talks between Israel and Iran in Antalya.",
    ],
)
def test_an_offer_is_told_though_nothing_is_coded(story, sentence):
    assert found(story, sentence) == [("TUR", sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Turkey refused to mediate.",
        "Turkey ended its mediation on Friday.",
        "Turkey could still position itself as a mediator.",
        "Iran asked for mediation.",
        "In recent years Turkey has mediated between Israel and Iran.",
        "Turkey sent tents.",
    ],
)
def test_what_is_undone_possible_past_or_a_side_s_own_is_none(story, sentence):
    assert found(story, sentence) == []


def test_the_coded_actor_of_an_offer_outranks_the_first_name(story):
    offer = {"actor": "EGY", "recipient": None, "type": "AGREE"}
    assert found(story, "Asked in Ankara, Egypt offered to mediate.", offer)[0][0] == "EGY"
