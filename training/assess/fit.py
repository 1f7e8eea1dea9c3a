"""Fit the shipped estimate on everything that the research tables hold, and write it with its card.

    python training/assess/fit.py [--until 1989] [--version 1]

The tables are found through FOEDUS_RESEARCH_DATA (default ../shared/data). Nothing is random: the same tables give the same files.
"""

from __future__ import annotations

import argparse
import json
import os
from pathlib import Path

import numpy as np

from foedus.assess import backtest, features, joining, ladder, metrics
from foedus.assess.history import from_tables
from foedus.assess.icb import RUNGS, ladder_units
from foedus.assess.units import shared_starts, units
from foedus.world.history.tables import Tables

MODELS = Path(__file__).parents[2] / "src" / "foedus" / "assess" / "models"
USE_OF_FORCE = 13  # GML-MID's hiact: blockade, occupation, seizure, attack, clash, war and beyond


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--until", type=int, default=1989)
    options.add_argument("--version", default="1")
    given = options.parse_args()
    folder = Path(os.environ.get("FOEDUS_RESEARCH_DATA", "../shared/data")) / "history"
    tables = Tables(folder)
    sources = from_tables(tables)
    every = units(sources, sources.disputes)
    every = every.take(every.relevant & (every.years <= given.until))
    table = features.table(sources, every)
    shared = shared_starts(sources, sources.disputes)
    shared = shared.take(shared.relevant & (shared.years <= given.until))
    model = joining.fit(table, every.joined, features.table(sources, shared), shared.joined)
    p = model.predict(table)
    after = given.until + 1
    drift = joining.drifts(p, every.joined, every.entered, every.years, [after])[after]
    covariance = joining.spread(model, table, every.joined)
    war = every.population("war")
    rows = ladder_units(tables, sources)
    ladder_table = features.table(sources, rows.units)
    habit = ladder.habits(rows, model.log_odds(ladder_table))
    steps = ladder.fit_ladder(rows, habit, ladder_table, rows.years <= given.until)
    plain = {
        "version": given.version,
        "joining": model.to_dict(),
        "wander": round(joining.wandering(p, every.joined, every.years), 4),
        "shift": round(drift.shift, 4),
        "war_shift": round(war_shift(model.log_odds(table)[war], every.joined[war]), 4),
        "force_share": round(force_share(tables), 4),
        "usual_rate": round(float(np.mean(np.log(table["base_rate_long"]))), 4),
        "ladder": steps.to_dict(),
        "ladder_wander": round(ladder_wander(rows, steps.score(habit, ladder_table), given.until), 4),
        "bands": bands(every, table, shared, features.table(sources, shared), given.until),
        "fitted": {
            "until": given.until,
            "rows": len(every),
            "joins": int(every.joined.sum()),
            "shared_starts": int(shared.joined.sum()),
            "disputes": len(sources.disputes),
            "ladder_rows": int((rows.years <= given.until).sum()),
            "rungs": {name: int((rows.rung == at).sum()) for at, name in enumerate(RUNGS)},
            "ridge": joining.RIDGE,
            "shared_weight": joining.SHARED_WEIGHT,
            "ladder_ridge": ladder.RIDGE,
            "pooled": ladder.POOLED,
        },
    }
    MODELS.mkdir(exist_ok=True)
    path = MODELS / f"assess-{given.version}.json"
    path.write_text(json.dumps(plain, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    np.savez_compressed(
        MODELS / f"assess-{given.version}.npz",
        covariance=covariance.astype(np.float32),
        ladder=ladder_spread(steps, habit, ladder_table, rows, given.until).astype(np.float32),
    )
    odds = odds_of(model, covariance)
    (MODELS / f"assess-{given.version}.md").write_text(card(plain, odds), encoding="utf-8")
    print(f"{path.name}: {plain['fitted']}")


def ladder_spread(model, habit, table, rows, until: int) -> np.ndarray:
    """Covariance of the ladder's weights and of its first step, by Laplace's approximation."""
    train = rows.years <= until
    z = np.c_[model.standardised(habit[train], table.take(train)), np.ones(int(train.sum()))]
    p = joining.sigmoid(model.score(habit, table)[train] + model.intercepts[0])
    held = np.diag([*([ladder.RIDGE] * len(model.names)), 1e-6])
    return np.linalg.inv((z * (p * (1 - p))[:, None]).T @ z + held)


def ladder_wander(rows, score: np.ndarray, until: int) -> float:
    """How far the level of support strays between five years and what the rolling intercepts foresaw."""
    tested = (rows.years > 1930) & (rows.years <= until)
    p = ladder.by_year(rows, score, tested)
    return joining.wandering(1 - p[:, 0], rows.rung[tested] >= 1, rows.years[tested])


def war_shift(odds: np.ndarray, joined: np.ndarray) -> float:
    """What must be added to the log odds for the joins of wars to come out right in sum."""
    shift = 0.0
    for _ in range(100):
        shift += float(np.log(joined.sum() / joining.sigmoid(odds + shift).sum()))
    return shift


def force_share(tables: Tables) -> float:
    """Share of joiners that used force."""
    part = tables["gml_part"]
    return float((part.loc[part["orig"] == 0, "hiact"] >= USE_OF_FORCE).mean())


def bands(every, table, shared, shared_table, until: int, first: int = 1946, step: int = 10) -> list[dict]:
    """How such estimates fared: out of time from 1946 on, refitted every ten years, by band of the forecast."""
    found = np.full(len(every), np.nan)
    for start in range(first, until + 1, step):
        train = every.years < start
        wanted = (every.years >= start) & (every.years < start + step)
        early = shared.years < start
        one = joining.fit(table.take(train), every.joined[train], shared_table.take(early), shared.joined[early])
        found[wanted] = backtest.with_drift(one, table, every, train, wanted)[0][wanted]
    rows = ~np.isnan(found)
    edges = (0.0, 0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 1.01)
    return [
        {
            "low": b.low, "high": min(b.high, 1.0), "count": b.count, "forecast": round(b.forecast, 5),
            "joined": b.happened, "rate_low": round(b.rate_low, 5), "rate_high": round(b.rate_high, 5),
        }
        for b in metrics.calibration(every.joined[rows], found[rows], edges)
    ]  # fmt: skip


def odds_of(model: joining.Logit, covariance: np.ndarray) -> list[tuple[str, float, float, float]]:
    """What one unit more of some facts multiplies the odds of joining by, with its 90 % interval."""
    told = ("client_defense", "client_consultation", "adversary_rivalry", "major", "war", "war_at_home", "democracy")
    found = []
    for name in told:
        at = model.names.index(name)
        reach = 1.645 * np.sqrt(covariance[at, at])
        low, middle, high = (np.exp((model.weights[at] + by) / model.sd[at]) for by in (-reach, 0.0, reach))
        found.append((joining.catalogue()[name].label, float(middle), float(low), float(high)))
    return found


def card(plain: dict, odds: list[tuple[str, float, float, float]]) -> str:
    fitted = plain["fitted"]
    lines = [
        f"# Estimate, version {plain['version']}",
        "",
        "Who joins a dispute on which side (GML-MID), and how far great powers go for a crisis actor (ICB).",
        "Made by `training/assess/fit.py`; plain numbers, no code, nothing random.",
        "",
        "| | |",
        "|---|---|",
        f"| fitted on | disputes and crises of 1816–{fitted['until']} |",
        f"| joining | {fitted['rows']:,} third states and sides, {fitted['joins']} joins; {fitted['shared_starts']} originators "
        f"beside originators as further examples (weight {fitted['shared_weight']}) |",
        f"| ladder | {fitted['ladder_rows']:,} crisis actors × great powers, rungs {fitted['rungs']} |",
        f"| settings | ridge {fitted['ridge']:g}, ladder's {fitted['ladder_ridge']:g}, pooled rates {fitted['pooled']} |",
        f"| level as last known | log odds shifted by {plain['shift']:+.2f}; it strays by {plain['wander']:.2f} (log scale, five years) |",
        f"| where a dispute becomes a war | log odds {plain['war_shift']:+.2f} |",
        f"| joiners that used force | {plain['force_share']:.0%} |",
        "",
        "How forecasts of this kind fared, refitted every ten years from 1946 on what came before:",
        "",
        "| forecast | rows | joined | rate (90 % interval) |",
        "|---|---|---|---|",
        *(
            f"| {b['low']:.1%}–{b['high']:.1%} | {b['count']:,} | {b['joined']} | "
            f"{b['joined'] / b['count']:.2%} ({b['rate_low']:.2%}–{b['rate_high']:.2%}) |"
            for b in plain["bands"]
        ),
        "",
        "What single facts multiply the odds of joining by, all else equal (the ridge shares weight among facts that go together):",
        "",
        "| fact | factor (90 % interval) |",
        "|---|---|",
        *(f"| {label} | {middle:.2f} ({low:.2f}–{high:.2f}) |" for label, middle, low, high in odds),
        "",
        "Not for: single decisions, states that are no members of the state system, covert help, sanctions by third states,",
        "crises unlike interstate disputes. What joiners are is what GML-MID codes: states that threaten, show or use force.",
    ]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
