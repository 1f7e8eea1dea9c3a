from __future__ import annotations

import pytest

from foedus.actors.mentions import find


def codes(text, on="2025-06-20"):
    return [mention.code for mention in find(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US struck.", ["USA"]),
        ("They told us to go.", []),
        ("Turkey spoke.", ["TUR"]),
        ("We ate turkey.", []),
        ("Chad and Jordan met.", ["TCD", "JOR"]),
    ],
)
def test_capitals_tell_names_from_words(text, expected):
    assert codes(text) == expected


def test_the_longer_name_wins():
    assert codes("South Korea met North Korea.") == ["KOR", "PRK"]
    assert codes("The Democratic Republic of the Congo met the Republic of the Congo.") == ["COD", "COG"]


def test_a_name_means_what_it_meant_on_the_day():
    assert codes("The Soviet Union vetoed it.", "1971-12-05") == ["SUN"]
    assert codes("Moscow vetoed it.", "1971-12-05") == ["SUN"]
    assert codes("Moscow vetoed it.", "2022-02-25") == ["RUS"]
