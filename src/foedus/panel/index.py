"""Where each row of a panel sits: states and years as small integers, so that a join is one look-up by address."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.errors import DataError
from foedus.panel.system import StateSystem

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Index:
    """The rows of a panel, as offsets: states `first[r]` and `second[r]` (None for states alone), year `year[r]`."""

    system: StateSystem
    from_year: int
    to_year: int
    first: Array
    second: Array | None
    year: Array
    tables: Tables | None = None

    def __len__(self) -> int:
        return len(self.first)

    @property
    def n_states(self) -> int:
        """How many states the list knows."""
        return len(self.system.codes)

    @property
    def n_years(self) -> int:
        """How many years the panel spans."""
        return self.to_year - self.from_year + 1

    @cached_property
    def years(self) -> Array:
        """The year of each row."""
        years: Array = (self.year + self.from_year).astype(np.int32)
        return years

    @cached_property
    def key1(self) -> Array:
        """Address of (first state, year) in a state × year grid."""
        key: Array = self.first.astype(np.intp) * self.n_years + self.year
        return key

    @cached_property
    def key2(self) -> Array:
        """Address of (second state, year) in a state × year grid."""
        assert self.second is not None
        key: Array = self.second.astype(np.intp) * self.n_years + self.year
        return key

    @cached_property
    def row_of(self) -> Array:
        """Row number by (first state, second state, year), −1 where the panel has no such row."""
        assert self.second is not None
        grid = np.full(self.n_states * self.n_states * self.n_years, -1, dtype=np.int32)
        grid[self.first.astype(np.int32) * (self.n_states * self.n_years) + self.key2] = np.arange(
            len(self), dtype=np.int32
        )
        return grid

    def outside(self, first: int, last: int) -> Array | None:
        """Mask of the rows whose year a source does not cover; None where it covers all of them."""
        if first <= self.from_year and self.to_year <= last:
            return None
        mask: Array = (self.years < first) | (self.years > last)
        return mask

    def state_grid(self, table: str, codes: Any, years: Any, values: Any) -> Array:
        """A state × year grid (flat) of a table's values, NaN where the table has none.

        Raises DataError for a code that the state list does not know and for two rows on one state and year.
        """
        where, inside = self.addresses(table, codes, None, years)
        grid = np.full(self.n_states * self.n_years, np.nan)
        grid[where] = np.asarray(values, dtype=np.float64)[inside]
        return grid

    def addresses(self, table: str, codes1: Any, codes2: Any, years: Any) -> tuple[Array, Array]:
        """Grid addresses of a table's rows, and the mask of the rows that fall in the panel's years."""
        year = np.asarray(years, dtype=np.int64) - self.from_year
        inside = (year >= 0) & (year < self.n_years)
        first = self._known(table, codes1)
        if codes2 is None:
            where = first[inside] * self.n_years + year[inside]
            size = self.n_states * self.n_years
        else:
            second = self._known(table, codes2)
            where = (first[inside] * self.n_states + second[inside]) * self.n_years + year[inside]
            size = self.n_states * self.n_states * self.n_years
        seen = np.zeros(size, dtype=bool)
        seen[where] = True
        if np.count_nonzero(seen) != len(where):
            order = np.argsort(where, kind="stable")
            again = order[1:][where[order[1:]] == where[order[:-1]]]
            row = int(np.flatnonzero(inside)[again.min()])
            told = [np.asarray(codes1)[row]] + ([] if codes2 is None else [np.asarray(codes2)[row]])
            name = "–".join(str(int(code)) for code in told)
            raise DataError(
                f"{self._place(table, row)}: {name} in {int(np.asarray(years)[row])} stands there more than once; "
                f"fetch it anew with `foedus data pull {table}`"
            )
        return where, inside

    def _known(self, table: str, codes: Any) -> Array:
        found = self.system.index(codes)
        if len(found) and found.min() < 0:
            row = int(np.flatnonzero(found < 0)[0])
            raise DataError(
                f"{self._place(table, row)}: {int(np.asarray(codes)[row])} is no state of the list "
                f"{self.system.source}; correct the row or fetch the table anew with `foedus data pull {table}`"
            )
        return found

    def _place(self, table: str, row: int) -> str:
        """The table, its file and the row, as a fault names them."""
        file = self.tables.file(table) if self.tables is not None else None
        return f"table {table}{f' ({file})' if file else ''}, row {row + 1}"

    def scatter(
        self, table: str, codes1: Any, codes2: Any, years: Any, columns: dict[str, Any], symmetric: bool
    ) -> dict[str, Array]:
        """Columns of a dyadic table laid on the panel's rows, NaN where the table has no row.

        `symmetric` says that the table names each pair once and that it holds both ways.
        """
        where, inside = self.addresses(table, codes1, codes2, years)
        rows = self.row_of[where]
        parts = [(rows >= 0, rows)]
        if symmetric:
            first, rest = np.divmod(where, self.n_states * self.n_years)
            second, year = np.divmod(rest, self.n_years)
            turned = self.row_of[(second * self.n_states + first) * self.n_years + year]
            parts.append((turned >= 0, turned))
        laid = {}
        for name, values in columns.items():
            given = np.asarray(values)
            kind = np.float32 if given.dtype in (np.float32, np.int8, np.bool_) else np.float64
            column = np.full(len(self), np.nan, dtype=kind)
            kept = given[inside].astype(kind)
            for there, target in parts:
                column[target[there]] = kept[there]
            laid[name] = column
        return laid


def build_index(
    system: StateSystem,
    first: int,
    last: int,
    dyads: bool,
    directed: bool,
    same_day: bool = True,
    tables: Tables | None = None,
) -> Index:
    """Every state-year, or every pair of different states that both were members on one same day of the year.

    Two states of which one had left the system before the other entered it in that year make no dyad; without
    `same_day` they do. `tables` are those that joins will read: faults then name the file.
    """
    here, _, _ = system.presence(first, last)
    if not dyads:
        state, year = np.nonzero(here)
        return Index(system, first, last, state.astype(np.int32), None, year.astype(np.int32), tables)
    both = here[:, None, :] & here[None, :, :]
    count = len(system.codes)
    both[np.arange(count), np.arange(count)] = False
    if not directed:
        both[np.tril_indices(count)] = False
    if same_day:
        both &= meetings(system, first, last)
    flat = np.flatnonzero(both.ravel())
    pair, year = np.divmod(flat.astype(np.int32), last - first + 1)
    one, other = np.divmod(pair, count)
    return Index(system, first, last, one, other, year, tables)


def meetings(system: StateSystem, first: int, last: int) -> Array:
    """A grid (state × state × year) of which members were so on one same day of the year."""
    here, begins, ends = system.presence(first, last)
    both: Array = here[:, None, :] & here[None, :, :]
    # Only a state that was a member for part of the year can miss another one.
    day = np.datetime64("1970-01-01")
    opens = ((np.arange(first, last + 1).astype(str)).astype("datetime64[Y]").astype("datetime64[D]") - day).astype(int)
    closes = np.append(opens[1:], opens[-1] + (366 if _leap(last) else 365)) - 1
    partial = here & ((begins > opens) | (ends < closes))
    for state, year in zip(*np.nonzero(partial), strict=True):
        met = (begins[:, year] <= ends[state, year]) & (ends[:, year] >= begins[state, year])
        both[state, :, year] &= met
        both[:, state, year] &= met
    return both


def _leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
