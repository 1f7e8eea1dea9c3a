from __future__ import annotations

from foedus.assess.running import Running


def test_a_running_dispute_stands_while_both_are_in_it_and_is_gone_after() -> None:
    now = Running(4)
    now.change(1, 0, 0, True, 1)
    now.change(1, 1, 1, True, 1)
    now.change(1, 2, 0, False, 1)
    assert now.against[0, 1] == now.against[1, 0] == now.against[2, 1] == 1
    assert now.beside[0, 2] == now.beside[2, 0] == 1
    assert now.joined.tolist() == [0, 0, 1, 0]
    for state, side, original in ((2, 0, False), (0, 0, True), (1, 1, True)):
        now.change(1, state, side, original, -1)
    assert not now.against.any()
    assert not now.beside.any()
    assert not now.mine.any()


def test_two_disputes_of_one_pair_count_twice() -> None:
    now = Running(2)
    for number in (1, 2):
        now.change(number, 0, 0, True, 1)
        now.change(number, 1, 1, True, 1)
    assert now.against[0, 1] == 2
    assert now.mine.tolist() == [2, 2]
