"""What the world knows about attacks that are on record: where they fell, who disputes what, what the parties held.

A treaty's answer often hangs on a fact that "A was attacked by B on that day" does not hold: the Falklands lie outside
the North Atlantic area, Karabakh outside Armenia. Such facts are data (`data/attacks.jsonl`, `data/places.jsonl`), each
with its source.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.errors import DataError
from foedus.model.crisis import Crisis
from foedus.model.dates import bounds, earliest
from foedus.model.duty import Status
from foedus.world.treaties import within


@dataclass(frozen=True, slots=True)
class Holding:
    """What a treaty's parties themselves held about an attack: `status` of the clauses of `kind`, as `says` tells.

    `since` is the day on which they held it: it says nothing about a day before.
    """

    treaty: str
    status: Status
    says: str
    since: str
    kind: str = "defense"


@dataclass(frozen=True, slots=True)
class Attack:
    """An attack on record. `places` are codes where it fell; `disputed` says who contests what about its beginning."""

    attacked: tuple[str, ...]
    attackers: tuple[str, ...]
    start: str
    end: str | None
    what: str
    source: str
    places: tuple[str, ...] = ()
    disputed: str | None = None
    note: str | None = None
    held: tuple[Holding, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """A region (`members` are codes of states and places) or a territory (`of` whom it is, who `claims` it from–to)."""

    code: str
    name: str
    members: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    claims: tuple[tuple[str, str | None, str | None], ...] = ()
    source: str = ""


@cache
def attacks() -> tuple[Attack, ...]:
    """The attacks on record that come with the program."""
    return tuple(_attack(record) for record in _records("attacks.jsonl"))


@cache
def places() -> dict[str, Place]:
    """Regions and territories by code."""
    return {record["code"]: _place(record) for record in _records("places.jsonl")}


def find(crisis: Crisis, known: Iterable[Attack]) -> list[Attack]:
    """The records of this crisis: each side shares a state with it and the day lies in its span; latest first."""
    hits = [attack for attack in known if _meets(attack, crisis.attacked, crisis.attackers, crisis.date)]
    return sorted(hits, key=lambda attack: attack.start, reverse=True)


def held(crisis: Crisis, attacked: str, treaty: str, kind: str, known: Iterable[Attack]) -> Holding | None:
    """What the parties of a treaty had last held, by the day of the crisis, about the attack on `attacked`."""
    spoken = [
        holding
        for attack in find(crisis, known)
        if attacked in attack.attacked
        for holding in attack.held
        if (holding.treaty, holding.kind) == (treaty, kind) and earliest(holding.since) <= crisis.date
    ]
    return max(spoken, key=lambda holding: holding.since, default=None)


def attacking(state: str, attacked: str, on: dt.date, known: Iterable[Attack]) -> Attack | None:
    """The attack of `state` itself on `attacked` that goes on that day."""
    return next((attack for attack in known if _meets(attack, (attacked,), (state,), on)), None)


def opened(crisis: Crisis, attacked: str, known: Iterable[Attack]) -> Attack | None:
    """The record that shows `attacked` as the one who attacked first, in fighting that goes on."""
    return _first((crisis.attackers, (attacked,)), ((attacked,), crisis.attackers), crisis.date, known)


def answered(crisis: Crisis, attacker: str, known: Iterable[Attack]) -> Attack | None:
    """The record that shows `attacker` as first attacked by the other side, in fighting that goes on."""
    return _first(((attacker,), crisis.attacked), (crisis.attacked, (attacker,)), crisis.date, known)


def _first(
    wanted: tuple[tuple[str, ...], tuple[str, ...]],
    against: tuple[tuple[str, ...], tuple[str, ...]],
    on: dt.date,
    known: Iterable[Attack],
) -> Attack | None:
    """The earliest attack by (attacked, attackers) `wanted`, unless one of `against` began no later."""
    records = tuple(known)
    first = min((a for a in records if _meets(a, *wanted, on)), key=lambda a: a.start, default=None)
    if first is None or any(a.start <= first.start for a in records if _meets(a, *against, on)):
        return None
    return first


def covers(area: str, place: str) -> bool:
    """Whether `place` is `area` or lies in it."""
    seen: set[str] = set()
    stack = [area]
    while stack:
        code = stack.pop()
        if code == place:
            return True
        if code not in seen:
            seen.add(code)
            stack.extend(places()[code].members if code in places() else ())
    return False


def standing(place: str, code: str, on: dt.date) -> str:
    """Whether `place` is `own` territory of `code`, `claimed` by it, or `foreign` to it, on a day."""
    known = places().get(place)
    if place == code:
        return "own"
    if known is None or (not known.of and not known.claims):
        return "own" if known and code in known.members else "foreign"
    if code in known.of:
        return "own"
    return "claimed" if any(c == code and within(s, e, on) for c, s, e in known.claims) else "foreign"


def _meets(attack: Attack, attacked: tuple[str, ...], attackers: tuple[str, ...], on: dt.date) -> bool:
    return (
        bool(_plain(attack.attacked) & _plain(attacked))
        and bool(_plain(attack.attackers) & _plain(attackers))
        and within(attack.start, attack.end, on)
    )


def _plain(codes: Iterable[str]) -> set[str]:
    """Codes without hyphens and spaces, so that AL-QAEDA and ALQAEDA are one."""
    return {"".join(filter(str.isalnum, code)) for code in codes}


def _attack(record: dict[str, Any]) -> Attack:
    for date in (record["start"], record.get("end"), *(held["since"] for held in record.get("held", ()))):
        if date:
            bounds(date)
    return Attack(
        attacked=tuple(record["attacked"]),
        attackers=tuple(record["attackers"]),
        start=record["start"],
        end=record.get("end"),
        what=record["what"],
        source=record["source"],
        places=tuple(record.get("places", ())),
        disputed=record.get("disputed"),
        note=record.get("note"),
        held=tuple(Holding(**held) for held in record.get("held", ())),
    )


def _place(record: dict[str, Any]) -> Place:
    claims = tuple((claim["by"], claim.get("start"), claim.get("end")) for claim in record.get("claims", ()))
    return Place(
        code=record["code"],
        name=record["name"],
        members=tuple(record.get("members", ())),
        of=tuple(record.get("of", ())),
        claims=claims,
        source=record.get("source", ""),
    )


def _records(name: str) -> list[dict[str, Any]]:
    text = (files("foedus.world") / "data" / name).read_text(encoding="utf-8")
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                found.append(json.loads(line))
            except ValueError as error:
                raise DataError(f"{name}, line {number}: {error}; correct the record") from None
    return found
