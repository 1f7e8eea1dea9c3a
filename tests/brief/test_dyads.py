from __future__ import annotations

import pytest

from foedus.brief import dyads
from foedus.brief.text import lay_out
from foedus.model.document import Document


@pytest.mark.parametrize(
    ("sentence", "attackers"),
    [
        ("Jordan condemned the bombing of Iraq.", set()),
        ("Jordan denounced attacks on Iraq.", set()),
        ("American air strikes on Iraq went on.", {"USA"}),
        ("France's bombing of Iraq went on.", {"FRA"}),
        ("The United States bombing of Iraq went on.", {"USA"}),
    ],
)
def test_who_speaks_of_an_attack_as_a_noun_is_not_its_attacker(sentence, attackers):
    document = Document(id="a", published="1991-01-17", text=sentence)
    assert {pair[0] for pair in dyads.weigh([lay_out("a", document, [])])} == attackers


def test_a_doubted_attack_counts_only_where_the_two_are_told_to_fight(story):
    doubted = {"actor": "MLI", "recipient": "NER", "type": "ASSAULT", "confidence": 0.4}
    sure = {"actor": "NER", "recipient": "MLI", "type": "ASSAULT"}
    alone = lay_out("d1", *story([("Mali struck Niger.", [doubted])]))
    both = lay_out("d1", *story([("Mali struck Niger.", [doubted]), ("Niger struck Mali.", [sure])]))
    assert ("MLI", "NER") not in dyads.weigh([alone])
    found = dyads.weigh([both])
    assert 0 < found["MLI", "NER"].score < found["NER", "MLI"].score


def test_the_words_for_an_attack_by_several_make_each_its_attacker():
    text = "Ghana condemned the aggression of Chad and Niger against Mali."
    found = dyads.weigh([lay_out("a", Document(id="a", published="1991-01-17", text=text), [])])
    assert set(found) == {("TCD", "MLI"), ("NER", "MLI")}
    other = "Ghana spoke of the fears of Chad and Niger against Mali."
    assert not dyads.weigh([lay_out("a", Document(id="a", published="1991-01-17", text=other), [])])


def test_days_that_one_side_alone_claims_stand_apart(story):
    blow = {"actor": "MLI", "recipient": "NER", "type": "ASSAULT", "date": "2024-06-02"}
    claim = ("Niger said that Mali had struck it.", [blow | {"speaker": "NER"}])
    other = ("Ghana said that Mali had struck Niger.", [blow | {"speaker": "GHA"}])
    alone = dyads.weigh([lay_out("d1", *story([claim], published="2024-06-05"))])["MLI", "NER"]
    assert (len(alone.days), len(alone.claims)) == (0, 1)
    assert dyads.weigh([lay_out("d1", *story([claim, other], published="2024-06-05"))])["MLI", "NER"].days


def test_a_noun_that_gives_the_reason_of_an_answer_is_a_claim():
    def found(text):
        return dyads.weigh([lay_out("a", Document(id="a", published="1991-01-17", text=text), [])])["NER", "MLI"]

    plain = found("Ghana condemned the aggression of Niger against Mali.")
    reason = found("It acted in response to the aggression of Niger against Mali.")
    assert reason.score == plain.score / 2
    assert (plain.tellers, reason.tellers) == ({None}, {"MLI"})
