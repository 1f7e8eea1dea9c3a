"""Which of its meanings a name has on a day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from foedus.actors import tables
from foedus.actors.index import canonical_role, index
from foedus.actors.tables import OPEN, Alias

_PRECISE = frozenset({"name", "abbrev", "demonym", "adjective", "seat", "capital"})


class Choice(NamedTuple):
    """The meaning chosen; `dated` False where the name did not mean this on the day but did at another time."""

    alias: Alias
    code: str
    dated: bool
    alternatives: tuple[str, ...]


def today() -> str:
    """The day that stands for "now" where none is given."""
    return dt.date.today().isoformat()


def existing(code: str, on: str) -> str | None:
    """The state that held the land of `code` on the day: itself, or the union it was part of then."""
    state = tables.states().get(code)
    if state is None or standing(code, on):
        return code
    for other in tables.states().values():
        if code in other.successors and other.exists(on) and on >= other.start:
            return other.code
    return None


def choose(aliases: Sequence[Alias], on: str) -> Choice | None:
    """The meaning on the day; else the last before it; else the first after. None where there is none at all."""
    live = [alias for alias in aliases if alias.valid(on) and _lives(alias, on)]
    if live:
        # A dated meaning beats the standing one: Crete in 1880 is Ottoman, though Crete is Greek without dates.
        closest = max(_bounds(alias) for alias in live if alias.kind == live[0].kind)
        live = [a for a in live if a.kind != live[0].kind or _bounds(a) == closest]
        best = live[0]
        code = (existing(best.code, on) or best.code) if best.kind == "place" else best.code
        others = tuple(dict.fromkeys(a.code for a in live if a.code not in (best.code, code)))
        return Choice(best, code, best.kind != "place" or existing(best.code, on) is not None, others)
    if not aliases:
        return None
    past = [alias for alias in aliases if alias.end < on]
    best = max(past, key=_end) if past else min(aliases, key=_start)
    return Choice(best, best.code, False, ())


def _bounds(alias: Alias) -> int:
    return (alias.start != "") + (alias.end != OPEN)


def _end(alias: Alias) -> str:
    return alias.end


def _start(alias: Alias) -> str:
    return alias.start


def _lives(alias: Alias, on: str) -> bool:
    """Names, demonyms and seats need their state on the day; places only need the ground."""
    if alias.kind not in _PRECISE:
        return True
    return standing(alias.code, on)


def standing(code: str, on: str) -> bool:
    """Whether a code may be used on the day. One outside every list of states (PSE, VAT) goes by its names alone."""
    state = tables.states().get(code)
    return state is None or not state.memberships or state.exists(on)


def term(person: str, on: str) -> tuple[Alias, bool]:
    """The office a person held on the day (True), or the nearest one before, else after (False)."""
    terms = index().persons[person]
    held = [row for row in terms if row.valid(on)]
    if held:
        return _weightiest(held), True
    past = [row for row in terms if row.end < on]
    return (max(past, key=_end) if past else terms[0]), False


def _weightiest(terms: Iterable[Alias]) -> Alias:
    """Of several offices held at once the newest."""
    return max(terms, key=lambda row: (row.start, row.end))


def holder(code: str, role: str, on: str) -> Alias | None:
    """Who held an office (its canonical name) of a state or body on the day; None where the table does not say."""
    offices = index().offices.get((code, canonical_role(role, index().canonical)), ())
    held = [row for row in offices if row.valid(on)]
    return max(held, key=_start) if held else None


def near(person: str, on: str, years: int = 2) -> bool:
    """Whether the day falls in one of a person's terms of office or within some years of it."""
    day = int(on[:4])
    return any(int(row.start[:4] or 0) - years <= day <= int(row.end[:4]) + years for row in index().persons[person])
