from __future__ import annotations

import numpy as np
import pytest

from foedus.assess.assess import assess
from foedus.errors import CrisisError, DataError
from foedus.model.assessment import Assessment
from foedus.model.crisis import Crisis
from foedus.model.event import Event
from foedus.world.world import World

CRISIS = Crisis(["UKR"], ["RUS"], "2022-02-24")
WORLD = World.shipped()


@pytest.fixture(scope="module")
def found() -> Assessment:
    return assess(CRISIS, WORLD)


def test_every_third_state_has_a_ladder_that_sums_to_one(found: Assessment) -> None:
    assert len(found) > 180
    assert not {"UKR", "RUS"} & {one.state for one in found.states}
    for one in found.states:
        assert sum(one.rungs.values()) == pytest.approx(1)
        assert min(one.rungs.values()) >= 0
        assert one.beyond_words.low <= one.beyond_words.value <= one.beyond_words.high
        assert one.joins.low <= one.joins.value <= one.joins.high <= 1
        assert 0 < one.mediation < 1
        assert one.beyond_words.value == pytest.approx(sum(list(one.rungs.values())[2:]))


def test_the_likeliest_come_first(found: Assessment) -> None:
    values = [one.beyond_words.value for one in found.states]
    assert values == sorted(values, reverse=True)


def test_waterfalls_add_up_to_the_estimate(found: Assessment) -> None:
    for one in found.states[:40]:
        for fall in (one.joining, one.support):
            assert fall.base + sum(driver.effect for driver in fall.drivers) == pytest.approx(fall.total, abs=1e-9)
        assert 1 / (1 + np.exp(-one.joining.total)) == pytest.approx(one.joins.value)
        assert all(driver.parts for driver in one.joining.drivers)


def test_what_is_lacking_is_said(found: Assessment) -> None:
    assert any("trade" in label for label in found["USA"].missing)
    assert any("missing for the model" in note for note in found.notes)
    assert "1990" in found.sources
    assert "1989" in found.model


def test_a_defence_pact_never_lowers_support() -> None:
    for state in ("USA", "CHN", "MDA", "BRA", "IND"):
        with_pact = assess(CRISIS, WORLD, what_if=[f"{state}-UKR: defense"])
        assert with_pact.base_case is not None
        before, after = with_pact.base_case[state], with_pact[state]
        assert after.beyond_words.value >= before.beyond_words.value
        assert after.joins.value > before.joins.value
        assert with_pact.unchanged == ()


def test_a_what_if_that_changes_nothing_says_so() -> None:
    found = assess(CRISIS, WORLD, what_if=["USA-POL: defense", "CHN-UKR: defense"])
    assert found.unchanged == ("USA-POL: defense",)
    assert assess(CRISIS, WORLD, what_if=["USA not attacker"]).unchanged == ("USA not attacker",)


def test_reports_move_the_estimate_and_show_in_the_waterfall() -> None:
    deed = Event("POL", "UKR", "AID", date="2022-02-20", quote="Poland sent arms to Ukraine.", document="d", id="1")
    plain, told = assess(CRISIS, WORLD), assess(CRISIS, WORLD, [deed])
    assert told["POL"].beyond_words.value > plain["POL"].beyond_words.value
    assert told["POL"].rungs["none"] <= 0.05 + 1e-9
    assert any(driver.group == "what the sources report" for driver in told["POL"].joining.drivers)
    assert told["POL"].joining.total == pytest.approx(plain["POL"].joining.total + 0.5)
    assert told["BRA"].rungs == plain["BRA"].rungs
    assert any("fixed rule" in note for note in told.notes)


def test_frames_and_plain_values_say_the_same(found: Assessment) -> None:
    import json

    frame, plain = found.to_frame(), json.loads(json.dumps(found.to_dict(), allow_nan=False))
    assert len(frame) == len(plain["states"]) == len(found)
    assert frame.loc[0, "beyond_words"] == plain["states"][0]["beyond_words"]["value"]
    brief = found.for_brief(5)
    assert len(brief["rows"]) == 5
    assert all(len(row) == len(brief["columns"]) for row in brief["rows"])


@pytest.mark.parametrize("group", ["HAMAS", "HOUTHI"])
def test_a_group_on_one_side_is_no_stumbling_block(group: str) -> None:
    found = assess(Crisis(["ISR"], [group], "2023-10-07"), WORLD)
    assert len(found) > 180
    assert any("holds a group" in note for note in found.notes)


@pytest.mark.parametrize(
    ("crisis", "error", "says"),
    [
        (Crisis(["FRA"], ["DEU"], "1940-05-10"), DataError, "reach from 1990-01-01 to 2025-12-31"),
        (Crisis(["UKR"], ["RUS"], "2040-01-01"), (DataError, CrisisError), "."),
        (Crisis(["UKR"], ["SUN"], "2022-02-24"), CrisisError, "on 2022-02-24"),
        (Crisis(["HAMAS"], ["HEZBOLLAH"], "2023-10-07"), CrisisError, "no facts are held"),
    ],
)
def test_what_cannot_be_asked_is_said_in_one_line(crisis: Crisis, error: type[Exception], says: str) -> None:
    with pytest.raises(error, match=says) as caught:
        assess(crisis, WORLD)
    assert "\n" not in str(caught.value)


def test_a_state_on_a_side_cannot_be_opened() -> None:
    with pytest.raises(CrisisError, match="RUS is no third state"):
        assess(CRISIS, WORLD, state="RUS")


def test_history_that_reaches_the_date_is_used(research: object) -> None:
    world = World.load(str(research))
    found = assess(Crisis(["KOR"], ["PRK"], "1950-06-25"), world)
    assert "disputes to 1989" in found.sources
    america = found["USA"]
    assert america.joins.value > 0.005
    assert found.states.index(america) < 8
    assert any("has seen this crisis" in note for note in found.notes)


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.0, "0 %"),
        (0.0005, "0.05 %"),
        (0.002, "0.2 %"),
        (0.0125, "1.2 %"),
        (0.05, "5 %"),
        (0.104, "10 %"),
        (1.0, "100 %"),
    ],
)
def test_small_chances_are_not_rounded_to_nothing(p: float, text: str) -> None:
    from foedus.assess.assess import share

    assert share(p) == text
