from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp


def of(panel: fp.Panel, column: str, one: int, two: int) -> dict[int, float]:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two)
    return dict(zip(panel["year"][at].tolist(), panel[column][at].tolist(), strict=True))


HEAD = (
    "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,"
    "hostlev1,hostlev2,orig1,orig2,hostlev,mindur,maxdur,fatality,stmon,recip\n"
)


HEAD = (
    "dispnum,ccode1,ccode2,year,midongoing,midonset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,"
    "hostlev1,hostlev2,orig1,orig2,hostlev,mindur,maxdur,fatality,stmon,recip\n"
)


def line(number: int, one: int, two: int, year: int, onset: int, fatality: int = 0, hostile: int = 3) -> str:
    side = 1 if one < two else 0
    return f"{number},{one},{two},{year},1,{onset},{side},{1 - side},0,0,0,0,7,7,3,3,1,1,{hostile},5,5,{fatality},4,0\n"


@pytest.fixture
def disputes(small: Path) -> Path:
    rows = [
        (7, 1901, 1, 0, 3),
        (7, 1902, 0, 0, 3),
        (8, 1902, 1, 0, 2),
        (9, 1903, 1, 0, 4),
        (10, 1903, 1, -9, 2),
        (11, 1910, 1, 0, 3),
    ]
    text = "".join(line(n, a, b, y, o, f, h) for n, y, o, f, h in rows for a, b in ((1, 2), (2, 1)))
    (small / "gml_dirdisp.csv").write_text(HEAD + text)
    return small


def test_one_dispute_stands_for_a_dyad_year(disputes: Path) -> None:
    panel = fp.dyad_years(1900, 1910, world=disputes).with_disputes()
    assert of(panel, "dispnum", 1, 2)[1902] == 8  # a beginning wins over a continuation
    assert of(panel, "dispnum", 1, 2)[1903] == 10  # deaths that are not known win over none
    assert of(panel, "gmlmidonset", 1, 2)[1902] == 1
    assert of(panel, "gmlmidongoing", 1, 3)[1905] == 0
    assert np.isnan(of(panel, "dispnum", 1, 3)[1905])
    assert of(panel, "sidea1", 1, 2)[1901] == 1
    assert of(panel, "sidea1", 2, 1)[1901] == 0


def test_peace_counts_from_the_last_dispute(disputes: Path) -> None:
    spell = of(fp.dyad_years(1900, 1910, world=disputes).with_disputes(), "gmlmidspell", 1, 2)
    assert spell == {1900: 0, 1901: 1, 1902: 0, 1903: 0, 1904: 0, 1907: 1, 1908: 2, 1909: 3, 1910: 4}


def test_real_disputes_are_symmetric_and_end_where_the_table_ends(tables) -> None:
    panel = fp.dyad_years(1960, 2010, world=tables).with_disputes()
    frame = tables["gml_dirdisp"]
    pairs = frame[frame["year"].between(1960, 2010)].drop_duplicates(["ccode1", "ccode2", "year"])
    assert np.nansum(panel["gmlmidongoing"]) <= len(pairs)
    assert np.nansum(panel["gmlmidongoing"]) >= 0.98 * len(pairs)
    last = int(frame["year"].max())
    assert np.isnan(
        panel["gmlmidongoing"][panel["year"] > max(last, 2010) if last > 2002 else panel["year"] > last]
    ).all()
    forward, back = of(panel, "gmlmidongoing", 2, 365), of(panel, "gmlmidongoing", 365, 2)
    assert np.array_equal(list(forward.values()), list(back.values()), equal_nan=True)


def test_both_sources_can_stand_side_by_side(tables) -> None:
    panel = fp.dyad_years(1900, 1910, world=tables).with_disputes().with_disputes("cow").with_wars()
    assert {"dispnum", "cowmiddispnum", "sidea1", "cowmidsidea1", "cowintersidea1", "cowinterspell"} <= set(
        panel.columns
    )
