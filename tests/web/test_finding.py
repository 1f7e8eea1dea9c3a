import pytest

from foedus.errors import CrisisError
from foedus.store.store import Store
from foedus.web.ask import Ask
from foedus.web.finding import IMPORTED, find
from foedus.web.shelf import Shelf

SIDES = {"attacked": ("IRN",), "by": ("ISR",)}
pytestmark = pytest.mark.usefixtures("prompt")


def test_the_crisis_is_found_where_none_is_named(store):
    found = find(Shelf(store), Ask())
    assert (found.attacked, tuple(one.attacker for one in found.attackers)) == (("IRN",), ("ISR",))
    assert (found.date, found.found) == ("2025-06-13", "found in the sources")


def test_a_window_does_not_move_the_day_of_an_attack_shortly_before_it(store):
    found = find(Shelf(store), Ask(**SIDES, since="2025-06-15"))
    assert [(one.attacker, one.date, one.dated) for one in found.attackers] == [("ISR", "2025-06-13", "event")]
    assert find(Shelf(store), Ask(**SIDES, since="2025-09-01")).date != "2025-06-13"


def test_a_crisis_found_in_imported_rows_alone_is_doubted(imported):
    shelf = Shelf(imported)
    assert IMPORTED in find(shelf, Ask()).doubts
    assert find(shelf, Ask(("UKR",), ("RUS",))).doubts == ()


def test_an_empty_store_says_what_to_do(tmp_path):
    with pytest.raises(CrisisError, match="name the crisis"):
        find(Shelf(Store(tmp_path / "empty")), Ask())
