"""What the features are computed from: one shape for two centuries of research tables and for today's shipped facts.

A `Sources` holds states by position, yearly columns, dyadic columns and the record of past disputes. Two adapters
fill it:
`foedus.assess.history` from research tables, `foedus.assess.shipped` from the facts that come with Foedus.
Whatever an adapter
does not have stays missing (NaN), and is missing for the model.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]

DEFENSE, OFFENSE, NEUTRAL, NONAGGRESSION, CONSULT, RIVAL, RIVAL_LIGHT, ANY_PACT = (1, 2, 4, 8, 16, 32, 64, 128)
"""Bits of `Sources.ties`: ATOP's five clauses, two codings of rivalry, and any pact at all."""


def day_number(date: dt.date) -> int:
    """Days since 0001-01-01, the unit of every day in this room."""
    return date.toordinal()


@dataclass(frozen=True)
class Spells:
    """Stretches of days of a state (`a`) or of a directed pair (`a`, `b`), with a value; positions, not codes."""

    a: Ints
    b: Ints
    start: Ints
    end: Ints
    value: Floats

    @staticmethod
    def empty() -> Spells:
        """No spell at all."""
        none = np.zeros(0, dtype=np.int64)
        return Spells(none, none, none, none, np.zeros(0))


@dataclass(frozen=True)
class Participation:
    """Who took part in which dispute: one row a dispute and state (its first entry), on `side` 0 or 1, `original`
    or joined later.
    """

    dispute: Ints
    state: Ints
    side: Ints
    original: Bools
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.dispute)


@dataclass(frozen=True)
class Dispute:
    """A dispute reduced to what is known as it begins: its originators (positions) on both sides and its first day."""

    id: int
    day: int
    sides: tuple[tuple[int, ...], tuple[int, ...]]
    hostility: int = 0

    @property
    def year(self) -> int:
        """The calendar year of the first day."""
        return dt.date.fromordinal(self.day).year


@dataclass
class Sources:
    """Everything the features look at. Arrays are indexed by a state's position in `keys` and by year minus `first`.

    `yearly` holds one value a state and year; `ties` the bits of a directed pair in a year; `ties_known` and
    `rival_known`
    say for which years the bits mean anything; `igos` counts shared organisations (-1: unknown). `notes` says, in
    words for
    the output, what this source lacks. `joining_known_from` is set where the record of joining is a selection that begins
    then; `usual_rate` is the log of the long-run joins per chance that its rates are set beside.
    """

    keys: list[Hashable]
    first: int
    last: int
    present: Spells
    majors: Spells
    contiguity: Spells
    wars: Spells
    civil_wars: Spells
    yearly: dict[str, Singles]
    ties: npt.NDArray[np.uint8]
    ties_known: Bools
    rival_known: Bools
    igos: npt.NDArray[np.int16] | None
    capitals: Spells
    capital_latlon: Floats
    past: Participation
    disputes: list[Dispute]
    regions: Ints
    joining_known_from: int = 0
    usual_rate: float = -5.2
    contiguity_known: bool = True
    notes: list[str] = field(default_factory=list)
    reach: str = ""

    @property
    def size(self) -> int:
        """Number of states, of all times."""
        return len(self.keys)

    def position(self, key: Hashable) -> int:
        """Where a state stands in the arrays; KeyError where it is unknown."""
        index: dict[Hashable, int] | None = self.__dict__.get("_index")
        if index is None:
            index = {known: place for place, known in enumerate(self.keys)}
            self.__dict__["_index"] = index
        return index[key]

    def members(self, day: int) -> Bools:
        """Which states belong to the state system on a day."""
        return active(self.present, day, self.size)

    def major_on(self, day: int) -> Bools:
        """Which states are major powers on a day."""
        return active(self.majors, day, self.size)

    def at(self, name: str, year: int) -> Singles:
        """One yearly column for every state; NaN outside the years known."""
        column = self.yearly.get(name)
        place = year - self.first
        if column is None or not 0 <= place < column.shape[1]:
            return np.full(self.size, np.nan, dtype=np.float32)
        return column[:, place]


def active(spells: Spells, day: int, size: int) -> Bools:
    """For every position, whether one of its spells holds on the day."""
    flags = np.zeros(size, dtype=np.bool_)
    flags[spells.a[(spells.start <= day) & (spells.end >= day)]] = True
    return flags


def great_circle(lat1: Floats, lon1: Floats, lat2: Floats, lon2: Floats) -> Floats:
    """Distance in kilometres between points in degrees (haversine, mean Earth radius 6,371 km)."""
    p1, p2 = np.radians(lat1), np.radians(lat2)
    half = np.sin((p2 - p1) / 2) ** 2 + np.cos(p1) * np.cos(p2) * np.sin(np.radians(lon2 - lon1) / 2) ** 2
    distance: Floats = 2 * 6371.0 * np.arcsin(np.sqrt(np.clip(half, 0, 1)))
    return distance


def place_of_capitals(sources: Sources, day: int) -> Floats:
    """Latitude and longitude of every state's capital on a day; NaN where unknown."""
    where = np.full((sources.size, 2), np.nan)
    spells = sources.capitals
    on = (spells.start <= day) & (spells.end >= day)
    where[spells.a[on]] = sources.capital_latlon[on]
    return where


def spells_of(rows: Sequence[tuple[int, int, int, int, float]]) -> Spells:
    """Spells from rows (a, b, start day, end day, value)."""
    if not rows:
        return Spells.empty()
    a, b, start, end, value = zip(*rows, strict=True)
    return Spells(
        np.asarray(a, dtype=np.int64),
        np.asarray(b, dtype=np.int64),
        np.asarray(start, dtype=np.int64),
        np.asarray(end, dtype=np.int64),
        np.asarray(value, dtype=np.float64),
    )


def grid(rows: Sequence[int] | Ints, columns: Sequence[int] | Ints) -> tuple[Ints, Ints]:
    """An open mesh of positions, to look up every pair at once."""
    return np.asarray(rows, dtype=np.int64)[:, None], np.asarray(columns, dtype=np.int64)[None, :]
