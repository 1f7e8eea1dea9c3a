"""Which table a column comes from, and the years that table speaks about.

A year inside a source's span without a record is a 0 for the codings that list only what happened (alliances,
contiguity, disputes, wars, rivalries, majors). Outside the span nothing is known and the column is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from foedus.errors import DataError

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

# Keepers' own spans. A loaded table may have been cut short: see `Source.read`.
SPANS: Final[dict[str, tuple[int, int]]] = {
    "atop_alliance": (1815, 2018),
    "cow_alliance": (1816, 2012),
    "cow_contdir": (1816, 2016),
    "cow_capitals": (1816, 2024),
    "cow_mindist": (1886, 2019),
    "cow_majors": (1816, 2016),
    "cow_nmc": (1816, 2022),
    "cow_igo_ndy": (1816, 2014),
    "cow_trade_sy": (1870, 2014),
    "cow_trade_ddy": (1870, 2014),
    "cow_igo_sy": (1816, 2014),
    "gw_capitals": (1816, 2024),
    "gw_mindist": (1886, 2019),
    "gw_democracy": (1816, 2025),
    "gw_gdppop": (1816, 2019),
    "cow_war_inter": (1816, 2007),
    "cow_mid_dirdisps": (1816, 2014),
    "gml_dirdisp": (1816, 2010),
    "gml_part": (1816, 2010),
    "td_rivalries": (1816, 2010),
    "tss_rivalries": (1816, 2020),
    "ucdp_acd": (1946, 2024),
    "cw_democracy": (1816, 2025),
    "cw_gdppop": (1816, 2019),
    "archigos": (1870, 2015),
    "un_votes": (1946, 2019),
}
# Wars are rare: the last one may stand some years before the end of what was searched. More than this is a cut file.
QUIET_YEARS: Final = 8


@dataclass(frozen=True)
class Source:
    """One loaded table and the years it covers; `cut`: it stops well before its keeper's own last year."""

    table: str
    frame: Any
    first: int
    last: int
    cut: bool

    def __getitem__(self, column: str) -> Any:
        return self.frame[column]


def source(tables: Tables | None, table: str, columns: list[str], year: str | None = "year") -> Source:
    """The table with the columns a join needs; DataError where no data are loaded, the table or a column is missing.

    `year` is the column whose largest value shows how far the table really goes (None: the keeper's span is taken).
    """
    if tables is None:
        raise DataError(
            f"table {table} is needed and no research data are loaded; run `foedus data pull {table}`, or set "
            "FOEDUS_RESEARCH_DATA to the folder that holds them"
        )
    frame = tables[table]
    missing = [column for column in columns if column not in frame.columns]
    if missing:
        raise DataError(
            f"table {table} in {tables.folder} has no column {missing[0]!r} (it has "
            f"{', '.join(map(str, frame.columns[:8]))}…); fetch it anew with `foedus data pull {table}`"
        )
    if not len(frame):
        raise DataError(f"table {table} in {tables.folder} has no rows; fetch it anew with `foedus data pull {table}`")
    first, last = SPANS[table]
    if year is None:
        return Source(table, frame, first, last, cut=False)
    reached = int(frame[year].max())
    cut = reached < last - QUIET_YEARS
    return Source(table, frame, first, reached if cut else max(last, reached), cut)
