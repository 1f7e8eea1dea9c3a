"""Historical checks with known answers: what treaties asked of whom, and which condition decided."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.errors import CrisisError
from foedus.model.crisis import Crisis
from foedus.model.duty import Duty
from foedus.world import treaties as law
from foedus.world.duties import duties
from foedus.world.world import World

WORLD = World.shipped()


def ask(attacked: str, by: str, on: str, **more) -> list[Duty]:
    return duties(Crisis(attacked.split(), by.split(), on, **more), WORLD)


def status(found: list[Duty], state: str, toward: str, asks: str = "defend", treaty: str | None = None) -> set[str]:
    return {
        d.status
        for d in found
        if d.state == state and d.toward == toward and d.asks == asks and (treaty is None or d.treaty.id == treaty)
    }


def reasons(found: list[Duty], state: str, treaty: str) -> str:
    return " ".join(d.reason for d in found if d.state == state and d.treaty.id == treaty)


def test_1914_italy_not_bound():
    found = ask("SRB", "AUH", "1914-07-28")
    assert status(found, "ITA", "AUH") == {"not triggered"}
    assert "Austria-Hungary is the attacker" in reasons(found, "ITA", "triple-alliance-1882")
    assert status(found, "ITA", "AUH", "consult") <= {"arguable"}
    assert status(found, "DEU", "AUH", treaty="dual-alliance-1879") == {"not triggered"}
    assert status(found, "ROU", "AUH") == {"not triggered"}
    assert not status(found, "RUS", "SRB")
    assert status(found, "GRC", "SRB") <= {"triggered", "arguable"}


def test_1914_germany_on_russia():
    found = ask("RUS", "DEU", "1914-08-01")
    assert status(found, "FRA", "RUS", treaty="fra-rus-1892") == {"triggered"}
    assert status(found, "ITA", "DEU") == {"not triggered"}
    assert not [d for d in found if d.state == "GBR" and d.asks == "defend"]
    assert "holds no defence or consultation clause" in reasons(found, "GBR", "gbr-rus-1907")


def test_1914_belgium_guarantee():
    found = ask("BEL", "DEU", "1914-08-04")
    assert status(found, "GBR", "BEL") == {"triggered"}
    assert status(found, "NLD", "BEL", "not aggress") == {"triggered"}
    assert not status(found, "NLD", "BEL")


def test_1914_entente_is_no_alliance():
    found = ask("FRA", "DEU", "1914-08-03")
    assert not status(found, "GBR", "FRA")
    assert status(found, "GBR", "FRA", "consult", "entente-cordiale-1904") == {"triggered"}
    assert status(found, "RUS", "FRA") == {"triggered"}


def test_1939_poland():
    found = ask("POL", "DEU", "1939-09-01")
    assert "triggered" in status(found, "GBR", "POL")
    assert "triggered" in status(found, "FRA", "POL")
    assert status(found, "SUN", "DEU", "not aggress") == {"triggered"}
    assert not status(found, "SUN", "POL")
    assert status(found, "ROU", "POL") == {"not triggered", "arguable"}
    assert status(found, "ITA", "DEU", "join the attack") == {"triggered"}
    assert status(found, "SUN", "DEU", "defend") == set()


def test_1939_soviet_attack_on_poland():
    found = ask("POL", "SUN", "1939-09-17")
    assert "triggered" in status(found, "ROU", "POL")
    assert status(found, "GBR", "POL", treaty="gbr-pol-1939") == {"not triggered"}


def test_1941_japan_not_bound_against_the_soviet_union_but_neutral():
    found = ask("SUN", "DEU", "1941-06-22")
    assert status(found, "JPN", "SUN", "stay neutral") == {"triggered"}
    assert status(found, "JPN", "DEU", treaty="tripartite-1940") == {"not triggered"}


def test_1950_korea_nobody_is_bound():
    found = ask("KOR", "PRK", "1950-06-25")
    assert not [d for d in found if d.asks in {"defend", "join the attack"}]


def test_1956_suez():
    found = ask("EGY", "ISR GBR FRA", "1956-10-31")
    for state in ("JOR", "SYR", "SAU", "IRQ", "LBN"):
        assert "triggered" in status(found, state, "EGY", treaty="arab-jdc-1950"), state
    assert status(found, "USA", "EGY", treaty="tripartite-1950") == {"triggered"}
    assert status(found, "USA", "GBR", treaty="nato-1949") == {"not triggered"}
    assert any(d.conflict for d in found if d.state == "JOR" and d.asks == "defend") is False
    assert status(found, "TUR", "GBR") == {"not triggered"}


def test_1956_conflict_of_jordan_if_britain_is_attacked_by_egypt():
    found = ask("GBR", "EGY", "1956-11-01")
    jordan = [d for d in found if d.state == "JOR" and d.asks == "defend"]
    assert {d.toward for d in jordan} == {"GBR", "EGY"}
    assert all(d.conflict for d in jordan if d.status != "not triggered" and len({x.status for x in jordan}) == 1)


def test_1967():
    found = ask("EGY", "ISR", "1967-06-05")
    for state in ("SYR", "JOR", "IRQ"):
        assert "triggered" in status(found, state, "EGY"), state
    assert "triggered" in status(found, "SAU", "EGY", treaty="arab-jdc-1950")
    assert not [
        d for d in found if d.state == "USA" and d.toward == "ISR" and d.asks == "defend" and d.status == "triggered"
    ]


def test_1982_falklands():
    found = ask("GBR", "ARG", "1982-04-02")
    assert status(found, "USA", "GBR", treaty="nato-1949") == {"not triggered"}
    assert "Falkland" in next(d.reason for d in found if d.treaty.id == "nato-1949" and d.asks == "defend")
    assert status(found, "BRA", "ARG", treaty="rio-1947") == {"not triggered"}
    retaken = ask("ARG", "GBR", "1982-05-01")
    assert status(retaken, "PER", "ARG", treaty="rio-1947") == {"arguable"}
    assert status(retaken, "USA", "GBR", treaty="nato-1949") == {"not triggered"}
    usa = [d for d in retaken if d.state == "USA" and d.treaty.id == "rio-1947" and d.asks == "defend"]
    assert usa
    assert usa[0].conflict


def test_place_can_be_given():
    assert status(ask("GBR", "ARG", "1983-01-01"), "USA", "GBR", treaty="nato-1949") == {"triggered"}
    assert status(ask("GBR", "ARG", "1983-01-01", place="FALKLANDS"), "USA", "GBR", treaty="nato-1949") == {
        "not triggered"
    }
    assert status(ask("ESP", "MAR", "2002-07-11", place="CEUTA-MELILLA"), "FRA", "ESP", treaty="nato-1949") == {
        "not triggered"
    }


def test_1990_kuwait():
    found = ask("KWT", "IRQ", "1990-08-02")
    assert status(found, "SAU", "KWT", treaty="arab-jdc-1950") == {"arguable"}
    assert "10 August" not in reasons(found, "SAU", "arab-jdc-1950")
    assert status(ask("KWT", "IRQ", "1990-08-10"), "SAU", "KWT", treaty="arab-jdc-1950") == {"triggered"}
    assert "no defence" in reasons(found, "SAU", "gcc-charter-1981")
    assert not status(found, "USA", "KWT")
    assert not status(found, "SUN", "IRQ")
    assert status(found, "SUN", "IRQ", "consult") == {"arguable"}


def test_2001_article_5():
    assert "2001" not in reasons(ask("USA", "ALQAEDA", "2001-09-11"), "DEU", "nato-1949")
    for day, expected in (("2001-09-11", "arguable"), ("2001-09-12", "arguable"), ("2001-10-02", "triggered")):
        assert status(ask("USA", "ALQAEDA", day), "DEU", "USA", treaty="nato-1949") == {expected}, day
    found = ask("USA", "ALQAEDA", "2001-09-21")
    assert status(found, "AUS", "USA", treaty="anzus-1951") == {"triggered"}
    assert status(found, "BRA", "USA", treaty="rio-1947") == {"triggered"}
    assert status(found, "JPN", "USA", treaty="usa-jpn-1960") == {"not triggered"}
    assert not status(found, "NZL", "USA")


def test_a_group_as_attacker_leaves_the_clause_arguable():
    found = ask("TUR", "ISIS", "2015-10-10")
    assert status(found, "USA", "TUR", treaty="nato-1949") == {"arguable"}


def test_groups_on_either_side_do_not_crash():
    assert isinstance(ask("HAMAS HEZBOLLAH", "ISR", "2024-10-01"), list)
    assert isinstance(ask("ISR", "HAMAS", "2023-10-07"), list)
    assert isinstance(ask("HOUTHI", "USA GBR", "2024-01-12"), list)


def test_2008_georgia():
    found = ask("GEO", "RUS", "2008-08-08")
    assert not [d for d in found if d.toward == "GEO" and d.asks == "defend"]
    assert status(found, "ARM", "RUS", treaty="csto-1992") == {"not triggered"}


@pytest.mark.parametrize("day", ["2014-03-01", "2022-02-24"])
def test_budapest_is_no_defence_pact(day):
    found = ask("UKR", "RUS", day)
    assert not [d for d in found if d.toward == "UKR" and d.asks == "defend"]
    assert "triggered" in status(found, "USA", "UKR", "consult", "budapest-ukr-1994")
    assert status(found, "GBR", "UKR", "not aggress", "budapest-ukr-1994") == {"triggered"}
    assert status(found, "BLR", "RUS", treaty="csto-1992") == {"not triggered"}


def test_armenia_and_the_question_of_territory():
    for day, expected in (("2020-09-27", "arguable"), ("2022-09-13", "triggered"), ("2023-09-19", "not triggered")):
        found = ask("ARM", "AZE", day)
        assert status(found, "RUS", "ARM", treaty="csto-1992") == {expected}, day
        assert status(found, "TUR", "AZE") == {"not triggered"}, day
    assert "Nagorno-Karabakh" in reasons(ask("ARM", "AZE", "2023-09-19"), "KAZ", "csto-1992")
    both = [
        d
        for d in ask("ARM", "AZE", "2022-09-13")
        if d.state == "RUS" and d.treaty.id == "csto-1992" and d.asks == "defend"
    ]
    assert "Azerbaijan" in (both[0].conflict or "")


def test_2024_a_frozen_membership_is_arguable():
    found = ask("KAZ", "CHN", "2024-06-01")
    assert status(found, "ARM", "KAZ", treaty="csto-1992") == {"arguable"}
    assert status(found, "RUS", "KAZ", treaty="csto-1992") == {"triggered"}


def test_russia_and_north_korea():
    before = ask("RUS", "UKR", "2024-08-06")
    assert not status(before, "PRK", "RUS")
    assert any("in force only from 2024-12-04" in d.reason for d in before if d.state == "PRK")
    after = ask("RUS", "UKR", "2025-01-15")
    assert status(after, "PRK", "RUS") == {"arguable"}
    assert "opened itself" in reasons(after, "PRK", "rus-prk-2024")
    assert status(ask("UKR", "RUS", "2025-01-15"), "PRK", "RUS") == {"not triggered"}
    assert status(ask("PRK", "USA", "2025-01-15"), "RUS", "PRK") == {"triggered"}


@pytest.mark.parametrize(("by", "day"), [("ISR", "2025-06-13"), ("ISR USA", "2025-06-22")])
def test_2025_iran(by, day):
    found = ask("IRN", by, day)
    russia = [d for d in found if d.state == "RUS" and d.toward == "IRN"]
    assert not [d for d in russia if d.asks == "defend"]
    assert status(found, "RUS", "IRN", "stay neutral", "rus-irn-2001") == {"triggered"}
    january = next(d for d in russia if d.treaty.id == "rus-irn-2025")
    assert january.asks == "none"
    assert "2025-10-02" in january.reason
    assert "no defence clause" in january.reason
    assert not [d for d in found if d.state == "CHN" and d.asks == "defend"]


def test_2026_iran_under_the_new_treaty():
    found = ask("IRN", "ISR", "2026-01-10")
    assert status(found, "RUS", "IRN", "stay neutral", "rus-irn-2025") == {"triggered"}
    assert not status(found, "RUS", "IRN")


def test_2025_saudi_pakistan():
    assert not status(ask("SAU", "HOUTHI", "2025-09-16"), "PAK", "SAU")
    assert status(ask("SAU", "ISR", "2025-09-17"), "PAK", "SAU") == {"triggered"}
    assert status(ask("PAK", "IND", "2025-09-18"), "SAU", "PAK") == {"triggered"}
    assert status(ask("IND", "PAK", "2025-09-18"), "SAU", "PAK") == {"not triggered"}


@pytest.mark.parametrize(
    ("attacked", "by", "day", "state", "treaty"),
    [
        ("GBR", "RUS", "2001-05-01", "KAZ", "budapest-kaz-1994"),
        ("DEU", "RUS", "2025-01-01", "UKR", "deu-ukr-2024"),
        ("JPN", "SUN", "1930-01-01", "NLD", "nine-power-1922"),
        ("GBR", "SUN", "1955-01-01", "EGY", "gbr-egy-1954"),
    ],
)
def test_an_assurance_to_one_side_is_owed_to_no_other(attacked, by, day, state, treaty):
    assert not status(ask(attacked, by, day), state, attacked, "consult", treaty)


def test_the_one_assured_is_owed_consultation():
    assert status(ask("KAZ", "CHN", "2001-05-01"), "USA", "KAZ", "consult", "budapest-kaz-1994") == {"triggered"}


@pytest.mark.parametrize(
    ("attacked", "by", "day", "state", "expected"),
    [
        ("IRN", "IRQ", "1938-07-01", "TUR", "arguable"),  # international disputes of common interest
        ("MNG", "CHN", "1979-03-01", "DDR", "arguable"),  # important international questions
        ("JOR", "ISR", "1949-01-01", "GBR", "triggered"),  # an imminent menace of hostilities
        ("KGZ", "TJK", "2022-09-16", "CHN", "triggered"),  # a threat
    ],
)
def test_a_talk_on_questions_of_common_interest_is_no_duty_to_meet_an_attack(attacked, by, day, state, expected):
    assert status(ask(attacked, by, day), state, attacked, "consult") == {expected}


def test_a_state_that_attacks_the_one_it_guaranteed_is_not_waited_for():
    before, after = ask("EGY", "ISR", "1956-10-29"), ask("EGY", "ISR", "1956-10-31")
    assert status(before, "GBR", "EGY", treaty="tripartite-1950") == {"triggered"}
    assert status(after, "GBR", "EGY", treaty="tripartite-1950") == {"not triggered"}
    assert "the United Kingdom itself attacks Egypt" in reasons(after, "GBR", "tripartite-1950")
    assert status(after, "USA", "EGY", treaty="tripartite-1950") == {"triggered"}


def test_a_co_attacker_that_is_not_named_is_known_from_the_record():
    found = ask("CSK", "SUN", "1968-08-21")
    assert status(found, "HUN", "CSK", "consult", "warsaw-pact-1955") == {"not triggered"}
    assert status(found, "ROU", "CSK", "consult", "warsaw-pact-1955") == {"triggered"}
    both = ask("CSK", "SUN HUN", "1968-08-21")
    assert "the Soviet Union and Hungary are themselves parties" in reasons(both, "ROU", "warsaw-pact-1955")


def test_a_right_or_a_talk_is_no_duty_to_defend():
    assert status(ask("CUB", "DEU", "1910-01-01"), "USA", "CUB") == {"arguable"}
    canada = ask("USA", "JPN", "1941-12-07")
    assert not status(canada, "CAN", "USA")
    assert status(canada, "CAN", "USA", "consult") == {"triggered"}


def test_the_third_to_join_a_war_that_the_attacked_opened():
    assert status(ask("BGR", "SRB GRC ROU", "1913-07-10"), "RUS", "BGR") == {"arguable"}


def test_what_a_standing_promise_bars_is_told_in_its_own_words():
    found = reasons(ask("MOZ", "ZAF", "2010-01-01"), "TZA", "sadc-2003")
    assert "internal affairs: triggered" in found or "hostile forces: triggered" in found
    assert "force against" not in found


def test_wording_agrees_in_number():
    assert "Agreements on military-technical cooperation between Russia and Venezuela (2009) hold no" in reasons(
        ask("VEN", "COL", "2015-01-01"), "RUS", "rus-ven-2009"
    )
    assert "first come the mechanisms" in reasons(ask("KAZ", "AFG", "2015-01-01"), "TJK", "sco-treaty-2007")
    assert "the United States' own" in " ".join(d.reason for d in ask("PAN", "USA", "1989-12-20"))


def test_disputed_beginning_makes_unprovoked_clauses_arguable():
    plain = ask("FIN", "SUN", "1941-07-01", disputed=False)
    assert isinstance(plain, list)
    sure = ask("POL", "DEU", "1938-06-01")
    unsure = ask("POL", "DEU", "1938-06-01", disputed=True)
    assert status(sure, "FRA", "POL", treaty="fra-pol-1925") == {"triggered"}
    assert status(unsure, "FRA", "POL", treaty="fra-pol-1925") == {"arguable"}


def test_number_of_attackers_decides():
    one = ask("JPN", "RUS", "1904-02-08")
    two = ask("JPN", "RUS FRA", "1904-02-08")
    assert status(one, "GBR", "JPN") == {"not triggered"}
    assert status(two, "GBR", "JPN") == {"triggered"}
    assert status(one, "GBR", "JPN", "stay neutral") == {"triggered"}


def test_seato_binds_the_united_states_to_communist_attack_only():
    assert status(ask("PAK", "IND", "1965-09-06"), "USA", "PAK", treaty="seato-1954") == {"not triggered"}
    assert status(ask("THA", "CHN", "1965-09-06"), "USA", "THA", treaty="seato-1954") == {"triggered"}


def test_anzus_without_new_zealand_since_1986():
    assert status(ask("NZL", "SUN", "1985-01-01"), "USA", "NZL", treaty="anzus-1951") == {"triggered"}
    assert not status(ask("NZL", "SUN", "1987-01-01"), "USA", "NZL", treaty="anzus-1951")
    assert status(ask("NZL", "SUN", "1987-01-01"), "AUS", "NZL", treaty="anzus-1951") == {"triggered"}


def test_senkaku_is_covered_and_quemoy_was_not():
    assert status(ask("JPN", "CHN", "2024-01-01", place="SENKAKU"), "USA", "JPN", treaty="usa-jpn-1960") == {
        "triggered"
    }
    assert status(ask("TWN", "CHN", "1958-08-23"), "USA", "TWN", treaty="usa-twn-1954") == {"not triggered"}
    assert not status(ask("TWN", "CHN", "2024-01-01"), "USA", "TWN")


def test_crises_that_cannot_be():
    with pytest.raises(CrisisError, match="did not exist"):
        ask("SUN", "USA", "2020-01-01")
    with pytest.raises(CrisisError, match="no state or group"):
        ask("XQZ", "USA", "2020-01-01")
    with pytest.raises(CrisisError, match="neither a state nor an armed group"):
        ask("IRN", "NATO", "2020-01-01")
    with pytest.raises(CrisisError, match="write AFG"):
        ask("TALIBAN", "PAK", "2025-10-09")
    with pytest.raises(CrisisError, match="no place"):
        ask("GBR", "ARG", "1982-04-02", place="NOWHERE")


CODES = ["USA", "RUS", "CHN", "IRN", "ISR", "TUR", "FRA", "GBR", "JPN", "IND", "PAK", "EGY", "ARG", "BRA", "POL", "DEU"]


@settings(max_examples=60, deadline=None)
@given(
    st.permutations(CODES),
    st.integers(1, 2),
    st.dates(dt.date(1995, 1, 1), dt.date(2026, 6, 1)),
)
def test_every_duty_is_whole(order, many, day):
    crisis = Crisis(order[:many], order[many : many + 2], day)
    found = duties(crisis, WORLD)
    sides = {*crisis.attacked, *crisis.attackers}
    for duty in found:
        assert duty.state not in sides
        assert duty.toward in (crisis.attacked if duty.side == "attacked" else crisis.attackers)
        assert (duty.clause is None) == (duty.asks == "none")
        assert duty.reason.endswith(".")
        assert duty.treaty.title in duty.reason
        if duty.clause is not None:
            assert law.in_force(duty.treaty, day)
            assert duty.status in duty.reason
        if duty.asks == "defend" and duty.status == "triggered":
            assert duty.side == "attacked"


@settings(max_examples=30, deadline=None)
@given(st.permutations(CODES), st.dates(dt.date(1995, 1, 1), dt.date(2026, 6, 1)))
def test_swapping_the_sides_moves_the_triggered_defence(order, day):
    one = duties(Crisis(order[:1], order[1:2], day), WORLD)
    other = duties(Crisis(order[1:2], order[:1], day), WORLD)
    assert {(d.state, d.toward, d.treaty.id) for d in one} == {(d.state, d.toward, d.treaty.id) for d in other}
