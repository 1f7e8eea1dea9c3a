"""The feature table: what is known of a third state, the side it may help and the other side, as of the day before.

Yearly tables are read at t-1. Several originators: the maximum of pacts and ties, the sum of capabilities, the minimum of
distance. A value that the sources lack is NaN. Everything is said twice, once for each side, so swapping the sides mirrors the
table. A dispute's columns are worked out for all states at once and then dealt out to its rows.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from foedus.assess import recall, sides
from foedus.assess import sources as src
from foedus.assess.moment import Moment, Moments
from foedus.assess.sources import Floats, Ints, Singles, Sources
from foedus.assess.units import Units

_STATE: Final = ("cinc", "milper", "democracy", "gdppc", "population", "trade", "major", "war", "war_at_home")
_ROW: Final = ("relevant", "same_region")
_WORKED_OUT: Final = (
    *_STATE, *_ROW, *(f"{who}_{name}" for name in sides.NAMES for who in ("client", "adversary")), *sides.BETWEEN,
    *recall.COLUMNS,
)  # fmt: skip
_OWN: Final = frozenset(
    [
        *_STATE, "relevant", "joins", "joins_short", "joins_recent", "join_rate", "rate", "disputes", "disputes_short",
        "chances", "ongoing_mine", "ongoing_joined", "base_rate", "base_rate_long",
    ]
)  # fmt: skip
"""Columns about the third state alone or the world; the rest need a side."""


@dataclass(frozen=True)
class FeatureTable:
    """A matrix with names: one row a unit. Values are rounded to five or six digits so that no order of summation shows."""

    names: tuple[str, ...]
    values: Singles

    def __getitem__(self, name: str) -> Floats:
        column: Floats = self.values[:, self.names.index(name)].astype(np.float64)
        return column

    def take(self, rows: src.Bools) -> FeatureTable:
        """The rows marked."""
        return FeatureTable(self.names, self.values[rows])


def table(sources: Sources, units: Units) -> FeatureTable:
    """All features of all rows. Where a side holds no state, whatever would be said about it is missing."""
    hollow = [place for place, dispute in enumerate(units.disputes) if not all(dispute.sides)]
    if hollow:
        return _without_side(sources, units, hollow)
    # Column by column: the table of two centuries has 300,000 rows.
    lines = np.empty((len(_WORKED_OUT), len(units)), dtype=np.float32)
    moments = Moments(sources)
    past = recall.Recall(sources, moments)
    places = _rows(units)
    for place in sorted(places, key=lambda place: units.disputes[place].day):
        moment = moments.of(units.disputes[place])
        blocks = _blocks(sources, moment, past.at(moment))
        for side, rows in places[place]:
            lines[:, rows] = blocks[side][:, units.state[rows]]
    lines[_WORKED_OUT.index("relevant")] = units.relevant
    lines[_WORKED_OUT.index("same_region")] = units.region
    columns = dict(zip(_WORKED_OUT, lines, strict=True))
    for line in lines:
        _round(line)
    if sources.joining_known_from:
        _forget(columns, sources)
    more = _combine(columns)
    values = np.concatenate([lines, np.stack([_round(line.astype(np.float32)) for line in more.values()])])
    return FeatureTable((*_WORKED_OUT, *more), values.T)


def _rows(units: Units) -> dict[int, list[tuple[int, slice | Ints]]]:
    """For every dispute with rows, its sides and their rows: a slice where they stand together, which is the usual case."""
    blocks = units.blocks
    order = np.argsort(blocks, kind="stable")
    numbers, starts = np.unique(blocks[order], return_index=True)
    found: dict[int, list[tuple[int, slice | Ints]]] = {}
    for block, rows in zip(numbers.tolist(), np.split(order, starts[1:]), strict=True):
        together = bool(len(rows)) and int(rows[-1] - rows[0]) == len(rows) - 1 and bool((np.diff(rows) == 1).all())
        place, side = divmod(block, 2)
        found.setdefault(place, []).append((side, slice(int(rows[0]), int(rows[-1]) + 1) if together else rows))
    return found


def _blocks(sources: Sources, moment: Moment, past: Floats) -> list[Floats]:
    """The columns `_WORKED_OUT` of every state, for each side helped (those of `_ROW` are filled in later)."""
    own = _own(sources, moment)
    pair = sides.between(sources, moment)
    each = sides.side_columns(sources, moment)
    blocks = []
    first = len(_STATE) + len(_ROW)
    last = first + 2 * len(sides.NAMES)
    for side in (0, 1):
        block = np.zeros((len(_WORKED_OUT), sources.size))
        block[: len(_STATE)] = own
        block[first:last:2], block[first + 1 : last : 2] = each[side], each[1 - side]
        block[last : last + len(pair)] = np.asarray(pair)[:, None]
        block[last + len(pair) :] = past[side]
        blocks.append(block)
    return blocks


def _own(sources: Sources, moment: Moment) -> Floats:
    """The columns `_STATE` of every state."""
    year, day = moment.year, moment.dispute.day
    wars = []
    for spells, flags in ((sources.wars, year.war), (sources.civil_wars, year.war_at_home)):
        known = len(spells.start) > 0 and day - 365 >= int(spells.start.min())
        wars.append(flags.astype(float) if known else np.full(sources.size, np.nan))
    return np.stack(
        [
            year.power, np.log1p(year.own["milper"]), year.regime, year.wealth,
            np.log(year.own["population"] + 1e-3), np.log1p(year.trade), moment.major.astype(float), *wars,
        ]
    )  # fmt: skip


def _without_side(sources: Sources, units: Units, hollow: list[int]) -> FeatureTable:
    """The table of disputes with a side that holds no state: worked out with the other side twice, then blanked."""
    disputes = list(units.disputes)
    for place in hollow:
        full = disputes[place].sides[0] or disputes[place].sides[1]
        disputes[place] = replace(disputes[place], sides=(full, full))
    found = table(sources, replace(units, disputes=disputes))
    values = found.values.copy()
    for place in hollow:
        lone = 0 if units.disputes[place].sides[0] else 1
        for side in (0, 1):
            rows = np.flatnonzero((units.case == place) & (units.side == side))
            kept = "client_" if side == lone else "adversary_"
            blank = [at for at, name in enumerate(found.names) if not (name in _OWN or name.startswith(kept))]
            values[src.grid(rows, blank)] = np.nan
    return FeatureTable(found.names, values)


def _forget(columns: dict[str, Singles], sources: Sources) -> None:
    """Where the record of joining is a selection: its level says nothing, the differences within it do.

    Pooled rates are moved by as much as the record's own base rate lies from the one of two centuries.
    """
    own = np.log(columns["base_rate_long"])
    for name in ("rate", "client_rate", "adversary_rate", "case_rate"):
        _round(np.add(columns[name], sources.usual_rate - own, out=columns[name]))
    cell = columns["cell_rate"]
    _round(np.multiply(cell, np.exp(sources.usual_rate - own), out=cell))
    for name in ("base_rate", "base_rate_long", "chances", "join_rate"):
        columns[name][:] = np.nan


def _round(values: Singles) -> Singles:
    """Cut the values, in place, to 18 bits of mantissa (five to six digits), to the nearest; NaN stays NaN."""
    bits = values.view(np.int32)
    missing = np.isnan(values)
    bits += 16
    bits &= ~np.int32(31)
    values[missing] = np.nan
    return values


def _combine(known: dict[str, Singles]) -> dict[str, Floats]:
    """Columns that say in one number what several say together."""
    used = (
        "cinc", "major", "client_power", "adversary_power", "client_distance", "adversary_distance", "client_regime_gap",
        "adversary_regime_gap", "client_defense", "adversary_defense", "client_igos", "adversary_igos",
        "client_allies_shared", "adversary_allies_shared", "client_border", "adversary_border", "adversary_rivalry_any",
        "client_is_major", "adversary_is_major", "joined_client",
    )  # fmt: skip
    given = {name: known[name].astype(np.float64) for name in used}
    columns: dict[str, Floats] = {}
    client, adversary = given["client_power"], given["adversary_power"]
    columns["balance"] = client - adversary
    mine = np.exp(given["cinc"])
    ours = np.exp(client) + mine
    columns["balance_with_me"] = np.log(ours) - adversary
    columns["adversary_share"] = np.exp(adversary) / (np.exp(adversary) + np.exp(client))
    columns["distance_gap"] = given["client_distance"] - given["adversary_distance"]
    columns["nearest"] = np.minimum(given["client_distance"], given["adversary_distance"])
    columns["regime_lean"] = given["adversary_regime_gap"] - given["client_regime_gap"]
    columns["pact_lean"] = given["client_defense"] - given["adversary_defense"]
    columns["igo_lean"] = given["client_igos"] - given["adversary_igos"]
    columns["network_lean"] = given["client_allies_shared"] - given["adversary_allies_shared"]
    major, border = given["major"], given["client_border"]
    columns["major_cinc"] = major * (given["cinc"] + 4)
    columns["major_rival"] = major * given["adversary_rivalry_any"]
    columns["major_pact"] = major * given["client_defense"]
    columns["major_big_foe"] = major * given["adversary_is_major"]
    columns["major_big_client"] = major * given["client_is_major"]
    columns["border_rival"] = border * given["adversary_rivalry_any"]
    columns["border_both"] = border * given["adversary_border"]
    columns["pact_rival"] = given["client_defense"] * given["adversary_rivalry_any"]
    columns["pact_joined"] = given["client_defense"] * np.log1p(given["joined_client"])
    columns["reach"] = given["cinc"] - 0.5 * columns["nearest"]
    return columns
