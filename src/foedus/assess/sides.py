"""Columns about each side of a dispute: how every state stands to the side it may help, and to the other."""

from __future__ import annotations

from typing import Final

import numpy as np

from foedus.assess import sources as src
from foedus.assess.moment import Moment
from foedus.assess.sources import Floats, Sources

CLAUSES: Final = (
    ("defense", src.DEFENSE),
    ("offense", src.OFFENSE),
    ("neutrality", src.NEUTRAL),
    ("nonaggression", src.NONAGGRESSION),
    ("consultation", src.CONSULT),
)
NAMES: Final = (
    *(name for name, _ in CLAUSES), "pact_share", "rivalry", "rivalry_any", "border", "border_type", "distance",
    "igos", "regime_gap", "power", "power_gap", "is_major", "is_democracy", "allies_shared", "allies", "rivals",
    "rivals_shared", "trade_gap", "same_part", "at_war", "wealth_gap", "friend_of_rival", "rival_of_friend",
    "share_of_pacts", "similarity",
)  # fmt: skip
BETWEEN: Final = ("pair_rivals", "pair_pact", "pair_border", "pair_distance", "pair_majors")
_AT: Final = {name: at for at, name in enumerate(NAMES)}
_TIES: Final = np.asarray([bit for _, bit in CLAUSES], dtype=np.uint8)[:, None, None]


def side_columns(sources: Sources, moment: Moment) -> Floats:
    """For every state, its relation to each side: an array of sides × `NAMES` × states."""
    found = np.full((2, len(NAMES), sources.size), np.nan)
    for side, out in enumerate(found):
        _ties(out, moment, side)
        _place(out, sources, moment, side)
        _weight(out, moment, side)
    _networks(found, moment)
    return found


def _ties(out: Floats, moment: Moment, side: int) -> None:
    year, team = moment.year, moment.teams[side]
    bits = year.ties[:, team]
    if year.pacts_known:
        out[: len(CLAUSES)] = ((bits[None] & _TIES) > 0).any(axis=2)
        out[_AT["pact_share"]] = year.pact[:, team].mean(axis=1)
    if year.rivals_known:
        out[_AT["rivalry"]] = year.rival[:, team].max(axis=1)
        out[_AT["rivalry_any"]] = ((bits & (src.RIVAL | src.RIVAL_LIGHT)) > 0).any(axis=1)
    if year.igos is not None:
        counts = year.igos[:, team].max(axis=1)
        out[_AT["igos"]] = np.where(counts < 0, np.nan, counts)


def _place(out: Floats, sources: Sources, moment: Moment, side: int) -> None:
    if sources.contiguity_known:
        out[_AT["border"]], out[_AT["border_type"]] = moment.border[side] <= 5, moment.border[side]
    out[_AT["distance"]] = np.log1p(_least([moment.far[int(state)] for state in moment.teams[side]]))
    regions = np.zeros(int(sources.regions.max(initial=0)) + 1, dtype=np.bool_)
    regions[sources.regions[moment.teams[side]]] = True
    out[_AT["same_part"]] = regions[sources.regions]


def _weight(out: Floats, moment: Moment, side: int) -> None:
    """Power, wealth and regime of the side, and how far every state is from them."""
    year, team = moment.year, moment.teams[side]
    out[_AT["regime_gap"]] = _least([np.abs(year.regime - year.regime[state]) for state in team])
    out[_AT["wealth_gap"]] = _least([np.abs(year.wealth - year.wealth[state]) for state in team])
    power = _sum(year.cinc[team])
    out[_AT["power"]] = np.log(power + 1e-5)
    out[_AT["power_gap"]] = year.power - np.log(power + 1e-5)
    out[_AT["trade_gap"]] = np.log1p(year.trade) - np.log1p(_sum(year.trade[team]))
    out[_AT["is_major"]] = moment.major[team].any()
    regimes = year.regime[team]
    out[_AT["is_democracy"]] = np.nan if np.isnan(regimes).all() else np.nanmax(regimes)
    out[_AT["at_war"]] = (year.war | year.war_at_home)[team].any()


def _networks(found: Floats, moment: Moment) -> None:
    """Friends of friends and foes of foes, and how like a state's alliances are to the side's.

    The sides themselves are left out of a state's allies, so that a pact with one of them moves only its own columns.
    """
    year = moment.year
    others = np.ones(len(year.cinc), dtype=np.float32)
    others[np.concatenate(moment.teams)] = 0
    bound = [year.pact[team].max(axis=0) for team in moment.teams]
    hated = [year.rival[team].max(axis=0) for team in moment.teams]
    allies = year.pact @ np.stack([others, *bound, *(b * others for b in bound), *(h * others for h in hated)], axis=1)
    rivals = year.rival @ np.stack([*bound, *hated], axis=1)
    size = np.maximum(allies[:, 0], 1)
    for side, out in enumerate(found):
        if year.pacts_known:
            out[_AT["allies_shared"]] = allies[:, 1 + side]
            out[_AT["allies"]] = bound[side].sum() - bound[side]
        if year.rivals_known:
            out[_AT["rivals_shared"]] = rivals[:, 2 + side]
            out[_AT["rivals"]] = hated[side].sum() - hated[side]
        if year.pacts_known and year.rivals_known:
            common = allies[:, 3 + side]
            reach = np.maximum(bound[side] @ others - bound[side], 1)
            out[_AT["friend_of_rival"]] = np.minimum(rivals[:, side], 3)
            out[_AT["rival_of_friend"]] = allies[:, 5 + side] / size
            out[_AT["share_of_pacts"]] = common / size
            out[_AT["similarity"]] = common / np.sqrt(np.maximum(size * reach, 1))


def between(sources: Sources, moment: Moment) -> list[float]:
    """How the two sides stand to each other: the values of `BETWEEN`."""
    year, (a, b) = moment.year, moment.teams
    bits = year.ties[a][:, b]
    far = np.asarray([moment.far[int(state)][b] for state in a])
    bound = bool(((bits & (src.ANY_PACT | src.DEFENSE)) > 0).any())
    return [
        float(((bits & src.RIVAL) > 0).any()) if year.rivals_known else np.nan,
        float(bound) if year.pacts_known else np.nan,
        float((moment.border[0][b] <= 5).any()) if sources.contiguity_known else np.nan,
        float(np.log1p(np.nanmin(far))) if np.isfinite(far).any() else np.nan,
        float(moment.major[a].any() and moment.major[b].any()),
    ]


def _sum(values: Floats) -> float:
    """Sum of the values known; NaN where none is."""
    known = values[~np.isnan(values)]
    return float(known.sum()) if len(known) else np.nan


def _least(values: list[Floats]) -> Floats:
    """Minimum over originators, of those known."""
    if len(values) == 1:
        return values[0]
    least: Floats = np.fmin.reduce(np.stack(values), axis=0)
    return least
