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
        "Turkey offered to mediate but was turned down.",
        "Turkey offered its good offices, and Iran did not accept them.",
    ],
)
def test_what_is_undone_possible_past_or_a_side_s_own_is_none(story, sentence):
    assert found(story, sentence) == []


def test_the_coded_actor_of_an_offer_outranks_the_first_name(story):
    offer = {"actor": "EGY", "recipient": None, "type": "AGREE"}
    assert found(story, "Asked in Ankara, Egypt offered to mediate.", offer)[0][0] == "EGY"


@pytest.mark.parametrize(
    ("later", "left"),
    [
        ("Turkey ended its mediation on Friday.", ["EGY"]),
        ("Iran declined Turkey's mediation.", ["EGY"]),
        ("Israel rejected all outside mediation.", []),
        ("Norway ended its mediation in Sudan.", ["TUR", "EGY"]),
        ("In recent years Turkey ended its mediation twice.", ["TUR", "EGY"]),
    ],
)
def test_what_is_told_later_to_be_over_or_refused_is_no_live_offer(story, later, left):
    first = story([STRIKE, ("Turkey offered to mediate.", []), ("Egypt is mediating.", [])], published="2025-06-14")
    second = story([("Iran spoke.", []), (later, [])], key="s2", published="2025-06-20")
    texts = [lay_out("d2", *second), lay_out("d1", *first)]
    assert [row.actor for row in find(texts, {"ISR", "IRN"})] == left
