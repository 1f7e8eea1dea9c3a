import numpy as np
import pytest

from foedus.coding.assemble import assemble
from foedus.coding.decide import TYPES, Decision
from foedus.coding.space import predicates

LEAST = {"event": 0.25, "place": 0.5, "joint": 0.15, "type": 0.3, "roles": 0.35}


def decision(p, kind, sure, actor, recipient):
    types = np.full(len(TYPES) + 1, (1 - sure) / len(TYPES), np.float32)
    types[TYPES.index(kind)] = sure
    return Decision(
        types,
        np.array([0.95 if o.ref.code == actor else 0.01 for o in p.actors], np.float32),
        np.array([0.95 if o.ref.code == recipient else 0.01 for o in p.recipients], np.float32),
        0.0, 0.0, np.array([1, 0, 0], np.float32), 0.0,
    )  # fmt: skip


@pytest.mark.parametrize(("sure", "expected"), [(0.9, "SANCTION"), (0.3, "ACCUSE")])
def test_the_surer_of_model_and_rules_wins(read, at, sure, expected):
    entities = read("Peru condemned Chile.")
    (p,) = [p for p in predicates(entities) if p.word == at(entities, "condemned")]
    (event,) = assemble(entities, [p], [decision(p, "SANCTION", sure, "PER", "CHL")], LEAST)
    assert (event.actor.code, event.recipient.code, event.type) == ("PER", "CHL", expected)
    assert 0 < event.confidence <= 1


def test_below_the_bar_there_is_no_event(read, at):
    entities = read("Peru resembles Chile.")
    (p,) = [p for p in predicates(entities) if p.word == at(entities, "resembles")]
    assert assemble(entities, [p], [decision(p, "ACCUSE", 0.1, "PER", "CHL")], LEAST) == []
