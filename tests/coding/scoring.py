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


def placed(document: dict[str, Any], events: list[dict[str, Any]]) -> list[tuple[int, dict[str, Any]]]:
    """Coded events with the number of the annotated sentence in which each begins."""
    bounds, at = [], 0
    for sentence in document["sentences"]:
        start = document["text"].index(sentence, at)
        at = start + len(sentence)
        bounds.append((start, at))
    return [(next((i for i, (a, b) in enumerate(bounds) if a <= e["start"] < b), -1), e) for e in events]


def judged(document: dict[str, Any], events: list[dict[str, Any]]) -> list[tuple[float, bool]]:
    """The confidence of each coded event, and whether it is right."""
    true = {key(e["sentence"], e) for e in document["events"]}
    return [(e["confidence"], key(i, e) in true) for i, e in placed(document, events)]


def figures(pairs: Iterable[tuple[dict[str, Any], list[dict[str, Any]]]]) -> dict[str, float]:
    """Event, deed and dyad F1; of events found: F1 of speakers and share of dates right; share of quiet sentences coded."""
    true: dict[Any, Any] = {}
    found: dict[Any, Any] = {}
    quiet = false = 0
    for document, events in pairs:
        at = placed(document, events)
        true |= {(document["id"], *key(e["sentence"], e)): e for e in document["events"]}
        found |= {(document["id"], *key(i, e)): e for i, e in at}
        busy, coded = {e["sentence"] for e in document["events"]}, {i for i, _ in at}
        quiet += len(document["sentences"]) - len(busy)
        false += len([i for i in coded if i not in busy])
    both = true.keys() & found.keys()
    return {
        "event": f1(set(true), set(found)),
        "deed": f1({k for k, e in true.items() if is_deed(e)}, {k for k, e in found.items() if is_deed(e)}),
        "dyad": f1(*({(k[0], k[1], *sorted((k[2], k[3] or ""))) for k in keys} for keys in (true, found))),
        "speaker": f1(*({(k, e[k]["speaker"]) for k in both if e[k].get("speaker")} for e in (true, found))),
        "date": sum(true[k].get("date") == found[k].get("date") for k in both) / max(len(both), 1),
        "quiet": false / max(quiet, 1),
    }
