"""Curated historical cases: crises since 1816 and what the third states that mattered did; for analogues and for mediation."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

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
    """One row of `data/cases.csv`: what a third state did in a crisis, and how it stood to the sides."""

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

    @property
    def day(self) -> dt.date:
        """The first day that the date may mean."""
        return earliest(self.date)


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
    flags = [{"y": True, "n": False}[row[name]] for name in ("pact", "neighbour", "rival")]
    earliest(row["date"])
    if not row["source"].strip():
        raise ValueError("no source")
    return Record(
        row["crisis"],
        row["date"],
        tuple(row["attacked"].split("+")),
        tuple(row["attackers"].split("+")),
        row["third_state"],
        row["rung"],
        *flags,
        row["source"],
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


def situation_of(record: Record) -> Situation:
    """How the third state of a case stood."""
    day = record.day
    return Situation(
        record.third_state,
        record.attacked,
        record.pact,
        record.neighbour,
        record.rival,
        was_major(record.third_state, day),
        any(was_major(code, day) for code in record.attackers),
        any(was_major(code, day) for code in record.attacked),
        day,
    )


def nearest(now: Situation, records: Iterable[Record], count: int = 5) -> list[Case]:
    """The cases most alike, before the day and not of the same crisis; the likeness and what is alike are said."""
    whole = sum(weight for _, weight, _ in _WEIGHTS) + sum(weight for _, weight, _ in _SAME)
    scored = []
    for record in records:
        if record.day >= now.date:
            continue
        then = situation_of(record)
        alike = [label for name, _, label in _WEIGHTS if getattr(then, name) and getattr(now, name)]
        score = sum(weight for name, weight, _ in _WEIGHTS if getattr(then, name) == getattr(now, name))
        if then.third_state == now.third_state:
            score += _SAME[0][1]
            alike.append(_SAME[0][2])
        if set(then.clients) & set(now.clients):
            score += _SAME[1][1]
            alike.append(_SAME[1][2])
        age = (now.date - then.date).days / 365.25
        likeness = max(0.0, score / whole - 0.5 * age / _ERA / whole)
        scored.append((-likeness, -then.date.toordinal(), record.crisis, record.third_state, record, tuple(alike)))
    chosen: list[Case] = []
    seen: dict[str, int] = {}
    for minus, _, _, _, record, alike_ in sorted(scored, key=lambda one: one[:4]):
        if seen.get(record.crisis, 0) >= 2:  # five cases that are one story teach less
            continue
        seen[record.crisis] = seen.get(record.crisis, 0) + 1
        chosen.append(
            Case(
                record.crisis,
                record.date,
                ", ".join(record.attacked),
                ", ".join(record.attackers),
                record.third_state,
                record.rung,
                round(-minus, 2),
                alike_,
                record.source,
            )  # fmt: skip
        )
        if len(chosen) == count:
            break
    return chosen


def mediation_rate(state: str, major: bool, neighbour: bool, before: dt.date, crises: int | None = None) -> float:
    """How often a state placed like this mediated in the curated crises, drawn to its own record; of crises before the day.

    Cases list the states that mattered, so rates are per crisis, not per listed state: a kind's rate is its mediations over
    crises times the members of the kind (7 majors, 6 neighbours, 150 others).
    """
    records = [record for record in shipped() if record.day < before]
    total = crises or len({record.crisis for record in records})
    if not total:
        return 0.02
    kinds = {"major": 7, "neighbour": 6, "other": 150}
    kind = "major" if major else "neighbour" if neighbour else "other"
    done = sum(record.rung == "mediation" and _kind(record) == kind for record in records)
    prior = (done + 0.5) / (total * kinds[kind] + 10)
    recent = [record for record in records if (before - record.day).days < 40 * 365.25]
    own = sum(record.rung == "mediation" and record.third_state == state for record in recent)
    chances = len({record.crisis for record in recent})
    return (own + 15 * prior) / (chances + 15)


def _kind(record: Record) -> str:
    if was_major(record.third_state, record.day):
        return "major"
    return "neighbour" if record.neighbour else "other"
