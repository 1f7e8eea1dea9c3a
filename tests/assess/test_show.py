from __future__ import annotations

import io

import pytest
from rich.console import Console

from foedus.assess.assess import assess
from foedus.assess.show import show
from foedus.model.crisis import Crisis
from foedus.world.world import World


def printed(**options: object) -> str:
    out = io.StringIO()
    state = options.pop("state", None)
    found = assess(Crisis(["GEO"], ["RUS"], "2008-08-08"), World.shipped(), state=state, **options)  # type: ignore[arg-type]
    show(found, Console(file=out, width=200), state=state)  # type: ignore[arg-type]
    return out.getvalue()


def test_the_table_names_states_chances_and_drivers() -> None:
    text = printed()
    for said in ("third state", "beyond words", "main drivers", "(USA)", "more states"):
        assert said in text


def test_one_state_in_full_with_a_what_if_beside() -> None:
    text = printed(state="USA", what_if=["USA-GEO: defense", "FRA-DEU: defense"], spread=True, runs=500)
    for said in (
        "base rate",
        "estimate",
        "Nearest historical cases",
        "What would change this",
        "What if",
        "Escalation",
        "Track record",
    ):
        assert said in text
    assert "'FRA-DEU: defense' changes nothing" in text


@pytest.mark.parametrize("width", [60, 80])
def test_a_narrow_terminal_breaks_nothing(width: int) -> None:
    out = io.StringIO()
    show(assess(Crisis(["GEO"], ["RUS"], "2008-08-08"), World.shipped()), Console(file=out, width=width))
    assert max(len(line) for line in out.getvalue().splitlines()) <= width
