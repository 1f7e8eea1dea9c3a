from __future__ import annotations

import time

import pytest

from foedus.reading.boilerplate import judge, mark, rules
from foedus.reading.plain import draft_text

NOTICES = [
    ("disclaimer", "Statement: This article represents the views of the author."),
    (
        "disclaimer",
        "Disclaimer: The views expressed here are those of the author and do not necessarily reflect those of the institute.",
    ),
    ("disclaimer", "The opinions expressed in this article are the author's own."),
    ("disclaimer", "© 2024 The Daily Post. All rights reserved."),
    ("disclaimer", "We use cookies to improve your experience."),
    ("disclaimer", "By continuing to browse you agree to our use of cookies."),
    ("vote", "Please express your opinion by clicking on the [Up/Down] buttons below."),
    ("vote", "12 Comments"),
    ("vote", "Was this article helpful?"),
    ("vote", "1,204 views"),
    ("share", "Share this"),
    ("share", "Facebook Twitter WhatsApp"),
    ("share", "Follow us on Telegram"),
    ("share", "5 min read"),
    ("advert", "Advertisement"),
    ("advert", "Sign up for our newsletter to get the news in your inbox."),
    ("advert", "Subscribe now"),
    ("advert", "Support independent journalism: your donation helps our reporters."),
    ("navigation", "Read more: Iran strikes back"),
    ("navigation", "Home | World | Politics"),
    ("navigation", '"Linguistic Study | Translation"'),
    ("navigation", "Tags: Iran, Russia, war"),
    ("source", "Original: https://www.example.org/article/7521180169114026531/"),
    ("source", "Source: Reuters"),
    ("source", "This article was first published in Le Monde."),
    ("byline", "Reporting by Jane Doe in Paris; editing by Max Roe"),
    ("byline", "Carol R. Doe is a senior fellow in the Security Studies Program."),
    ("other", "* * *"),
    ("other", "Photo: Jane Doe / Agency"),
]

STORY = [
    "Share this burden with allies, the secretary general said.",
    "Reporting by journalists in Gaza was banned, Israel said.",
    "Support for independent Kosovo is a contribution to peace, he said.",
    "Statement: the parties agree to assist each other.",
    "The views expressed by Putin were welcomed in Tehran.",
    "It was published by the ministry on Monday.",
    "Russia and Iran have a close relationship",
    "Why doesn't Russia help Iran against Israel?",
    "Background: the treaty of 1955",
    "Putin is a former officer.",
    "Video shows strikes on the port.",
    "Iran signed up for the project.",
    "The minister said that all rights are reserved to the peoples.",
    "Following the strikes, Moscow called for restraint.",
    "Click, and the drone was gone, one soldier said.",
    "Sources: Iran to retaliate",
]


@pytest.mark.parametrize(("kind", "unit"), NOTICES)
def test_notices(kind: str, unit: str) -> None:
    assert judge(unit)[0] == kind


@pytest.mark.parametrize("unit", STORY)
def test_sentences_and_section_titles_of_a_story_stay(unit: str) -> None:
    assert judge(unit)[0] is None


def test_tail_of_a_paragraph_goes_and_its_story_stays() -> None:
    draft = draft_text("Iran refused the offer, he said. (Reporting by Jane Doe; editing by Max Roe)")
    mark(draft)
    assert [(draft.content(one), one.kind) for one in draft.blocks] == [
        ("Iran refused the offer, he said.", None),
        ("(Reporting by Jane Doe; editing by Max Roe)", "byline"),
    ]


def test_list_of_other_stories_goes_with_its_heading() -> None:
    draft = draft_text(
        "Iran refused the offer. It said so.\n\nRelated articles\n\nIsrael strikes the port\n\nHow the war began\n\nTehran, for its part, said that it would answer."
    )
    mark(draft)
    assert [one.kind for one in draft.blocks] == [None, "navigation", "navigation", "navigation", None]


def test_every_rule_has_a_known_kind_and_place() -> None:
    kinds = {"navigation", "share", "disclaimer", "vote", "source", "byline", "advert", "other"}
    for rule in rules():
        assert rule.kind in kinds
        assert rule.where in {"whole", "start", "tail", "list"}


def test_long_units_cost_nothing() -> None:
    start = time.perf_counter()
    for unit in (
        "x " * 2_000_000,
        "a" * 2900,
        "Jane " * 80,
        "Aa Bb " * 60,
        "share " * 26,
        "1,2,3," * 20,
        "(" * 2999,
        "home " * 19,
    ):
        judge(unit)
    assert time.perf_counter() - start < 1.0


def test_a_credit_without_a_name_is_apparatus_and_a_sentence_on_reporting_is_not() -> None:
    for credit in (
        "Reporting by the Vienna bureau of Meridian Wire; editing by the night desk",
        "Additional reporting by our correspondent in Nairobi.",
    ):
        assert judge(credit)[0] == "byline"
    assert judge("Reporting by the ministry shows that the convoy crossed the border on Monday.")[0] is None
