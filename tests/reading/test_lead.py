"""Leads of republished and translated articles, in many phrasings, and sentences that are none."""

from __future__ import annotations

import pytest

from foedus.reading.lead import parse

CASES = [
    (
        'The U.S. think tank website "The National Interest" published an article titled "Unwilling to Assist" on June 28, '
        "authored by Carol R. Saivetz. The article is translated as follows:",
        ("The National Interest", "Unwilling to Assist", "Carol R. Saivetz", (None, 6, 28), True, None),
    ),
    (
        "The website of the British newspaper The Guardian published an article on March 3, 2024 entitled “Turkey’s long game in "
        "Syria” by Martin Chulov. The translation follows:",
        ("The Guardian", "Turkey’s long game in Syria", "Martin Chulov", (2024, 3, 3), True, None),
    ),
    (
        'On June 28, Germany\'s Der Spiegel magazine published an article titled "Merz and the bomb", written by Jane Doe. '
        "The full text is translated below.",
        ("Der Spiegel", "Merz and the bomb", "Jane Doe", (None, 6, 28), True, None),
    ),
    (
        "This article was originally published in Le Monde on 12 March 2023 and was translated from the French by John Smith.",
        ("Le Monde", None, None, (2023, 3, 12), True, "fr"),
    ),
    (
        'Al Jazeera\'s website on 5 May ran an op-ed headlined "Why Sudan matters", authored by Nesrine Malik. '
        "The article is compiled as follows:",
        ("Al Jazeera", "Why Sudan matters", "Nesrine Malik", (None, 5, 5), True, None),
    ),
    (
        "The following is a translation of an article by Ivan Timofeev published in Kommersant on 10 October 2022.",
        ("Kommersant", None, "Ivan Timofeev", (2022, 10, 10), True, None),
    ),
    (
        'Japan\'s "Nikkei Asia" website published a report on November 2, titled "ASEAN splits over Myanmar"; author: '
        "Ken Kobayashi. Compiled as follows:",
        ("Nikkei Asia", "ASEAN splits over Myanmar", "Ken Kobayashi", (None, 11, 2), True, None),
    ),
    (
        "Editor's note: This essay first appeared in Asharq Al-Awsat on 2 February 2020. Translated from Arabic by Lina Khoury.",
        ("Asharq Al-Awsat", None, None, (2020, 2, 2), True, "ar"),
    ),
    ("Reprinted from The Hindu, 14 May 1998.", ("The Hindu", None, None, (1998, 5, 14), False, None)),
    ("Translated from the Russian by Anna Petrova", (None, None, None, None, True, "ru")),
]


@pytest.mark.parametrize(("words", "expected"), CASES)
def test_leads(words: str, expected: tuple[object, ...]) -> None:
    lead = parse(words)
    assert lead is not None
    date = (lead.date.year, lead.date.month, lead.date.day) if lead.date else None
    assert (lead.outlet, lead.title, lead.byline, date, lead.translated, lead.from_language) == expected
    assert lead.end == len(words)


def test_what_follows_the_lead_in_its_paragraph_is_the_story() -> None:
    words = CASES[0][0] + " Although Russia spoke strongly, it did nothing."
    lead = parse(words)
    assert lead is not None
    assert words[lead.end :] == "Although Russia spoke strongly, it did nothing."


def test_translator_is_not_the_author() -> None:
    lead = parse(
        "This article was originally published in Le Monde on 12 March 2023 and translated from the French by John Smith."
    )
    assert lead is not None
    assert (lead.byline, lead.translator) == (None, "John Smith")


@pytest.mark.parametrize(
    "words",
    [
        'The National Interest published an article titled "X is Y" on June 28, arguing that Russia would not help.',
        "The agreement was translated from Persian by the ministry and published on Monday.",
        "The treaty was originally signed in 1950 and was first published in Pravda.",
        "Russia refused to help Iran on June 28, the ministry said.",
        "",
    ],
)
def test_sentences_of_a_story_are_no_leads(words: str) -> None:
    assert parse(words) is None
