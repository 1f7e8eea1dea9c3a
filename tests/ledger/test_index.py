"""What many ledgers share must not change what each says."""

from __future__ import annotations

import random

import pytest

from foedus.ledger.index import Index
from foedus.ledger.ledger import ledger
from foedus.model.document import Document
from foedus.model.event import QUADS, Event

CODES = ("RUS", "CHN", "QAT", "IRN", "USA", "ISR")
SAID = (
    "condemned the strikes on Iran", "sent generators", "offered to mediate between Iran and Israel", "criticised tariffs",
    "warned Washington against helping Israel", "called on Israel to halt it", "deplored the Iranian attack on Qatar",
    "promised weapons", "moved troops", "held talks", "denied it",
)  # fmt: skip
SIDES = (("IRN", ("USA", "ISR")), ("ISR", ("IRN",)), ("USA", ("IRN",)))


def test_imported_rows_that_are_alike_are_acts_with_ids_of_their_own() -> None:
    rows = [Event("PRK", "USA", "CONSULT", date="2018-06-01", id=f"icews:{number}") for number in range(9)]
    acts = ledger(rows, supporter="PRK", client="USA").acts
    assert len({act.id for act in acts}) == len(acts) > 1


def story(seed: int) -> tuple[list[Event], list[Document]]:
    drawn = random.Random(seed)
    events, documents = [], []
    for number in range(drawn.randint(1, 6)):
        text, places = "", []
        for _ in range(drawn.randint(1, 7)):
            quote = f"{drawn.choice(('Russia', 'China', 'It'))} {drawn.choice(SAID)}."
            text += " " if text else ""
            places.append((len(text), len(text) + len(quote), quote))
            text += quote
        documents.append(Document(text, id=f"d{number}", published=drawn.choice((None, "2025-06-13", "2025-06"))))
        for _ in range(drawn.randint(1, 12)):
            start, end, quote = drawn.choice(places)
            events.append(
                Event(
                    drawn.choice(CODES), drawn.choice((*CODES, None)), drawn.choice(list(QUADS)), quote=quote, start=start, end=end,
                    mode=drawn.choice((None, None, "assist", "third-party", "ceasefire", "yield")),
                    polarity=drawn.choice(("positive", "positive", "negative")), speaker=drawn.choice((None, None, "RUS", "ISR")),
                    modality=drawn.choice(("actual", "actual", "future", "hypothetical")), historical=drawn.random() < 0.1,
                    date=drawn.choice((None, "2025-06-13", "2025-06-20", "2025-06", "2024")), document=f"d{number}",
                    id=f"e{len(events)}",
                )
            )  # fmt: skip
    return events, documents


def every(index: Index) -> list[object]:
    return [index.ledger(one, client, foes) for one in ("RUS", "CHN", "QAT") for client, foes in SIDES]


@pytest.mark.parametrize("seed", range(60))
def test_a_shared_index_says_what_a_ledger_of_its_own_says(seed):
    events, documents = story(seed)
    shared = every(Index(events, {document.id: document.published for document in documents}))
    alone = [
        ledger(events, supporter=one, client=client, adversaries=foes, documents=documents)
        for one in ("RUS", "CHN", "QAT")
        for client, foes in SIDES
    ]
    assert shared == alone


@pytest.mark.parametrize("seed", range(60))
def test_what_is_taken_over_from_an_earlier_state_is_what_would_be_made_anew(seed):
    events, documents = story(seed)
    published = {document.id: document.published for document in documents}
    before = Index(events, published)
    every(before)
    drawn = random.Random(seed)
    more, later = story(seed + 1000)
    now = [event for event in events if drawn.random() < 0.9] + (more[:3] if drawn.random() < 0.5 else [])
    published |= {document.id: document.published for document in later if document.id not in published}
    assert every(Index(now, published, before)) == every(Index(now, published))


def test_the_same_events_are_not_grouped_again():
    events, documents = story(3)
    published = {document.id: document.published for document in documents}
    before = Index(events, published)
    first = before.ledger("RUS", "IRN", ("USA", "ISR"))
    assert Index(events, published, before).ledger("RUS", "IRN", ("USA", "ISR")) is first
    assert Index(events, published | {"d0": "1999-01-01"}, before).ledger("RUS", "IRN", ("USA", "ISR")) is not first
