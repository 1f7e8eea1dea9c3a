from __future__ import annotations

import datetime as dt

import numpy as np

from foedus.assess.shipped import from_world, promises
from foedus.assess.sources import CONSULT, DEFENSE, RIVAL
from foedus.world.world import World


def test_todays_facts_in_the_shape_of_history() -> None:
    on = dt.date(2022, 2, 24)
    found = from_world(World.shipped(), on)
    year = on.year - 1 - found.first
    ukraine, russia, america, poland = (found.position(code) for code in ("UKR", "RUS", "USA", "POL"))
    assert found.ties[year, america, poland] & DEFENSE
    assert not found.ties[year, america, ukraine] & DEFENSE
    assert found.ties[year, russia, ukraine] & RIVAL
    assert found.major_on(on.toordinal())[[america, russia]].all()
    assert not found.major_on(on.toordinal())[poland]
    assert found.members(on.toordinal())[ukraine]
    assert all(np.isnan(found.at("imports", 2021)))


def test_pacts_of_the_day_before_count(monkeypatch: object) -> None:
    treaty_day = dt.date(2024, 12, 4)  # the treaty of Russia and North Korea enters into force
    world = World.shipped()
    cells = []
    for on in (treaty_day, treaty_day + dt.timedelta(days=2)):
        found = from_world(world, on)
        cells.append(found.ties[on.year - 1 - found.first, found.position("PRK"), found.position("RUS")] & DEFENSE)
    assert cells[0] == 0
    assert cells[1] != 0


def test_promises_name_who_owes_and_who_is_owed() -> None:
    world = World.shipped()
    on = dt.date(2020, 1, 1)
    (rio,) = [
        treaty
        for treaty in world.treaties("USA", "BRA", on=on)
        if "Rio" in treaty.title or "Reciprocal" in treaty.title
    ][:1]
    kinds = {kind for kind, by, to in promises(rio, on) if "USA" in by and "BRA" in to}
    assert "defense" in kinds


def test_a_dispute_is_seen_only_after_it_began() -> None:
    found = from_world(World.shipped(), dt.date(2025, 6, 1))
    assert min(d.day for d in found.disputes) >= dt.date(1989, 1, 1).toordinal()
    assert all(all(d.sides) for d in found.disputes)
    assert CONSULT
    assert len(found.past) >= 2 * len(found.disputes)


def test_states_are_those_of_the_day() -> None:
    world = World.shipped()
    day = dt.date(1990, 8, 2)
    found = from_world(world, day)
    present = {str(code) for code, there in zip(found.keys, found.members(day.toordinal()), strict=True) if there}
    assert {"SUN", "YUG"} <= present
    assert not {"RUS", "SRB", "MNE", "UKR"} & present
    assert found.major_on(day.toordinal())[found.position("SUN")]
    assert any("Soviet Union: judged by the facts of Russia" in note for note in found.notes)
    later = from_world(world, dt.date(2022, 2, 24))
    assert "RUS" in later.keys
    assert not any("judged by the facts" in note for note in later.notes)


def test_the_treaties_of_a_state_that_is_gone_are_its_own() -> None:
    day = dt.date(1990, 8, 2)
    found = from_world(World.shipped(), day)
    assert found.ties[day.year - 1 - found.first, found.position("SUN"), found.position("IRQ")] & CONSULT
