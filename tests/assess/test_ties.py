"""Pacts, rivalries, shared organisations and borders of pairs, from small tables."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import numpy as np
import pandas as pd

from foedus.assess.sources import ANY_PACT, CONSULT, DEFENSE, RIVAL, RIVAL_LIGHT
from foedus.assess.tabular import FOREVER
from foedus.assess.ties import contiguity, igos, ties

from .conftest import write

INDEX = {2: 0, 365: 1, 640: 2}


def pact(a: int, b: int, year: int, **flags: int) -> dict[str, int]:
    none = dict.fromkeys(("atop_defense", "atop_offense", "atop_neutral", "atop_nonagg", "atop_consul"), 0)
    return {"ccode1": a, "ccode2": b, "year": year} | none | flags


def test_borders_that_last_to_the_end_of_the_table_stay() -> None:
    frame = pd.DataFrame(
        [
            {"ccode1": 365, "ccode2": 640, "conttype": 1, "stdate": "1816-01-01", "enddate": "2016-12-31"},
            {"ccode1": 2, "ccode2": 365, "conttype": 5, "stdate": "1867-10-18", "enddate": "1990-01-01"},
            {"ccode1": 2, "ccode2": 640, "conttype": -9, "stdate": "1816-01-01", "enddate": "2016-12-31"},
            {"ccode1": 2, "ccode2": 999, "conttype": 1, "stdate": "1816-01-01", "enddate": "2016-12-31"},
        ]
    )
    found = contiguity(frame, INDEX)
    assert list(zip(found.a.tolist(), found.b.tolist(), found.value.tolist(), strict=True)) == [(1, 2, 1), (0, 1, 5)]
    assert found.end.tolist() == [FOREVER, dt.date(1990, 1, 1).toordinal()]


def test_pacts_are_bits_of_their_year_and_known_where_the_table_reaches(tmp_path: Path) -> None:
    rows = [
        pact(2, 640, 1952, atop_defense=1, atop_consul=1),
        pact(365, 640, 1954),
        pact(2, 365, 1940, atop_defense=1),
        pact(2, 999, 1953, atop_defense=1),
    ]
    notes: list[str] = []
    grid, known, rivals = ties(write({"atop_alliance": pd.DataFrame(rows)}, tmp_path), INDEX, 1950, 1956, notes)
    assert grid[2, 0, 2] == ANY_PACT | DEFENSE | CONSULT
    assert np.count_nonzero(grid) == 1  # an entry without a clause is no pact, and the rest is out of reach
    assert known.tolist() == [False, False, True, True, True, False, False]
    assert not rivals.any()
    assert [note.split(":")[0] for note in notes] == ["no table tss_rivalries", "no table td_rivalries"]


def test_rivalries_bind_both_ways_and_go_on_where_the_table_ends(tmp_path: Path) -> None:
    tables = {
        "tss_rivalries": pd.DataFrame(
            [
                {"ccode1": 2, "ccode2": 365, "start": 1940, "end": 1951},
                {"ccode1": 365, "ccode2": 640, "start": 1952, "end": 1953},
                {"ccode1": 2, "ccode2": 640, "start": 1900, "end": 1949},
            ]
        ),
        "td_rivalries": pd.DataFrame([{"ccode1": 2, "ccode2": 640, "styear": 1955, "endyear": 1960}]),
    }
    notes: list[str] = []
    grid, known, rivals = ties(write(tables, tmp_path), INDEX, 1950, 1956, notes)
    assert grid[:, 0, 1].tolist() == [RIVAL, RIVAL, 0, 0, 0, 0, 0]
    assert grid[:, 1, 2].tolist() == [0, 0, RIVAL, RIVAL, RIVAL, RIVAL, RIVAL]
    assert grid[:, 0, 2].tolist() == [0, 0, 0, 0, 0, RIVAL_LIGHT, RIVAL_LIGHT]
    assert (grid == grid.transpose(0, 2, 1)).all()
    assert rivals.all()
    assert not known.any()
    assert notes == ["no table atop_alliance: pacts are missing for the model"]


def test_shared_organisations_are_unknown_where_nothing_is_told(tmp_path: Path) -> None:
    frame = pd.DataFrame(
        {"ccode1": [2, 2, 2], "ccode2": [365, 640, 999], "year": [1951, 1951, 1951], "dyadigos": [17, np.nan, 9]}
    )
    notes: list[str] = []
    grid = igos(write({"cow_igo_ndy": frame}, tmp_path), INDEX, 1950, 1951, notes)
    assert (grid[1, 0, 1], grid[1, 1, 0], grid[1, 0, 2]) == (17, 17, -1)
    assert (grid[0] == -1).all()
    (tmp_path / "none").mkdir()
    assert igos(write({}, tmp_path / "none"), INDEX, 1950, 1951, notes) is None
    assert notes == ["no table cow_igo_ndy: shared organisations are missing for the model"]
