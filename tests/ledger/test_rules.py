from __future__ import annotations

import pytest

from foedus.ledger import rules
from foedus.model.event import QUADS, Event, Span


def test_every_type_has_a_weight_and_every_mode_weight_names_a_type():
    table = rules.table("weights")
    assert set(table["type"]) == set(QUADS)
    assert all(0 < value <= 10 for value in (*table["type"].values(), *table["mode"].values()))
    assert all(key.split()[0] in QUADS for key in table["mode"])


def test_deeds_weigh_more_than_words_of_the_same_colour():
    assert rules.weight("AID") > rules.weight("AGREE") > rules.weight("CONSULT", "phone")
    assert rules.weight("ASSAULT") == max(rules.weight(kind) for kind in QUADS)


@pytest.mark.parametrize(
    ("event", "standing"),
    [
        (Event("A", "B", "AID"), "stands"),
        (Event("A", "B", "AID", speaker="A"), "claimed"),
        (Event("A", "B", "AID", speaker="MEDIA"), "claimed"),
        (Event("A", "B", "SUPPORT", speaker="A"), "stands"),
        (Event("A", "B", "AID", modality="hypothetical", speaker="B"), "hypothetical"),
        (Event("A", "B", "RETREAT", modality="future", speaker="A"), "stands"),
        (Event("A", "B", "RETREAT", modality="future", speaker="ANALYSTS"), "hypothetical"),
        (Event("A", "B", "ASSAULT", polarity="negative", speaker="A"), "denied"),
        (Event("A", "B", "AID", polarity="negative", speaker="A"), "stands"),
        (Event("A", "B", "AID", historical=True, speaker="B"), "historical"),
    ],
)
def test_standing(event, standing):
    assert rules.standing(event) == standing


def test_mediation_and_ceasefires_take_no_side():
    assert rules.direction(Event("R", "X", "CONSULT", mode="third-party"), "C", ["X"], True) == ("neutral", False)
    assert rules.direction(Event("R", "X", "RETREAT", mode="ceasefire"), "C", ["X"], True) == ("neutral", False)


@pytest.mark.parametrize(
    ("quote", "spared"),
    [
        ("Ghana refused to condemn Mali.", True),
        ("Ghana declined to join Western sanctions against Mali.", True),
        ("Ghana blocked sanctions against Mali.", True),
        ("Ghana rejected any condemnation of Mali.", True),
        ("Ghana rejected Malian criticism.", False),
        ("Ghana rejected the sanctions against it.", False),
        ("Ghana refused to send Mali arms.", False),
    ],
)
def test_to_refuse_to_condemn_or_punish_serves_the_one_that_is_spared(quote, spared):
    event = Event("GHA", "MLI", "REJECT", quote=quote)
    assert rules.direction(event, "NER", ["MLI"], True)[0] == ("adversary" if spared else "for")
    assert rules.direction(event, "MLI", ["NER"], True)[0] == ("for" if spared else "against")
    assert rules.section(event) == ("word" if spared else "refusal")


@pytest.mark.parametrize(
    ("kind", "quote", "direction"),
    [
        ("AID", "Ghana evacuated its citizens from Mali.", "neutral"),
        ("RETREAT", "Ghana evacuated hundreds of its nationals from Mali.", "neutral"),
        ("AID", "Ghana evacuated wounded children from Mali.", "for"),
        ("MOBILIZE", "Ghanaian peacekeepers arrived in Mali.", "neutral"),
        ("AID", "Ghanaian troops arrived to help Mali.", "for"),
    ],
)
def test_to_fetch_one_s_own_or_to_keep_the_peace_takes_no_side(kind, quote, direction):
    assert rules.direction(Event("GHA", "MLI", kind, quote=quote), "MLI", ["NER"], True)[0] == direction


def test_help_that_somebody_blocked_is_withheld():
    blocked = "Ghana blocked West African aid to Mali."
    at = Span(blocked.index("aid"), blocked.index("aid") + 3)
    assert rules.section(Event("ECOWAS", "MLI", "AID", quote=blocked, predicate_span=at)) == "withheld"
    given = "Ghana sent aid to Mali and blocked a road."
    at = Span(given.index("sent"), given.index("sent") + 4)
    assert rules.section(Event("GHA", "MLI", "AID", quote=given, predicate_span=at)) == "deed"


@pytest.mark.parametrize(
    ("quote", "verb", "expected"),
    [
        ("Ghana offered Mali to mediate.", "offered", True),
        ("In its role as mediator, Ghana offered Mali a plan.", "offered", True),
        ("Ghana ended its mediation and promised Mali arms.", "promised", False),
        ("Ghana promised Mali arms and mediated.", "promised", False),
        ("Ghana ended its mediation, imposed sanctions on Niger and promised Mali arms.", "promised", False),
        ("Ghana promised Mali arms.", "promised", False),
    ],
)
def test_an_offer_to_mediate_is_told_from_another_promise_of_its_sentence(quote, verb, expected):
    at = Span(quote.index(verb), quote.index(verb) + len(verb))
    assert rules.mediates(Event("GHA", "MLI", "AGREE", quote=quote, predicate_span=at)) is expected
