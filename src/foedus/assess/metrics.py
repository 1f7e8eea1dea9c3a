"""Scores of probabilities, each with a bootstrap over disputes: rows of one dispute stand or fall together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

import numpy as np

from foedus.assess.sources import Bools, Floats, Ints

NAMES: Final = ("auc", "auc_in_blocks", "average_precision", "log_loss", "brier", "predicted_over_observed")
FLOOR: Final = 1e-6


@dataclass
class Scored:
    """Outcomes and probabilities sorted once, so that a resample costs one pass."""

    outcome: Bools
    probability: Floats
    block: Ints
    dispute: Ints
    _blocks: tuple[Floats, Ints] | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        order = np.lexsort((self.block, self.outcome, self.probability))
        self.outcome, self.probability = self.outcome[order], self.probability[order]
        self.block, self.dispute = self.block[order], self.dispute[order]
        _, self._starts = np.unique(self.probability, return_index=True)
        self._disputes, self._place = np.unique(self.dispute, return_inverse=True)
        held = np.clip(self.probability, FLOOR, 1 - FLOOR)
        self._loss = np.where(self.outcome, -np.log(held), -np.log1p(-held))
        self._square = (self.probability - self.outcome) ** 2

    def score(self, weights: Floats | None = None) -> dict[str, float]:
        """All scores of `NAMES`, with a weight for each dispute (in sorted order of their numbers) where given."""
        w = np.ones(len(self.outcome)) if weights is None else weights[self._place]
        total, hits = w.sum(), (w * self.outcome).sum()
        if total == 0 or hits == 0:
            return dict.fromkeys(NAMES, float("nan"))
        return {
            "auc": self._auc(w),
            "auc_in_blocks": self._in_blocks(weights),
            "average_precision": self._average_precision(w),
            "log_loss": float((w * self._loss).sum() / total),
            "brier": float((w * self._square).sum() / total),
            "predicted_over_observed": float((w * self.probability).sum() / hits),
        }

    def _auc(self, w: Floats) -> float:
        hits, misses = w * self.outcome, w * ~self.outcome
        tied_hits = np.add.reduceat(hits, self._starts)
        tied_misses = np.add.reduceat(misses, self._starts)
        below = np.cumsum(tied_misses) - tied_misses
        area = (tied_hits * (below + tied_misses / 2)).sum()
        whole = hits.sum() * misses.sum()
        return float(area / whole) if whole else float("nan")

    def _average_precision(self, w: Floats) -> float:
        hits = np.add.reduceat(w * self.outcome, self._starts)[::-1]
        every = np.add.reduceat(w, self._starts)[::-1]
        precision = np.cumsum(hits) / np.maximum(np.cumsum(every), 1e-12)
        return float((precision * hits).sum() / hits.sum())

    def _in_blocks(self, weights: Floats | None) -> float:
        if self._blocks is None:
            order = np.argsort(self.block, kind="stable")
            _, starts = np.unique(self.block[order], return_index=True)
            areas, owners = [], []
            for rows in np.split(order, starts[1:]):
                hit = self.outcome[rows]
                if 0 < hit.sum() < len(rows):
                    above = self.probability[rows][hit][:, None]
                    others = self.probability[rows][~hit][None, :]
                    areas.append(float(((above > others) + 0.5 * (above == others)).mean()))
                    owners.append(int(self._place[rows[0]]))
            self._blocks = np.asarray(areas), np.asarray(owners, dtype=np.int64)
        areas_, owners_ = self._blocks
        if not len(areas_):
            return float("nan")
        w = np.ones(len(areas_)) if weights is None else weights[owners_]
        return float((w * areas_).sum() / w.sum()) if w.sum() else float("nan")

    @property
    def disputes(self) -> int:
        """Number of disputes."""
        return len(self._disputes)


def intervals(
    size: int, score: Callable[[Floats], dict[str, float]], *, runs: int = 300, seed: int = 1
) -> dict[str, tuple[float, float]]:
    """90 % bootstrap intervals of scores that take a weight for each of `size` disputes."""
    source = np.random.default_rng(seed)
    found: dict[str, list[float]] = {}
    for _ in range(runs):
        weights = np.bincount(source.integers(0, size, size), minlength=size).astype(np.float64)
        for name, value in score(weights).items():
            found.setdefault(name, []).append(value)
    return {name: _between(values) for name, values in found.items()}


def _between(values: list[float]) -> tuple[float, float]:
    kept = [value for value in values if value == value]
    if not kept:
        return float("nan"), float("nan")
    low, high = np.percentile(kept, [5, 95])
    return float(low), float(high)


@dataclass(frozen=True)
class Bin:
    """Rows with a forecast between `low` and `high`: how many, the mean forecast, what happened and its 90 %
    interval.
    """

    low: float
    high: float
    count: int
    forecast: float
    happened: int
    rate_low: float
    rate_high: float

    @property
    def rate(self) -> float:
        """Share of the rows where it happened."""
        return self.happened / self.count


def calibration(outcome: Bools, probability: Floats, edges: tuple[float, ...]) -> list[Bin]:
    """Forecasts beside outcomes by band; intervals by Wilson's formula."""
    bins = []
    for low, high in pairwise(edges):
        rows = (probability >= low) & (probability < high)
        count, happened = int(rows.sum()), int(outcome[rows].sum())
        if count:
            bins.append(Bin(low, high, count, float(probability[rows].mean()), happened, *wilson(happened, count)))
    return bins


def wilson(happened: int, count: int, z: float = 1.645) -> tuple[float, float]:
    """Wilson's interval (90 % by default) of a share."""
    if not count:
        return 0.0, 1.0
    share = happened / count
    middle = (share + z * z / (2 * count)) / (1 + z * z / count)
    half = z * np.sqrt(share * (1 - share) / count + z * z / (4 * count * count)) / (1 + z * z / count)
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))


def ranked_probability_score(probabilities: Floats, rung: Ints) -> Floats:
    """For each row, the mean squared distance of cumulated forecast and outcome over the steps of the ladder."""
    steps = probabilities.shape[1] - 1
    forecast = np.cumsum(probabilities, axis=1)[:, :-1]
    outcome = (rung[:, None] <= np.arange(steps)[None, :]).astype(np.float64)
    score: Floats = ((forecast - outcome) ** 2).sum(axis=1) / steps
    return score
