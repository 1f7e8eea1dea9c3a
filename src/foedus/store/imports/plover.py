"""PLOVER JSONL: one event a line. What Foedus exports as PLOVER comes back whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import IO, Any, Final

from foedus.model.dates import is_date
from foedus.model.event import QUADS
from foedus.store.imports import codes, rows
from foedus.store.imports.rows import Bad, Item, Reject, day, event_row, lines, sensible, typed, words, wrong
from foedus.store.imports.tables import _mode

_OURS: Final = {
    **dict.fromkeys(("polarity", "modality", "speaker", "speaker_name", "published", "source_code"), "string"),
    **dict.fromkeys(("historical", "directed"), "bool"),
    **dict.fromkeys(("sentence", "mentions"), "int32"),
    "confidence": "double",
}  # fmt: skip
OURS: Final = "foedus"
"""The key under which our exports put what PLOVER has no field for."""


def plover(stream: IO[bytes]) -> Iterator[Item]:
    """Rows of a PLOVER JSONL file; an event with several actors or recipients gives a row for each pair."""
    for line, text in enumerate(lines(stream), 1):
        plain = text.rstrip("\r\n")
        if not plain.strip():
            continue
        try:
            record = rows.record(plain)
            if record.get("has_event") in (False, "false", 0):
                continue  # a text looked at, in which there was no event
            yield from _events(record, plain)
        except Bad as bad:
            yield Reject(line, str(bad), plain)
        except (TypeError, ValueError, LookupError, AttributeError) as error:
            yield Reject(line, f"not in PLOVER's format: {wrong(error)}", plain)


def _events(record: dict[str, Any], text: str) -> Iterator[dict[str, Any]]:
    told_id = record.get("id")
    key = str(told_id).strip() if isinstance(told_id, str | int) else ""
    if not key:
        raise Bad("the event has no id")
    kind = str(record.get("event") or "").strip().upper()
    if kind not in QUADS:
        raise Bad(f"event {str(record.get('event'))[:40]!r} is no PLOVER type")
    ours = record.get(OURS)
    ours = ours if isinstance(ours, dict) else {}
    typed(ours, _OURS)
    sensible(ours)
    told = str(record.get("date") or "").strip()
    date = None if not told else told if is_date(told) else day(told)
    on = date if date and len(date) == 10 else ours.get("published") or f"{date}-01-01"[:10] if date else "2020-01-01"
    place = record.get("event_loc")
    place = place[0] if isinstance(place, list) and place else place if isinstance(place, dict) else {}
    actors = _entities(record.get("actor"), "actor", on) or [{"code": codes.UNKNOWN}]
    recipients = _entities(record.get("recipient"), "recipient", on) or [{"code": None}]
    pairs = [(one, other) for one in actors for other in recipients]
    context = record.get("context")
    contexts = context or None if isinstance(context, str | None) else " ".join(words(record, "context"))
    for index, (one, other) in enumerate(pairs):
        row = event_row(
            "plover",
            key if index == 0 else f"{key}#{index + 1}",
            actor=one["code"],
            recipient=other["code"],
            type=kind,
            mode=_mode(kind, _first(record.get("mode"))),
            date=date,
            actor_name=one.get("text"),
            recipient_name=other.get("text"),
            actor_sector=one.get("sector"),
            recipient_sector=other.get("sector"),
            contexts=contexts,
            source_code=ours.get("source_code") or kind,
            intensity=_number(record.get("event_scale")),
            place=_first(place.get("name") or place.get("text")) if place else None,
            country=codes.country(_first(place.get("country")), on) if place else None,
            latitude=_number(place.get("lat")) if place else None,
            longitude=_number(place.get("lon")) if place else None,
            quote=_first(record.get("text")) or _first(record.get("event_text")),
            url=_first(record.get("link")),
            published=ours.get("published"),
            polarity=ours.get("polarity"),
            modality=ours.get("modality"),
            speaker=ours.get("speaker"),
            speaker_name=ours.get("speaker_name"),
            historical=ours.get("historical"),
            directed=ours.get("directed"),
            sentence=ours.get("sentence"),
            mentions=ours.get("mentions"),
            confidence=_number(ours.get("confidence")),
            raw=text,
        )
        yield row


def _entities(told: Any, side: str, on: str) -> list[dict[str, Any]]:
    given = told if isinstance(told, list) else [told] if told else []
    found = []
    for one in given:
        if isinstance(one, str):
            one = {"code": one}
        if not isinstance(one, dict):
            raise Bad(f"{side} is neither an entity nor a list of them")
        text = _first(one.get("entity_text")) or _first(one.get("identifier_text"))
        code = _first(one.get("code"))
        known = codes.country(code, on) or codes.named(code, on) or codes.named(text, on)
        found.append({"code": known or codes.UNKNOWN, "text": text, "sector": _first(one.get("sector"))})
    return found


def _first(told: Any) -> str | None:
    if isinstance(told, list):
        told = told[0] if told else None
    return str(told).strip() or None if told is not None else None


def _number(told: Any) -> float | None:
    if told is None or told == "":
        return None
    try:
        found = float(told)
    except (TypeError, ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise Bad(f"{str(told)[:40]!r} is no number")
    return found
