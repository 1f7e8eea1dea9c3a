import pytest

from foedus.brief import estimates
from foedus.brief.answers import answer
from foedus.brief.model import Attack, CrisisPart
from foedus.brief.text import lay_out
from foedus.ledger.ledger import ledger
from foedus.model.assessment import Interval
from foedus.world.world import World


def crisis(attacked, attacker, day):
    return CrisisPart((attacked,), (Attack(attacker, attacked, day, "given", 1, ()),), day, "given")


def told(code, events=()):
    return answer(ledger(list(events), supporter=code, client="UKR", adversaries=["RUS"]), None, "")


def row(part, name):
    return dict(zip(part["columns"], next(row for row in part["rows"] if row[0] == name), strict=True))


def test_the_states_of_the_brief_come_with_the_likeliest_others():
    part = estimates.section(crisis("UKR", "RUS", "2022-02-24"), [told("BLR"), told("POL")], [], World.shipped())
    assert part is not None
    names = [row[0] for row in part["rows"]]
    assert {"Belarus", "Poland"} <= set(names)
    assert len(names) == estimates.MOST
    assert all(len(row) == len(part["columns"]) for row in part["rows"])
    assert any("backtest" in note for note in part["notes"])


def test_without_a_day_there_is_no_estimate():
    assert estimates.section(crisis("UKR", "RUS", None), [], [], World.shipped()) is None


def test_a_side_that_is_no_state_is_said_and_not_guessed():
    part = estimates.section(crisis("NATO", "RUS", "2022-02-24"), [], [], World.shipped())
    assert part is not None
    assert part["rows"] == []
    assert part["notes"][0].startswith("No estimate: ")


def test_what_has_happened_stands_beside_the_estimate_and_later_acts_do_not_move_it(story):
    def part(published):
        act = {"actor": "POL", "type": "AID", "recipient": "UKR", "mode": None}
        document, events = story([("Poland sent tanks to Ukraine.", [act])], published=published)
        text = lay_out("d1", document, events)
        return estimates.section(crisis("UKR", "RUS", "2022-02-24"), [told("POL", events)], [text], World.shipped())

    before, after = row(part("2022-02-24"), "Poland"), row(part("2022-03-20"), "Poland")
    assert before["Told so far"] == after["Told so far"] == "1 deed"
    assert before["Beyond words"] != after["Beyond words"]
    plain = estimates.section(crisis("UKR", "RUS", "2022-02-24"), [], [], World.shipped())
    assert row(plain, "Poland")["Beyond words"] == after["Beyond words"]


def test_the_likeliest_stand_there_though_others_fill_the_list():
    world = World.shipped()
    plain = [line[0] for line in estimates.section(crisis("UKR", "RUS", "2022-02-24"), [], [], world)["rows"]]
    minor = [
        told(code) for code in ("BOL", "PER", "CHL", "URY", "PRY", "ECU", "COL", "HND", "NIC", "GTM", "FJI", "WSM")
    ]
    mixed = [line[0] for line in estimates.section(crisis("UKR", "RUS", "2022-02-24"), minor, [], world)["rows"]]
    assert mixed[: estimates.LIKELIEST] == plain[: estimates.LIKELIEST]
    assert len(mixed) == estimates.MOST
    assert "Bolivia" in mixed


@pytest.mark.parametrize(
    ("span", "words"),
    [
        ((0.02, 0.01, 0.04), "almost no chance"),
        ((0.047, 0.03, 0.08), "almost no chance to very unlikely"),
        ((0.1, 0.06, 0.16), "very unlikely"),
    ],
)
def test_the_words_fit_the_interval(span, words):
    assert estimates.in_words(Interval(*span)) == words


def test_only_members_of_the_state_system_of_the_day_are_weighed():
    part = estimates.section(crisis("KWT", "IRQ", "1990-08-02"), [told("PSE"), told("EGY")], [], World.shipped())
    names = [line[0] for line in part["rows"]]
    assert "Egypt" in names
    assert "Palestine" not in names


def test_a_note_ends_with_one_full_stop():
    part = estimates.section(crisis("UKR", "RUS", "2022-02-24"), [], [], World.shipped())
    assert not [note for note in part["notes"] if note.endswith("..")]


def test_of_who_acts_between_the_sides_it_is_not_said_that_nothing_was_found():
    beside = {"POL": "1 offer or attempt to mediate"}
    part = estimates.section(crisis("UKR", "RUS", "2022-02-24"), [], [], World.shipped(), beside)
    assert row(part, "Poland")["Told so far"] == "1 offer or attempt to mediate"
