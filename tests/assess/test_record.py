"""Wars by year and state, and disputes reduced to their originators, from small tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from foedus.assess.record import disputes, wars
from foedus.assess.sources import Spells
from foedus.errors import DataError

from .conftest import write

INDEX = {2: 0, 365: 1, 255: 2, 260: 3, 640: 4}
ABBREVIATIONS = {"GMY": 255, "GFR": 260}


def years(spells: Spells) -> set[tuple[int, int]]:
    found = set()
    for place, start, end in zip(spells.a.tolist(), spells.start.tolist(), spells.end.tolist(), strict=True):
        first, last = dt.date.fromordinal(start), dt.date.fromordinal(end)
        assert (first.month, first.day, last.year, last.month, last.day) == (1, 1, first.year, 12, 31)
        found.add((place, first.year))
    return found


def test_wars_are_split_by_kind_and_numbers_brought_to_one_scheme(tmp_path: Path) -> None:
    empty: dict[str, Any] = {"gwno_a_2nd": None, "gwno_b": None, "gwno_b_2nd": None}
    rows = [
        {**empty, "gwno_a": "365", "gwno_b": "640", "year": 1950, "type_of_conflict": "interstate"},
        {**empty, "gwno_a": "260", "gwno_a_2nd": "2, 999", "year": 1995, "type_of_conflict": "intrastate"},
        {**empty, "gwno_a": "260", "year": 1985, "type_of_conflict": "3"},
    ]
    tables = {"ucdp_acd": pd.DataFrame(rows), "cow_war_inter": pd.DataFrame({"ccode1": [2, 999], "year": [1917, 1917]})}
    notes: list[str] = []
    outer, inner = wars(write(tables, tmp_path), INDEX, ABBREVIATIONS, notes)
    assert years(outer) == {(0, 1917), (1, 1950), (4, 1950)}
    # Germany keeps West Germany's number there after 1990; a number of no state is left out.
    assert years(inner) == {(2, 1995), (0, 1995), (3, 1985)}
    assert notes == []


def test_wars_without_tables_are_empty_and_said_so(tmp_path: Path) -> None:
    notes: list[str] = []
    outer, inner = wars(write({}, tmp_path), INDEX, ABBREVIATIONS, notes)
    assert (years(outer), years(inner)) == (set(), set())
    assert [note.split(":")[0] for note in notes] == ["no table cow_war_inter", "no table ucdp_acd"]


def entry(number: int, code: int, side: int, orig: int, month: int = 5, **more: int) -> dict[str, int]:
    row = {"dispnum": number, "ccode": code, "styear": 1902, "stmon": month, "stday": 3, "endyear": 1902}
    return row | {"endmon": 8, "endday": -9, "sidea": side, "orig": orig} | more


def part(*rows: dict[str, int]) -> dict[str, pd.DataFrame]:
    return {"gml_part": pd.DataFrame(rows), "gml_mid_disps": pd.DataFrame({"dispnum": [1], "hostlev": [4]})}


def test_disputes_have_originators_on_both_sides_in_order_of_days(tmp_path: Path) -> None:
    tables = part(
        entry(1, 2, 1, 1),
        entry(1, 365, 0, 1),
        entry(1, 640, 0, 0, month=6),
        entry(2, 2, 1, 1, month=2),
        entry(2, 255, 0, 1, month=2),
        entry(3, 2, 1, 1),  # nobody on the other side
        entry(3, 999, 0, 1),  # no state
    )
    taking, found = disputes(write(tables, tmp_path), INDEX)
    assert [(one.id, one.sides, one.hostility) for one in found] == [(2, ((0,), (2,)), 0), (1, ((0,), (1,)), 4)]
    assert found[1].day == dt.date(1902, 5, 3).toordinal()
    joined = (taking.dispute == 1) & (taking.state == 4)
    assert taking.original[joined].tolist() == [False]
    assert taking.side[joined].tolist() == [1]
    assert taking.end[joined].tolist() == [dt.date(1902, 8, 31).toordinal()]
    assert len(taking) == 6


def test_several_entries_of_a_state_become_one_from_its_first_to_its_last_day(tmp_path: Path) -> None:
    tables = part(
        entry(1, 365, 0, 1),
        entry(1, 2, 0, 0, month=4),
        entry(1, 2, 1, 1, month=5),
        entry(1, 2, 1, 1, month=9, endmon=11, endday=2),
    )
    taking, [found] = disputes(write(tables, tmp_path), INDEX)
    mine = taking.state == 0
    assert (mine.sum(), taking.original[mine].tolist(), taking.side[mine].tolist()) == (1, [True], [0])
    assert taking.start[mine].tolist() == [dt.date(1902, 5, 3).toordinal()]
    assert taking.end[mine].tolist() == [dt.date(1902, 11, 2).toordinal()]
    assert found.sides == ((0,), (1,))


def test_a_record_without_a_dispute_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="'gml_part' holds no dispute with originators on both sides"):
        disputes(write(part(entry(1, 2, 1, 1), entry(1, 365, 0, 0)), tmp_path), INDEX)
