from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import DataError


def test_every_state_year_has_its_own_figures(tables) -> None:
    frame = tables["cow_nmc"].set_index(["ccode", "year"])
    panel = fp.state_years(1900, 1920, world=tables).with_capabilities()
    for at in range(0, len(panel), 97):
        key = (float(panel["ccode"][at]), float(panel["year"][at]))
        assert np.isclose(panel["cinc"][at], frame.loc[key, "cinc"])


def test_shares_of_power_sum_to_one_over_the_states_of_a_year(tables) -> None:
    panel = fp.state_years(1950, 1950, world=tables).with_capabilities()
    assert 0.98 < np.nansum(panel["cinc"]) < 1.005


def test_both_ends_of_a_dyad_are_the_state_years(tables) -> None:
    dyads = fp.dyad_years(1980, 1985, world=tables).with_capabilities().with_democracy().with_gdp().with_trade(True)
    states = fp.state_years(1980, 1985, world=tables).with_capabilities().with_democracy().with_gdp().with_trade()
    for column in ("milex", "cinc", "polity2", "v2x_polyarchy", "pwtrgdp", "imports"):
        of_state = {
            (c, y): v
            for c, y, v in zip(states["ccode"].tolist(), states["year"].tolist(), states[column].tolist(), strict=True)
        }
        for end in "12":
            there = [of_state[key] for key in zip(dyads[f"ccode{end}"].tolist(), dyads["year"].tolist(), strict=True)]
            assert np.array_equal(dyads[f"{column}{end}"], there, equal_nan=True)


def test_no_record_is_missing_and_never_zero(tables) -> None:
    panel = fp.state_years(1816, 1869, world=tables).with_trade()
    assert np.isnan(panel["imports"]).all()


def test_majors_have_gaps(tables) -> None:
    panel = fp.state_years(1914, 1950, world=tables).with_majors()
    france = dict(
        zip(panel["year"][panel["ccode"] == 220].tolist(), panel["cowmaj"][panel["ccode"] == 220].tolist(), strict=True)
    )
    assert (france[1939], france[1941], france[1946]) == (1, 0, 1)
    assert panel["cowmaj"][panel["ccode"] == 20].sum() == 0


def test_shared_organisations_are_symmetric(tables) -> None:
    panel = fp.dyad_years(1990, 1990, world=tables).with_igos()
    of = {
        (a, b): v
        for a, b, v in zip(panel["ccode1"].tolist(), panel["ccode2"].tolist(), panel["dyadigos"].tolist(), strict=True)
    }
    assert of[(200, 220)] == of[(220, 200)] > 40


# The columns of COW's file, version 4.0.
DYADIC = """ccode1,ccode2,year,importer1,importer2,flow1,flow2,smoothflow1,smoothflow2,smoothtotrade,spike1,spike2,dip1,\
dip2,trdspike,tradedip,bel_lux_alt_flow1,bel_lux_alt_flow2,china_alt_flow1,china_alt_flow2,source1,source2,version
1,2,1901,Aland,Bland,11.86,8.5,11.86,8.5,20.36,0,0,0,0,0,0,-9,-9,-9,-9,17,13,4
1,2,1902,Aland,Bland,-9,7,-9,7,-9,0,0,0,0,0,0,-9,-9,-9,-9,17,13,4
"""


def flows(panel: fp.Panel, one: int, two: int, year: int) -> list[float]:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two) & (panel["year"] == year)
    return [float(panel[name][at][0]) for name in ("flow1", "flow2", "smoothflow1", "smoothflow2")]


def test_trade_of_two_states_from_the_keepers_file(small: Path) -> None:
    """`flow1` is what state 1 imports from state 2, whichever way the pair stands; −9 is missing."""
    (small / "Dyadic_COW_4.0.csv").write_text(DYADIC)
    panel = fp.dyad_years(1900, 1903, world=small).with_trade()
    assert flows(panel, 1, 2, 1901) == [11.86, 8.5, 11.86, 8.5]
    assert flows(panel, 2, 1, 1901) == [8.5, 11.86, 8.5, 11.86]
    assert np.isnan(flows(panel, 1, 2, 1902)[0])
    assert flows(panel, 1, 2, 1902)[1] == 7
    assert np.isnan(flows(panel, 1, 2, 1903)).all()
    assert panel.sources[-1] == "cow_trade_ddy"


def test_trade_of_two_states_is_not_made_up_from_totals(small: Path) -> None:
    with pytest.raises(DataError, match=r"foedus data pull cow_trade_ddy.*with_trade\(totals=True\)"):
        fp.dyad_years(1900, 1903, world=small).with_trade()


def test_memberships_of_a_state_from_the_keepers_file(small: Path) -> None:
    (small / "state_year_format3.csv").write_text(
        "ccode,year,state,UN,NATO,OAS,version\n1,1901,aland,1,2,3,3\n2,1901,bland,1,-1,-9,3\n"
    )
    panel = fp.state_years(1901, 1901, world=small).with_igos()
    assert [panel[f"sum_igo_{kind}"].tolist() for kind in ("full", "associate", "observer", "anytype")] == [
        [1, 1],
        [1, 0],
        [1, 0],
        [3, 1],
    ]
