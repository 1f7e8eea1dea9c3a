from __future__ import annotations

import pytest

from foedus.world.words import plural, possessive, verb


@pytest.mark.parametrize(
    ("phrase", "expected"),
    [
        ("Agreements between Norway and Iceland", True),
        ("the mechanisms of the organisation", True),
        ("Five Power Defence Arrangements", True),
        ("Treaty of the Straits", False),
        ("Status of forces agreement between Chad and Niger", False),
        ("a request of the attacked state and the organs", False),
        ("Entente of the Powers", False),
        ("consensus", False),
    ],
)
def test_number_is_that_of_the_head(phrase: str, expected: bool) -> None:
    assert plural(phrase) is expected


def test_the_verb_agrees() -> None:
    assert verb("Agreements", "hold") == "hold"
    assert verb("Pact of the Seas", "hold") == "holds"


def test_a_plural_name_takes_the_apostrophe_alone() -> None:
    assert possessive("Peru") == "Peru's"
    assert possessive("Laos") == "Laos's"
    assert possessive("the Maldives") == "the Maldives'"
