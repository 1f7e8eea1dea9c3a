from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus.panel as fp
from foedus.errors import DataError, InputError
from foedus.panel.build import find_tables


def test_known_numbers_of_rows(tables) -> None:
    assert len(fp.dyad_years(1816, 2010, world=tables)) == 1_685_310
    assert len(fp.dyad_years(1816, 2010, directed=False, world=tables)) == 842_655


def test_the_shipped_list_of_states_gives_the_same_rows(tables) -> None:
    ours = fp.dyad_years(1900, 1960, world=tables)
    from foedus.panel.index import build_index
    from foedus.panel.system import load_system

    shipped = build_index(load_system(None, "cow"), 1900, 1960, dyads=True, directed=True)
    assert np.array_equal(shipped.system.codes[shipped.first], ours["ccode1"])
    assert np.array_equal(shipped.years, ours["year"])


@settings(max_examples=15, deadline=None)
@given(start=st.integers(1816, 2016), length=st.integers(0, 30))
def test_directed_is_undirected_both_ways(tables, start: int, length: int) -> None:
    end = min(start + length, 2016)
    directed = fp.dyad_years(start, end, world=tables)
    once = fp.dyad_years(start, end, directed=False, world=tables)
    assert len(directed) == 2 * len(once)
    one, two, year = (directed[name].astype(np.int64) for name in ("ccode1", "ccode2", "year"))
    forth, back = (a * 10**8 + b * 10**4 + year for a, b in ((one, two), (two, one)))
    assert len(np.unique(forth)) == len(directed)
    assert np.array_equal(np.sort(forth), np.sort(back))
    assert (once["ccode1"] < once["ccode2"]).all()


def test_every_dyad_year_has_two_states_of_that_year(tables) -> None:
    dyads = fp.dyad_years(1938, 1946, world=tables)
    states = fp.state_years(1938, 1946, world=tables)
    members = set(zip(states["ccode"].tolist(), states["year"].tolist(), strict=True))
    assert {(c, y) for c, y in zip(dyads["ccode1"].tolist(), dyads["year"].tolist(), strict=True)} <= members


def test_rows_are_sorted(tables) -> None:
    panel = fp.dyad_years(1900, 1920, world=tables)
    key = panel["ccode1"].astype(np.int64) * 10**8 + panel["ccode2"] * 10**4 + panel["year"]
    assert (np.diff(key) > 0).all()


def test_states_that_missed_each_other_by_a_day_are_no_dyad(small: Path) -> None:
    panel = fp.dyad_years(1904, 1904, world=small)
    assert {(1, 2), (1, 3)} == {
        (a, b) for a, b in zip(panel["ccode1"].tolist(), panel["ccode2"].tolist(), strict=True) if a < b
    }
    years = fp.state_years(1900, 1910, world=small)
    assert years["year"][years["ccode"] == 2].tolist() == [1900, 1901, 1902, 1903, 1904, 1907, 1908, 1909, 1910]


def test_state_days_count_every_day_of_membership(small: Path) -> None:
    panel = fp.state_days(1904, 1904, world=small)
    assert (panel["ccode"] == 1).sum() == 366
    assert (panel["ccode"] == 2).sum() == 31 + 29 + 31
    assert panel["date"][panel["ccode"] == 3][0] == np.datetime64("1904-04-01")


def test_gleditsch_and_ward_states_differ_from_cow(tables) -> None:
    gw = fp.state_years(1960, 1960, system="gw", world=tables)
    assert "gwcode" in gw.columns
    assert 260 in gw["gwcode"].tolist()
    with pytest.raises(InputError, match=r"COW numbers; join \.with_cow_codes\(\)"):
        gw.with_capabilities()


@pytest.mark.parametrize(("start", "end"), [(1815, 1820), (2000, 2017), (1905, 1903)])
def test_spans_outside_the_list_are_refused(tables, start: int, end: int) -> None:
    with pytest.raises(DataError, match=rf"the span {start}–{end}"):
        fp.dyad_years(start, end, world=tables)


def test_an_impossible_date_names_table_and_row(small: Path) -> None:
    path = small / "cow_states.csv"
    path.write_text(path.read_text().replace("1904,4,1,", "1904,13,1,"))
    with pytest.raises(DataError, match=r"table cow_states in .*, row 4: month must be in 1\.\.12"):
        fp.state_years(1900, 1910, world=small)


def test_dyad_disputes_keep_every_dispute(tables) -> None:
    panel = fp.dyad_disputes(1900, 1910, world=tables)
    frame = tables["gml_dirdisp"]
    assert len(panel) == frame["year"].between(1900, 1910).sum()
    once = fp.dyad_disputes(1900, 1910, directed=False, world=tables)
    assert len(once) * 2 == len(panel)


def test_world_must_be_something_with_tables() -> None:
    with pytest.raises(InputError, match="not int"):
        find_tables(3)


def test_a_folder_that_is_none_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is no folder"):
        fp.state_years(1900, 1901, world=tmp_path / "nowhere")


def test_the_folder_above_history_will_do(small: Path, tmp_path: Path) -> None:
    above = tmp_path / "above"
    above.mkdir()
    small.rename(above / "history")
    assert len(fp.state_years(1900, 1900, world=above)) == 2
    assert len(fp.state_years(1900, 1900, world=str(above))) == 2
