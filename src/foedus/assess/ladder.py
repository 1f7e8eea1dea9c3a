"""The model of the ladder: how far a power goes for a crisis actor, as an ordered logit over none … force.

One score a row, the same weights for every step, and an intercept for each step that follows what has been seen so
far (it fades
with 12 years, as the level of joining does). The score leans on what the power did before for this actor and
against this foe,
pooled towards its own habit and the world's; signs are held as in `joining`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from foedus.assess.features import FeatureTable
from foedus.assess.icb import RUNGS, LadderUnits
from foedus.assess.joining import LIMIT, Logit, catalogue, scaled, sigmoid, signed_ridge
from foedus.assess.sources import Bools, Floats, Ints

RIDGE: Final = 60.0
POOLED: Final = 0.3
"""How much of the pooled rates (for this actor, against this foe) stands in the score before any fitting."""
FADE: Final = 12.0
HABIT_FADE: Final = 15 * 365.25
STEPS: Final = (1, 3)
"""Steps of the ladder that are fitted: any support, and military aid; the others lie between them or are too rare."""
FEATURES: Final = (
    "client_defense",
    "adversary_defense",
    "adversary_rivalry",
    "client_distance",
    "client_power",
    "adversary_is_major",
    "adversary_power",
    "cinc",
    "client_regime_gap",
    "adversary_regime_gap",
    "client_border",
    "joined_client",
    "fought_adversary",
    "fought_client",
    "client_similarity",
    "adversary_similarity",
    "adversary_friend_of_rival",
    "client_friend_of_rival",
    "client_share_of_pacts",
    "adversary_share_of_pacts",
    "client_consultation",
    "client_rivalry",
    "ongoing_against_adversary",
    "ongoing_against_client",
    "client_is_major",
    "major_rival",
)
HABITS: Final[dict[str, tuple[str, int]]] = {
    "joining_odds": ("odds of joining, by the model of joining", 1),
    "violent": ("the crisis began with a violent act", 1),
    "is_foe": ("it is the very state the threat came from", -1),
    "habit": ("how often it backs crisis actors, pooled", 1),
    "habit_arms": ("how often it goes as far as military aid, pooled", 1),
    "for_actor": ("how often it backed this actor, pooled", 1),
    "for_actor_arms": ("how often it gave this actor military aid, pooled", 1),
    "against_foe": ("how often it backed others against this foe, pooled", 1),
    "against_foe_arms": ("how often it gave military aid against this foe, pooled", 1),
    "for_foe": ("how often it backed the foe, pooled", -1),
    "against_actor": ("how often it backed others against this actor, pooled", -1),
}
"""Columns of the ladder beside the shared features: what they mean, and the sign they may have."""


def habits(units: LadderUnits, joining_odds: Floats) -> Floats:
    """The columns of `HABITS`; past crises count once they were over."""
    days = units.units.days
    sides = [dispute.sides for dispute in units.units.disputes]
    actor = np.asarray([sides[case][0][0] for case in units.units.case], dtype=np.int64)
    foe = np.asarray([sides[case][1][0] if sides[case][1] else -1 for case in units.units.case], dtype=np.int64)
    state = units.units.state
    backed, armed = (units.rung >= 1).astype(float), (units.rung >= 3).astype(float)
    found = np.zeros((len(units), len(HABITS)))
    found[:, 0], found[:, 1], found[:, 2] = joining_odds, units.violent, units.is_foe
    for row in range(len(units)):
        past = np.flatnonzero((units.over < days[row]) & (days < days[row]))
        weight = np.exp(-(days[row] - days[past]) / HABIT_FADE)
        found[row, 3:] = pooled(
            weight,
            backed[past],
            armed[past],
            state[past] == state[row],
            actor[past],
            foe[past],
            int(actor[row]),
            int(foe[row]),
        )
    return found


def pooled(
    weight: Floats, backed: Floats, armed: Floats, mine: Bools, actors: Ints, foes: Ints, actor: int, foe: int
) -> list[float]:
    """The rates of `HABITS` from `habit` on, as log odds: each is drawn to the wider one where cases are few."""

    def rate(rows: Bools, what: Floats, prior: float, strength: float) -> float:
        return float((weight[rows] @ what[rows] + strength * prior) / (weight[rows].sum() + strength))

    every = np.ones(len(weight), dtype=np.bool_)
    world, world_arms = rate(every, backed, 0.125, 4), rate(every, armed, 0.0125, 4)
    own, own_arms = rate(mine, backed, world, 8), rate(mine, armed, world_arms, 8)
    for_actor, against_foe = mine & (actors == actor), mine & (foes == foe) & (foe >= 0)
    rates = [
        own,
        own_arms,
        rate(for_actor, backed, own, 2),
        rate(for_actor, armed, own_arms, 2),
        rate(against_foe, backed, own, 2),
        rate(against_foe, armed, own_arms, 2),
        rate(mine & (actors == foe), backed, own, 2),
        rate(mine & (foes == actor), backed, own, 2),
    ]
    return [float(np.log(r / (1 - r))) for r in rates]


@dataclass(frozen=True)
class Ladder:
    """A fitted ladder. `names` are `HABITS` and then shared features; `intercepts` those of the last year known."""

    names: tuple[str, ...]
    mean: Floats
    sd: Floats
    weights: Floats
    intercepts: tuple[float, ...]

    def standardised(self, habit: Floats, table: FeatureTable) -> Floats:
        """Values in standard deviations; missing ones are 0."""
        x = np.concatenate([habit, scaled(table, FEATURES)], axis=1)
        with np.errstate(invalid="ignore"):
            z = (x - self.mean) / self.sd
        clipped: Floats = np.clip(np.nan_to_num(z, nan=0.0), -LIMIT, LIMIT)
        return clipped

    def contributions(self, habit: Floats, table: FeatureTable) -> Floats:
        """What every name adds to the score of every row; they sum to `score`."""
        parts = self.standardised(habit, table) * self.weights
        for name in ("for_actor", "against_foe"):
            at = self.names.index(name)
            parts[:, at] += POOLED * np.nan_to_num(habit[:, at] - self.mean[at])
        return parts

    def score(self, habit: Floats, table: FeatureTable) -> Floats:
        """The score of every row, without intercept."""
        total: Floats = self.contributions(habit, table).sum(axis=1)
        return total

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = Logit(self.names, self.mean, self.sd, self.weights, 0.0).to_dict()
        del plain["intercept"]
        return {**plain, "intercepts": [round(value, 6) for value in self.intercepts]}

    @staticmethod
    def from_dict(plain: dict[str, Any]) -> Ladder:
        """The inverse of `to_dict`."""
        base = Logit.from_dict({**plain, "intercept": 0.0})
        return Ladder(base.names, base.mean, base.sd, base.weights, tuple(float(v) for v in plain["intercepts"]))


def sign_of(name: str) -> int:
    """The sign a column's weight may have."""
    return HABITS[name][1] if name in HABITS else catalogue()[name].sign


def label_of(name: str) -> str:
    """A column in words."""
    return HABITS[name][0] if name in HABITS else catalogue()[name].label


def fit_ladder(units: LadderUnits, habit: Floats, table: FeatureTable, train: Bools) -> Ladder:
    """Fit on the rows marked; intercepts are those of the year after the last of them."""
    names = (*HABITS, *FEATURES)
    x = np.concatenate([habit, scaled(table, FEATURES)], axis=1)[train]
    mean, sd = np.zeros(len(names)), np.full(len(names), np.inf)
    known = np.isfinite(x).any(axis=0)
    mean[known], sd[known] = np.nanmean(x[:, known], axis=0), np.nanstd(x[:, known], axis=0)
    sd[sd < 1e-9] = np.inf
    start = Ladder(names, np.round(mean, 6), np.round(sd, 6), np.zeros(len(names)), ())
    chosen = table.take(train)
    z, offset, rung = start.standardised(habit[train], chosen), start.score(habit[train], chosen), units.rung[train]
    order = np.lexsort((offset, rung, z @ np.arange(1, z.shape[1] + 1)))
    z, offset, rung = z[order], offset[order], rung[order]
    # One set of weights for both steps: rows twice, the second time with a step of their own, hardly held by the ridge.
    rows = np.concatenate([np.c_[z, np.full(len(z), 10.0 * at), offset] for at in range(len(STEPS))])
    reached = np.concatenate([(rung >= step).astype(np.float64) for step in STEPS])
    signs = [*(sign_of(name) for name in names), 0]
    weights, _ = signed_ridge(rows[:, :-1], reached, np.ones(len(rows)), RIDGE, signs, rows[:, -1])
    fitted = Ladder(names, start.mean, start.sd, weights[:-1], ())
    last = int(units.years[train].max()) + 1
    score = fitted.score(habit, table)
    return Ladder(names, start.mean, start.sd, weights[:-1], intercepts(units, score, last))


def intercepts(units: LadderUnits, score: Floats, year: int) -> tuple[float, ...]:
    """For each step, the intercept that would have foreseen the crises over before a year in sum; recent ones
    count more.
    """
    new_year = dt.date(year, 1, 1).toordinal()
    past = (units.over < new_year) & (units.years < year)
    weight = np.exp(-(year - units.years[past]) / FADE)
    found = []
    for step in range(1, len(RUNGS)):
        target = max(float(weight @ (units.rung[past] >= step)), 0.3)
        low, high = -15.0, 10.0
        for _ in range(50):
            middle = (low + high) / 2
            if float(weight @ sigmoid(score[past] + middle)) > target:
                high = middle
            else:
                low = middle
        found.append(middle)
    return tuple(found)


def rung_probabilities(score: Floats, steps: Sequence[float]) -> Floats:
    """Probabilities of none … force of every row, from its score and the intercepts of the four steps."""
    reached = np.stack([np.ones(len(score)), *(sigmoid(score + step) for step in steps)], axis=1)
    reached = np.minimum.accumulate(reached, axis=1)
    p: Floats = np.concatenate([reached[:, :-1] - reached[:, 1:], reached[:, -1:]], axis=1)
    held = np.clip(p, 1e-4, 1)
    shares: Floats = held / held.sum(axis=1, keepdims=True)
    return shares


def by_year(units: LadderUnits, score: Floats, rows: Bools) -> Floats:
    """Probabilities of the rows marked, each with the intercepts known as its year began."""
    found = np.full((len(units), len(RUNGS)), np.nan)
    for year in np.unique(units.years[rows]):
        chosen = rows & (units.years == year)
        found[chosen] = rung_probabilities(score[chosen], intercepts(units, score, int(year)))
    return found[rows]
