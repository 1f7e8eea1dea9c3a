from __future__ import annotations

import numpy as np

import foedus.panel as fp


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
    dyads = fp.dyad_years(1980, 1985, world=tables).with_capabilities().with_democracy().with_gdp().with_trade()
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
