from __future__ import annotations

from dataclasses import replace

import numpy as np

from foedus.assess import sources as src
from foedus.assess.moment import Moments
from foedus.assess.sources import Sources, Spells
from foedus.assess.units import neighbours


def test_a_moment_reads_the_year_before_and_the_borders_of_its_day(sources: Sources) -> None:
    dispute = sources.disputes[100]
    moment = Moments(sources).of(dispute)
    assert np.array_equal(moment.year.ties, sources.ties[dispute.year - 1 - sources.first])
    originators = np.asarray([*dispute.sides[0], *dispute.sides[1]])
    assert np.array_equal(moment.neighbours, neighbours(sources, originators, dispute.day))
    for team, border in zip(moment.teams, moment.border, strict=True):
        assert np.array_equal(border <= 5, neighbours(sources, team, dispute.day))


def test_a_pair_listed_as_not_contiguous_is_no_border(sources: Sources) -> None:
    spells = sources.contiguity
    none = replace(sources, contiguity=Spells(spells.a, spells.b, spells.start, spells.end, np.zeros(len(spells.a))))
    assert not Moments(none).of(sources.disputes[0]).neighbours.any()


def test_distances_are_those_between_capitals(sources: Sources) -> None:
    dispute = sources.disputes[3]
    where = src.place_of_capitals(sources, dispute.day)
    for state, far in Moments(sources).of(dispute).far.items():
        assert far[state] == 0
        assert np.allclose(far, src.great_circle(where[:, 0], where[:, 1], *where[state]))


def test_before_the_tables_nothing_is_known(sources: Sources) -> None:
    early = Moments(sources).year(1500)
    assert not early.pacts_known
    assert not early.rivals_known
    assert np.isnan(early.cinc).all()
