"""From ISO and Gleditsch–Ward codes to COW numbers, by date, from Foedus's own record of states."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from importlib.resources import files

from foedus.panel.system import shipped_spells


@lru_cache(maxsize=1)
def _cow_by_entity() -> dict[str, list[tuple[dt.date, dt.date, int]]]:
    spells: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
    for code, entity, start, end in shipped_spells("cow"):
        spells.setdefault(entity, []).append((start, end, code))
    return spells


@lru_cache(maxsize=1)
def _entities_by_gw() -> dict[int, list[tuple[dt.date, dt.date, str]]]:
    spells: dict[int, list[tuple[dt.date, dt.date, str]]] = {}
    for code, entity, start, end in shipped_spells("gw"):
        spells.setdefault(code, []).append((start, end, entity))
    return spells


@lru_cache(maxsize=1)
def entities_by_iso2() -> dict[str, list[str]]:
    """Entity codes that carry a two-letter ISO code (several for reused ones)."""
    path = files("foedus.actors").joinpath("data", "states.csv")
    found: dict[str, list[str]] = {}
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        if row["iso2"]:
            found.setdefault(row["iso2"], []).append(row["code"])
    return found


@lru_cache(maxsize=65536)
def cow_of_entity(entity: str, on: dt.date) -> int | None:
    """COW number of an entity on a day; None where COW does not count it then."""
    return next((code for start, end, code in _cow_by_entity().get(entity, ()) if start <= on <= end), None)


@lru_cache(maxsize=65536)
def cow_of_gw(gw: int, on: dt.date) -> int | None:
    """COW number on a day of the state that carries a Gleditsch–Ward number then; None where COW does not count it."""
    for start, end, entity in _entities_by_gw().get(gw, ()):
        if start <= on <= end:
            return cow_of_entity(entity, on)
    return None


@lru_cache(maxsize=65536)
def cow_of_iso2(iso2: str, on: dt.date) -> int | None:
    """COW number on a day of the state with a two-letter ISO code; None where COW does not count it then."""
    for entity in entities_by_iso2().get(iso2, ()):
        code = cow_of_entity(entity, on)
        if code is not None:
            return code
    return None
