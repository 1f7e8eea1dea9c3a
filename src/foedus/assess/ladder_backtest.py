"""The track record of the ladder: how far great powers went for ICB's crisis actors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess import baselines, features, joining, ladder, metrics
from foedus.assess.backtest import MODEL, Backtest, Miss, Scores, state_names, windows, with_intervals
from foedus.assess.history import from_tables
from foedus.assess.icb import RUNGS, ladder_units
from foedus.assess.sources import Bools, Floats, Sources
from foedus.assess.units import shared_starts, units
from foedus.errors import DataError

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

LADDER_EDGES: Final = (0.0, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 1.01)


def ladder_backtest(
    tables: Tables,
    train_until: int,
    test: tuple[int, int],
    rolling: int | None = None,
    *,
    boosting: bool = True,
    runs: int = 300,
    say: Callable[[str], None] = lambda _: None,
) -> Backtest:
    """The ladder: how far great powers went for ICB's crisis actors."""
    import pandas as pd

    splits = windows(test, train_until, rolling)
    say("reading tables")
    sources = from_tables(tables)
    rows = ladder_units(tables, sources)
    years = rows.years
    wanted_all = (years >= test[0]) & (years <= test[1])
    if not wanted_all.any() or not (years <= train_until).any():
        raise DataError(
            f"{tables.folder}: table 'icb2v14' holds {int((years <= train_until).sum())} rows to {train_until} and "
            f"{int(wanted_all.sum())} in {test[0]}-{test[1]}; ICB begins in 1918"
        )
    say(f"features of {len(rows):,} rows")
    table = features.table(sources, rows.units)
    joins = units(sources, sources.disputes)
    joins = joins.take(joins.relevant)
    join_table = features.table(sources, joins)
    shared = shared_starts(sources, sources.disputes)
    shared = shared.take(shared.relevant)
    shared_table = features.table(sources, shared)
    found: dict[str, Floats] = {}
    for until, first, last in splits:
        wanted, train = (years >= first) & (years <= last), years <= until
        if not wanted.any():
            continue
        say(f"fitting to {until}, scoring {first}-{last}")
        before, early = joins.years <= until, shared.years <= until
        joiner = joining.fit(
            join_table.take(before), joins.joined[before], shared_table.take(early), shared.joined[early]
        )
        habit = ladder.habits(rows, joiner.log_odds(table))
        model = ladder.fit_ladder(rows, habit, table, train)
        score = model.score(habit, table)
        rates = np.bincount(rows.rung[train], minlength=len(RUNGS)) / train.sum()
        results = {"base rates": np.tile(np.clip(rates, 1e-4, 1), (int(wanted.sum()), 1))}
        if boosting:
            classes, coded = np.unique(rows.rung[train], return_inverse=True)
            target = np.zeros(len(rows), dtype=np.int64)
            target[train] = coded
            full = np.full((int(wanted.sum()), len(RUNGS)), 1e-4)
            everything = np.concatenate([table.values, rows.violent[:, None]], axis=1)
            full[:, classes] = np.clip(baselines.boosted(everything, target, train)[wanted], 1e-4, 1)
            results["boosting"] = full
        results[MODEL] = ladder.by_year(rows, score, wanted)
        for name, p in results.items():
            whole = found.setdefault(name, np.full((len(rows), len(RUNGS)), np.nan))
            whole[wanted] = p / p.sum(axis=1, keepdims=True)
    return _result(tables, sources, rows, wanted_all, found, splits, test, rolling, runs, pd)


def _result(
    tables: Tables, sources: Sources, rows: Any, tested: Bools, found: dict[str, Floats],
    splits: Sequence[tuple[int, int, int]], test: tuple[int, int], rolling: int | None, runs: int, pd: Any,
) -> Backtest:  # fmt: skip
    rung, crisis = rows.rung[tested], rows.crisis[tested]
    numbers, place = np.unique(crisis, return_inverse=True)
    scores: Scores = {}
    for name, whole in found.items():
        p = whole[tested]

        def score(weights: Floats, p: Floats = p) -> dict[str, float]:
            return ladder_scores(p, rung, weights[place])

        scores[name] = with_intervals(score(np.ones(len(numbers))), metrics.intervals(len(numbers), score, runs=runs))
    p = found[MODEL][tested]
    frame = pd.DataFrame({"crisis": crisis, "actor": rows.actor[tested], "power": rows.power[tested]})
    for at, name in enumerate(RUNGS):
        frame[f"p_{name}"] = p[:, at]
    names = state_names(tables)
    loss = -np.log(np.clip(p[np.arange(len(rung)), rung], 1e-9, 1))
    misses = [
        Miss(
            int(rows.years[tested][row]),
            int(crisis[row]),
            f"{names.get(int(rows.power[tested][row]), '?')} for {names.get(int(rows.actor[tested][row]), '?')}",
            float(p[row, rung[row]]),
            RUNGS[rung[row]].replace("_", " "),
            float(loss[row]),
        )
        for row in np.argsort(-loss, kind="stable")[:20]
    ]
    some, arms = 1 - p[:, 0], p[:, 3] + p[:, 4]
    return Backtest(
        design="ladder",
        population="ICB crisis actors × great powers",
        train=f"1918-{splits[0][0]}" + (f", refitted every {rolling} years" if rolling else ""),
        test=f"{test[0]}-{test[1]}",
        rows=len(rung),
        events=int((rung > 0).sum()),
        disputes=len(numbers),
        predictions=frame.sort_values(["crisis", "actor", "power"], ignore_index=True),
        scores=scores,
        bins={
            "any support": metrics.calibration(rung >= 1, some, LADDER_EDGES),
            "military aid or force": metrics.calibration(rung >= 3, arms, LADDER_EDGES),
        },
        misses=misses,
        coverage={},
        periods=[],
        notes=list(sources.notes),
    )


def ladder_scores(p: Floats, rung: Any, weight: Floats) -> dict[str, float]:
    """Scores of the ladder: ranked probability score, log loss, AUC of reaching two of its steps."""
    rows = np.arange(len(rung))
    total = weight.sum()
    loss = -np.log(np.clip(p[rows, rung], 1e-9, 1))
    return {
        "ranked_probability_score": float((weight * metrics.ranked_probability_score(p, rung)).sum() / total),
        "log_loss": float((weight * loss).sum() / total),
        "auc_verbal": _auc(rung >= 1, 1 - p[:, 0], weight),
        "auc_military_aid": _auc(rung >= 3, p[:, 3] + p[:, 4], weight),
    }


def _auc(hit: Bools, p: Floats, weight: Floats) -> float:
    values, place = np.unique(p, return_inverse=True)
    hits = np.bincount(place, weights=weight * hit, minlength=len(values))
    misses = np.bincount(place, weights=weight * ~hit, minlength=len(values))
    whole = hits.sum() * misses.sum()
    return float((hits * (np.cumsum(misses) - misses / 2)).sum() / whole) if whole else float("nan")
