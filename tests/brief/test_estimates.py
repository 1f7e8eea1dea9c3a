from foedus.brief import estimates
from foedus.brief.model import Attack, CrisisPart
from foedus.world.world import World


def crisis(attacked, attacker, day):
    return CrisisPart((attacked,), (Attack(attacker, attacked, day, "given", 1, ()),), day, "given")


def test_the_states_of_the_brief_come_with_the_likeliest_others():
    part = estimates.section(crisis("UKR", "RUS", "2022-02-24"), ["BLR", "POL"], World.shipped())
    assert part is not None
    names = [row[0] for row in part["rows"]]
    assert {"Belarus", "Poland"} <= set(names)
    assert len(names) == estimates.MOST
    assert all(len(row) == len(part["columns"]) for row in part["rows"])
    assert any("backtest" in note for note in part["notes"])


def test_without_a_day_there_is_no_estimate():
    assert estimates.section(crisis("UKR", "RUS", None), [], World.shipped()) is None


def test_a_side_that_is_no_state_is_said_and_not_guessed():
    part = estimates.section(crisis("NATO", "RUS", "2022-02-24"), [], World.shipped())
    assert part is not None
    assert part["rows"] == []
    assert part["notes"][0].startswith("No estimate: ")
