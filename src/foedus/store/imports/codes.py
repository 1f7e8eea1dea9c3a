"""From the codes of other data sets to entity codes on a date. The tables are in `store/data/`."""

from __future__ import annotations

import csv
import re
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final

UNKNOWN: Final = "UNKNOWN"
_PARENTHESES: Final = re.compile(r"^(?P<who>.*?)\s*\((?P<where>[^()]*)\)$")


def _table(name: str) -> list[dict[str, str]]:
    text = files("foedus.store").joinpath(f"data/{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))


@cache
def fips() -> dict[str, str]:
    """FIPS 10-4 country codes (as in GDELT's places) to entity codes; territories go to the state that holds them."""
    return {row["fips"]: row["code"] for row in _table("fips")}


@cache
def groups(scheme: str) -> dict[str, str]:
    """Codes of bodies and groups, or odd country codes, of a scheme (`gdelt`, `country`) to entity codes."""
    return {row["source"]: row["code"] for row in _table("groups") if row["scheme"] == scheme}


@cache
def sectors(scheme: str) -> dict[str, str]:
    """Sector names of a scheme (`cameo`, `icews`, `polecat`, `acled`) to the codebook's."""
    return {row["source"]: row["sector"] for row in _table("sectors") if row["scheme"] == scheme}


@cache
def spells() -> tuple[tuple[str, str, str, str], ...]:
    """For each alpha-3 country code, the entity it means from a first to a last day: (code, first, last, entity).

    Data sets code the past with today's codes: RUS in 1985 is the Soviet Union.
    """
    from foedus.actors import tables

    states = tables.states()
    found = []
    for code, state in states.items():
        before = [other for other in states.values() if code in other.successors and other.code != code]
        edges = {"0001-01-01", state.start}
        for one in (state, *before):
            edges |= {one.start, *(first for first, _ in one.gaps)}
            edges |= {_day_after(last) for last in (one.end, *(last for _, last in one.gaps)) if last != tables.OPEN}
        ordered = sorted(edge for edge in edges if edge)
        for first, following in zip(ordered, [*ordered[1:], None], strict=True):
            last = tables.OPEN if following is None else _day_before(following)
            holder = next((other.code for other in before if other.exists(first)), code)
            found.append((code, first, last, code if state.exists(first) else holder))
    for odd, code in groups("country").items():
        if odd not in states:
            found += [(odd, first, last, entity) for known, first, last, entity in found if known == code]
    return tuple(found)


@cache
def _by_code() -> dict[str, list[tuple[str, str, str]]]:
    table: dict[str, list[tuple[str, str, str]]] = {}
    for code, first, last, entity in spells():
        table.setdefault(code, []).append((first, last, entity))
    return table


def country(code: str | None, day: str) -> str | None:
    """The entity that an alpha-3 country code means on a day, or None for a code of no state."""
    for first, last, entity in _by_code().get((code or "").upper(), ()):
        if first <= day <= last:
            return entity
    return None


@lru_cache(maxsize=100_000)
def named(name: str | None, day: str) -> str | None:
    """The entity that a name means on a day; of `Police (Nigeria)` the part in brackets, where the whole is unknown."""
    from foedus.actors.resolver import resolve

    if not name:
        return None
    tries = [name]
    if match := _PARENTHESES.match(name):
        tries += [match["where"], match["who"]]
    if ", " in name:
        last, first = name.split(", ", 1)
        tries.append(f"{first} {last}")
    for text in tries:
        found = resolve(text, day)
        if found is not None:
            return found.code
    return None


def sector(scheme: str, told: str | None, separator: str = ",") -> str | None:
    """The first sector of a list that the codebook knows, by the scheme's name or, as our own exports write it, by ours."""
    known = sectors(scheme)
    ours = set(known.values())
    for part in map(str.strip, (told or "").split(separator)):
        if part in known or part in ours:
            return known.get(part, part)
    return None


def _day_before(day: str) -> str:
    import datetime as dt

    date = dt.date.fromisoformat(day)
    return (date - dt.timedelta(days=1)).isoformat() if date > dt.date.min else day


def _day_after(day: str) -> str:
    import datetime as dt

    date = dt.date.fromisoformat(day)
    return (date + dt.timedelta(days=1)).isoformat() if date < dt.date.max else day
