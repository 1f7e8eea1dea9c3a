"""PLOVER: the 16 event types, their modes, quads and scores, and the contexts, read from `data/plover.toml`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any

from foedus.errors import InputError
from foedus.model.event import QUADS, Event, Quad


@dataclass(frozen=True, slots=True)
class EventType:
    """One PLOVER type. `score` runs from -10 (conflict) to +10 (cooperation); `modes` maps a mode to its own score."""

    name: str
    quad: Quad
    definition: str
    score: float
    requires_recipient: bool
    symmetric: bool
    modes: MappingProxyType[str, float]


@cache
def _table() -> dict[str, Any]:
    text = files("foedus.ontology").joinpath("data/plover.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def types() -> MappingProxyType[str, EventType]:
    """All 16 types by name, in the order of the codebook."""
    raw = _table()["types"]
    return MappingProxyType(
        {
            name: EventType(
                name=name,
                quad=raw[name]["quad"],
                definition=raw[name]["definition"],
                score=float(raw[name]["score"]),
                requires_recipient=raw[name]["requires_recipient"],
                symmetric=raw[name].get("symmetric", False),
                modes=MappingProxyType({mode: float(s) for mode, s in raw[name].get("modes", {}).items()}),
            )
            for name in QUADS
        }
    )


@cache
def contexts() -> MappingProxyType[str, str]:
    """PLOVER contexts and what each covers."""
    return MappingProxyType(dict(_table()["contexts"]))


def scores_version() -> str:
    """Name and date of the published scores that `score` returns."""
    return str(_table()["scores_version"])


def event_type(name: str) -> EventType:
    """The type of this name (any case). Raises `InputError` for a name that is no PLOVER type."""
    try:
        return types()[name.upper()]
    except KeyError:
        raise InputError(f"{name} is no PLOVER type; the types are {', '.join(types())}") from None


def score(name: str, mode: str | None = None) -> float:
    """Conflict-cooperation score of a type, or of its mode where one is given; raises `InputError` for unknown ones."""
    found = event_type(name)
    if mode is None:
        return found.score
    try:
        return found.modes[mode]
    except KeyError:
        known = ", ".join(found.modes) or "none"
        raise InputError(f"{mode} is no mode of {found.name}; its modes are: {known}") from None


def event_score(event: Event) -> float | None:
    """Score of an event that happened; None for a withheld, future or hypothetical one, which did not happen."""
    if event.polarity == "negative" or event.modality != "actual":
        return None
    return score(event.type, event.mode)
