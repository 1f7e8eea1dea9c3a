"""Actors found in texts, at exact places."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foedus.actors.mentions import Mentions, find

DAY = "2025-06-28"


def found(text: str, on: str = DAY) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.code) for m in find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Iran's army struck Israel.", [("Iran's army", "IRN"), ("Israel", "ISR")]),
        ("The foreign ministry of Iran spoke.", [("foreign ministry of Iran", "IRN")]),
        ("The Franco-German plan", [("Franco", "FRA"), ("German", "DEU")]),
        ("the Israel-Iran war", [("Israel", "ISR"), ("Iran", "IRN")]),
        ("They told us that who is in fact there is a car.", []),
        ("turkey and china on a plate", []),
        ("The al-Qaeda cell", [("al-Qaeda", "ALQAEDA")]),
        ("Hezbollah’s chief", [("Hezbollah’s chief", "HEZBOLLAH")]),
        ("Papua New Guinea, Guinea-Bissau", [("Papua New Guinea", "PNG"), ("Guinea-Bissau", "GNB")]),
        ("Congo. Republic of fear", [("Congo", "COD")]),
        ("South Korean and North Korean soldiers", [("South Korean", "KOR"), ("North Korean soldiers", "PRK")]),
        ("in the Persian Gulf and the South China Sea", []),
        ("Iran forces Hamas to act", [("Iran", "IRN"), ("Hamas", "HAMAS")]),
        ("drones for Russia; a spokesman for Iran", [("Russia", "RUS"), ("spokesman for Iran", "IRN")]),
        ("IRAN STRIKES ISRAEL", [("IRAN", "IRN"), ("ISRAEL", "ISR")]),
        ("Analysts say Western officials know.", [("Analysts", "ANALYSTS"), ("Western officials", "WEST")]),
    ],
)
def test_what_is_found_and_where(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


def test_a_title_takes_its_person_in() -> None:
    (one,) = find("Iranian Foreign Ministry spokesman Esmail Baghaei", DAY)
    assert (one.start, one.code, one.person, one.sector) == (0, "IRN", "Esmail Baghaei", "GOV")
    (two,) = find("the spokesman of Iran Javad Unknownname", DAY)
    assert two.code == "IRN"
    (three,) = find("Israeli minister Xyz Qwertz", DAY)
    assert three.person == "Xyz Qwertz"


def test_a_surname_means_whom_the_text_named_before() -> None:
    mentions = find("Vladimir Putin met Xi Jinping. Xi smiled; Putin left.", DAY)
    assert [m.person for m in mentions] == ["Vladimir Putin", "Xi Jinping", "Xi Jinping", "Vladimir Putin"]


def test_a_surname_in_another_name_is_another_person() -> None:
    assert [m.code for m in find("Then Katarina Putin spoke to Brian Merkel.", DAY)] == []
    assert find("deputy Jonathan Cohen went to a centre in Kerry", "2015-06-01") == []


def test_hyphen_compounds_are_flagged() -> None:
    flags = {m.code: m.compound for m in find("U.S.-led troops and pro-Russian, Iranian-backed men", DAY)}
    assert flags == {"USA": "led", "RUS": "pro", "IRN": "backed"}


def test_the_date_decides() -> None:
    text = "Belgrade and Moscow"
    assert [m.code for m in find(text, "1914-07-28")] == ["SRB", "RUS"]
    assert [m.code for m in find(text, "1948-06-28")] == ["YUG", "SUN"]
    assert [m.code for m in Mentions("2010-01-01").find(text)] == ["SRB", "RUS"]


def test_a_look_back_is_marked() -> None:
    (one,) = find("in 1979 the Soviet Union acted", DAY)
    assert (one.code, one.dated) == ("SUN", False)
    assert one.confidence < 0.7


def test_doubt_is_kept() -> None:
    (congo,) = find("the Congo", DAY)
    assert congo.alternatives == ("COG",)
    (jordan,) = find("Jordan Peterson", DAY)
    (state,) = find("Jordan said", DAY)
    assert jordan.confidence < 0.5 < state.confidence


def test_place_after_in_is_marked_as_place() -> None:
    flags = [m.locative for m in find("Moscow said that talks in Minsk failed", DAY)]
    assert flags == [False, True]


NAMES = ["Iran", "the U.S.", "Putin", "Élysée", "Côte d’Ivoire", "al-Qaeda", "UN", "Russia's president", "of", "the"]


@settings(max_examples=300, deadline=None)
@given(
    st.lists(
        st.one_of(st.sampled_from(NAMES), st.text(max_size=8), st.sampled_from(["😀", "e\u0301", "\u200d", "\n", "'"])),
        max_size=12,
    ),
    st.sampled_from([" ", "", "-", "\u00a0", "\n"]),
)
def test_offsets_are_within_ordered_and_repeatable(parts: list[str], glue: str) -> None:
    text = glue.join(parts)
    mentions = find(text, DAY)
    last = 0
    for mention in mentions:
        assert last <= mention.start <= mention.core_start < mention.core_end <= mention.end <= len(text)
        last = mention.end
        assert mention.code
        assert 0 < mention.confidence <= 1
    assert mentions == find(text, DAY)


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="😀e\u0301\u200d\U0001f1eb\U0001f1f7 ,.\n", max_size=30))
def test_offsets_hold_behind_any_characters(before: str) -> None:
    text = before + " Iran"
    assert [(text[m.start : m.end], m.code) for m in find(text, DAY)] == [("Iran", "IRN")]


def test_a_long_line_takes_time_in_proportion() -> None:
    text = "Iran and the U.S. met Russian officials in Vienna on Monday to talk about things of no great weight. " * 500
    find(text[:1000], DAY)
    began = time.process_time()
    find(text, DAY)
    short = time.process_time() - began
    began = time.process_time()
    find(text * 4, DAY)
    assert time.process_time() - began < 10 * short + 0.2


@pytest.mark.parametrize(("on", "code"), [("1998-05-12", "ETH"), ("2005-01-01", "ERI")])
def test_a_place_that_a_ruling_gave_away_was_whose_it_was_before(on, code):
    assert [mention.code for mention in find("Troops attacked Badme.", on)] == [code]
