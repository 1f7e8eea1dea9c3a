from __future__ import annotations

import numpy as np
import pytest

from foedus.assess.memory import TAU_LONG, Memory
from foedus.assess.sources import Dispute, Sources

DAY = 700_000
CELLS = (np.zeros(12, dtype=np.int64), np.zeros(12, dtype=np.int64))


@pytest.fixture
def memory(sources: Sources) -> Memory:
    found = Memory(sources)
    found.origin = DAY
    return found


def met(memory: Memory, times: int) -> None:
    for number in range(times):
        memory.meet(Dispute(number, DAY, ((0,), (1,))), np.arange(2, 12), CELLS)


def test_counts_fade_with_thirty_years(memory: Memory) -> None:
    memory.learn(5, [0], [1], DAY, None, [], [])
    later = DAY + round(TAU_LONG)
    assert memory.pair["joined"][5, 0] / memory.grown(later, TAU_LONG) == pytest.approx(np.exp(-1), rel=1e-4)
    assert memory.pair["against"][1, 5] == memory.pair["against"][5, 1] == 1


def test_a_joiner_stands_beside_earlier_joiners_and_against_those_of_the_other_side(memory: Memory) -> None:
    memory.learn(5, [0], [1], DAY, None, [6], [7])
    assert memory.pair["together"][5, 6] == memory.pair["together"][6, 5] == 1
    assert memory.pair["against"][5, 7] == 1
    assert memory.pair["opposed"][5, 7] == 0  # it came for the pair in dispute, not for the later joiner


def test_letting_chances_pass_lowers_the_rates_and_helping_raises_them(memory: Memory) -> None:
    nothing = np.zeros(memory.size)
    fresh = memory.rates(DAY, np.array([0]), np.array([1]), nothing)
    met(memory, 30)
    waited = memory.rates(DAY, np.array([0]), np.array([1]), nothing)
    assert waited[0][5] < fresh[0][5]
    memory.learn(5, [0], [1], DAY, 0, [], [])
    helped = memory.rates(DAY, np.array([0]), np.array([1]), np.eye(memory.size)[5])
    for at in range(4):
        assert helped[at][5] > helped[at][6]


def test_a_pact_never_lowers_the_rate_of_a_cell(memory: Memory) -> None:
    placed = np.asarray([0, 2] * 6)
    memory.meet(Dispute(1, DAY, ((0,), (1,))), np.arange(12), (placed, placed))
    memory.learn(4, [0], [1], DAY, 0, [], [])  # the one that joined had no pact
    rates = memory.cell_rates(DAY)
    assert rates[2] >= rates[0]


def test_a_war_is_known_between_the_two_alone(memory: Memory) -> None:
    memory.fought_war(Dispute(1, DAY, ((0,), (1,)), 5))
    assert memory.pair["wars"].sum() == 2
    assert memory.pair["wars"][0, 1] == memory.pair["wars"][1, 0] == 1
