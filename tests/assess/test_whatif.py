from __future__ import annotations

import datetime as dt

import pytest

from foedus.assess import whatif
from foedus.assess.shipped import from_world
from foedus.assess.sources import DEFENSE, RIVAL, Sources
from foedus.errors import DataError
from foedus.model.crisis import Crisis
from foedus.world.world import World

DAY = dt.date(2025, 6, 22)
CRISIS = Crisis(["IRN"], ["ISR", "USA"], DAY)


@pytest.fixture(scope="module")
def today() -> Sources:
    return from_world(World.shipped(), DAY)


@pytest.mark.parametrize(
    ("text", "kind", "states", "value"),
    [
        ("RUS-IRN: defense", "pact", ("RUS", "IRN"), 1.0),
        ("rus – irn: no defence", "pact", ("RUS", "IRN"), 0.0),
        ("RUS-USA: rivalry=no", "rivalry", ("RUS", "USA"), 0.0),
        ("RUS: own_war=no", "own_war", ("RUS",), 0.0),
        ("IRN: democracy=0.7", "democracy", ("IRN",), 0.7),
        ("USA not attacker", "attacker", ("USA",), 0.0),
        ("TUR attacker", "attacker", ("TUR",), 1.0),
    ],
)
def test_the_language(text: str, kind: str, states: tuple[str, ...], value: float) -> None:
    (found,) = whatif.parse([text])
    assert (found.kind, found.states, found.value) == (kind, states, value)


@pytest.mark.parametrize(
    ("texts", "says"),
    [
        (["nonsense"], "not understood; write it as in"),
        (["RUS-IRN: friendship"], "is no clause"),
        (["RUS-RUS: defense"], "names one state twice"),
        (["RUS-IRN: defense", "IRN-RUS: no defense"], "contradict each other"),
        (["RUS: own_war=no", "RUS: own_war=yes"], "contradict each other"),
        (["IRN: democracy=1.7"], "from 0 to 1"),
        (["RUS: own_war=0.5"], "takes yes or no"),
    ],
)
def test_what_cannot_be_is_said_in_one_line(texts: list[str], says: str) -> None:
    with pytest.raises(DataError, match=says) as caught:
        whatif.parse(texts)
    assert "\n" not in str(caught.value)


def test_attackers_come_and_go() -> None:
    assert whatif.changed_crisis(CRISIS, whatif.parse(["USA not attacker"])).attackers == ("ISR",)
    assert whatif.changed_crisis(CRISIS, whatif.parse(["TUR attacker"])).attackers == ("ISR", "USA", "TUR")
    with pytest.raises(DataError, match="leave no attacker"):
        whatif.changed_crisis(CRISIS, whatif.parse(["USA not attacker", "ISR not attacker"]))
    with pytest.raises(DataError, match="fight itself"):
        whatif.changed_crisis(CRISIS, whatif.parse(["IRN attacker"]))


def test_facts_change_in_a_copy(today: Sources) -> None:
    year = DAY.year - 1 - today.first
    russia, iran, america = (today.position(code) for code in ("RUS", "IRN", "USA"))
    found = whatif.changed_sources(
        today, DAY, whatif.parse(["RUS-IRN: defense", "RUS-USA: rivalry=no", "RUS: own_war=no"])
    )
    assert found.ties[year, russia, iran] & DEFENSE
    assert not today.ties[year, russia, iran] & DEFENSE
    assert not found.ties[year, russia, america] & RIVAL
    assert today.ties[year, russia, america] & RIVAL
    assert russia in today.wars.a
    assert russia not in found.wars.a
    with pytest.raises(DataError, match="XXX, which the facts do not hold"):
        whatif.changed_sources(today, DAY, whatif.parse(["XXX-IRN: defense"]))
