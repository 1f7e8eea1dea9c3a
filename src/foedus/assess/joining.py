"""The model of joining: a logit with a ridge whose weights may not contradict what is known of their sign.

Standing beside someone before, a pact, a common foe may raise the odds or leave them alone, never lower them;
where theory is
silent (regime, wealth, own wars) the weight is free. The signs stand in `data/features.csv`. With 190 joins to
learn from before
1946 they do more for the years after than any tuning. Missing values count as the mean: they say nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

import numpy as np

from foedus.assess.features import FeatureTable
from foedus.assess.sources import Bools, Floats, Ints

RIDGE: Final = 200.0
"""Strength of the ridge; chosen by rolling validation inside 1816–1945 (see docs/method.md)."""
SHARED_WEIGHT: Final = 0.3
"""Weight of a row from `units.shared_starts` beside a real one; chosen the same way."""
LIMIT: Final = 4.0
"""Standardised values are held within this many standard deviations."""


@dataclass(frozen=True, slots=True)
class Column:
    """What a feature means: label in words, family, the sign its weight may have (0 free), scale, and table it
    comes from.
    """

    name: str
    label: str
    group: str
    sign: int
    scale: str
    source: str


@cache
def catalogue() -> dict[str, Column]:
    """Every feature of the table, by name."""
    with files("foedus.assess").joinpath("data", "features.csv").open(encoding="utf-8") as file:
        return {
            row["name"]: Column(row["name"], row["label"], row["group"], int(row["sign"]), row["scale"], row["source"])
            for row in csv.DictReader(file)
        }


def scaled(table: FeatureTable, names: Sequence[str]) -> Floats:
    """The columns named, counts and rates on a log scale."""
    known = catalogue()
    columns = []
    for name in names:
        value = table[name]
        if known[name].scale == "log3":
            value = np.log1p(3 * value)
        elif known[name].scale == "log":
            value = np.log(value)
        columns.append(value)
    return np.stack(columns, axis=1)


@dataclass(frozen=True)
class Logit:
    """A fitted logit: log odds = intercept + sum of weight × standardised value. Plain numbers, so it saves as JSON."""

    names: tuple[str, ...]
    mean: Floats
    sd: Floats
    weights: Floats
    intercept: float

    def standardised(self, table: FeatureTable) -> Floats:
        """Values in standard deviations from the mean of the fit; a missing value is 0."""
        with np.errstate(invalid="ignore"):
            z = (scaled(table, self.names) - self.mean) / self.sd
        clipped: Floats = np.clip(np.nan_to_num(z, nan=0.0), -LIMIT, LIMIT)
        return clipped

    def log_odds(self, table: FeatureTable) -> Floats:
        """Log odds of every row."""
        odds: Floats = self.standardised(table) @ self.weights + self.intercept
        return odds

    def contributions(self, table: FeatureTable) -> Floats:
        """What every feature adds to the log odds of every row; with the intercept they sum to `log_odds`."""
        parts: Floats = self.standardised(table) * self.weights
        return parts

    def predict(self, table: FeatureTable) -> Floats:
        """Probability of every row."""
        return sigmoid(self.log_odds(table))

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {
            "names": list(self.names),
            "mean": [round(float(v), 6) for v in self.mean],
            "sd": [round(float(v), 6) if np.isfinite(v) else None for v in self.sd],
            "weights": [round(float(v), 6) for v in self.weights],
            "intercept": round(self.intercept, 6),
        }

    @staticmethod
    def from_dict(plain: dict[str, Any]) -> Logit:
        """The inverse of `to_dict`."""
        return Logit(
            tuple(plain["names"]),
            np.asarray(plain["mean"]),
            np.asarray([np.inf if v is None else v for v in plain["sd"]]),
            np.asarray(plain["weights"]),
            float(plain["intercept"]),
        )


def sigmoid(log_odds: Floats) -> Floats:
    """Probability of log odds."""
    p: Floats = 1 / (1 + np.exp(-np.clip(log_odds, -35, 35)))
    return p


def log_odds(p: Floats) -> Floats:
    """Log odds of a probability, held off 0 and 1."""
    held = np.clip(p, 1e-9, 1 - 1e-9)
    odds: Floats = np.log(held / (1 - held))
    return odds


def fit(
    table: FeatureTable,
    joined: Bools,
    extra: FeatureTable | None = None,
    extra_joined: Bools | None = None,
    *,
    ridge: float = RIDGE,
    signed: bool = True,
    names: Sequence[str] | None = None,
) -> Logit:
    """Fit on a table, with rows of `shared_starts` as `extra`; the intercept then makes real joins come out right
    in sum.

    Rows are put into an order of their own first, so that the order they came in cannot show in the last digit.
    """
    chosen = tuple(names or table.names)
    x = scaled(table, chosen)
    known = np.isfinite(x).any(axis=0)
    mean = np.zeros(len(chosen))
    sd = np.full(len(chosen), np.inf)
    mean[known] = np.nanmean(x[:, known], axis=0)
    sd[known] = np.nanstd(x[:, known], axis=0)
    sd[sd < 1e-9] = np.inf
    blank = Logit(chosen, np.round(mean, 6), np.round(sd, 6), np.zeros(len(chosen)), 0.0)
    z, y = blank.standardised(table), joined.astype(np.float64)
    weight = np.ones(len(y))
    real = np.ones(len(y), dtype=np.bool_)
    if extra is not None and extra_joined is not None and len(extra.values):
        z = np.concatenate([z, blank.standardised(extra)])
        y = np.concatenate([y, extra_joined.astype(np.float64)])
        weight = np.concatenate([weight, np.full(len(extra_joined), SHARED_WEIGHT)])
        real = np.concatenate([real, np.zeros(len(extra_joined), dtype=np.bool_)])
    order = np.lexsort(
        (*(np.round(z[:, at], 4) for at in range(min(12, z.shape[1]))), z @ np.arange(1, z.shape[1] + 1), y)
    )
    z, y, weight, real = z[order], y[order], weight[order], real[order]
    signs = [catalogue()[name].sign if signed else 0 for name in chosen]
    weights, intercept = signed_ridge(z, y, weight, ridge, signs)
    odds = z[real] @ weights
    for _ in range(50):
        step = np.log(y[real].sum() / sigmoid(odds + intercept).sum())
        intercept += float(step)
        if abs(step) < 1e-10:
            break
    return Logit(chosen, blank.mean, blank.sd, weights, intercept)


def signed_ridge(
    z: Floats, y: Floats, weight: Floats, ridge: float, signs: Sequence[int], offset: Floats | None = None
) -> tuple[Floats, float]:
    """Weights and intercept of a ridge logit whose weights keep their signs (L-BFGS-B); `offset` is added
    unweighted.
    """
    from scipy.optimize import minimize

    given = np.zeros(len(y)) if offset is None else offset

    def loss(b: Floats) -> tuple[float, Floats]:
        e = z @ b[1:] + b[0] + given
        p = sigmoid(e)
        value = float((weight * (np.logaddexp(0, e) - y * e)).sum() + ridge * (b[1:] ** 2).sum() / 2)
        slope = weight * (p - y)
        return value, np.concatenate([[slope.sum()], z.T @ slope + ridge * b[1:]])

    held = [(None, None), *((0, None) if s > 0 else (None, 0) if s < 0 else (None, None) for s in signs)]
    start = np.zeros(z.shape[1] + 1)
    start[0] = np.log((weight * y).sum() / (weight * (1 - y)).sum())
    found = minimize(
        loss, start, jac=True, bounds=held, method="L-BFGS-B", options={"maxiter": 1000, "ftol": 1e-10, "gtol": 1e-5}
    )
    return found.x[1:], float(found.x[0])


def spread(model: Logit, table: FeatureTable, joined: Bools, ridge: float = RIDGE) -> Floats:
    """Covariance of the weights and the intercept (last) by Laplace's approximation, from the rows of the fit."""
    z = np.concatenate([model.standardised(table), np.ones((len(joined), 1))], axis=1)
    p = model.predict(table)
    held = np.diag([*([ridge] * len(model.names)), 1e-6])
    information = (z * (p * (1 - p))[:, None]).T @ z + held
    covariance: Floats = np.linalg.inv(information)
    return covariance


def unsure(model: Logit, table: FeatureTable, covariance: Floats) -> Floats:
    """Standard deviation of the log odds of every row that the weights' own uncertainty makes."""
    z = np.concatenate([model.standardised(table), np.ones((len(table.values), 1))], axis=1)
    variance: Floats = np.maximum(np.einsum("ij,jk,ik->i", z, covariance, z, optimize=True), 0)
    return np.sqrt(variance)


def wandering(p: Floats, joined: Bools, years: Ints, window: int = 5) -> float:
    """How far the level strays between windows of years beyond chance: a standard deviation on the log scale."""
    excess, weight = 0.0, 0.0
    for group in np.unique(years // window):
        rows = years // window == group
        foreseen, seen = float(p[rows].sum()), float(joined[rows].sum())
        if foreseen >= 1:
            excess += (seen - foreseen) ** 2 - foreseen
            weight += foreseen**2
    return float(np.sqrt(max(excess / weight, 0.0))) if weight else 0.5


@dataclass(frozen=True)
class Drift:
    """The running correction of the level: joins seen over joins foreseen, both fading with `years`; `shift` is
    its log.
    """

    seen: float
    foreseen: float
    years: float = 12.0
    prior: float = 1.0

    @property
    def shift(self) -> float:
        """What to add to the log odds."""
        return float(np.log((self.seen + self.prior) / (self.foreseen + self.prior)))


def drifts(
    p: Floats, joined: Bools, entered: Ints, years: Ints, wanted: Sequence[int], fade: float = 12.0
) -> dict[int, Drift]:
    """For each year wanted, the drift as known on its 1st of January: earlier disputes, and joins that had
    happened by then.
    """
    import datetime as dt

    every = np.arange(int(years.min()), int(years.max()) + 1) if len(years) else np.zeros(0, dtype=np.int64)
    foreseen = np.bincount(years - every[0], weights=p, minlength=len(every)) if len(years) else every.astype(float)
    entries = [(int(y), int(e)) for y, e in zip(years[joined], entered[joined], strict=True)]
    found = {}
    for year in wanted:
        new_year = dt.date(year, 1, 1).toordinal()
        past = every < year
        fading = np.exp(-(year - every[past]) / fade)
        seen = sum(np.exp(-(year - y) / fade) for y, e in entries if y < year and e < new_year)
        found[year] = Drift(float(seen), float((fading * foreseen[past]).sum()), fade)
    return found


def corrected(p: Floats, years: Ints, by_year: dict[int, Drift]) -> Floats:
    """Probabilities with each row's year's drift applied."""
    shift = np.asarray([by_year[int(year)].shift for year in years]) if len(years) else np.zeros(0)
    return sigmoid(log_odds(p) + shift)
