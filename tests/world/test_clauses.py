from __future__ import annotations

import datetime as dt

import pytest

from foedus.model.crisis import Crisis
from foedus.model.treaty import Clause, Conditions, Party, Treaty
from foedus.world.clauses import judge, others, reference, runs
from foedus.world.world import World

FALKLANDS = Crisis(["GBR"], ["ARG"], dt.date(1982, 4, 2))


def pact(*clauses: Clause) -> Treaty:
    return Treaty(
        id="x", title="Pact", kind="alliance", parties=(Party("FRA"), Party("GBR")), signed="1950-01-01",
        start="1950-01-01", end=None, clauses=clauses, source="a book",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("conditions", "status"),
    [
        (Conditions(), "triggered"),
        (Conditions(adversaries=("DEU",)), "not triggered"),
        (Conditions(not_adversaries=("ARG",)), "not triggered"),
        (Conditions(attackers_min=2), "not triggered"),
    ],
)
def test_conditions_decide(conditions: Conditions, status: str) -> None:
    clause = Clause("defense", "help", "Article 1", conditions=conditions)
    duty = judge(clause, pact(clause), "FRA", "GBR", FALKLANDS, World.shipped())
    assert duty is not None
    assert (duty.asks, duty.status) == ("defend", status)
    assert duty.reason.endswith(".")


def test_a_clause_runs_only_between_those_whom_it_names() -> None:
    clause = Clause("defense", "help", by=("GBR",), to=("FRA",))
    assert not runs(clause, "FRA", "GBR", FALKLANDS)
    assert judge(clause, pact(clause), "FRA", "GBR", FALKLANDS, World.shipped()) is None
    assert not runs(Clause("defense", "help", end="1960-01-01"), "FRA", "GBR", FALKLANDS)


def test_reference_and_sides() -> None:
    assert reference(pact(), "Article 5") == "Pact (1950), Article 5"
    assert others("attacked", FALKLANDS) == ("ARG",)
    assert others("attackers", FALKLANDS) == ("GBR",)
