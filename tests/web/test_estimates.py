from dataclasses import replace

import pytest

from foedus.errors import CrisisError, InputError
from foedus.web import estimates
from foedus.web.ask import Ask
from foedus.web.live import live
from foedus.web.shelf import Shelf
from foedus.world.world import World

ASK = Ask(("IRN",), ("ISR",), "2025-06-13")
pytestmark = pytest.mark.usefixtures("prompt")


@pytest.fixture
def view(store):
    return live(Shelf(store), ASK, World.shipped())


def test_blank_and_repeated_what_ifs_of_an_address_are_one():
    assert estimates.checked(["", "  ", " RUS-IRN: defense ", "RUS-IRN: defense"]) == ("RUS-IRN: defense",)
    assert estimates.checked([]) == ()


def test_too_many_or_too_long_what_ifs_are_refused_before_any_work():
    six = [f"RUS-IRN: defense {n}" for n in range(6)]
    assert len(estimates.checked(six)) == 6
    with pytest.raises(InputError, match="at most 6"):
        estimates.checked([*six, "one more"])
    with pytest.raises(InputError, match="120 characters"):
        estimates.checked(["x" * 121])


def test_a_crisis_without_a_day_is_not_estimated_and_says_what_to_give(view):
    undated = replace(view, crisis=replace(view.crisis, date=None))
    with pytest.raises(CrisisError, match="give it as `on`"):
        estimates.assessment(undated, World.shipped())


def test_an_assessment_is_made_once_for_each_question(view):
    first = estimates.assessment(view, World.shipped())
    assert estimates.assessment(view, World.shipped()) is first
    other = estimates.assessment(view, World.shipped(), ("RUS-IRN: defense",))
    assert other is not first
    assert estimates.assessment(view, World.shipped(), ("RUS-IRN: defense",)) is other


def test_the_events_of_the_store_are_the_evidence(view):
    found = estimates.assessment(view, World.shipped())
    assert any("promise" in line for line in found["RUS"].evidence)
    assert found["BRA"].evidence == ()
    assert not any("deed" in line for line in found["CHN"].evidence), "it was done after the day that is estimated for"


@pytest.mark.parametrize("what_if", ["RUS-IRN: friendship", "XXX-IRN: defense", "nonsense", "RUS: own_war=maybe"])
def test_a_what_if_that_cannot_be_is_said(view, what_if):
    with pytest.raises(InputError):
        estimates.assessment(view, World.shipped(), (what_if,))


def test_a_review_is_followed_by_new_estimates(store, event_ids):
    before = estimates.assessment(live(Shelf(store), ASK, World.shipped()), World.shipped())["RUS"]
    store.review(event_ids["wire", "RUS", "AGREE"], "down")
    after = estimates.assessment(live(Shelf(store), ASK, World.shipped()), World.shipped())["RUS"]
    assert after.beyond_words.value < before.beyond_words.value
