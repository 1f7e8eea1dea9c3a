"""Reading coded events from a file for the estimate."""

from __future__ import annotations

import json
from dataclasses import fields
from pathlib import Path
from typing import Any

from foedus.errors import DataError
from foedus.model.event import QUADS, Event


def read_events(path: Path) -> list[Event]:
    """Events of a JSONL file as `foedus code` writes it: one event a line, or documents with `events`.

    Raises DataError, naming the line, for a file that is missing or is not that.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{path} cannot be read ({error}); give the .jsonl that `foedus code -o` wrote") from None
    found: list[Event] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            found.extend(_event(one) for one in record.get("events", [record]))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(
                f"{path}, line {number}: no coded event ({error}); write it with `foedus code -o`"
            ) from None
    return found


def _event(plain: dict[str, Any]) -> Event:
    simple = {one.name for one in fields(Event)} - {
        "actor_span",
        "recipient_span",
        "predicate_span",
        "speaker_span",
        "why",
    }
    if plain["type"] not in QUADS:
        raise ValueError(f"{plain['type']!r} is no event type")
    kept = {name: value for name, value in plain.items() if name in simple}
    if "contexts" in kept:
        kept["contexts"] = tuple(kept["contexts"] or ())
    return Event(**kept)
