from __future__ import annotations

from foedus.actors.choice import choose, existing, holder, near, standing, term, today
from foedus.actors.index import index


def test_the_land_of_a_state_belongs_to_the_union_it_was_part_of():
    assert existing("UKR", "1970-01-01") == "SUN"
    assert existing("UKR", "2022-02-24") == "UKR"


def test_a_state_stands_only_while_it_exists():
    assert standing("SUN", "1980-01-01")
    assert not standing("SUN", "2001-01-01")
    assert standing("PSE", "1970-01-01"), "one outside every list goes by its names alone"


def test_nobody_is_chosen_from_nothing():
    assert choose([], today()) is None


def test_offices_change_hands():
    held = holder("USA", "president", "1962-10-16")
    assert held is not None
    assert "Kennedy" in held.name
    person = next(name for name in index().persons if "Nehru" in name and "Jawaharlal" in name)
    row, in_office = term(person, "1962-10-20")
    assert (row.code, in_office) == ("IND", True)
    assert term(person, "1999-01-01")[1] is False
    assert near(person, "1965-01-01")
    assert not near(person, "1999-01-01")
