"""Waterfalls: from the base rate to the estimate, in families of facts, adding up exactly to the model's own log odds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from foedus.assess.features import FeatureTable
from foedus.assess.joining import Logit, catalogue
from foedus.assess.ladder import HABITS, Ladder, label_of
from foedus.assess.sources import Floats
from foedus.model.assessment import Driver, Waterfall

PARTS: Final = 4
TITLES: Final = {
    "pact": "pacts",
    "rivalry": "rivalries",
    "past joining": "past joining",
    "past conflict": "past conflict",
    "running disputes": "running disputes",
    "capability": "own weight",
    "balance": "the balance of the sides",
    "regime": "regimes",
    "geography": "geography",
    "network": "friends of friends, foes of foes",
    "ties": "organisations shared",
    "own wars": "own wars",
    "situation": "the two sides' history",
    "base rate": "how often such states join",
    "habit": "habit of backing",
    "record": "record of backing these sides",
}


def joining_waterfall(
    model: Logit,
    row: FeatureTable,
    base: float,
    extra: Sequence[tuple[str, float, str]] = (),
    what: str = "joins",
    origin: str = "",
) -> Waterfall:
    """The waterfall of one row (a table of one row) of the model of joining; `extra` are further steps such as reports.

    `origin` names where the facts come from, where that is not the research tables of `data/features.csv`."""
    effects = model.contributions(row)[0]
    known = catalogue()
    groups = [known[name].group for name in model.names]
    values = row.values[0][[row.names.index(name) for name in model.names]]
    labels = [known[name].label for name in model.names]
    sources = [origin or known[name].source for name in model.names]
    return _waterfall(what, base, groups, labels, values, effects, sources, extra)


def ladder_waterfall(
    model: Ladder,
    habit: Floats,
    row: FeatureTable,
    base: float,
    extra: Sequence[tuple[str, float, str]] = (),
    origin: str = "",
) -> Waterfall:
    """The waterfall of one row of the ladder; `base` is the intercept of the step explained."""
    effects = model.contributions(habit, row)[0]
    known = catalogue()
    groups = [_habit_group(name) if name in HABITS else known[name].group for name in model.names]
    values = np.concatenate([habit[0], [float(row[name][0]) for name in model.names[len(HABITS) :]]])
    labels = [label_of(name) for name in model.names]
    sources = [_habit_source(name, origin) if name in HABITS else origin or known[name].source for name in model.names]
    return _waterfall("backs the attacked", base, groups, labels, values, effects, sources, extra)


def _habit_source(name: str, origin: str) -> str:
    if name in {"joining_odds", "violent", "is_foe"}:
        return origin or "ICB"
    return "curated cases"


def _habit_group(name: str) -> str:
    if name == "joining_odds":
        return "past joining"
    if name in {"violent", "is_foe"}:
        return "situation"
    return "habit" if name.startswith("habit") else "record"


def _waterfall(
    what: str,
    base: float,
    groups: Sequence[str],
    labels: Sequence[str],
    values: Floats,
    effects: Floats,
    sources: Sequence[str],
    extra: Sequence[tuple[str, float, str]],
) -> Waterfall:
    drivers = []
    for group in dict.fromkeys(groups):
        at = [place for place, name in enumerate(groups) if name == group]
        total = float(sum(effects[place] for place in at))
        best = sorted(at, key=lambda place: -abs(effects[place]))[:PARTS]
        parts = tuple(
            (labels[p], None if np.isnan(values[p]) else float(values[p]), float(effects[p]), sources[p])
            for p in best
            if abs(effects[p]) > 1e-9
        )
        if parts:
            drivers.append(Driver(TITLES.get(group, group), total, parts))
    for title, effect, source in extra:
        if effect:
            drivers.append(Driver(title, effect, ((title, None, effect, source),)))
    drivers.sort(key=lambda driver: -abs(driver.effect))
    return Waterfall(what, base, tuple(drivers), base + sum(driver.effect for driver in drivers))
