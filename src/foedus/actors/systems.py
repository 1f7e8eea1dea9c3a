"""The lists of states side by side — Correlates of War, Gleditsch–Ward, ISO 3166 — and conversions that need a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from foedus.actors import tables
from foedus.actors.tables import OPEN, Membership, State
from foedus.errors import UnknownActorError
from foedus.model.dates import bounds

Day = dt.date | str
_LABEL = {"cow": "Correlates of War", "gw": "Gleditsch–Ward"}


@dataclass(frozen=True, slots=True)
class Row:
    """A state on a day: its code in each list, None where the list does not hold it on that day."""

    code: str
    name: str
    iso3: str | None
    cow: int | None
    cow_abbrev: str | None
    gw: int | None
    region: str
    micro: bool


def day_text(on: Day | None, what: str) -> str:
    """The day as text. Raises UnknownActorError without one, or for a date that is none."""
    if on is None:
        raise UnknownActorError(f"{what} needs a date: codes of states change over time; pass on='YYYY-MM-DD'")
    if isinstance(on, dt.date):
        return on.isoformat()[:10]
    try:
        return bounds(on)[0].isoformat()
    except ValueError as error:
        raise UnknownActorError(str(error)) from None


def state(code: str, on: Day | None = None) -> State:
    """The state of an entity code; with a date, only if it existed then. Raises UnknownActorError."""
    found = tables.states().get(code.strip().upper())
    if found is None:
        raise UnknownActorError(f"{code!r} is no code of a state; use an ISO 3166 code such as IRN")
    if on is not None and not found.exists(day_text(on, "state")):
        raise UnknownActorError(f"{found.name} ({found.code}) did not exist on {on}; it did {_lifetime(found)}")
    return found


def states(on: Day) -> list[State]:
    """Every state that existed on the day, by code."""
    day = day_text(on, "the list of states")
    return sorted((s for s in tables.states().values() if s.exists(day)), key=lambda s: s.code)


def name(code: str) -> str:
    """The name of a state, body or group by its code. Raises UnknownActorError."""
    for table in (tables.states(), tables.bodies(), tables.groups()):
        if code in table:
            return table[code].name
    raise UnknownActorError(f"{code!r} is no entity code; look it up with foedus.resolve(name)")


def cow(code: str, on: Day | None) -> int:
    """The Correlates of War number of a state on a day. Raises UnknownActorError where COW does not list it then."""
    return _number("cow", code, on)


def gw(code: str, on: Day | None) -> int:
    """The Gleditsch–Ward number of a state on a day. Raises UnknownActorError where the list does not hold it then."""
    return _number("gw", code, on)


def from_cow(number: int, on: Day | None) -> str:
    """The entity code of a Correlates of War number on a day. Raises UnknownActorError."""
    return _code("cow", number, on)


def from_gw(number: int, on: Day | None) -> str:
    """The entity code of a Gleditsch–Ward number on a day. Raises UnknownActorError."""
    return _code("gw", number, on)


def iso(code: str, on: Day | None) -> str:
    """The ISO 3166 alpha-3 code of a state on a day. Raises UnknownActorError where it has none or did not exist."""
    day_text(on, "an ISO code")
    found = state(code, on)
    if found.iso3 is None:
        raise UnknownActorError(f"{found.name} ({found.code}) has no ISO 3166 code: it was gone before the standard")
    return found.iso3


def from_iso(code: str, on: Day | None) -> str:
    """The entity code of an ISO 3166 alpha-3 or alpha-2 code on a day. Raises UnknownActorError."""
    day = day_text(on, "an ISO code")
    wanted = code.strip().upper()
    for found in tables.states().values():
        if wanted in (found.iso3, found.iso2) and found.exists(day):
            return found.code
    raise UnknownActorError(f"ISO code {code!r} stood for no state on {on}")


def memberships(system: str) -> tuple[Membership, ...]:
    """Every spell of a list (`cow` or `gw`), by number and date."""
    if system not in _LABEL:
        raise UnknownActorError(f"{system!r} is no list of states; there are cow and gw")
    return tuple(m for spells in _spells(system).values() for m in spells)


def in_system(system: str, on: Day) -> list[tuple[int, str]]:
    """Number and entity code of each member of a list (`cow` or `gw`) on the day, by number."""
    day = day_text(on, "the list of states")
    return sorted((m.number, m.code) for m in memberships(system) if m.start <= day <= m.end)


def side_by_side(on: Day) -> list[Row]:
    """The lists next to each other on a day: a row for each state that any of them holds."""
    day = day_text(on, "the list of states")
    return list(_rows(day))


def _rows(day: str) -> Iterator[Row]:
    for found in sorted(tables.states().values(), key=lambda s: s.code):
        held = {m.system: m for m in found.memberships if m.start <= day <= m.end}
        if held or found.exists(day):
            one, two = held.get("cow"), held.get("gw")
            yield Row(
                found.code,
                found.name,
                found.iso3 if found.exists(day) else None,
                one.number if one else None,
                one.abbrev if one else None,
                two.number if two else None,
                found.region,
                found.micro,
            )


@cache
def _spells(system: str) -> dict[int, tuple[Membership, ...]]:
    found: dict[int, list[Membership]] = {}
    for entry in tables.states().values():
        for spell in entry.memberships:
            if spell.system == system:
                found.setdefault(spell.number, []).append(spell)
    return {number: tuple(sorted(found[number], key=lambda m: m.start)) for number in sorted(found)}


def _number(system: str, code: str, on: Day | None) -> int:
    day = day_text(on, f"a {_LABEL[system]} number")
    found = state(code)
    spells = [m for m in found.memberships if m.system == system]
    for spell in spells:
        if spell.start <= day <= spell.end:
            return spell.number
    listed = ", ".join(f"{m.start} to {'today' if m.end == OPEN else m.end}" for m in spells) or "never"
    raise UnknownActorError(f"{found.name} ({found.code}) is not in the {_LABEL[system]} list on {on}; it is {listed}")


def _code(system: str, number: int, on: Day | None) -> str:
    day = day_text(on, f"a {_LABEL[system]} number")
    spells = _spells(system).get(int(number), ())
    for spell in spells:
        if spell.start <= day <= spell.end:
            return spell.code
    if not spells:
        raise UnknownActorError(f"{number} is no {_LABEL[system]} number")
    raise UnknownActorError(f"{_LABEL[system]} number {number} stood for no state on {on}")


def _lifetime(found: State) -> str:
    spans = []
    start = found.start
    for gap_start, gap_end in found.gaps:
        spans.append(f"{start} to before {gap_start}")
        start = f"after {gap_end}"
    spans.append(f"{start} to {'today' if found.end == OPEN else found.end}")
    return ", ".join(spans)
