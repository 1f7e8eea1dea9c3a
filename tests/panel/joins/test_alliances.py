from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import foedus.panel as fp
from foedus.errors import InputError


def value(panel: fp.Panel, column: str, one: int, two: int, year: int) -> float:
    at = (panel["ccode1"] == one) & (panel["ccode2"] == two) & (panel["year"] == year)
    return float(panel[column][at][0])


def test_obligations_have_a_direction(small: Path) -> None:
    panel = fp.dyad_years(1900, 1910, world=small).with_alliances()
    assert value(panel, "atop_defense", 1, 2, 1901) == 1
    assert value(panel, "atop_defense", 2, 1, 1901) == 0
    assert value(panel, "atop_neutral", 2, 1, 1901) == 1
    assert value(panel, "atop_defense", 1, 2, 1902) == 0


def test_undirected_rows_hold_what_either_owes(small: Path) -> None:
    panel = fp.dyad_years(1900, 1910, directed=False, world=small).with_alliances()
    assert value(panel, "atop_defense", 1, 2, 1901) == 1
    assert value(panel, "atop_neutral", 1, 2, 1901) == 1
    assert value(panel, "atop_alliance", 1, 3, 1904) == 0


def test_only_dyads_have_alliances(small: Path) -> None:
    with pytest.raises(InputError, match="alliances are columns of dyad-year panels"):
        fp.state_years(1900, 1910, world=small).with_alliances()


def test_known_sums_of_two_centuries(tables) -> None:
    """The same data through the R package peacesciencer 1.2.9 give these sums (benchmarks/panel)."""
    panel = fp.dyad_years(1816, 2010, world=tables).with_alliances()
    assert {name: int(panel[name].sum()) for name in panel.columns if name.startswith("atop_")} == {
        "atop_alliance": 201_270,
        "atop_defense": 108_407,
        "atop_offense": 5_124,
        "atop_neutral": 3_555,
        "atop_nonagg": 191_524,
        "atop_consul": 106_459,
    }


def test_directed_sum_is_that_of_the_table_rows_inside_the_panel(tables) -> None:
    frame = tables["atop_alliance"]
    panel = fp.dyad_years(1850, 1870, world=tables).with_alliances()
    rows = set(zip(panel["ccode1"].tolist(), panel["ccode2"].tolist(), panel["year"].tolist(), strict=True))
    inside = [
        key in rows
        for key in zip(frame["ccode1"].astype(int), frame["ccode2"].astype(int), frame["year"].astype(int), strict=True)
    ]
    assert panel["atop_defense"].sum() == frame.loc[inside, "atop_defense"].sum()


def test_after_the_last_year_nothing_is_known(tables, small: Path) -> None:
    text = (small / "cow_states.csv").read_text().replace(",1910,12,31", ",2020,12,31")
    (small / "cow_states.csv").write_text(text)
    table = small / "atop_alliance.csv"
    table.write_text(table.read_text() + "1,2,2018,1,0,0,0,0\n")
    panel = fp.dyad_years(2017, 2020, world=small).with_alliances()
    assert value(panel, "atop_defense", 1, 2, 2018) == 1
    assert value(panel, "atop_defense", 1, 2, 2017) == 0
    assert np.isnan(value(panel, "atop_defense", 1, 2, 2019))


def test_a_table_cut_short_gives_missing_and_a_warning(small: Path) -> None:
    panel = fp.dyad_years(1900, 1910, world=small).with_alliances()
    assert np.isnan(value(panel, "atop_defense", 1, 3, 1908))
    assert panel.warnings == ("the loaded table atop_alliance ends in 1905: later years are missing",)


def test_cow_alliances_from_the_keepers_own_file(small: Path) -> None:
    (small / "alliance_v4.1_by_directed_yearly.csv").write_text(
        "version4id,ccode1,state_name1,ccode2,state_name2,defense,neutrality,nonaggression,entente,year,version\n"
        "1,1,Aland,2,Bland,1,0,1,0,1901,4.1\n2,1,Aland,2,Bland,0,1,0,0,1901,4.1\n"
    )
    panel = fp.dyad_years(1900, 1901, world=small).with_alliances("cow")
    assert value(panel, "cow_defense", 1, 2, 1901) == 1
    assert value(panel, "cow_neutral", 1, 2, 1901) == 1  # two treaties of one pair and year
    assert value(panel, "cow_defense", 2, 1, 1901) == 0
