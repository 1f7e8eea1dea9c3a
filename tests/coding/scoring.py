"""Scores coded events against annotated ones, sentence by sentence: the definitions of docs/coder.md, for the floor in CI."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from foedus.model.event import QUADS


def is_deed(event: dict[str, Any]) -> bool:
    return (
        QUADS[event["type"]].startswith("material")
        and event["polarity"] == "positive"
        and event["modality"] == "actual"
    )


def key(sentence: int, event: dict[str, Any]) -> tuple[Any, ...]:
    actor, recipient = event["actor"], event["recipient"]
    if event["type"] == "CONSULT" and recipient:
        actor, recipient = sorted((actor, recipient))
    return sentence, actor, recipient, event["type"]


def f1(true: set[Any], found: set[Any]) -> float:
    both = len(true & found)
    return 2 * both / (len(true) + len(found)) if true or found else 1.0


def figures(pairs: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]) -> dict[str, float]:
    """Event and deed F1, and the share of quiet sentences in which something was coded."""
    true, found, true_deeds, found_deeds = set(), set(), set(), set()
    quiet = false = 0
    for document, events in pairs:
        bounds, at = [], 0
        for sentence in document["sentences"]:
            start = document["text"].index(sentence, at)
            at = start + len(sentence)
            bounds.append((start, at))
        placed = [(next((i for i, (a, b) in enumerate(bounds) if a <= e["start"] < b), -1), e) for e in events]
        mine = {(document["id"], *key(e["sentence"], e)): e for e in document["events"]}
        theirs = {(document["id"], *key(i, e)): e for i, e in placed}
        true |= mine.keys()
        found |= theirs.keys()
        true_deeds |= {k for k, e in mine.items() if is_deed(e)}
        found_deeds |= {k for k, e in theirs.items() if is_deed(e)}
        busy, coded = {e["sentence"] for e in document["events"]}, {i for i, _ in placed}
        quiet += len(bounds) - len(busy)
        false += len([i for i in coded if i not in busy])
    return {"event": f1(true, found), "deed": f1(true_deeds, found_deeds), "quiet": false / max(quiet, 1)}
