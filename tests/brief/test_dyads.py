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
