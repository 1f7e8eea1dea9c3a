"""The state system: which states there were, in COW's or Gleditsch and Ward's list, on every day."""

from __future__ import annotations

import csv
import datetime as dt
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from foedus.errors import DataError

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

System = Literal["cow", "gw"]
Ints = np.ndarray[Any, np.dtype[np.int64]]
FIRST_YEAR: Final = 1816
LARGEST_CODE: Final = 1000
NEVER: Final = dt.date(9999, 12, 31)


@dataclass(frozen=True)
class StateSystem:
    """A list of states with their spells of membership; days are counted from 1970-01-01.

    `codes` are sorted and unique; spell `k` belongs to state `member[k]` (an index into `codes`) and runs from
    `start[k]` to `end[k]`, both included. `last_year` is where the list itself ends: later years are known to nobody.
    """

    name: System
    codes: Ints
    labels: tuple[str, ...]
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
    """The list of states from the research tables (`cow_states`, `gw_states`), else from the shipped record of states.

    Raises DataError that names the table and row for a code or date that cannot be.
    """
    if name not in ("cow", "gw"):
        raise DataError(f"there is no state system {name!r}; ask for `cow` or `gw`")
    if tables is not None and f"{name}_states" in tables:
        return _from_table(tables, name)
    return _shipped(name)


def _from_table(tables: Tables, name: System) -> StateSystem:
    table = f"{name}_states"
    frame = tables[table]
    rows: list[tuple[int, str, int, int]] = []
    wanted = (
        ["ccode", "stateabb", "styear", "stmonth", "stday", "endyear", "endmonth", "endday"]
        if name == "cow"
        else ["gwcode", "startdate", "enddate"]
    )
    missing = [column for column in wanted if column not in frame.columns]
    if missing:
        raise DataError(
            f"table {table} in {tables.folder} has no column {missing[0]!r}; "
            f"fetch it anew with `foedus data pull {table}`"
        )
    for number, row in enumerate(frame[wanted].itertuples(index=False), start=1):
        try:
            if name == "cow":
                code, label = int(row[0]), str(row[1])
                start = _days(dt.date(int(row[2]), int(row[3]), int(row[4])))
                end = _days(dt.date(int(row[5]), int(row[6]), int(row[7])))
            else:
                code, label = int(row[0]), str(row[0])
                start, end = int(row[1]), int(row[2])
            if not 0 < code < LARGEST_CODE:
                raise ValueError(f"{code} is no state code")
            if end < start:
                raise ValueError(f"the spell of {code} ends before it starts")
        except (TypeError, ValueError) as error:
            raise DataError(f"table {table} in {tables.folder}, row {number}: {error}") from error
        rows.append((code, label, start, end))
    return _build(name, rows, max(end for *_, end in rows), table)


@lru_cache(maxsize=2)
def _shipped(name: System) -> StateSystem:
    rows = [(code, label, _days(start), _days(end)) for code, label, start, end in shipped_spells(name)]
    closed = [
        (code, label, start, end if end < _days(NEVER) else _days(dt.date(2025, 12, 31)))
        for code, label, start, end in rows
    ]
    return _build(name, closed, _days(dt.date(2025, 12, 31)), "states (shipped)")


def shipped_spells(name: System) -> list[tuple[int, str, dt.date, dt.date]]:
    """Code, ISO-like entity code, first and last day of every spell in Foedus's own record of states."""
    path = files("foedus.actors").joinpath("data", "states.csv")
    found = []
    for row in csv.DictReader(path.read_text(encoding="utf-8").splitlines()):
        for part in filter(None, (row[name] or "").split(";")):
            head, span = part.rsplit(" ", 1)
            first, _, last = span.partition("/")
            end = dt.date.fromisoformat(last) if last else NEVER
            found.append((int(head.split()[0]), row["code"], dt.date.fromisoformat(first), end))
    return found


def _build(name: System, rows: list[tuple[int, str, int, int]], last: int, source: str) -> StateSystem:
    rows = _merged(rows)
    codes = np.unique(np.array([code for code, *_ in rows], dtype=np.int64))
    label_of = {code: label for code, label, *_ in rows}
    return StateSystem(
        name,
        codes,
        tuple(label_of[int(code)] for code in codes),
        np.searchsorted(codes, [code for code, *_ in rows]).astype(np.int64),
        np.array([start for *_, start, _ in rows], dtype=np.int64),
        np.array([end for *_, end in rows], dtype=np.int64),
        int(np.datetime64(last, "D").astype("datetime64[Y]").astype(int)) + 1970,
        source,
    )


def _merged(rows: list[tuple[int, str, int, int]]) -> list[tuple[int, str, int, int]]:
    """Spells of one code that touch become one: a change of name (Yugoslavia, Serbia) is no break of membership."""
    merged: list[tuple[int, str, int, int]] = []
    for code, label, start, end in sorted(rows, key=lambda row: (row[0], row[2])):
        if merged and merged[-1][0] == code and start <= merged[-1][3] + 1:
            merged[-1] = (code, label, merged[-1][2], max(end, merged[-1][3]))
        else:
            merged.append((code, label, start, end))
    return merged


def _days(date: dt.date) -> int:
    return date.toordinal() - 719163
