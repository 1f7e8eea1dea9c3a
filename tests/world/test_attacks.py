"""Attacks on record and the places they fell on."""

from __future__ import annotations

import datetime as dt

from foedus.actors import resolver
from foedus.model.crisis import Crisis
from foedus.model.dates import earliest
from foedus.world import attacks as record
from foedus.world.treaties import shipped


def test_records_are_whole():
    ids = {treaty.id for treaty in shipped()}
    for attack in record.attacks():
        assert attack.source, attack.what
        for code in (*attack.attacked, *attack.attackers):
            assert resolver.name(code), attack.what
        for place in attack.places:
            assert place in record.places() or resolver.name(place), attack.what
        for held in attack.held:
            assert held.treaty in ids
            assert held.status in {"triggered", "arguable", "not triggered"}
            assert record.within(attack.start, attack.end, earliest(held.since)), attack.what


def test_places_are_whole():
    for place in record.places().values():
        assert place.source, place.code
        for code in (*place.members, *place.of, *(claim[0] for claim in place.claims)):
            assert code in record.places() or resolver.name(code), place.code


def test_regions_nest():
    assert record.covers("RIO-AREA", "USA")
    assert record.covers("NATO-AREA", "GREENLAND")
    assert not record.covers("NATO-AREA", "FALKLANDS")
    assert not record.covers("NATO-AREA", "HAWAII")
    assert record.covers("FRA", "FRA")


def test_standing_of_a_place_depends_on_the_day():
    assert record.standing("KARABAKH", "ARM", dt.date(2020, 9, 27)) == "claimed"
    assert record.standing("KARABAKH", "ARM", dt.date(2023, 9, 19)) == "foreign"
    assert record.standing("KARABAKH", "AZE", dt.date(2023, 9, 19)) == "own"
    assert record.standing("ARM", "ARM", dt.date(2023, 9, 19)) == "own"


def test_who_opened_the_war():
    kursk = Crisis(["RUS"], ["UKR"], "2025-01-15")
    opened = record.opened(kursk, "RUS", record.attacks())
    assert opened is not None
    assert opened.attacked == ("UKR",)
    assert record.opened(Crisis(["UKR"], ["RUS"], "2025-01-15"), "UKR", record.attacks()) is None
    assert record.answered(kursk, "UKR", record.attacks()) is not None


def test_a_finding_speaks_from_its_own_day_on():
    def spoken(day: str) -> str | None:
        crisis = Crisis(["TUR"], ["SYR"], day)
        holding = record.held(crisis, "TUR", "nato-1949", "defense", record.attacks())
        return holding and holding.since

    assert spoken("2012-06-25") is None
    assert spoken("2012-06-26") == "2012-06-26"
    assert spoken("2012-10-03") == "2012-10-03"


def test_who_attacks_on_a_day():
    assert record.attacking("GBR", "EGY", dt.date(1956, 10, 29), record.attacks()) is None
    assert record.attacking("GBR", "EGY", dt.date(1956, 10, 31), record.attacks()) is not None
