"""The kinds of record that the shipped tables hold, and the strict reader of those tables."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from importlib.resources import files
from typing import Final, Literal, TypeVar

from foedus.errors import DataError
from foedus.model.dates import is_date

Record = TypeVar("Record")
Side = Literal["a", "b"]
FOUGHT: Final = frozenset({"originator", "joiner"})
ROLES: Final = FOUGHT | {"arms", "support", "sanctions"}
LEVELS: Final = ("threat", "display", "use", "war")


@dataclass(frozen=True, slots=True)
class StateFacts:
    """One state in one year. Money is in billions of current US dollars; None is "not known", never 0.

    `gdp_busd` is nominal GDP; `milex_busd` military spending; `active_personnel_k` active armed forces in thousands;
    `democracy` 0–1, a rounded judgement near V-Dem's polyarchy; `major` follows COW's list of major powers.
    """

    code: str
    year: int
    name: str
    population_m: float | None
    gdp_busd: float | None
    milex_busd: float | None
    active_personnel_k: float | None
    nuclear: bool
    democracy: float | None
    regime: str
    oil_exporter: bool
    p5: bool
    major: bool
    source: str


@dataclass(frozen=True, slots=True)
class Border:
    """How near two states are to each other, in COW's five types: 1 land … 5 up to 400 miles of water."""

    code1: str
    code2: str
    conttype: int
    start: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class Rivalry:
    """Two states that take each other for enemies, with the years it began and ended (None: it goes on)."""

    code1: str
    code2: str
    start: int
    end: int | None
    kinds: tuple[str, ...]
    note: str
    source: str


@dataclass(frozen=True, slots=True)
class Belligerent:
    """One party's part in one war: its side, its role, and the days it took that part ("" as `end`: it goes on).

    Roles: `originator` and `joiner` fought; `arms` sent weapons; `support` gave bases, money, intelligence or
    logistics; `sanctions` only punished the other side.
    """

    war: str
    name: str
    kind: str
    code: str
    side: str
    role: str
    start: str
    end: str
    source: str

    @property
    def fought(self) -> bool:
        """Whether the party used force itself."""
        return self.role in FOUGHT


@dataclass(frozen=True, slots=True)
class Dispute:
    """One militarised act of `code1` towards `code2`, at one of COW's levels: threat, display, use, war."""

    code1: str
    code2: str
    date: str
    level: str
    name: str
    source: str


def active(start: str, end: str, on: dt.date) -> bool:
    """Whether the span from `start` to `end` ("" is open) holds the day `on`."""
    day = on.isoformat()
    return (not start or start <= day) and (not end or day <= end)


def read_table(name: str, build: Callable[[dict[str, str]], Record]) -> tuple[Record, ...]:
    """Every row of a shipped table as a record; DataError names the file and the row that is at fault."""
    path = files("foedus.world.present").joinpath("data", name)
    records: list[Record] = []
    for line, row in enumerate(csv.DictReader(path.read_text(encoding="utf-8").splitlines()), start=2):
        try:
            if None in row or None in row.values():
                raise ValueError("a wrong number of columns")
            records.append(build(row))
        except (KeyError, ValueError) as error:
            raise DataError(f"{name}, row {line}: {error}; reinstall Foedus to repair it") from error
    return tuple(records)


def number(text: str) -> float | None:
    """A figure, or None for an empty cell."""
    return float(text) if text else None


def one_of(text: str, allowed: frozenset[str] | tuple[str, ...]) -> str:
    """The text itself where it is allowed; ValueError names what is."""
    if text not in allowed:
        raise ValueError(f"{text!r} is none of {', '.join(sorted(allowed))}")
    return text


def date_or_empty(text: str) -> str:
    """The date string itself, or "" where the cell is empty; ValueError for anything else."""
    if text and not is_date(text):
        raise ValueError(f"{text!r} is no date")
    return text
