"""The state system: which states there were, in COW's or Gleditsch and Ward's list, on every day."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

import numpy as np

from foedus.errors import DataError

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

System = Literal["cow", "gw"]
Ints = np.ndarray[Any, np.dtype[np.int64]]
FIRST_YEAR: Final = 1816
LARGEST_CODE: Final = 1000
NEVER: Final = dt.date(9999, 12, 31)
TABLE: Final[dict[System, str]] = {"cow": "cow_states", "gw": "gw_system"}
COLUMNS: Final[dict[System, list[str]]] = {
    "cow": ["ccode", "stateabb", "statenme", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"],
    "gw": ["gwcode", "gw_abb", "gw_name", "microstate", "start", "end"],
}


class Spell(NamedTuple):
    """One spell of membership, first and last day counted from 1970-01-01."""

    code: int
    label: str
    name: str
    micro: bool
    start: int
    end: int


@dataclass(frozen=True)
class StateSystem:
    """A list of states with their spells of membership; days are counted from 1970-01-01.

    `codes` are sorted and unique; spell `k` belongs to state `member[k]` (an index into `codes`) and runs from
    `start[k]` to `end[k]`, both included. `last_year` is where the list itself ends: later years are known to nobody.
    `labels` and `names` are the list's abbreviations and names, `micro` its mark for microstates (COW has none).
    """

    name: System
    codes: Ints
    labels: tuple[str, ...]
    names: tuple[str, ...]
    micro: tuple[bool, ...]
    member: Ints
    start: Ints
    end: Ints
    last_year: int
    source: str

    def index(self, codes: Any) -> Ints:
        """Position of each code in `codes`, −1 for a code that is not in the list."""
        table = np.full(LARGEST_CODE, -1, dtype=np.int64)
        table[self.codes] = np.arange(len(self.codes))
        given = np.asarray(codes).astype(np.int64)
        inside = (given >= 0) & (given < LARGEST_CODE)
        found: Ints = np.where(inside, table[np.where(inside, given, 0)], -1)
        return found

    def presence(self, first: int, last: int) -> tuple[Any, Any, Any]:
        """For the years `first` to `last`: a grid (state × year) of who was a member for at least one day, and the
        first and last day of membership in that year (days since 1970; 0 where there was none).
        """
        shape = (len(self.codes), last - first + 1)
        here = np.zeros(shape, dtype=bool)
        begins = np.zeros(shape, dtype=np.int32)
        ends = np.zeros(shape, dtype=np.int32)
        opens = np.array([_days(dt.date(year, 1, 1)) for year in range(first, last + 1)], dtype=np.int64)
        closes = np.array([_days(dt.date(year, 12, 31)) for year in range(first, last + 1)], dtype=np.int64)
        for state, start, end in zip(self.member, self.start, self.end, strict=True):
            years = np.flatnonzero((closes >= start) & (opens <= end))
            fresh = ~here[state, years]
            begin = np.maximum(opens[years], start)
            begins[state, years] = np.where(fresh, begin, np.minimum(begins[state, years], begin))
            end_here = np.minimum(closes[years], end)
            ends[state, years] = np.where(fresh, end_here, np.maximum(ends[state, years], end_here))
            here[state, years] = True
        return here, begins, ends


def load_system(tables: Tables | None, name: System) -> StateSystem:
    """The list of states from the research tables (`cow_states`, `gw_system`), else from the shipped record of states.

    Raises DataError that names the table and row for a code or date that cannot be.
    """
    if name not in ("cow", "gw"):
        raise DataError(f"there is no state system {name!r}; ask for `cow` or `gw`")
    if tables is not None and TABLE[name] in tables:
        return _from_table(tables, name)
    return _shipped(name)


def _from_table(tables: Tables, name: System) -> StateSystem:
    table = TABLE[name]
    frame = tables[table]
    wanted = COLUMNS[name]
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise DataError(
            f"table {table} in {tables.folder} has no column {missing[0]!r}; "
            f"fetch it anew with `foedus data pull {table}`"
        )
    spells = []
    for number, row in enumerate(frame[wanted].itertuples(index=False), start=1):
        try:
            spell = _cow_spell(row) if name == "cow" else _gw_spell(row)
            if not 0 < spell.code < LARGEST_CODE:
                raise ValueError(f"{spell.code} is no state code")
            if spell.end < spell.start:
                raise ValueError(f"the spell of {spell.code} ends before it starts")
        except (TypeError, ValueError) as error:
            raise DataError(f"table {table} in {tables.folder}, row {number}: {error}") from error
        spells.append(spell)
    return _build(name, spells, max(spell.end for spell in spells), table)


def _cow_spell(row: Any) -> Spell:
    start = _days(dt.date(int(row[3]), int(row[4]), int(row[5])))
    return Spell(
        int(row[0]), str(row[1]), str(row[2]), False, start, _days(dt.date(int(row[6]), int(row[7]), int(row[8])))
    )


def _gw_spell(row: Any) -> Spell:
    return Spell(int(row[0]), str(row[1]), str(row[2]), bool(row[3]), int(row[4]), int(row[5]))


@lru_cache(maxsize=2)
def _shipped(name: System) -> StateSystem:
    last = _days(dt.date(2025, 12, 31))
    named = {row["code"]: (row["name"], row["micro"] == "1") for row in _record()}
    spells = [
        Spell(code, label, *named[label], _days(start), min(_days(end), last))
        for code, label, start, end in shipped_spells(name)
    ]
    return _build(name, spells, last, "states (shipped)")


def shipped_spells(name: System) -> list[tuple[int, str, dt.date, dt.date]]:
    """Code, ISO-like entity code, first and last day of every spell in Foedus's own record of states."""
    found = []
    for row in _record():
        for part in filter(None, (row[name] or "").split(";")):
            head, span = part.rsplit(" ", 1)
            first, _, last = span.partition("/")
            end = dt.date.fromisoformat(last) if last else NEVER
            found.append((int(head.split()[0]), row["code"], dt.date.fromisoformat(first), end))
    return found


def _record() -> Iterator[dict[str, str]]:
    path = files("foedus.actors").joinpath("data", "states.csv")
    return iter(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def _build(name: System, spells: list[Spell], last: int, source: str) -> StateSystem:
    spells = _merged(spells)
    codes = np.unique(np.array([spell.code for spell in spells], dtype=np.int64))
    of = {spell.code: spell for spell in spells}
    known = [of[int(code)] for code in codes]
    return StateSystem(
        name,
        codes,
        tuple(spell.label for spell in known),
        tuple(spell.name for spell in known),
        tuple(spell.micro for spell in known),
        np.searchsorted(codes, [spell.code for spell in spells]).astype(np.int64),
        np.array([spell.start for spell in spells], dtype=np.int64),
        np.array([spell.end for spell in spells], dtype=np.int64),
        int(np.datetime64(last, "D").astype("datetime64[Y]").astype(int)) + 1970,
        source,
    )


def _merged(spells: list[Spell]) -> list[Spell]:
    """Spells of one code that touch become one: a change of name (Yugoslavia, Serbia) is no break of membership."""
    merged: list[Spell] = []
    for spell in sorted(spells, key=lambda spell: (spell.code, spell.start)):
        if merged and merged[-1].code == spell.code and spell.start <= merged[-1].end + 1:
            merged[-1] = spell._replace(start=merged[-1].start, end=max(spell.end, merged[-1].end))
        else:
            merged.append(spell)
    return merged


def _days(date: dt.date) -> int:
    return date.toordinal() - 719163
