"""Makes a store of many made-up reports on one crisis, for measuring; nothing in it is about the world."""

from __future__ import annotations

import datetime as dt
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from foedus.model.document import Document
from foedus.model.event import Event, Span
from foedus.store.store import Store

THIRD = (
    "RUS",
    "CHN",
    "PAK",
    "TUR",
    "GBR",
    "FRA",
    "DEU",
    "IND",
    "SAU",
    "QAT",
    "OMN",
    "IRQ",
    "EGY",
    "JPN",
    "BRA",
    "ZAF",
    "UN",
    "EU",
)
ACTS = (
    "ACCUSE",
    "SUPPORT",
    "CONSULT",
    "AID",
    "COOPERATE",
    "AGREE",
    "REJECT",
    "REQUEST",
    "MOBILIZE",
    "THREATEN",
    "SANCTION",
)
FIRST = dt.date(2025, 6, 1)


class ByHand:
    """Gives each made-up document ten events on sentences of its own."""

    version = "made-up-1"

    def code_all(self, documents, workers=1):
        for document in documents:
            yield document, list(events(document))


def documents(count: int, start: int = 0) -> Iterator[Document]:
    for number in range(start, start + count):
        drawn = random.Random(number)
        day = FIRST + dt.timedelta(days=drawn.randrange(180))
        sentences = [
            f"Sentence {n} of report {number} tells that one state did something towards another, word {drawn.randrange(10**6)}."
            for n in range(10)
        ]
        yield Document(
            id=f"made-{number}",
            title=f"Report {number}",
            outlet=f"Outlet {number % 40}",
            published=day.isoformat(),
            text=" ".join(sentences),
        )


def events(document: Document) -> Iterator[Event]:
    drawn = random.Random(document.id)
    at = 0
    for place, sentence in enumerate(re.findall(r"[^.]+\.", document.text)):
        start = document.text.index(sentence.strip(), at)
        end = start + len(sentence.strip())
        at = end
        if drawn.random() < 0.15:
            actor, recipient, act = drawn.choice(
                (("ISR", "IRN", "ASSAULT"), ("USA", "IRN", "ASSAULT"), ("IRN", "ISR", "ASSAULT"))
            )
        else:
            actor, recipient, act = (
                drawn.choice(THIRD),
                drawn.choice(("IRN", "ISR", "USA", *THIRD[:6])),
                drawn.choice(ACTS),
            )
        if actor == recipient:
            recipient = "IRN"
        yield Event(
            actor=actor, recipient=recipient, type=act, quote=document.text[start:end], start=start, end=end, sentence=place,
            document=document.id, date=document.published if drawn.random() < 0.6 else None, confidence=round(drawn.uniform(0.3, 0.95), 2),
            actor_span=Span(start, start + 8),
        )  # fmt: skip


def fill(folder: Path, count: int) -> None:
    with Store(folder) as store:
        store.add(documents(count), ByHand(), batch=2000)


if __name__ == "__main__":
    fill(Path(sys.argv[1]), int(sys.argv[2]))
