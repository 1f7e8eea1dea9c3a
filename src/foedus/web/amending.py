"""What a reviewer may put in the place of what was coded: codes of entities we know, modes that the type has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from foedus.errors import InputError
from foedus.model.event import VAGUE, Event
from foedus.ontology import plover
from foedus.web.ask import codes

_ENTITIES: Final = ("actor", "recipient", "speaker")


def amended(event: Event, given: Mapping[str, Any]) -> dict[str, Any]:
    """Corrections of an event (as its reviewers see it) as they are to be kept: names become codes, types capitals, and a
    mode that the corrected type does not have goes with the old type.

    Raises InputError for an entity that nobody knows and for a mode that the type has not: either would take the event
    out of every figure without a word.
    """
    fields: dict[str, Any] = {name: value or None if isinstance(value, str) else value for name, value in given.items()}
    for name in _ENTITIES:
        if fields.get(name):
            fields[name] = _entity(event, str(fields[name]))
    kind = str(fields.get("type") or event.type).upper()
    if fields.get("type"):
        fields["type"] = kind
    if kind not in plover.types():
        return fields  # the store says what a type may be
    modes = plover.types()[kind].modes
    if fields.get("mode") and fields["mode"] not in modes:
        raise InputError(f"{kind} has no mode {str(fields['mode'])[:40]!r}; {_choice(tuple(modes))}")
    if "mode" not in fields and event.mode is not None and kind != event.type and event.mode not in modes:
        fields["mode"] = None
    return fields


def _entity(event: Event, text: str) -> str:
    word = text.strip()
    if word.upper() in VAGUE | {event.actor, event.recipient, event.speaker}:
        return word.upper()
    found = codes(word)
    if len(found) != 1:
        raise InputError(f"{word[:60]!r} is not one actor: write one code such as IRN, or one name such as Iran")
    return found[0]


def _choice(modes: tuple[str, ...]) -> str:
    return f"choose from {', '.join(modes)}, or leave it empty" if modes else "leave it empty"
