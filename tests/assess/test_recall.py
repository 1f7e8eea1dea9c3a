from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.assess import recall
from foedus.assess.moment import Moments
from foedus.assess.sources import Participation, Sources
from foedus.assess.units import Units, units


def recalled(sources: Sources, rows: Units) -> np.ndarray:
    """The columns of every row, the disputes asked in order of days."""
    moments = Moments(sources)
    past = recall.Recall(sources, moments)
    found = np.zeros((len(rows), len(recall.COLUMNS)))
    for place in sorted(set(rows.case.tolist()), key=lambda place: rows.disputes[place].day):
        block = past.at(moments.of(rows.disputes[place]))
        mine = rows.case == place
        found[mine] = block[rows.side[mine], :, rows.state[mine]]
    return found


def column(found: np.ndarray, name: str) -> np.ndarray:
    return found[:, recall.COLUMNS.index(name)]


def test_what_comes_after_the_day_before_cannot_be_seen(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    middle = sources.disputes[80].day
    early = rows.days <= middle
    past = sources.past
    later = past.start >= middle
    # Rewrite the future: everybody changes sides. What was known before must stay as it was.
    turned = replace(past, side=np.where(later, 1 - past.side, past.side))
    before, after = recalled(sources, rows), recalled(replace(sources, past=turned), rows)
    assert np.array_equal(before[early], after[early])
    assert not np.array_equal(before[~early], after[~early])


def test_nobody_has_a_past_in_the_first_dispute(sources: Sources) -> None:
    rows = units(sources, sources.disputes[:1])
    found = recalled(sources, rows)
    for name in ("joins", "disputes", "joined_client", "ongoing_mine", "same_case_count"):
        assert (column(found, name) == 0).all()


def test_a_join_is_remembered_for_client_and_foe_and_fades(sources: Sources) -> None:
    first, second, third = sources.disputes[0], sources.disputes[1], sources.disputes[-1]
    joiner = next(s for s in range(sources.size) if s not in {*first.sides[0], *first.sides[1]})
    alone = Participation(
        np.asarray([first.id]), np.asarray([joiner]), np.asarray([0]), np.asarray([False]), np.asarray([first.day]), np.asarray([first.day + 5])
    )  # fmt: skip
    again = [replace(second, sides=first.sides), replace(third, sides=first.sides)]
    world = replace(sources, past=alone, disputes=[first, *again])
    rows = units(world, again)
    found = recalled(world, rows)
    mine = (rows.state == joiner) & (rows.side == 0)
    soon, late = column(found, "joined_client")[mine]
    assert 0.9 < soon <= 1.0
    assert 0 < late < 0.3
    assert (column(found, "fought_adversary")[mine] > 0).all()
    assert (column(found, "joined_client")[(rows.state == joiner) & (rows.side == 1)] == 0).all()


def test_letting_chances_pass_lowers_the_pooled_rate(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    found = recalled(sources, rows)
    last = rows.case == len(sources.disputes) - 1
    joins, rate = column(found, "joins")[last], column(found, "rate")[last]
    assert rate[joins.argmax()] > rate[joins.argmin()]
