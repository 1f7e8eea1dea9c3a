from __future__ import annotations

import pytest

from foedus.ledger import rules
from foedus.model.event import QUADS, Event, Span, Why


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


def denial(quote, word, kind="REJECT", **more):
    at = quote.index(word)
    return Event("A", "C", kind, quote=quote, predicate_span=Span(at, at + len(word)), **more)


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("Chile denied that weapons for Peru had crossed its soil.", "denied"),
        ("Lima said that Chile armed Ecuador; Santiago denied it.", "denied"),
        ("Chile denied arming Peru.", "denied"),
        ("Chile denied all of Peru's claims.", "denied"),
        ("Chile's denial came a day later.", "denial"),
        ("Chile dismissed reports that it had armed Peru.", "dismissed"),
        ("Chile rejected the Peruvian claim as false.", "rejected"),
    ],
)
def test_a_denial_takes_no_side_and_refuses_nothing(quote, word):
    event = denial(quote, word)
    assert rules.denies(event)
    assert rules.direction(event, "C", ["X"], True) == rules.direction(event, "X", ["C"], True) == ("neutral", False)
    assert rules.section(event) == "word"


@pytest.mark.parametrize(
    ("quote", "word"),
    [
        ("Chile denied Peru's request for arms.", "denied"),
        ("Chile embargoed Peru and denied it fuel.", "denied"),
        ("Chile denied Peru landing rights.", "denied"),
        ("Chile denied landing rights to Peru.", "denied"),
        ("Chile rejected Peru's demand.", "rejected"),
        ("Chile dismissed the Peruvian offer.", "dismissed"),
        ("Chile's denial of overflight angered Peru.", "denial"),
    ],
)
def test_what_is_denied_to_somebody_is_refused(quote, word):
    event = denial(quote, word)
    assert not rules.denies(event)
    assert (rules.section(event), rules.direction(event, "C", ["X"], True)) == ("refusal", ("against", False))


def test_help_that_is_only_denied_is_not_withheld():
    told = Event("A", "C", "AID", polarity="negative", quote="Reports that A's troops fight for C are baseless.")
    coded = Event("A", "C", "AID", polarity="negative", quote="A denies it.", why=Why("frame", ("scope: deny",)))
    for event in (told, coded):
        assert (rules.standing(event), rules.direction(event, "C", ["X"], True)) == ("denied", ("neutral", False))
    plain = Event("A", "C", "AID", polarity="negative", quote="A sent C no arms.", why=Why("frame", ("scope: no",)))
    assert (rules.standing(plain), rules.direction(plain, "C", ["X"], True)) == ("stands", ("for", False))


def test_what_somebody_declined_to_do_is_named_by_its_verb():
    assert rules.declined(Event("A", "C", "REJECT", quote="Oman refused to publicly condemn Kuwait.")) == "condemn"
    assert rules.declined(Event("A", "C", "REJECT", quote="Oman blocked sanctions on Kuwait.")) is None
