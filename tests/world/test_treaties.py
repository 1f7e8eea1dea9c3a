"""The shipped commitments: whole, dated, sourced, and read strictly."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.actors import resolver
from foedus.errors import DataError, UnknownActorError
from foedus.model.dates import earliest, latest
from foedus.world import treaties as law

SHIPPED = law.shipped()
MINIMAL = {
    "id": "x",
    "title": "A Treaty",
    "kind": "alliance",
    "signed": "1900-01-01",
    "parties": ["FRA", "GBR"],
    "clauses": ["defense|1"],
    "source": "somewhere",
}


def test_counts_promised_to_users():
    since_1945 = [t for t in SHIPPED if (t.end is None or latest(t.end).year >= 1945)]
    assert len(SHIPPED) >= 500
    assert len(since_1945) >= 350
    assert {t.signed[:2] for t in SHIPPED if t.signed} >= {"18", "19", "20"}


def test_every_clause_kind_and_every_treaty_kind_occurs():
    assert {c.kind for t in SHIPPED for c in t.clauses} == set(law.SENSE)
    assert {t.kind for t in SHIPPED} == law.KINDS


def test_ids_are_unique_across_files():
    ids = [t.id for t in SHIPPED]
    assert sorted(ids) == sorted(set(ids))


def test_every_treaty_has_source_title_and_parties():
    for treaty in SHIPPED:
        assert len(treaty.source) >= 8, treaty.id
        assert len(treaty.title) >= 4, treaty.id
        assert len({party.code for party in treaty.parties}) >= 2, treaty.id


def test_no_two_records_are_the_same_treaty():
    seen: dict[tuple, str] = {}
    for treaty in SHIPPED:
        key = (treaty.signed, tuple(sorted({p.code for p in treaty.parties})), treaty.kind, len(treaty.clauses))
        same = seen.setdefault((*key, treaty.title), treaty.id)
        assert same == treaty.id


def test_dates_are_in_order():
    for treaty in SHIPPED:
        if treaty.end:
            assert earliest(treaty.start) <= latest(treaty.end), treaty.id
        for party in treaty.parties:
            if party.start and party.end:
                assert earliest(party.start) <= latest(party.end), (treaty.id, party.code)
            if party.start:
                assert latest(party.start) >= earliest(treaty.start), (treaty.id, party.code)
            if party.end and treaty.end:
                assert earliest(party.end) <= latest(treaty.end), (treaty.id, party.code)


def test_parties_and_adversaries_are_known_actors():
    for treaty in SHIPPED:
        codes = {p.code for p in treaty.parties}
        for clause in treaty.clauses:
            codes |= {*clause.conditions.adversaries, *clause.conditions.not_adversaries}
        for code in codes:
            assert resolver.name(code), (treaty.id, code)


# A treaty may be older than the table's date for a state, or outlive it by a few days.
OLDER = {
    "gbr-prt-1373",
    "german-confederation-1815",
    "auh-sic-1815",
    "united-nations-1942",
    "sun-csk-1943",
    "arab-league-1945",
}


def test_parties_exist_when_they_join():
    missing = []
    for treaty in SHIPPED:
        for party in treaty.parties if treaty.start != law.NEVER else ():
            joined = max(latest(party.start or treaty.start), latest(treaty.start)) + dt.timedelta(days=1)
            try:
                resolver.state(party.code, joined)
            except UnknownActorError as error:
                if treaty.id not in OLDER:
                    missing.append((treaty.id, party.code, str(error)))
    assert missing == []


def test_what_people_expect_and_do_not_find_is_said():
    for treaty in SHIPPED:
        if not treaty.clauses:
            assert treaty.lacks or treaty.note, treaty.id
        assert not {c.kind for c in treaty.clauses} & set(treaty.lacks), treaty.id


def test_areas_are_places_or_states():
    from foedus.world.attacks import places

    for treaty in SHIPPED:
        for clause in treaty.clauses:
            for area in clause.conditions.areas:
                assert area in places() or resolver.name(area), (treaty.id, area)


@pytest.mark.parametrize(
    ("identifier", "day", "inside", "outside"),
    [
        ("nato-1949", "1951-01-01", "NOR", "TUR"),
        ("nato-1949", "1952-02-18", "TUR", "DEU"),
        ("nato-1949", "2023-04-03", "POL", "FIN"),
        ("nato-1949", "2023-04-04", "FIN", "SWE"),
        ("warsaw-pact-1955", "1968-09-14", "POL", "ALB"),
        ("csto-1992", "1998-01-01", "UZB", "UKR"),
        ("csto-1992", "2003-01-01", "ARM", "UZB"),
        ("csto-1992", "2010-01-01", "UZB", "AZE"),
        ("csto-1992", "2020-09-27", "ARM", "UZB"),
        ("rio-1947", "1982-04-02", "ARG", "CUB"),
        ("rio-1947", "2005-01-01", "USA", "MEX"),
        ("arab-jdc-1950", "1980-01-01", "SYR", "EGY"),
        ("arab-jdc-1950", "1990-08-02", "EGY", "YMD"),
        ("seato-1954", "1970-01-01", "PAK", "IND"),
        ("seato-1954", "1975-01-01", "THA", "PAK"),
        ("eu-42-7", "2020-01-31", "GBR", "UKR"),
        ("eu-42-7", "2020-02-01", "FRA", "GBR"),
        ("baghdad-1955", "1959-03-25", "TUR", "IRQ"),
    ],
)
def test_members_by_date(identifier, day, inside, outside):
    treaty = next(t for t in SHIPPED if t.id == identifier)
    members = law.members(treaty, dt.date.fromisoformat(day))
    assert inside in members
    assert outside not in members


@pytest.mark.parametrize(
    ("identifier", "code", "day", "member"),
    [
        ("oas-1948", "LCA", "1979-05-22", True),
        ("oas-1948", "DMA", "1979-05-21", False),
        ("oas-1948", "VCT", "1981-12-03", True),
        ("oas-1948", "ATG", "1981-12-02", False),
        ("oas-1948", "KNA", "1984-03-12", True),
        ("oas-1948", "CUB", "1990-01-01", False),
        ("rss-1996", "GUY", "2022-08-31", False),
        ("rss-1996", "GUY", "2022-10-01", True),
        ("eccas-2000", "RWA", "2010-01-01", False),
        ("eccas-2000", "RWA", "2020-01-01", True),
        ("eccas-2000", "AGO", "2001-01-01", True),
    ],
)
def test_members_that_came_and_went(identifier, code, day, member):
    treaty = next(treaty for treaty in SHIPPED if treaty.id == identifier)
    assert (code in law.members(treaty, dt.date.fromisoformat(day))) is member


def test_a_pact_that_another_took_the_place_of_has_ended():
    on = dt.date(2026, 1, 1)
    bound = [t.id for t in SHIPPED if law.in_force(t, on) and {"CHN", "MNG"} == {p.code for p in t.parties}]
    assert "chn-mng-1994" in bound
    assert "chn-mng-1960" not in bound


def test_pending_is_signed_and_not_in_force():
    treaty = next(t for t in SHIPPED if t.id == "rus-irn-2025")
    assert law.pending(treaty, dt.date(2025, 6, 22))
    assert not law.in_force(treaty, dt.date(2025, 6, 22))
    assert law.in_force(treaty, dt.date(2025, 10, 2))
    assert not law.pending(treaty, dt.date(2025, 10, 2))
    assert not law.pending(treaty, dt.date(2025, 1, 16))


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"kind": "friendship"}, "no kind of treaty"),
        ({"clauses": ["defence|1"]}, "no kind of clause"),
        ({"end": "1899"}, "ends before it begins"),
        ({"parties": ["FRA"]}, "two parties"),
        ({"signed": "1900-13-01"}, "month 13"),
        ({"clauses": [{"c": "defense|1", "by": ["USA"]}]}, "no party"),
        ({"clauses": [{"c": "defense|1", "adversary": ["USA"]}]}, "unknown clause fields"),
        ({"colour": "red"}, "unknown fields"),
        ({"parties": ["FRA", "GBR@1900-02-30"]}, "day"),
    ],
)
def test_damaged_records_name_file_and_line(change, told):
    good = json.dumps(MINIMAL)
    bad = json.dumps({**MINIMAL, "id": "y", **change})
    with pytest.raises(DataError, match="list, line 2") as caught:
        law.read([good, bad], "list")
    assert told in str(caught.value)


def test_truncated_line_and_double_id_are_refused():
    with pytest.raises(DataError, match="line 1"):
        law.read([json.dumps(MINIMAL)[:-4]])
    with pytest.raises(DataError, match="taken"):
        law.read([json.dumps(MINIMAL)] * 2)


def test_short_forms():
    treaty = law.parse(
        {**MINIMAL, "parties": ["FRA@1901/1902", "GBR@/1903"], "clauses": ["nonaggression|4 and 5|to stay calm"]}
    )
    assert (treaty.parties[0].start, treaty.parties[0].end) == ("1901", "1902")
    assert (treaty.parties[1].start, treaty.parties[1].end) == (None, "1903")
    assert treaty.clauses[0].article == "Articles 4 and 5"
    assert treaty.clauses[0].says == "to stay calm"
    assert law.parse(MINIMAL).clauses[0].says == law.SENSE["defense"]


@settings(deadline=None)  # it reads ninety treaties a day, on machines that may be busy
@given(st.dates(dt.date(1815, 1, 1), dt.date(2026, 12, 31)))
def test_in_force_and_pending_exclude_each_other(day):
    for treaty in SHIPPED[::7]:
        assert not (law.in_force(treaty, day) and law.pending(treaty, day))
        if law.in_force(treaty, day):
            assert earliest(treaty.start) <= day


def test_a_treaty_that_never_came_into_force_is_told_as_such():
    treaty = law.parse({**MINIMAL, "start": law.NEVER})
    assert law.pending(treaty, dt.date(2026, 1, 1))
    assert not law.in_force(treaty, dt.date(2026, 1, 1))
    assert {t.id for t in SHIPPED if t.start == law.NEVER} >= {"deu-gbr-2025", "aus-png-2025", "aus-idn-2026"}


@pytest.mark.parametrize(
    ("one", "other", "on", "expected"),
    [
        ("FIN", "USA", "2023-04-03", set()),
        ("FIN", "USA", "2023-04-04", {"nato-1949"}),
        ("SWE", "GBR", "2024-03-07", {"nato-1949", "gbr-swe-2022"}),
        ("FRA", "POL", "2026-01-22", {"fra-pol-2025", "nato-1949", "eu-42-7"}),
        ("SAU", "PAK", "2025-09-17", {"sau-pak-2025"}),
        ("RUS", "PRK", "2024-12-04", {"rus-prk-2024"}),
        ("RUS", "IRN", "2025-10-02", set()),
        ("MLI", "NER", "2023-09-16", {"aes-2023"}),
        ("UKR", "GRC", "2024-10-17", set()),
        ("DEU", "GBR", "2025-08-01", {"nato-1949"}),
    ],
)
def test_who_owes_defence_today(one: str, other: str, on: str, expected: set[str]):
    """Which treaties of two states hold a defence clause on a day: the changes of 2022–2026."""
    day = dt.date.fromisoformat(on)
    found = {
        t.id
        for t in SHIPPED
        if law.in_force(t, day)
        and law.party(t, one, day)
        and law.party(t, other, day)
        and any(c.kind == "defense" and (not c.by or one in c.by) and (not c.to or other in c.to) for c in t.clauses)
    }
    assert expected <= found
    assert found - expected <= {"au-nadp-2005", "anad-1977", "uk-jef-2018", "ecowas-defence-1981", "fra-ita-2021"}


def test_every_agreement_with_ukraine_is_there_and_none_is_a_defence_pact():
    """The bilateral agreements that followed the G7 declaration of July 2023, by date of signature."""
    made = [t for t in SHIPPED if t.id.endswith(("-ukr-2024", "alb-ukr-2025")) and len(t.parties) == 2]
    assert sorted(t.signed or "" for t in made)[::27] == ["2024-01-12", "2025-01-21"]
    assert len(made) == 28
    assert all("defense" in t.lacks for t in made)
