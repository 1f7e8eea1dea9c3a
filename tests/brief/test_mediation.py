from __future__ import annotations

import pytest

from foedus.brief.mediation import by_mediator, find
from foedus.brief.model import MediationRow
from foedus.brief.text import lay_out

STRIKE = ("Israel bombed Iran.", [{"actor": "ISR", "recipient": "IRN", "type": "ASSAULT"}])


def outcomes(story, sentence):
    document, coded = story([STRIKE, (sentence, [])])
    return [(row.actor, row.outcome) for row in find([lay_out("d1", document, coded)], {"ISR", "IRN"})]


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
        "Norway ended its mediation in Sudan.",
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
    rows = find(texts, {"ISR", "IRN"})
    assert [row.actor for row in rows if row.outcome == "live"] == left
    over = {row.actor for row in rows if row.outcome != "live"}
    assert over == {"TUR", "EGY"} - set(left)
    assert all(later in [row.quote for row in rows if row.actor == actor] for actor in over)


@pytest.mark.parametrize(
    ("sentence", "outcome"),
    [
        ("Turkey offered to mediate but was turned down.", "turned down"),
        ("Turkey offered its good offices, and Iran did not accept them.", "turned down"),
        ("Turkey offered to mediate; Iran refused.", "turned down"),
        ("Turkey offered to mediate; Israel accepted the offer and Iran refused it.", "split"),
        ("Turkey offered to mediate, but refused to send troops.", "live"),
        ("Turkey offered to mediate and rejected sanctions on Iran.", "live"),
        ("Turkey ended its mediation on Friday.", "ended"),
        ("Turkey ended its mediation and promised Iran fuel.", "ended"),
    ],
)
def test_an_offer_refused_or_ended_is_told_with_what_became_of_it(story, sentence, outcome):
    assert outcomes(story, sentence) == [("TUR", outcome)]


def test_one_mediator_has_one_row_for_each_outcome():
    rows = [
        MediationRow("TUR", "First.", "d1s1", "Wire", "turned down"),
        MediationRow("EGY", "Second.", "d1s2", "Wire"),
        MediationRow("TUR", "Third.", "d1s3", "Wire", "turned down"),
    ]
    assert [(title, actor, [row.quote for row in told]) for title, actor, told in by_mediator(rows)] == [
        ("mediates", "EGY", ["Second."]),
        ("offered to mediate, turned down", "TUR", ["First.", "Third."]),
    ]
