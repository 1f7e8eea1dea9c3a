"""The world: what it holds, what it refuses, and where its answers come from."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from foedus.errors import CrisisError, DataError
from foedus.model.crisis import Crisis
from foedus.world.world import World

RESEARCH = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "history"


def test_shipped_is_one_world():
    assert World.shipped() is World.shipped()


def test_a_world_never_changes():
    with pytest.raises(AttributeError):
        World.shipped().tables = None  # type: ignore[misc]


def test_treaties_by_state_dyad_and_day():
    world = World.shipped()
    assert {t.id for t in world.treaties("RUS", "IRN", "2025-06-22")} == {"rus-irn-2001", "sco-treaty-2007"}
    assert "rus-irn-2025" in {t.id for t in world.treaties("IRN", "RUS", on=dt.date(2025, 10, 2))}
    assert [t.id for t in world.pending("RUS", "IRN", on="2025-06-22")] == ["rus-irn-2025"]
    everything = world.treaties()
    assert len(everything) >= 500
    assert set(world.treaties("USA")) <= set(everything)
    assert world.treaties("usa", "kor", "2020-01-01") == world.treaties("KOR", "USA", "2020-01-01") != []


def test_former_members_are_found_without_a_day_only():
    world = World.shipped()
    assert "csto-1992" in {t.id for t in world.treaties("AZE")}
    assert "csto-1992" not in {t.id for t in world.treaties("AZE", on="2020-01-01")}


def test_third_states_are_those_of_the_day():
    world = World.shipped()
    now = world.third_states(Crisis(["IRN"], ["ISR", "USA"], "2025-06-22"))
    assert {"RUS", "CHN", "ARM"} <= set(now)
    assert not {"IRN", "ISR", "USA", "SUN", "YUG"} & set(now)
    then = world.third_states(Crisis(["SRB"], ["AUH"], "1914-07-28"))
    assert {"DEU", "RUS", "ITA"} <= set(then)
    assert "POL" not in then


def test_names_read_as_in_a_sentence():
    world = World.shipped()
    assert world.names(["USA", "IRN"]) == "the United States and Iran"
    assert world.names(["FRA"]) == "France"
    assert world.names(["FRA", "DEU", "ITA"], "or") == "France, Germany or Italy"
    assert world.names(["FRA", "DEU", "ITA", "ESP", "PRT", "POL", "NOR"]).endswith("and 3 others")
    assert world.name("NO-SUCH") == "NO-SUCH"


def test_provenance_names_the_sources():
    told = World.shipped().provenance
    assert "foedus" in told["treaties"]
    assert "tables" not in told


def test_facts_come_with_the_world():
    assert World.shipped().facts.capital("RUS")[0] == "Moscow"


def test_load_refuses_what_is_no_folder(tmp_path):
    with pytest.raises(DataError, match="no folder"):
        World.load(tmp_path / "absent")


def test_atop_fills_only_dyads_without_a_shipped_treaty(tmp_path):
    (tmp_path / "atop_alliance.csv").write_text(
        "ccode1,ccode2,year,atop_defense,atop_offense,atop_neutral,atop_nonagg,atop_consul\n"
        "2,200,1960,1,0,0,0,1\n"
        "93,94,1960,0,0,0,1,0\n"
        "41,160,1960,1,0,0,0,0\n"
        "41,365,1960,1,0,0,1,0\n"
        "41,366,1960,1,0,0,0,0\n"
        "9999,365,1960,1,0,0,0,0\n"
        "41,230,1960,0,0,0,0,0\n"
    )
    world = World.load(tmp_path)
    added = [t for t in world.treaties(on="1960-05-01") if t.provenance == "ATOP"]
    assert [t.id for t in added] == ["atop-hti-sun-1960"]
    assert [c.kind for c in added[0].clauses] == ["defense", "nonaggression"]
    assert not [t for t in world.treaties("USA", "GBR", "1960-05-01") if t.provenance == "ATOP"]
    assert not [t for t in world.treaties(on="1961-05-01") if t.provenance == "ATOP"]
    assert "ATOP" in world.provenance["treaties"]


@pytest.mark.skipif(not (RESEARCH / "atop_alliance.rda").exists(), reason=f"no research data at {RESEARCH}")
def test_shipped_defence_pacts_cover_most_of_atop():
    """The record is our own; ATOP, coded by others, says how much of it is there."""
    from itertools import combinations

    from foedus.actors import resolver
    from foedus.errors import UnknownActorError
    from foedus.world.treaties import members

    frame = World.load(RESEARCH).tables["atop_alliance"]
    defence = frame[frame["atop_defense"] == 1]
    world = World.shipped()
    shared = {1913: 0.8, 1938: 0.6, 1955: 0.8, 1970: 0.7, 1985: 0.7}
    for year, least in shared.items():
        on = dt.date(year, 7, 1)
        ours: set[tuple[str, ...]] = set()
        for treaty in world.treaties(on=on):
            if any(clause.kind == "defense" for clause in treaty.clauses):
                ours |= set(combinations(sorted(members(treaty, on)), 2))
        theirs = set()
        for row in defence[defence["year"] == year].to_dict("records"):
            try:
                theirs.add(tuple(sorted(resolver.from_cow(int(row[c]), on) for c in ("ccode1", "ccode2"))))
            except UnknownActorError:
                continue
        assert len(theirs & ours) >= least * len(theirs) > 0, year


def test_a_day_to_come_is_refused():
    tomorrow = dt.date.today() + dt.timedelta(days=1)
    with pytest.raises(CrisisError, match="lies in the future"):
        World.shipped().check(Crisis(["IRN"], ["ISR"], tomorrow))
