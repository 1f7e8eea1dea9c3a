"""Codes of other data sets become entities of the day, and what is no code becomes nothing."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest

from foedus.store.imports import codes


@pytest.mark.parametrize(
    ("code", "day", "entity"),
    [
        ("RUS", "1985-07-01", "SUN"),
        ("RUS", "2017-07-01", "RUS"),
        ("irn", "2017-07-01", "IRN"),
        ("ROM", "2017-07-01", "ROU"),
        ("QQQ", "2017-07-01", None),
        ("", "2017-07-01", None),
        (None, "2017-07-01", None),
    ],
)
def test_a_country_code_means_the_state_of_its_day(code: str | None, day: str, entity: str | None) -> None:
    assert codes.country(code, day) == entity


def test_the_spells_of_a_code_follow_on_each_other_without_gap_or_overlap() -> None:
    by_code: dict[str, list[tuple[str, str]]] = {}
    for code, first, last, _ in codes.spells():
        by_code.setdefault(code, []).append((first, last))
    assert {"RUS", "DEU", "YEM"} <= by_code.keys()
    for code, found in by_code.items():
        assert found[0][0] == "0001-01-01", code
        for (_, last), (first, _) in pairwise(found):
            assert dt.date.fromisoformat(first) - dt.date.fromisoformat(last) == dt.timedelta(days=1), code


def test_a_name_is_tried_whole_then_by_its_brackets_then_turned_round() -> None:
    day = "2015-01-01"
    assert codes.named("Police (Nigeria)", day) == "NGA"
    assert codes.named("Putin, Vladimir", day) == "RUS"
    assert codes.named("Nobody at all (Nowhere)", day) is None
    assert codes.named(None, day) is None


def test_the_first_known_sector_counts_and_each_scheme_has_its_own() -> None:
    assert codes.sector("icews", "Unheard of, Military,Government") == "MIL"
    assert codes.sector("polecat", "; PTY", ";") == "OPP"
    assert codes.sector("cameo", "Military") is None
    assert codes.sector("icews", None) is None


def test_sectors_are_known_by_their_own_codes_too() -> None:
    assert codes.sector("icews", "Government,Military") == "GOV"
    assert codes.sector("icews", "GOV") == "GOV"
    assert codes.sector("polecat", "zzz;REB", ";") == "REB"
    assert codes.sector("icews", "zzz") is None
