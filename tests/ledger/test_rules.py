from __future__ import annotations

import pytest

from foedus.ledger import rules
from foedus.model.event import QUADS, Event


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
