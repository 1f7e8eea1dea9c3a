from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.assess import cases, icb_cases
from foedus.world.history.tables import Tables

from .conftest import made_up, write


def test_crises_of_a_loaded_table_stand_beside_the_curated_ones(tables: Tables) -> None:
    every = icb_cases.beside_curated(tables)
    added = every[len(cases.shipped()) :]
    assert every[: len(cases.shipped())] == cases.shipped()
    assert added
    assert {record.third_state for record in added} <= {"USA", "RUS", "SUN", "GBR", "FRA", "ITA", "DEU", "JPN"}
    assert all(record.source.startswith("ICB v14, crisis ") for record in added)
    assert all(record.crisis == f"Straits {record.source.split()[-1]} IV" for record in added)
    assert all(record.third_state not in {*record.attacked, *record.attackers} for record in added)
    assert icb_cases.beside_curated(tables) is every


def test_one_of_them_can_be_the_nearest_case(tables: Tables) -> None:
    every = icb_cases.beside_curated(tables)
    one = every[-1]
    now = cases.situation_of(one)
    later = cases.Situation(
        now.third_state, now.clients, now.pact, now.neighbour, now.rival, now.major, now.against_major, now.for_major,
        one.day + dt.timedelta(days=1),
    )  # fmt: skip
    assert any(case.source == one.source for case in cases.nearest(later, every))
    same_day = cases.nearest(now, every)
    assert all(case.date < one.date for case in same_day)


def test_a_story_that_is_told_already_is_not_told_twice(tables: Tables) -> None:
    told = {(client, record.third_state, record.day) for record in cases.shipped() for client in record.attacked}
    for one in icb_cases.beside_curated(tables)[len(cases.shipped()) :]:
        assert not [
            day
            for client, third, day in told
            if (client, third) == (one.attacked[0], one.third_state) and abs((day - one.day).days) <= icb_cases.APART
        ]


def test_without_the_table_the_curated_cases_stay(tmp_path: Path) -> None:
    given = made_up()
    del given["icb2v14"]
    assert icb_cases.beside_curated(write(given, tmp_path)) == cases.shipped()


@pytest.mark.parametrize(
    ("name", "told"),
    [("RUSSIAN CIVIL WAR II", "Russian Civil War II"), ("U2 INCIDENT", "U2 Incident"), ("SUEZ", "Suez")],
)
def test_names_in_capitals_are_made_readable(name: str, told: str) -> None:
    assert icb_cases.readable(name) == told
