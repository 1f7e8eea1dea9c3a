from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pytest

from foedus.errors import DataError
from foedus.panel.system import load_system, shipped_spells
from foedus.world.history.tables import Tables


def test_positions_of_codes(tables) -> None:
    system = load_system(tables, "cow")
    assert system.codes[system.index([2, 365])].tolist() == [2, 365]
    assert system.index([3, -5, 100_000]).tolist() == [-1, -1, -1]
    assert system.last_year == 2016


def test_presence_has_the_days_of_entry_and_exit(tables) -> None:
    system = load_system(tables, "cow")
    here, begins, ends = system.presence(1938, 1946)
    poland = int(system.index([290])[0])
    assert here[poland].tolist() == [True, True, *[False] * 5, True, True]
    day = lambda n: str(np.datetime64(int(n), "D"))  # noqa: E731
    assert (day(begins[poland, 1]), day(ends[poland, 1])) == ("1939-01-01", "1939-09-27")
    assert (day(begins[poland, 7]), day(ends[poland, 7])) == ("1945-06-28", "1945-12-31")


def test_shipped_spells_hold_together() -> None:
    for name in ("cow", "gw"):
        by_code: dict[int, list[tuple[dt.date, dt.date]]] = {}
        for code, _, start, end in shipped_spells(name):
            assert start <= end
            by_code.setdefault(code, []).append((start, end))
        for code, spells in by_code.items():
            for (_, end), (start, _) in zip(sorted(spells), sorted(spells)[1:], strict=False):
                assert start > end, f"{name} {code}: two spells at once"


def test_another_list_than_these(tables) -> None:
    with pytest.raises(DataError, match="no state system 'iso'"):
        load_system(tables, "iso")  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("AAA,1,A,1905,1,1,1900,1,1,2016", "ends before it starts"),
        ("AAA,-3,A,1900,1,1,1901,1,1,2016", "is no state code"),
    ],
)
def test_rows_that_cannot_be(tmp_path: Path, line: str, cause: str) -> None:
    head = "stateabb,ccode,statenme,styear,stmonth,stday,endyear,endmonth,endday,version\n"
    (tmp_path / "cow_states.csv").write_text(head + line + "\n")
    with pytest.raises(DataError, match=f"table cow_states in .*, row 1: .*{cause}"):
        load_system(Tables(tmp_path), "cow")


def test_the_keepers_own_list_of_gleditsch_and_ward(tmp_path: Path) -> None:
    (tmp_path / "gw_system.csv").write_text(
        "gwcode,gw_abb,gw_name,microstate,start,end\n2,USA,United States,0,-56249,17166\n"
    )
    system = load_system(Tables(tmp_path), "gw")
    assert system.codes.tolist() == [2]
    assert system.last_year == 2016


def test_gleditsch_and_ward_spells_are_those_of_the_published_list() -> None:
    """iisystem.dat and microstatessystem.dat (ksgleditsch.com, to 2020): 239 spells, 42 of them closed.

    The two sums are those of the published dates as days of the common era, so that one date off by a day shows.
    """
    by_code: dict[int, list[tuple[dt.date, dt.date]]] = {}
    for code, _, start, end in sorted(shipped_spells("gw"), key=lambda spell: (spell[0], spell[2])):
        spells = by_code.setdefault(code, [])
        if spells and start == spells[-1][1] + dt.timedelta(days=1):
            spells[-1] = (spells[-1][0], end)
        else:
            spells.append((start, end))
    flat = [spell for spells in by_code.values() for spell in spells]
    closed = [end for _, end in flat if end.year < 9999]
    assert (len(by_code), len(flat), len(closed)) == (225, 239, 42)
    assert sum(start.toordinal() for start, _ in flat) == 167_288_138
    assert sum(end.toordinal() for end in closed) == 29_153_182


@pytest.mark.parametrize(
    ("code", "spells"),
    [
        (42, ["1844-02-27/"]),  # the American occupation of 1916–24 is no gap
        (100, ["1830-09-23/"]),
        (240, ["1816-01-01/1871-01-17"]),
        (290, ["1918-11-11/"]),  # nor is 1939–45
        (366, ["1918-11-11/1940-06-01", "1991-09-06/"]),
        (385, ["1905-08-26/"]),
        (517, ["1962-01-07/"]),  # as published, though Rwanda's day is 1 July
        (600, ["1816-01-01/1904-01-01", "1956-03-02/"]),
        (935, ["1980-06-30/"]),
    ],
)
def test_gleditsch_and_ward_spells_one_by_one(code: int, spells: list[str]) -> None:
    found = [f"{s}/{'' if e.year == 9999 else e}" for c, _, s, e in shipped_spells("gw") if c == code]
    assert found == spells
