from __future__ import annotations

from foedus.assess.assess import assess
from foedus.model.crisis import Crisis
from foedus.world.world import World

CRISIS = Crisis(["UKR"], ["RUS"], "2022-02-24")
WORLD = World.shipped()


def test_one_state_opened_tells_what_would_change_it() -> None:
    one = assess(CRISIS, WORLD, state="USA")["USA"]
    assert len(one.cases) == 5
    assert one.record
    assert any("defence pact" in change.says and change.joins > one.joins.value for change in one.changes)
    moved = [abs(change.by) for change in one.changes]
    assert max(moved) > 0


def test_the_spread_is_seeded_and_counts_every_run() -> None:
    first, second = (assess(CRISIS, WORLD, spread=True, runs=2_000, seed=7).spread for _ in range(2))
    assert first == second
    assert first is not None
    assert first["runs"] == 2_000
    assert len(first["states"]) == 40
