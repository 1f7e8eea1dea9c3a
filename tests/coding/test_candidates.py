import pytest

from foedus.coding.candidates import candidates


def triples(entities):
    return {(c.actor.code, c.recipient.code if c.recipient else None, c.type) for c in candidates(entities)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Brazil condemned Chile.", {("BRA", "CHL", "ACCUSE")}),
        ("Chile was condemned by Brazil.", {("BRA", "CHL", "ACCUSE")}),
        ("Ecuador was bombed.", set()),
        ("Brazil refused to sell jets to Chile.", {("BRA", "CHL", "REJECT")}),
        ("Brazil and Peru urged Chile to withdraw.", {("BRA", "CHL", "REQUEST"), ("PER", "CHL", "REQUEST")}),
        ("Brazil will bomb Chile, its minister said.", {("BRA", "CHL", "THREATEN")}),
        ("Brazil will send grain to Chile.", {("BRA", "CHL", "AGREE")}),
        ("Oil rose after Brazil's attack on Chile.", {("BRA", "CHL", "ASSAULT")}),
        ("Brazil wants to attack Chile.", set()),
        ("Relations between Brazil and Chile are close.", set()),
    ],
)
def test_what_a_sentence_holds(read, text, expected):
    assert triples(read(text)) == expected


def test_a_meeting_is_one_event_a_pair(read):
    found = candidates(read("Brazil and Chile held talks with Peru."))
    pairs = [frozenset((c.actor.code, c.recipient.code)) for c in found if c.type == "CONSULT"]
    assert set(pairs) == {frozenset(("BRA", "PER")), frozenset(("CHL", "PER"))}
    assert len(pairs) == len(set(pairs))
