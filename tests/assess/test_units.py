from __future__ import annotations

import numpy as np

from foedus.assess.sources import Sources
from foedus.assess.units import joined_sides, shared_starts, units


def test_a_dispute_gives_every_third_state_twice_and_no_originator(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    for place, dispute in enumerate(sources.disputes[:10]):
        mine = rows.case == place
        originators = {*dispute.sides[0], *dispute.sides[1]}
        assert mine.sum() == 2 * (sources.size - len(originators))
        assert not originators & set(rows.state[mine].tolist())


def test_a_joiner_joined_one_side_on_one_day(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    assert rows.joined.sum() == sum(len(found) for found in joined_sides(sources).values())
    assert ((rows.entered > 0) == rows.joined).all()
    pairs = list(zip(rows.case[rows.joined].tolist(), rows.state[rows.joined].tolist(), strict=True))
    assert len(pairs) == len(set(pairs))


def test_populations_nest(sources: Sources) -> None:
    rows = units(sources, sources.disputes)
    assert rows.population("all").all()
    assert 0 < rows.population("war").sum() < rows.population("relevant").sum() < len(rows)
    hostile = np.asarray([d.hostility for d in rows.disputes])[rows.case[rows.population("war")]]
    assert (hostile == 5).all()


def test_originators_beside_originators_become_examples(sources: Sources) -> None:
    rows = shared_starts(sources, sources.disputes)
    several = sum(len(side) for dispute in sources.disputes for side in dispute.sides if len(side) > 1)
    assert several > 0
    assert len(rows) == 2 * several
    assert rows.joined.sum() == several


def test_no_disputes_no_rows(sources: Sources) -> None:
    assert len(units(sources, [])) == 0
    assert len(shared_starts(sources, [])) == 0
