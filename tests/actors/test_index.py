from __future__ import annotations

from foedus.actors.index import canonical_role, index


def test_the_index_is_made_once():
    assert index() is index()


def test_an_office_has_one_name_under_its_many():
    canonical = index().canonical
    assert canonical_role("minister of foreign affairs", canonical) == canonical_role("foreign minister", canonical)
    assert canonical_role("keeper of the royal hounds", canonical) == "keeper of the royal hounds"


def test_people_and_offices_stand_in_it():
    assert any("Peskov" in person for person in index().persons)
    assert any(code == "RUS" for code, _ in index().offices)
