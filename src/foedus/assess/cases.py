"""Curated historical cases: crises since 1816 and what the third states that mattered did; for analogues and for mediation."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from foedus.errors import DataError
from foedus.model.assessment import RUNGS, Case
from foedus.model.dates import earliest

OUTCOMES: Final = (*RUNGS, "mediation")
_WEIGHTS: Final = (
    ("pact", 2.0, "pact with the attacked"),
    ("rival", 1.5, "rivalry with an attacker"),
    ("major", 1.5, "major power"),
    ("neighbour", 1.0, "neighbour of the attacked"),
    ("against_major", 1.0, "a major power attacks"),
    ("for_major", 0.5, "a major power is attacked"),
)
_SAME: Final = (("third_state", 1.5, "the same third state"), ("client", 1.0, "the same state attacked"))
_ERA: Final = 60.0
"""Years over which likeness fades by one unit."""


@dataclass(frozen=True, slots=True)
class Record:
    """One row of `data/cases.csv`: what a third state did in a crisis, and how it stood to the sides. `day` is the first that `date` may mean."""

    crisis: str
    date: str
    attacked: tuple[str, ...]
    attackers: tuple[str, ...]
    third_state: str
    rung: str
    pact: bool
    neighbour: bool
    rival: bool
    source: str
    day: dt.date


@dataclass(frozen=True, slots=True)
class Situation:
    """What is compared between a third state today and the cases."""

    third_state: str
    clients: tuple[str, ...]
    pact: bool
    neighbour: bool
    rival: bool
    major: bool
    against_major: bool
    for_major: bool
    date: dt.date


@cache
def shipped() -> tuple[Record, ...]:
    """All curated cases, oldest first. Raises DataError, naming the row, for one that is malformed."""
    text = files("foedus.assess").joinpath("data", "cases.csv").read_text(encoding="utf-8")
    found = []
    for line, row in enumerate(csv.DictReader(text.splitlines()), start=2):
        try:
            found.append(_record(row))
        except (KeyError, ValueError, TypeError, AttributeError) as error:
            raise DataError(f"cases.csv, row {line}: {error}; reinstall Foedus to repair it") from error
    return tuple(sorted(found, key=lambda one: (one.date, one.crisis, one.third_state)))


def _record(row: dict[str, str]) -> Record:
    if row["rung"] not in OUTCOMES:
        raise ValueError(f"{row['rung']!r} is no rung")
    pact, neighbour, rival = ({"y": True, "n": False}[row[name]] for name in ("pact", "neighbour", "rival"))
    if not row["source"].strip():
        raise ValueError("no source")
    return Record(
        row["crisis"],
        row["date"],
        tuple(row["attacked"].split("+")),
        tuple(row["attackers"].split("+")),
        row["third_state"],
        row["rung"],
        pact,
        neighbour,
        rival,
        row["source"],
        earliest(row["date"]),
    )


@cache
def _major_spells() -> dict[str, tuple[tuple[str, str], ...]]:
    text = files("foedus.assess").joinpath("data", "majors.csv").read_text(encoding="utf-8")
    found: dict[str, list[tuple[str, str]]] = {}
    for row in csv.DictReader(text.splitlines()):
        found.setdefault(row["code"], []).append((row["start"], row["end"] or "9999-12-31"))
    return {code: tuple(spells) for code, spells in found.items()}


def was_major(code: str, on: dt.date) -> bool:
    """Whether a state was one of COW's major powers on a day."""
    day = on.isoformat()
    return any(start <= day <= end for start, end in _major_spells().get(code, ()))


@cache
def situation_of(record: Record) -> Situation:
    """How the third state of a case stood."""
    return Situation(
        record.third_state,
        record.attacked,
        record.pact,
        record.neighbour,
        record.rival,
        was_major(record.third_state, record.day),
        any(was_major(code, record.day) for code in record.attackers),
        any(was_major(code, record.day) for code in record.attacked),
        record.day,
    )


_SEEN: dict[int, tuple[tuple[Record, ...], tuple[Any, Any, Any]]] = {}


def _flags(records: tuple[Record, ...]) -> tuple[Any, Any, Any]:
    """Of every record: the flags compared, as a matrix; the third state; the day. Kept by identity: hashing all is slow."""
    kept = _SEEN.get(id(records))
    if kept is None or kept[0] is not records:
        if len(_SEEN) > 8:
            _SEEN.clear()
        kept = _SEEN[id(records)] = (records, _compared(records))
    return kept[1]


def _compared(records: tuple[Record, ...]) -> tuple[Any, Any, Any]:
    then = [situation_of(record) for record in records]
    flags = np.asarray([[getattr(one, name) for name, _, _ in _WEIGHTS] for one in then], dtype=np.bool_)
    return flags, np.asarray([one.third_state for one in then]), np.asarray([one.date.toordinal() for one in then])


def nearest(now: Situation, records: tuple[Record, ...], count: int = 5) -> list[Case]:
    """The cases most alike, before the day; the likeness (at most 1) and what is alike are said, two of a crisis at most."""
    if not records:
        return []
    flags, states, days = _flags(records)
    weights = np.asarray([weight for _, weight, _ in _WEIGHTS])
    mine = np.asarray([getattr(now, name) for name, _, _ in _WEIGHTS], dtype=np.bool_)
    same_state = states == now.third_state
    same_client = np.asarray([bool({*record.attacked} & {*now.clients}) for record in records])
    whole = weights.sum() + sum(weight for _, weight, _ in _SAME)
    score = (flags == mine) @ weights + _SAME[0][1] * same_state + _SAME[1][1] * same_client
    age = (now.date.toordinal() - days) / 365.25
    likeness = np.where(age > 0, np.maximum(score - 0.5 * age / _ERA, 0) / whole, -1.0)
    chosen: list[Case] = []
    seen: dict[str, int] = {}
    for place in np.lexsort((states, -days, -likeness)):
        record = records[int(place)]
        if likeness[place] < 0 or len(chosen) == count:
            break
        if seen.get(record.crisis, 0) >= 2:  # five cases that are one story teach less
            continue
        seen[record.crisis] = seen.get(record.crisis, 0) + 1
        alike = [label for at, (_, _, label) in enumerate(_WEIGHTS) if flags[place, at] and mine[at]]
        alike += [_SAME[0][2]] * bool(same_state[place]) + [_SAME[1][2]] * bool(same_client[place])
        chosen.append(
            Case(
                record.crisis, record.date, ", ".join(record.attacked), ", ".join(record.attackers), record.third_state,
                record.rung, round(float(likeness[place]), 2), tuple(alike), record.source,
            )
        )  # fmt: skip
    return chosen


@lru_cache(maxsize=64)
def _mediations(before: dt.date) -> tuple[dict[str, float], dict[str, int], int]:
    """Of the crises before a day: mediations per chance by kind of state, by state in the last 40 years, and those crises."""
    records = [record for record in shipped() if record.day < before]
    total = len({record.crisis for record in records})
    rates = {
        kind: (sum(one.rung == "mediation" and _kind(one) == kind for one in records) + 0.5) / (total * size + 10)
        for kind, size in (("major", 7), ("neighbour", 6), ("other", 150))
    }
    recent = [record for record in records if (before - record.day).days < 40 * 365.25]
    own: dict[str, int] = {}
    for record in recent:
        own[record.third_state] = own.get(record.third_state, 0) + (record.rung == "mediation")
    return rates, own, len({record.crisis for record in recent})


def mediation_rate(state: str, major: bool, neighbour: bool, before: dt.date) -> float:
    """How often a state placed like this mediated in the curated crises before a day, drawn to its own record.

    Cases list the states that mattered, so rates are per crisis and member of the kind (7 majors, 6 neighbours, 150 others),
    not per state listed.
    """
    rates, own, chances = _mediations(before)
    prior = rates["major" if major else "neighbour" if neighbour else "other"]
    return (own.get(state, 0) + 15 * prior) / (chances + 15)


def _kind(record: Record) -> str:
    if was_major(record.third_state, record.day):
        return "major"
    return "neighbour" if record.neighbour else "other"
