"""The model's view of one crisis: features and log odds of every third state, and from them the rungs."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from foedus.assess import cases, evidence, joining, ladder
from foedus.assess.features import FeatureTable, table
from foedus.assess.models import Model
from foedus.assess.sources import Dispute, Floats, Sources
from foedus.assess.units import Units, units
from foedus.errors import CrisisError, DataError

if TYPE_CHECKING:
    from foedus.model.crisis import Crisis
    from foedus.world.world import World

USUAL_SMALL: Final = -6.9
"""Log share of the world's capability (0.1 %) of a middling small state, where no figures are known at all."""
REACH: Final = 1.645
"""Standard deviations of a 90 % interval."""


@dataclass(frozen=True)
class Numbers:
    """The model's view of one crisis: rows of third states helping the attacked (side 0) and the attackers (side 1)."""

    units: Units
    table: FeatureTable
    ladder_table: FeatureTable
    habit: Floats
    states: list[int]
    rows: dict[tuple[int, int], int]
    odds: Floats
    deviation: Floats
    score: Floats
    score_deviation: Floats


def sources_for(world: World, date: dt.date, model: Model) -> Sources:
    """History where the loaded tables reach the date, else the shipped facts. Raises DataError where neither does."""
    from foedus.assess import shipped
    from foedus.world.present.facts import COVERS_FROM, COVERS_TO

    if world.tables is not None and "gml_part" in world.tables:
        from foedus.assess.history import coded_from_tables

        found = coded_from_tables(world.tables)
        last = max(dispute.year for dispute in found.disputes)
        if date.year <= last + 1 and date.year > 1816:
            return found
    if date < COVERS_FROM:
        raise DataError(
            f"the shipped facts reach from {COVERS_FROM.isoformat()} to {COVERS_TO.isoformat()}; for {date.year} load "
            "research tables that hold it (--history DIR, see `foedus data list`)"
        )
    if date > COVERS_TO + dt.timedelta(days=730):
        raise DataError(
            f"the shipped facts reach to {COVERS_TO.isoformat()}; {date.isoformat()} lies too far past them"
        )
    found = shipped.from_world(world, date)
    late = date > COVERS_TO
    notes = (
        [*found.notes, f"the shipped facts reach to {COVERS_TO.isoformat()}; nothing later is known"]
        if late
        else found.notes
    )
    return replace(found, usual_rate=model.usual_rate, notes=notes)


def _dispute(crisis: Crisis, sources: Sources) -> Dispute:
    known: list[tuple[int, ...]] = []
    for side in (crisis.attacked, crisis.attackers):
        places = []
        for code in side:
            try:
                places.append(sources.position(code))
            except KeyError:
                continue  # a group or a state without figures: what it would say is missing
        known.append(tuple(places))
    if not any(known):
        raise CrisisError(f"no facts are held on {crisis}; name at least one state of that time")
    return Dispute(-1, crisis.date.toordinal(), (known[0], known[1]))


def numbers(crisis: Crisis, sources: Sources, model: Model) -> Numbers:
    """Features and model figures of every third state on both sides. Raises CrisisError where there is no third state."""
    rows = units(sources, [_dispute(crisis, sources)])
    if not len(rows):
        raise CrisisError(f"{crisis}: no third state is left to assess; name fewer states on the two sides")
    found = table(sources, rows)
    covariance = model.covariance
    odds = model.joining.log_odds(found) + model.shift
    deviation = np.sqrt(joining.unsure(model.joining, found, covariance) ** 2 + model.wander**2)
    habit = _habits(rows, odds, model, sources, crisis)
    ladder_table = small_where_unknown(found)
    score = model.ladder.score(habit, ladder_table)
    z = np.concatenate([model.ladder.standardised(habit, ladder_table), np.ones((len(rows), 1))], axis=1)
    unsure = np.einsum("ij,jk,ik->i", z, model.ladder_covariance, z, optimize=True)
    score_deviation = np.sqrt(np.maximum(unsure, 0) + model.ladder_wander**2)
    places = {(int(s), int(side)): row for row, (s, side) in enumerate(zip(rows.state, rows.side, strict=True))}
    states = sorted({int(s) for s in rows.state})
    return Numbers(rows, found, ladder_table, habit, states, places, odds, deviation, score, score_deviation)


def small_where_unknown(found: FeatureTable) -> FeatureTable:
    """The table for the ladder. It learnt from great powers alone, so a state without figures must not count as the mean of
    those: unless it is a major power it counts as the middle one of the others. `missing` still names the figure."""
    at = found.names.index("cinc")
    unknown = np.isnan(found.values[:, at]) & (found["major"] == 0)
    others = found.values[(found["major"] == 0) & ~unknown, at]
    values = found.values.copy()
    values[unknown, at] = float(np.median(others)) if len(others) else USUAL_SMALL
    return FeatureTable(found.names, values)


def _habits(rows: Units, odds: Floats, model: Model, sources: Sources, crisis: Crisis) -> Floats:
    """The ladder's own columns. Curated cases list the states that mattered, so only differences within a state's own record are
    used: what it did for this actor and against this foe, against what it usually did."""
    names = list(ladder.HABITS)
    found = np.full((len(rows), len(names)), np.nan)
    found[:, 0], found[:, 1], found[:, 2] = odds, 1.0, 0.0
    records = [record for record in cases.shipped() if record.day < crisis.date and record.rung != "mediation"]
    days = np.asarray([record.day.toordinal() for record in records])
    weight = np.exp(-(crisis.date.toordinal() - days) / ladder.HABIT_FADE)
    backed = np.asarray([record.rung != "none" for record in records], dtype=np.float64)
    armed = np.asarray([record.rung in ("military_aid", "force") for record in records], dtype=np.float64)
    mean = {name: model.ladder.mean[model.ladder.names.index(name)] for name in names}
    sides = (crisis.attacked, crisis.attackers)
    third = np.asarray([record.third_state for record in records])
    known = set(third.tolist())
    actors, foes = (
        [np.asarray([bool({*getattr(record, of)} & {*side}) for record in records], dtype=np.int64) for side in sides]
        for of in ("attacked", "attackers")
    )
    for row in range(len(rows)):
        code, side = str(sources.keys[rows.state[row]]), int(rows.side[row])
        if code not in known:
            continue
        pooled = ladder.pooled(weight, backed, armed, third == code, actors[side], foes[1 - side], 1, 1)
        own, own_arms = pooled[0], pooled[1]
        for at, name in ((2, "for_actor"), (3, "for_actor_arms"), (4, "against_foe"), (5, "against_foe_arms")):
            usual = own if at in (2, 4) else own_arms
            found[row, names.index(name)] = mean[name] + pooled[at] - usual
    return found


def rungs_of(score: float, odds: float, model: Model, *, spoken: bool = False) -> Floats:
    """Probabilities of none … force. The ladder says how far support goes; the model of joining says how likely force is,
    and arms are at least as likely as showing or using force. A state that has spoken keeps little of `none`."""
    reached = [1.0, *(float(p) for p in joining.sigmoid(np.asarray(model.ladder.intercepts) + score))]
    joins = float(joining.sigmoid(np.asarray([odds]))[0])
    reached[3] = max(reached[3], joins)
    reached[4] = joins * model.force_share
    if spoken:
        reached[1] = max(reached[1], 1 - evidence.SPOKEN)
    for step in (3, 2, 1):
        reached[step] = max(reached[step], reached[step + 1])
    p: Floats = np.asarray([reached[step] - (reached[step + 1] if step < 4 else 0.0) for step in range(5)])
    return p
