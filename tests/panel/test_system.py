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
    (tmp_path / "gw_states.csv").write_text("gwcode,stateabb,startdate,enddate\n2,USA,-56249,17166\n")
    system = load_system(Tables(tmp_path), "gw")
    assert system.codes.tolist() == [2]
    assert system.last_year == 2016
