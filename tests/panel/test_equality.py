"""The same figures as R: what peacesciencer's own functions give on the same files."""

from __future__ import annotations

import numpy as np
import pytest

import foedus.panel as fp

# Sum and number of missing values of each column, 1816–1988 (the conflict tables that tests are given end in 1989), from
# peacesciencer at commit fe150a2 with isard 46944ad and stevemisc's spells, sourced unchanged under R 4.2.2:
# create_dyadyears(mry = FALSE, directed = FALSE) with add_gml_mids, add_cow_mids, add_peace_years,
# add_cow_wars("inter"), add_strategic_rivalries, add_igos, add_minimum_distance, add_archigos.
DYADS = {
    "gmlmidonset": (2_356, 0),
    "gmlmidongoing": (3_601, 0),
    "dispnum": (5_125_584, 455_818),
    "sidea1": (1_847, 455_818),
    "hostlev1": (13_330, 455_818),
    "fatality": (7_761, 455_818),
    "gmlmidspell": (11_259_061, 0),
    "cowmidonset": (2_447, 0),
    "cowmidongoing": (3_738, 0),
    "cowmiddispnum": (5_587_151, 455_681),
    "cowmidspell": (11_292_280, 0),
    "cowinteronset": (340, 0),
    "cowinterongoing": (900, 0),
    "batdeath1": (462_366_970, 458_520),
    "batdeath2": (528_443_387, 458_519),
    "ongoingrivalry": (5_677, 0),
    "positional": (3_419, 0),
    "spatial": (4_686, 0),
    "ideological": (1_173, 0),
    "interventionary": (1_370, 0),
    "dyadigos": (6_958_773, 0),
    "mindist": (2_658_015_936, 54_150),
    "leadertransition1": (74_585, 43_304),
    "irregular2": (24_242, 39_372),
    "n_leaders1": (507_425, 43_304),
}
# create_stateyears(mry = FALSE) with add_democracy, add_sim_gdp_pop, add_cow_trade, add_gml_mids,
# add_strategic_rivalries, add_capital_distance, add_minimum_distance.
STATES = {
    "gmlmidongoing": (2_995, 0),
    "gmlmidonset": (2_319, 0),
    "euds": (-3_486.543, 53),
    "polity2": (-13_962, 961),
    "v2x_polyarchy": (2_902.886, 299),
    "mrgdppc": (51_455_230, 43),
    "pwtrgdp": (1_370_366_837, 43),
    "pwtpop": (254_554.9, 43),
    "imports": (29_095_062, 2_463),
    "exports": (27_893_137, 2_182),
    "n_spatial": (10_093, 0),
    "n_positional": (7_096, 0),
    "mincapdist": (7_235_216, 0),
    "minmindist": (605_280.9, 2_526),
}


@pytest.fixture(scope="module")
def dyads(tables) -> fp.Panel:
    panel = fp.dyad_years(1816, 1988, directed=False, world=tables).with_disputes().with_disputes("cow")
    return panel.with_wars().with_rivalries().with_igos().with_distance().with_leaders()


@pytest.fixture(scope="module")
def states(tables) -> fp.Panel:
    panel = fp.state_years(1816, 1988, world=tables).with_democracy().with_gdp().with_trade()
    return panel.with_disputes(known_leaders=True).with_rivalries().with_distance()


@pytest.mark.parametrize("column", DYADS)
def test_dyad_years_are_those_of_r(dyads: fp.Panel, column: str) -> None:
    assert len(dyads) == 459_419
    total, missing = DYADS[column]
    assert np.nansum(dyads[column].astype(float)) == pytest.approx(total, rel=1e-6)
    assert np.isnan(dyads[column].astype(float)).sum() == missing


@pytest.mark.parametrize("column", STATES)
def test_state_years_are_those_of_r(states: fp.Panel, column: str) -> None:
    assert len(states) == 10_668
    total, missing = STATES[column]
    assert np.nansum(states[column].astype(float)) == pytest.approx(total, rel=1e-6)
    assert np.isnan(states[column].astype(float)).sum() == missing


def test_every_participant_counts_unless_asked_otherwise(tables) -> None:
    """GML lists 3,866 participants of disputes to 1989; some of those that began then had no known leader."""
    everyone = fp.state_years(1816, 1988, world=tables).with_disputes()
    assert everyone["gmlmidongoing"].sum() > STATES["gmlmidongoing"][0]
