import datetime as dt
from itertools import combinations

import pytest

from foedus.errors import DataError, UnknownActorError
from foedus.world.present import records
from foedus.world.present.facts import COVERS_FROM, COVERS_TO, Facts

TODAY = dt.date(2025, 6, 22)


@pytest.fixture(scope="module")
def facts() -> Facts:
    return Facts.shipped()


def test_every_current_state_has_figures_a_capital_and_a_source(facts: Facts) -> None:
    assert len(facts.codes()) == 196  # 193 members of the UN, Kosovo, Palestine, Taiwan
    for code in facts.codes():
        one = facts.state(code, TODAY)
        assert one.year == 2024
        assert one.source
        assert one.population_m is not None
        _, lat, lon = facts.capital(code)
        assert -90 <= lat <= 90
        assert -180 <= lon <= 180


def test_figures_are_as_of_the_day_asked_about(facts: Facts) -> None:
    assert facts.state("USA", dt.date(2015, 1, 1)).year == 2010
    assert facts.state("USA", TODAY).year == 2024
    assert [facts.state("USA", dt.date(year, 1, 1)).year for year in (1990, 1994, 1995, 2003, 2009)] == [
        1990,
        1990,
        1995,
        2000,
        2005,
    ]
    assert facts.state("RUS", dt.date(1990, 1, 1)).year == 1992  # the oldest there is, and it says so


def test_figures_of_the_nineties_are_those_of_their_keepers(facts: Facts) -> None:
    """World Bank, World Development Indicators: population in millions, GDP in billions of current US dollars."""
    usa, china = facts.state("USA", dt.date(1990, 6, 1)), facts.state("CHN", dt.date(2000, 6, 1))
    assert (usa.population_m, usa.gdp_busd) == (250, 5960)
    assert (china.population_m, china.gdp_busd) == (1260, 1210)
    assert not facts.state("PAK", dt.date(1996, 1, 1)).nuclear
    assert facts.state("PAK", dt.date(2001, 1, 1)).nuclear


@pytest.mark.parametrize("year", [1990, 1995, 2000, 2005])
def test_every_state_above_a_million_has_figures_of_its_time(facts: Facts, year: int) -> None:
    """Within three years (states born later: of their first years), save Palestine, whose oldest figures are later."""
    from foedus.actors import systems

    codes = [code for code in facts.codes() if systems.tables.states()[code].exists(f"{year}-01-01")]
    found = [facts.state(code, dt.date(year, 12, 31)) for code in codes]
    late = {one.code for one in found if abs(one.year - year) > 3 and (one.population_m or 0) > 1.5}
    # Equatorial Guinea, Qatar, Bahrain and others had less than a million then; Palestine has no earlier figures.
    assert late <= {"PSE", "GNQ", "QAT", "BHR", "CYP", "TLS", "DJI", "ERI"}, late
    shares = [facts.capability_share(code, dt.date(year, 12, 31)) for code in facts.codes()]
    assert 0.95 < sum(share for share in shares if share is not None) < 1.1


def test_the_five_permanent_members_are_majors_with_bombs(facts: Facts) -> None:
    p5 = {code for code in facts.codes() if facts.state(code).p5}
    assert p5 == {"USA", "GBR", "FRA", "RUS", "CHN"}
    assert all(facts.state(code).major and facts.state(code).nuclear for code in p5)
    assert {code for code in facts.codes() if facts.state(code).nuclear} == p5 | {"IND", "PAK", "PRK", "ISR"}


def test_shares_of_power_add_up_to_about_one_and_rank_as_expected(facts: Facts) -> None:
    shares = {code: facts.capability_share(code, TODAY) for code in facts.codes()}
    known = {code: share for code, share in shares.items() if share is not None}
    assert 0.95 < sum(known.values()) < 1.1
    assert set(sorted(known, key=lambda code: known[code])[-3:]) == {"IND", "USA", "CHN"}


def test_distance_is_symmetric_and_near_the_known_figure(facts: Facts) -> None:
    assert facts.capital_distance("IRN", "RUS") == pytest.approx(2470, abs=30)
    assert facts.capital_distance("GBR", "FRA") == pytest.approx(344, abs=8)
    assert facts.capital_distance("IRN", "IRN") == 0


@pytest.mark.parametrize(
    ("code1", "code2", "on", "expected"),
    [
        ("RUS", "UKR", TODAY, 1),
        ("UKR", "RUS", dt.date(1991, 1, 1), 0),
        ("IRN", "ISR", TODAY, 0),
        ("SDN", "KEN", dt.date(2000, 1, 1), 1),
        ("SDN", "KEN", TODAY, 0),
        ("USA", "RUS", TODAY, 2),
    ],
)
def test_contiguity_by_date(facts: Facts, code1: str, code2: str, on: dt.date, expected: int) -> None:
    assert facts.contiguity(code1, code2, on) == expected


def test_land_neighbours_of_iran(facts: Facts) -> None:
    assert facts.neighbours("IRN", TODAY) == sorted(["IRQ", "TUR", "ARM", "AZE", "TKM", "AFG", "PAK"])


def test_borders_name_known_states_and_landlocked_states_have_no_coast(facts: Facts) -> None:
    landlocked = ["AFG", "ETH", "CHE", "MNG", "BOL", "CZE", "SVK", "HUN", "ZMB", "ZWE", "UGA", "NPL", "LAO", "MLI"]
    for code in landlocked:
        assert facts.neighbours(code, TODAY, up_to=5) == facts.neighbours(code, TODAY, up_to=1), code
    for code in facts.codes():
        assert all(other in facts for other in facts.neighbours(code, up_to=5))


def test_rivalries_are_the_same_both_ways_and_end_when_they_ended(facts: Facts) -> None:
    assert facts.are_rivals("IRN", "ISR", TODAY)
    assert facts.are_rivals("ISR", "IRN", TODAY)
    assert facts.are_rivals("EGY", "ISR", dt.date(1975, 1, 1))
    assert not facts.are_rivals("EGY", "ISR", TODAY)
    assert not facts.are_rivals("USA", "CAN", TODAY)


def test_own_wars_on_a_day(facts: Facts) -> None:
    assert [one.war for one in facts.wars_of("RUS", TODAY, except_wars=["mali-2021", "car-2012"])] == ["ukraine-2022"]
    assert facts.wars_of("CHE", TODAY) == []
    assert "ukraine-2022" in {one.war for one in facts.wars_of("CHE", TODAY, fighting=False)}
    assert "iran-israel-2025" not in {one.war for one in facts.wars_of("USA", dt.date(2025, 6, 21))}
    assert "iran-israel-2025" in {one.war for one in facts.wars_of("USA", TODAY)}


def test_history_looks_back_only(facts: Facts) -> None:
    assert facts.side_by_side("USA", "KWT", dt.date(1995, 1, 1)) == ["gulf-1990"]
    assert facts.side_by_side("USA", "KWT", dt.date(1990, 1, 1)) == []
    assert "gulf-1990" in facts.against("USA", "IRQ", dt.date(1995, 1, 1))
    assert {one.war for one in facts.helped("RUS", "SYR", TODAY)} >= {"syria"}
    assert facts.helped("RUS", "SYR", dt.date(2015, 1, 1)) == []
    assert {one.war for one in facts.joined("GBR", dt.date(2003, 1, 1))} >= {"gulf-1990", "afghanistan-2001"}
    assert "ukraine-2022" not in {one.war for one in facts.helped("RUS", "UKR", TODAY)}


def test_fighting_side_by_side_means_at_the_same_time(facts: Facts) -> None:
    # France left the Central African Republic in 2016; Russia came in 2018.
    assert "car-2012" not in facts.side_by_side("FRA", "RUS", TODAY)
    assert "car-2012" in facts.side_by_side("FRA", "TCD", TODAY)
    assert facts.side_by_side("RUS", "IRN", TODAY)
    assert not facts.side_by_side("ISR", "IRN", TODAY)
    assert "iran-israel-2025" in facts.against("ISR", "IRN", TODAY)


def test_wars_are_well_formed(facts: Facts) -> None:
    for war in facts.war_ids():
        parts = facts.war(war)
        assert {one.side for one in parts} == {"a", "b"}, war
        assert all(one.source for one in parts)
        assert any(one.role == "originator" for one in parts), war
        by_code = {(one.code, one.side) for one in parts}
        assert len({code for code, _ in by_code}) == len(by_code), f"{war}: a party on both sides"
        for one in parts:
            if one.code.isalpha() and len(one.code) == 3 and one.code not in facts:
                assert one.code in {"YUG", "RSF", "JEM", "PKK", "LRA", "RUF", "RPF", "FRC", "SNA", "TTP", "UCK", "UTO", "PUK", "NTC", "LNA", "OLA", "NLA", "PMR", "GIA"}, one  # fmt: skip


def test_disputes_cover_the_span_and_are_never_doubled(facts: Facts) -> None:
    every = {one for code in facts.codes() for one in facts.disputes(code)}
    assert len(every) >= 200
    assert len({(one.code1, one.code2, one.date) for one in every}) == len(every)
    assert all(COVERS_FROM.isoformat() <= one.date <= COVERS_TO.isoformat() for one in every)
    assert all(one.code1 != one.code2 and one.source for one in every)


def test_peace_years_count_from_the_last_dispute(facts: Facts) -> None:
    assert facts.peace_years("IND", "PAK", dt.date(2025, 5, 6)) == 6
    assert facts.peace_years("IND", "PAK", dt.date(2025, 5, 8)) == 0
    assert facts.peace_years("CHE", "AUT", dt.date(2020, 1, 1)) == 30
    assert facts.peace_years("CHN", "TWN", TODAY, level="use") > facts.peace_years("CHN", "TWN", TODAY)


def test_pair_answers_do_not_depend_on_the_order(facts: Facts) -> None:
    for one, other in combinations(["USA", "RUS", "IRN", "ISR", "TUR", "SYR", "UKR"], 2):
        assert facts.contiguity(one, other) == facts.contiguity(other, one)
        assert facts.disputes(one, other) == facts.disputes(other, one)
        assert facts.side_by_side(one, other, TODAY) == facts.side_by_side(other, one, TODAY)


def test_unknown_code_says_what_to_give(facts: Facts) -> None:
    with pytest.raises(UnknownActorError, match=r"'ATL'.*alpha-3"):
        facts.state("ATL")


def test_a_bad_row_is_named(tmp_path, monkeypatch) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (folder / "disputes.csv").write_text("code1,code2,date,level,name,source\nUSA,IRN,2020-01-03,shout,x,y\n")
    monkeypatch.setattr(records, "files", lambda _: tmp_path)
    from foedus.world.present.facts import _dispute

    with pytest.raises(DataError, match=r"disputes\.csv, row 2: 'shout' is none of"):
        records.read_table("disputes.csv", _dispute)
