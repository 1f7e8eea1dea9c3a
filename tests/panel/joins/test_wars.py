from __future__ import annotations

import pytest

import foedus.panel as fp
from foedus.errors import InputError


def of(panel: fp.Panel, column: str, one: int, two: int) -> dict[int, float]:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two)
    return dict(zip(panel["year"][at].tolist(), panel[column][at].tolist(), strict=True))


HEAD = (
    "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,"
    "hostlev1,hostlev2,orig1,orig2,hostlev,mindur,maxdur,fatality,stmon,recip\n"
)


def test_russo_japanese_war(tables) -> None:
    panel = fp.dyad_years(1900, 1910, world=tables).with_wars()
    war = of(panel, "cowinterongoing", 365, 740)
    assert [war[year] for year in range(1903, 1907)] == [0, 1, 1, 0]
    assert of(panel, "cowinteronset", 365, 740)[1904] == 1
    assert of(panel, "initiator2", 365, 740)[1904] == 1


def test_states_at_war(tables) -> None:
    panel = fp.state_years(1910, 1920, world=tables).with_wars().with_disputes()
    france = panel["ccode"] == 220
    assert panel["cowinterongoing"][france & (panel["year"] == 1915)][0] == 1
    assert panel["cowinteronset"][france & (panel["year"] == 1914)][0] == 1
    assert panel["gmlmidongoing"][france & (panel["year"] == 1915)][0] == 1
    with pytest.raises(InputError, match="joined to dyads only"):
        fp.state_years(1910, 1920, world=tables).with_disputes("cow")
