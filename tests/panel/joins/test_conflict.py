from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError
from foedus.panel.joins.common import peace_spell


def of(panel: fp.Panel, column: str, one: int, two: int) -> dict[int, float]:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two)
    return dict(zip(panel["year"][at].tolist(), panel[column][at].tolist(), strict=True))


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


def test_peace_after_a_gap_in_what_is_known(small: Path) -> None:
    index = fp.dyad_years(1900, 1903, directed=False, world=small).rows()
    ongoing = np.array([0, 0, np.nan, 0], dtype=np.float32)
    assert np.array_equal(peace_spell(index, ongoing), [0, 1, np.nan, 0], equal_nan=True)


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


def test_rivalries_of_both_lists(tables) -> None:
    for source in ("tss", "td"):
        panel = fp.dyad_years(1816, 2010, world=tables).with_rivalries(source)
        assert of(panel, "ongoingrivalry", 2, 365)[1960] == 1, source
        assert of(panel, "ongoingrivalry", 365, 2)[1960] == 1, source
        assert of(panel, "ongoingrivalry", 2, 20)[1990] == 0, source
    states = fp.state_years(1960, 1960, world=tables).with_rivalries()
    assert states["n_positional"][states["ccode"] == 2][0] >= 1


def test_a_source_that_is_none_is_refused(tables) -> None:
    base = fp.dyad_years(1900, 1901, world=tables)
    with pytest.raises(InputError, match="no rivalry source 'x'"):
        base.with_rivalries("x")
    with pytest.raises(InputError, match="no dispute source 'x'"):
        base.with_disputes("x")
    with pytest.raises(InputError, match="no alliance source 'x'"):
        base.with_alliances("x")
