from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError

TABLES = {
    "atop_alliance": """ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul
200,255,1995,1,0,0,0,0
255,200,1995,0,1,0,0,0
255,679,1995,0,0,1,0,0
679,255,1995,0,0,0,1,0
""",
    "cow_nmc": """ccode,year,milex,milper,irst,pec,tpop,upop,cinc
255,1995,5,1,1,1,100,10,0.5
200,1995,-9,2,1,1,60,10,0.25
""",
    "gml_dirdisp": """dispnum,ccode1,ccode2,year,midonset,midongoing,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,hiact1,hiact2,hostlev1,hostlev2,orig1,orig2,fatality,hostlev,mindur,maxdur,recip,stmon
7,255,679,1995,1,1,1,0,3,0,0,0,17,0,4,1,1,1,3,4,1,9,0,2
7,679,255,1995,1,1,0,1,0,3,0,0,0,17,1,4,1,1,3,4,1,9,0,2
""",
    "cow_trade_sy": "ccode,year,imports,exports\n255,1995,7,8\n",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name, text in TABLES.items():
        (tmp_path / f"{name}.csv").write_text(text, encoding="utf-8")
    return tmp_path


def at(panel: fp.Panel, column: str, one: int, two: int) -> float:
    found = (panel["gwcode1"] == one) & (panel["gwcode2"] == two)
    return float(panel[column][found][0])


def test_columns_keyed_by_cow_need_its_numbers_first(folder: Path) -> None:
    panel = fp.dyad_years(1995, 1995, system="gw", world=folder)
    with pytest.raises(InputError, match=r"alliances are keyed by COW numbers; join \.with_cow_codes\(\)"):
        panel.with_alliances()


def test_germany_and_yemen_have_other_numbers_and_the_same_alliances(folder: Path) -> None:
    panel = fp.dyad_years(1995, 1995, system="gw", world=folder).with_cow_codes().with_alliances()
    assert (at(panel, "atop_defense", 200, 260), at(panel, "atop_offense", 260, 200)) == (1, 1)
    assert at(panel, "atop_defense", 260, 200) == 0
    assert (at(panel, "atop_neutral", 260, 678), at(panel, "atop_nonagg", 678, 260)) == (1, 1)


def test_ends_follow_the_panel_not_cow(folder: Path) -> None:
    panel = fp.dyad_years(1995, 1995, False, "gw", folder).with_cow_codes().with_disputes().with_capabilities()
    assert (at(panel, "sidea1", 260, 678), at(panel, "hostlev2", 260, 678)) == (1, 1)
    assert at(panel, "milper1", 200, 260) == 2
    assert at(panel, "milper2", 200, 260) == 1


def test_ends_of_a_pair_that_cow_orders_the_other_way_are_swapped(folder: Path) -> None:
    """Serbia is 340 to Gleditsch and Ward and 345 to COW, Croatia 344 to both."""
    text = (folder / "gml_dirdisp.csv").read_text().replace("679", "344").replace("255", "345").replace("1995", "2008")
    (folder / "gml_dirdisp.csv").write_text(text)
    panel = fp.dyad_years(2008, 2008, False, "gw", folder).with_cow_codes().with_disputes()
    assert (at(panel, "sidea1", 340, 344), at(panel, "sidea2", 340, 344)) == (1, 0)
    assert (at(panel, "hostlev1", 340, 344), at(panel, "hostlev2", 340, 344)) == (4, 1)


def test_a_state_without_a_cow_number_is_missing_not_zero(folder: Path) -> None:
    panel = fp.dyad_years(1995, 1995, system="gw", world=folder).with_cow_codes().with_capabilities().with_alliances()
    # Tonga enters COW's list in 1999; Gleditsch and Ward count it from 1970.
    assert np.isnan(at(panel, "atop_defense", 260, 972))
    assert np.isnan(at(panel, "ccode2", 260, 972))
    assert at(panel, "milper1", 260, 972) == 1
    assert "missing in columns keyed by COW numbers" in " ".join(panel.warnings)


def test_state_years_take_them_too(folder: Path) -> None:
    panel = fp.state_years(1995, 1995, system="gw", world=folder).with_cow_codes().with_trade().with_capabilities()
    germany = panel["gwcode"] == 260
    assert (panel["imports"][germany].tolist(), panel["tpop"][germany].tolist()) == ([7], [100])
    assert panel.sources == ("states (shipped)", "cow_trade_sy", "cow_nmc")


def test_two_sources_of_disputes_keep_their_names_apart(folder: Path) -> None:
    (folder / "cow_mid_dirdisps.csv").write_text(
        "dispnum,ccode1,ccode2,year,dispongoing,disponset,sidea1,sidea2,fatality1,fatality2,fatalpre1,fatalpre2,"
        "hiact1,hiact2,hostlev1,hostlev2,orig1,orig2\n9,255,679,1995,1,1,1,0,3,0,0,0,17,0,4,1,1,1\n"
    )
    (folder / "cow_mid_disps.csv").write_text("dispnum,fatality,hostlev,mindur,maxdur,recip,stmon\n9,0,4,1,1,0,3\n")
    panel = fp.dyad_years(1995, 1995, system="gw", world=folder).with_cow_codes().with_disputes().with_disputes("cow")
    assert (at(panel, "dispnum", 260, 678), at(panel, "cowmiddispnum", 260, 678)) == (7, 9)
