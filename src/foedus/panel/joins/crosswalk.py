"""From one list of states to another, by date, from Foedus's own record of states."""

from __future__ import annotations

import csv
import datetime as dt
from functools import lru_cache
from importlib.resources import files
from typing import Final

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.joins.common import ends
from foedus.panel.system import System, shipped_spells

PREFIX: Final[dict[System, str]] = {"cow": "ccode", "gw": "gwcode"}
LABEL: Final[dict[System, str]] = {"cow": "COW", "gw": "Gleditsch–Ward"}


def join(panel: Panel, system: System) -> Panel:
    """The numbers that the panel's states carry in the other list, missing where that list does not hold them.

    A state that changed its number within a year (Germany and Yemen in 1990, Serbia in 2006) has the one it carried for
    the longer part of it. Raises InputError where the panel is counted by that list itself.
    """
    if system == panel.system:
        raise InputError(
            f"this panel is counted by {LABEL[system]} numbers already: {PREFIX[system]} is one of its keys"
        )
    index = panel.rows()
    numbers = numbers_by_year("cow" if panel.system == "cow" else "gw", system)
    grid = np.full(index.n_states * index.n_years, np.nan)
    for state, code in enumerate(index.system.codes.tolist()):
        for year in range(index.from_year, index.to_year + 1):
            number = numbers.get((code, year))
            if number is not None:
                grid[state * index.n_years + year - index.from_year] = number
    found = {name: grid[key] for name, key in ends(panel, PREFIX[system])}
    notes = dict.fromkeys(found, f"{LABEL[system]} number of the state; missing where that list does not hold it")
    return panel.joined(found, notes, ("states (shipped)",))


@lru_cache(maxsize=2)
def numbers_by_year(given: System, wanted: System) -> dict[tuple[int, int], int]:
    """Number in the list `wanted` of each number of the list `given`, by year: the one held for most of its days."""
    days: dict[tuple[int, int], dict[int, int]] = {}
    targets: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
    for code, entity, start, end in shipped_spells(wanted):
        targets.setdefault(entity, []).append((start, end, code))
    for code, entity, start, end in shipped_spells(given):
        for first, last, number in targets.get(entity, ()):
            opens, closes = max(start, first), min(end, last, LAST_DAY)
            for year in range(opens.year, closes.year + 1):
                inside = (min(closes, dt.date(year, 12, 31)) - max(opens, dt.date(year, 1, 1))).days + 1
                held = days.setdefault((code, year), {})
                held[number] = held.get(number, 0) + inside
    return {key: max(held, key=lambda number: held[number]) for key, held in days.items()}


LAST_DAY: Final = dt.date(2030, 12, 31)


@lru_cache(maxsize=2)
def _by_entity(system: System) -> dict[str, list[tuple[dt.date, dt.date, int]]]:
    spells: dict[str, list[tuple[dt.date, dt.date, int]]] = {}
    for code, entity, start, end in shipped_spells(system):
        spells.setdefault(entity, []).append((start, end, code))
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
def of_entity(system: System, entity: str, on: dt.date) -> int | None:
    """Number of an entity in a list on a day; None where the list does not hold it then."""
    return next((code for start, end, code in _by_entity(system).get(entity, ()) if start <= on <= end), None)


@lru_cache(maxsize=65536)
def of_iso2(system: System, iso2: str, on: dt.date) -> int | None:
    """Number on a day of the state with a two-letter ISO code; None where the list does not hold it then."""
    for entity in entities_by_iso2().get(iso2, ()):
        code = of_entity(system, entity, on)
        if code is not None:
            return code
    return None
