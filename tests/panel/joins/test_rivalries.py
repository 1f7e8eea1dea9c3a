from __future__ import annotations

import foedus.panel as fp


def of(panel: fp.Panel, column: str, one: int, two: int) -> dict[int, float]:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two)
    return dict(zip(panel["year"][at].tolist(), panel[column][at].tolist(), strict=True))


HEAD = (
    "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,"
    "hostlev1,hostlev2,orig1,orig2,hostlev,mindur,maxdur,fatality,stmon,recip\n"
)


def test_rivalries_of_both_lists(tables) -> None:
    for source in ("tss", "td"):
        panel = fp.dyad_years(1816, 2010, world=tables).with_rivalries(source)
        assert of(panel, "ongoingrivalry", 2, 365)[1960] == 1, source
        assert of(panel, "ongoingrivalry", 365, 2)[1960] == 1, source
        assert of(panel, "ongoingrivalry", 2, 20)[1990] == 0, source
    states = fp.state_years(1960, 1960, world=tables).with_rivalries()
    assert states["n_positional"][states["ccode"] == 2][0] >= 1
