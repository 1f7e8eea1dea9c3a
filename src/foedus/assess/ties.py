"""What binds and divides pairs of states, from research tables: pacts, rivalries, shared organisations, borders."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.assess import sources as src
from foedus.assess.sources import Spells
from foedus.assess.tabular import FOREVER, columns, days_of, positions

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables


def contiguity(frame: pd.DataFrame, index: dict[int, int]) -> Spells:
    """Spells of direct contiguity by COW's type, 0 where the table lists a pair as not contiguous."""
    a, b = positions(frame["ccode1"], index), positions(frame["ccode2"], index)
    start, end = days_of(frame["stdate"]), days_of(frame["enddate"])
    end = np.where(end == end.max(), FOREVER, end)
    kind = frame["conttype"].to_numpy(dtype=np.float64)
    keep = (a >= 0) & (b >= 0) & (kind >= 0)
    return Spells(a[keep], b[keep], start[keep], end[keep], kind[keep])


def ties(
    tables: Tables, index: dict[int, int], first: int, last: int, notes: list[str]
) -> tuple[Any, src.Bools, src.Bools]:
    """Bits of every directed pair and year, and for which years pacts and rivalries are known."""
    size, years = len(index), last - first + 1
    grid = np.zeros((years, size, size), dtype=np.uint8)
    known = np.zeros(years, dtype=np.bool_)
    rivals = np.zeros(years, dtype=np.bool_)
    if "atop_alliance" in tables:
        frame = columns(tables, "atop_alliance", "ccode1", "ccode2", "year", "atop_defense")
        a, b = positions(frame["ccode1"], index), positions(frame["ccode2"], index)
        year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
        bits = np.full(len(frame), src.ANY_PACT, dtype=np.uint8)
        for column, bit in (
            ("atop_defense", src.DEFENSE),
            ("atop_offense", src.OFFENSE),
            ("atop_neutral", src.NEUTRAL),
            ("atop_nonagg", src.NONAGGRESSION),
            ("atop_consul", src.CONSULT),
        ):
            bits |= np.where(frame[column].to_numpy(dtype=np.float64) == 1, bit, 0).astype(np.uint8)
        bits[bits == src.ANY_PACT] = 0
        keep = (a >= 0) & (b >= 0) & (year >= 0) & (year < years)
        np.bitwise_or.at(grid, (year[keep], a[keep], b[keep]), bits[keep])
        known[year[keep].min() : year[keep].max() + 1] = True
    else:
        notes.append("no table atop_alliance: pacts are missing for the model")
    for name, columns_, bit in (
        ("tss_rivalries", ("start", "end"), src.RIVAL),
        ("td_rivalries", ("styear", "endyear"), src.RIVAL_LIGHT),
    ):
        if name not in tables:
            notes.append(f"no table {name}: rivalries are missing for the model")
            continue
        frame = columns(tables, name, "ccode1", "ccode2", *columns_)
        a, b = positions(frame["ccode1"], index), positions(frame["ccode2"], index)
        start = frame[columns_[0]].to_numpy(dtype=np.float64)
        end = frame[columns_[1]].to_numpy(dtype=np.float64)
        top = np.nanmax(end)
        # What runs to the table's last year, or has no end, is still running.
        end = np.where(~np.isfinite(end) | (end >= top), last, end)
        for i, j, s, e in zip(a, b, start, end, strict=True):
            if i >= 0 and j >= 0 and e >= first:
                low, high = max(int(s) - first, 0), min(int(e) - first, years - 1)
                grid[low : high + 1, i, j] |= bit
                grid[low : high + 1, j, i] |= bit
        rivals[:] = True
    return grid, known, rivals


def igos(tables: Tables, index: dict[int, int], first: int, last: int, notes: list[str]) -> Any:
    """Organisations that a pair shares, by year; -1 unknown, None without the table."""
    if "cow_igo_ndy" not in tables:
        notes.append("no table cow_igo_ndy: shared organisations are missing for the model")
        return None
    frame = columns(tables, "cow_igo_ndy", "ccode1", "ccode2", "year", "dyadigos")
    grid = np.full((last - first + 1, len(index), len(index)), -1, dtype=np.int16)
    a, b = positions(frame["ccode1"], index), positions(frame["ccode2"], index)
    year = frame["year"].to_numpy(dtype=np.float64).astype(np.int64) - first
    value = np.nan_to_num(frame["dyadigos"].to_numpy(dtype=np.float64), nan=-1).astype(np.int16)
    keep = (a >= 0) & (b >= 0) & (year >= 0) & (year <= last - first)
    grid[year[keep], a[keep], b[keep]] = value[keep]
    grid[year[keep], b[keep], a[keep]] = value[keep]
    return grid
