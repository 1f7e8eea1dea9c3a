"""Attacks on record and the places they fell on."""

from __future__ import annotations

import datetime as dt

from foedus.actors import resolver
from foedus.model.crisis import Crisis
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
