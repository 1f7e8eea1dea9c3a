"""The track record: models fitted on what was known, scored on what came after, beside the baselines in the same
run.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess import baselines, features, joining, metrics
from foedus.assess.history import from_tables
from foedus.assess.metrics import Bin, Scored
from foedus.assess.sources import Bools, Floats, Sources
from foedus.assess.units import Units, shared_starts, units
from foedus.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables

MODEL: Final = "foedus"
EDGES: Final = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 1.01)
Scores = dict[str, dict[str, tuple[float, float, float]]]
"""For each model and score: value, and the low and high end of its 90 % interval."""


@dataclass(frozen=True)
class Miss:
    """A forecast that went wrong: what was foreseen, what happened, in words."""

    year: int
    dispute: int
    text: str
    probability: float
    happened: str
    loss: float


@dataclass
class Backtest:
    """What one run found. `predictions` is the frame that the command writes; `scores` hold every model of the run."""

    design: str
    population: str
    train: str
    test: str
    rows: int
    events: int
    disputes: int
    predictions: pd.DataFrame
    scores: Scores
    bins: dict[str, list[Bin]]
    misses: list[Miss]
    coverage: dict[str, Any]
    periods: list[dict[str, Any]]
    seconds: float = 0.0
    notes: list[str] = field(default_factory=list)

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON, without the predictions."""
        from dataclasses import asdict

        plain = {name: value for name, value in self.__dict__.items() if name != "predictions"}
        plain["bins"] = {name: [asdict(one) | {"rate": one.rate} for one in bins] for name, bins in self.bins.items()}
        plain["misses"] = [asdict(miss) for miss in self.misses]
        return plain


def windows(test: tuple[int, int], train_until: int, rolling: int | None) -> list[tuple[int, int, int]]:
    """(train until, first, last test year) of each refit."""
    low, high = test
    if low > high:
        raise DataError(f"the test years {low}-{high} run backwards; give them as FIRST-LAST")
    if train_until >= low:
        raise DataError(
            f"training to {train_until} would see the test years from {low} on; train until {low - 1} at most"
        )
    if not rolling:
        return [(train_until, low, high)]
    return [
        (train_until if first == low else first - 1, first, min(first + rolling - 1, high))
        for first in range(low, high + 1, rolling)
    ]


def stacked(
    tables: Tables,
    train_until: int,
    test: tuple[int, int],
    population: str = "relevant",
    rolling: int | None = None,
    *,
    boosting: bool = True,
    runs: int = 300,
    say: Callable[[str], None] = lambda _: None,
) -> Backtest:
    """The stacked design: who joins which side. Raises DataError where the folder or the years do not allow it."""
    splits = windows(test, train_until, rolling)
    say("reading tables")
    sources = from_tables(tables)
    every = units(sources, sources.disputes)
    every = every.take(every.population(population))
    years = every.years
    if not ((years <= train_until).any() and every.joined[years <= train_until].any()):
        raise DataError(f"{tables.folder} holds no joins to learn from up to {train_until}; train until a later year")
    if not ((years >= test[0]) & (years <= test[1])).any():
        raise DataError(f"{tables.folder} holds no disputes in {test[0]}-{test[1]}; its {sources.reach}")
    say(f"features of {len(every):,} rows")
    table = features.table(sources, every)
    shared = shared_starts(sources, sources.disputes)
    if population != "all":
        shared = shared.take(shared.relevant | (shared.region if population == "war" else False))
    shared_table = features.table(sources, shared)
    found: dict[str, Floats] = {}
    low_high = np.full((len(every), 2), np.nan)
    tested = np.zeros(len(every), dtype=np.bool_)
    for until, first, last in splits:
        train, wanted = years <= until, (years >= first) & (years <= last)
        if not wanted.any():
            continue
        tested |= wanted
        say(f"fitting on 1816-{until}, scoring {first}-{last}")
        for name, p in baselines.joining_baselines(table, every.joined, train, boosting=boosting).items():
            found.setdefault(name, np.full(len(every), np.nan))[wanted] = p[wanted]
        before = shared.years <= until
        model = joining.fit(table.take(train), every.joined[train], shared_table.take(before), shared.joined[before])
        p, deviation = with_drift(model, table, every, train, wanted)
        for name, values in (("foedus without drift", model.predict(table)), (MODEL, p)):
            found.setdefault(name, np.full(len(every), np.nan))[wanted] = values[wanted]
        odds = joining.log_odds(p[wanted])
        reach = 1.645 * deviation[wanted]
        low_high[wanted] = np.stack([joining.sigmoid(odds - reach), joining.sigmoid(odds + reach)], axis=1)
    say("scoring")
    return _stacked_result(
        tables, sources, every, table, tested, found, low_high, population, splits, test, rolling, runs
    )


def with_drift(
    model: joining.Logit, table: features.FeatureTable, rows: Units, train: Bools, wanted: Bools
) -> tuple[Floats, Floats]:
    """Probabilities with the running correction of the level, and the standard deviation of their log odds."""
    plain = model.predict(table)
    years = rows.years
    by_year = joining.drifts(plain, rows.joined, rows.entered, years, sorted(set(years[wanted].tolist())))
    p = plain.copy()
    p[wanted] = joining.corrected(plain[wanted], years[wanted], by_year)
    covariance = joining.spread(model, table.take(train), rows.joined[train])
    stray = joining.wandering(plain[train], rows.joined[train], years[train])
    deviation = np.sqrt(joining.unsure(model, table, covariance) ** 2 + stray**2)
    return p, deviation


def _stacked_result(
    tables: Tables,
    sources: Sources,
    every: Units,
    table: features.FeatureTable,
    tested: Bools,
    found: dict[str, Floats],
    low_high: Floats,
    population: str,
    splits: Sequence[tuple[int, int, int]],
    test: tuple[int, int],
    rolling: int | None,
    runs: int,
) -> Backtest:
    import pandas as pd

    rows = every.take(tested)
    numbers = np.asarray([dispute.id for dispute in every.disputes])
    scores: Scores = {}
    for name, p in found.items():
        scored = Scored(rows.joined, p[tested], rows.blocks, rows.case)
        scores[name] = with_intervals(scored.score(), metrics.intervals(scored.disputes, scored.score, runs=runs))
    p = found[MODEL][tested]
    frame = pd.DataFrame(
        {
            "dispute": numbers[rows.case],
            "helped_side": np.where(rows.side == 0, "a", "b"),
            "state": np.asarray(sources.keys)[rows.state],
            "probability": p,
            "low": low_high[tested, 0],
            "high": low_high[tested, 1],
        }
    ).sort_values(["dispute", "helped_side", "state"], ignore_index=True)
    names = state_names(tables)
    return Backtest(
        design="stacked",
        population=population,
        train=f"1816-{splits[0][0]}" + (f", refitted every {rolling} years" if rolling else ""),
        test=f"{test[0]}-{test[1]}",
        rows=len(rows),
        events=int(rows.joined.sum()),
        disputes=len(set(rows.case.tolist())),
        predictions=frame,
        scores=scores,
        bins={
            name: metrics.calibration(rows.joined, found[name][tested], EDGES) for name in found if name != "constant"
        },
        misses=_misses(sources, rows, p, names),
        coverage=coverage(p, low_high[tested], rows),
        periods=_periods(rows, p, found["constant"][tested]),
        notes=list(sources.notes),
    )


def with_intervals(
    values: dict[str, float], between: dict[str, tuple[float, float]]
) -> dict[str, tuple[float, float, float]]:
    """Each score with the ends of its interval."""
    return {name: (value, *between.get(name, (float("nan"), float("nan")))) for name, value in values.items()}


def state_names(tables: Tables) -> dict[int, str]:
    """Names of states by COW number, for people to read."""
    frame = tables["cow_states"]
    return {int(code): str(name) for code, name in zip(frame["ccode"], frame["statenme"], strict=True)}


def _misses(sources: Sources, rows: Units, p: Floats, names: dict[int, str], each: int = 12) -> list[Miss]:
    def called(state: int) -> str:
        key = sources.keys[state]
        return names.get(key, str(key)) if isinstance(key, int) else str(key)

    loss = np.where(rows.joined, -np.log(np.clip(p, 1e-9, 1)), -np.log1p(-np.clip(p, 0, 1 - 1e-9)))
    worst = [*np.argsort(np.where(rows.joined, -loss, 0), kind="stable")[:each]]
    worst += [*np.argsort(np.where(rows.joined, 0, -loss), kind="stable")[:each]]
    found = []
    for row in worst:
        dispute, side = rows.disputes[rows.case[row]], int(rows.side[row])
        helped = ", ".join(called(s) for s in dispute.sides[side])
        other = ", ".join(called(s) for s in dispute.sides[1 - side])
        text = f"{called(int(rows.state[row]))} for {helped} against {other}"
        happened = "joined" if rows.joined[row] else "stayed out"
        found.append(Miss(dispute.year, dispute.id, text, float(p[row]), happened, float(loss[row])))
    return sorted(found, key=lambda miss: -miss.loss)


def coverage(p: Floats, low_high: Floats, rows: Units, draws: int = 2000, seed: int = 3) -> dict[str, Any]:
    """How often the joins of a group of rows (five years × band of risk) fell into the group's 90 % interval.

    A group's interval comes from drawing one common error of the log odds for the group, as wide as its rows'
    intervals say,
    and then the joins themselves.
    """
    source = np.random.default_rng(seed)
    ranks = np.argsort(np.argsort(p)) / max(len(p) - 1, 1)
    band = np.digitize(ranks, [0.5, 0.8, 0.95, 0.99])
    group = (rows.years // 5) * 10 + band
    inside = total = 0
    listed = []
    for number in np.unique(group):
        chosen = group == number
        odds = joining.log_odds(p[chosen])
        deviation = float(np.mean((joining.log_odds(low_high[chosen, 1]) - odds) / 1.645))
        if p[chosen].sum() < 0.5:
            continue
        shift = source.normal(0, deviation, draws)
        means = np.asarray([joining.sigmoid(odds + one).sum() for one in shift[:400]])
        counts = source.poisson(np.repeat(means, draws // 400))
        low, high = np.percentile(counts, [5, 95])
        seen = int(rows.joined[chosen].sum())
        total += 1
        inside += int(low <= seen <= high)
        listed.append((int(number) // 10 * 5, int(number) % 10, float(p[chosen].sum()), float(low), float(high), seen))
    return {
        "groups": total,
        "inside": inside,
        "nominal": 0.9,
        "share": inside / total if total else None,
        "listed": listed,
    }


def _periods(rows: Units, p: Floats, constant: Floats) -> list[dict[str, Any]]:
    found = []
    decade = rows.years // 10 * 10
    for first in np.unique(decade):
        chosen = decade == first
        scored = Scored(rows.joined[chosen], p[chosen], rows.blocks[chosen], rows.case[chosen]).score()
        base = Scored(rows.joined[chosen], constant[chosen], rows.blocks[chosen], rows.case[chosen]).score()
        found.append(
            {
                "period": f"{first}s",
                "rows": int(chosen.sum()),
                "joins": int(rows.joined[chosen].sum()),
                **scored,
                "constant_log_loss": base["log_loss"],
            }
        )
    return found
