from __future__ import annotations

import pytest

from foedus.ledger.background import in_background, mark
from foedus.model.document import Document
from foedus.model.event import Event, Span


def told(text: str, sentence: str, published: str | None = "2025-06-28") -> bool:
    start = text.index(sentence)
    return in_background(Document(text, id="d", published=published), start, start + len(sentence))


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("In recent years the two grew close.", True),
        ("Before the attack on Iran on June 13, Russia had few friends.", True),
        ("For the first time in decades ships met.", False),
        ("Since 2015 Moscow has kept a base there.", True),
        ("Since 2025 began, little has moved.", False),
        ("The ministers met on Monday.", False),
        ("For decades they traded. On Monday that changed.", False),
    ],
)
def test_a_paragraph_keeps_the_time_that_its_words_set(before: str, expected: bool) -> None:
    assert told(f"News.\n\n{before} Russia built plants in Iran.", "Russia built plants in Iran.") is expected


def test_the_next_paragraph_is_of_the_story_s_own_days() -> None:
    assert not told("In recent years they traded.\n\nRussia sent Iran radars.", "Russia sent Iran radars.")


def test_only_undated_deeds_are_marked() -> None:
    text = "In recent years Russia armed Iran."
    document = Document(text, id="d", published="2025-06-28")
    deed = Event("RUS", "IRN", "AID", quote=text, start=0, end=len(text), document="d")
    dated = Event("RUS", "IRN", "AID", quote=text, start=0, end=len(text), document="d", date="2025-06-27")
    word = Event("RUS", "IRN", "SUPPORT", quote=text, start=0, end=len(text), document="d")
    assert [event.historical for event in mark([deed, dated, word], {"d": document})] == [True, False, False]
    assert not mark([deed], {})[0].historical, "without the text nothing is known"


@pytest.mark.parametrize(
    ("quote", "verb", "kind", "expected"),
    [
        ("Ghana and Togo buy Malian gold.", "buy", "COOPERATE", True),
        ("Ghana relies on Mali for cotton.", "relies", "COOPERATE", True),
        ("Ghana bought Malian gold.", "bought", "COOPERATE", False),
        ("Ghana buys Malian gold this week.", "buys", "COOPERATE", False),
        ("13:05 Ghana sells Mali twelve jets.", "sells", "COOPERATE", False),
        ("Ghana, which trains Malian troops, said nothing.", "trains", "AID", True),
        ("Ghana, which had armed Mali, said nothing.", "armed", "AID", True),
        ("Ghana, which armed Mali on Monday, said nothing.", "armed", "AID", False),
        ("Ghana trains Malian troops.", "trains", "AID", False),
    ],
)
def test_what_goes_on_war_or_no_war_is_background(quote, verb, kind, expected) -> None:
    at = Span(quote.index(verb), quote.index(verb) + len(verb))
    event = Event("GHA", "MLI", kind, quote=quote, start=0, end=len(quote), document="d", predicate_span=at)
    document = Document(quote, id="d", published="2025-06-28")
    assert mark([event], {"d": document})[0].historical is expected
