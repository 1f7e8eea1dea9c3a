from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.assess import sides
from foedus.assess.moment import Moments
from foedus.assess.sources import DEFENSE, Dispute, Sources


def at(found: np.ndarray, name: str) -> np.ndarray:
    return found[sides.NAMES.index(name)]


def test_pacts_and_distances_of_one_originator_are_the_tables_own(sources: Sources) -> None:
    dispute = sources.disputes[100]
    moment = Moments(sources).of(dispute)
    client = dispute.sides[0][0]
    found = sides.side_columns(sources, moment)[0]
    ties = sources.ties[dispute.year - 1 - sources.first]
    assert np.array_equal(at(found, "defense"), (ties[:, client] & DEFENSE) > 0)
    assert np.allclose(at(found, "distance"), np.log1p(moment.far[client]))
    assert (at(found, "border") == (at(found, "border_type") <= 5)).all()


def test_several_originators_give_the_most_of_pacts_the_sum_of_power_and_the_least_distance(sources: Sources) -> None:
    day = sources.disputes[100].day
    one, two, both = (Dispute(-1, day, (side, (5,))) for side in ((0,), (1,), (0, 1)))
    moments = Moments(sources)
    a, b, c = (sides.side_columns(sources, moments.of(dispute))[0] for dispute in (one, two, both))
    assert np.array_equal(at(c, "defense"), np.maximum(at(a, "defense"), at(b, "defense")))
    assert np.array_equal(at(c, "distance"), np.minimum(at(a, "distance"), at(b, "distance")))
    assert np.allclose(np.exp(at(c, "power")), np.exp(at(a, "power")) + np.exp(at(b, "power")), atol=2e-5)
    assert np.allclose(at(c, "pact_share"), (at(a, "pact_share") + at(b, "pact_share")) / 2)


def test_the_pair_is_the_same_from_both_sides(sources: Sources) -> None:
    moments = Moments(sources)
    for dispute in sources.disputes[40:60]:
        turned = replace(dispute, sides=(dispute.sides[1], dispute.sides[0]))
        assert sides.between(sources, moments.of(dispute)) == sides.between(sources, moments.of(turned))


def test_a_rival_of_my_ally_is_seen_through_the_ally(sources: Sources) -> None:
    """State 2 is bound to state 3, which is the rival of state 4: so the side of state 4 is a rival of 2's friends."""
    day = sources.disputes[100].day
    year = sources.disputes[100].year - 1 - sources.first
    ties = np.zeros_like(sources.ties)
    ties[year, [2, 3], [3, 2]] = DEFENSE
    ties[year, [3, 4], [4, 3]] = 32
    world = replace(sources, ties=ties)
    found = sides.side_columns(world, Moments(world).of(Dispute(-1, day, ((4,), (5,)))))
    assert at(found[0], "rival_of_friend")[2] == 1
    assert at(found[1], "rival_of_friend")[2] == 0
