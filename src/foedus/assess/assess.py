"""The door: a crisis and a world in, an Assessment out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess import cases, evidence, explain, joining, ladder, models, whatif
from foedus.assess.evidence import Shift
from foedus.assess.features import FeatureTable, table
from foedus.assess.models import Model
from foedus.assess.sources import Dispute, Floats, Sources
from foedus.assess.units import Units, units
from foedus.assess.whatif import WhatIf
from foedus.errors import CrisisError, DataError
from foedus.model.assessment import (
    RUNGS,
    Assessment,
    Change,
    Interval,
    StateEstimate,
    icd203,
)

if TYPE_CHECKING:
    from foedus.model.crisis import Crisis
    from foedus.model.duty import Duty
    from foedus.model.event import Event
    from foedus.world.world import World

USUAL_SMALL: Final = -6.9
"""Log share of the world's capability (0.1 %) of a middling small state, where no figures are known at all."""
REACH: Final = 1.645
"""Standard deviations of a 90 % interval."""
_WORDS: Final = {"defend": "defend", "join the attack": "join the attack", "consult": "consult"}


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


def assess(
    crisis: Crisis,
    world: World,
    events: Iterable[Event] | None = None,
    what_if: Sequence[str] = (),
    *,
    state: str | None = None,
    spread: bool = False,
    runs: int = 100_000,
    seed: int = 1,
    version: str = models.LATEST,
) -> Assessment:
    """How far every third state will go for the attacked side, why, and what would change it.

    `events` move the estimate by the rule in `evidence`; `what_if` are changes of facts as `whatif` reads them, and the result
    then carries the case without them as `base_case`. `state` asks for the changes that would move one state most;
    `spread` plays the escalation. Raises CrisisError or DataError where the crisis, the date or a what-if cannot be.
    """
    world.check(crisis)
    model = models.load(version)
    sources = sources_for(world, crisis.date, model)
    changes = whatif.parse(what_if)
    given = None if events is None else list(events)
    base = _assess(
        crisis, crisis, world, sources, sources, model, given, (), state, None if changes else spread, runs, seed
    )
    if not changes:
        return base
    changed = whatif.changed_crisis(crisis, changes)
    moved = whatif.changed_sources(sources, crisis.date, changes)
    found = _assess(changed, crisis, world, moved, sources, model, given, changes, state, spread, runs, seed)
    idle = tuple(one.text for one in changes if _idle(one, crisis, sources, model))
    return replace(found, what_if=tuple(one.text for one in changes), base_case=base, unchanged=idle)


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


def _assess(
    crisis: Crisis, asked: Crisis, world: World, sources: Sources, before: Sources, model: Model,
    events: list[Event] | None, changes: Sequence[WhatIf], state: str | None, spread: bool | None, runs: int, seed: int,
) -> Assessment:  # fmt: skip
    view = numbers(crisis, sources, model)
    duties = _duties(asked, world)
    codes = {place: str(sources.keys[place]) for place in view.states}
    if state is not None and state not in codes.values():
        raise CrisisError(
            f"{state} is no third state of this crisis with facts to judge it by; name a state that stands on neither side"
        )
    shifts = {
        place: evidence.shift(events, code, crisis.attacked, crisis.attackers, crisis.date.isoformat())
        if events
        else Shift()
        for place, code in codes.items()
    }
    origin = "shipped facts and treaties" if sources.joining_known_from else ""
    estimates = [
        _estimate(view, place, codes[place], world, crisis, model, shifts[place], duties.get(codes[place], []), origin)
        for place in view.states
    ]
    estimates.sort(key=lambda one: (-one.beyond_words.value, -(1 - one.rungs["none"]), one.state))
    if state is not None:
        at = next(place for place, one in enumerate(estimates) if one.state == state)
        moved = _what_would_change(estimates[at], crisis, sources, model, shifts[sources.position(state)], view)
        estimates[at] = replace(estimates[at], changes=tuple(moved))
    notes = list(sources.notes)
    if len(crisis.attacked) + len(crisis.attackers) > sum(len(side) for side in view.units.disputes[0].sides):
        notes.append("a side holds a group, or a state without figures: what it would say is missing for the model")
    if events is not None:
        notes.append(evidence.RULE)
    played = None
    if spread:
        played = _play(view, crisis, sources, model, codes, runs, seed)
    return Assessment(
        crisis=crisis,
        states=tuple(estimates),
        model=f"assess-{model.version} (fitted on 1816–{model.fitted['until']})",
        sources=sources.reach,
        notes=tuple(notes),
        spread=played,
    )


def _estimate(
    view: Numbers,
    place: int,
    code: str,
    world: World,
    crisis: Crisis,
    model: Model,
    shift: Shift,
    duties: list[Duty],
    origin: str,
) -> StateEstimate:
    row, other = view.rows[(place, 0)], view.rows[(place, 1)]
    odds = float(view.odds[row]) + shift.value
    score = float(view.score[row]) + shift.value
    rungs = rungs_of(score, odds, model, spoken=shift.spoken)
    low = rungs_of(score - REACH * view.score_deviation[row], odds - REACH * view.deviation[row], model)
    high = rungs_of(score + REACH * view.score_deviation[row], odds + REACH * view.deviation[row], model)
    beyond = Interval(float(rungs[2:].sum()), float(low[2:].sum()), float(high[2:].sum()))
    one = FeatureTable(view.table.names, view.table.values[row : row + 1])
    extra = [("what the sources report", shift.value, "the events given")]
    level = ("the level since, as last known", model.shift, "GML-MID")
    joins = explain.joining_waterfall(model.joining, one, model.joining.intercept, [level, *extra], origin=origin)
    known = FeatureTable(view.table.names, view.ladder_table.values[row : row + 1])
    support = explain.ladder_waterfall(
        model.ladder, view.habit[row : row + 1], known, model.ladder.intercepts[0], extra
    )
    pact = any(duty.asks == "defend" and duty.side == "attacked" for duty in duties)
    situation = cases.Situation(
        code,
        crisis.attacked,
        pact or float(one["client_defense"][0]) == 1,
        float(one["client_border"][0]) == 1,
        float(one["adversary_rivalry_any"][0]) == 1,
        float(one["major"][0]) == 1,
        any(cases.was_major(c, crisis.date) for c in crisis.attackers),
        any(cases.was_major(c, crisis.date) for c in crisis.attacked),
        crisis.date,
    )
    chance = joining.sigmoid(np.asarray([odds, float(view.odds[other]) - shift.value]))
    reach = (REACH * view.deviation[row], REACH * view.deviation[other])
    ends = [
        joining.sigmoid(np.asarray([o - r, o + r]))
        for o, r in zip((odds, float(view.odds[other]) - shift.value), reach, strict=True)
    ]
    return StateEstimate(
        state=code,
        name=world.name(code),
        rungs={name: float(rungs[at]) for at, name in enumerate(RUNGS)},
        beyond_words=beyond,
        joins=Interval(float(chance[0]), float(ends[0][0]), float(ends[0][1])),
        joins_attackers=Interval(float(chance[1]), float(ends[1][0]), float(ends[1][1])),
        if_war=float(joining.sigmoid(np.asarray([odds + model.war_shift]))[0]),
        mediation=cases.mediation_rate(code, situation.major, situation.neighbour, crisis.date),
        word=icd203(beyond.value),
        duty=duty_line(duties),
        joining=joins,
        support=support,
        evidence=shift.lines,
        missing=missing(one),
        cases=tuple(cases.nearest(situation, cases.shipped())),
        record=_record(model, float(chance[0])),
    )


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


def missing(row: FeatureTable) -> tuple[str, ...]:
    """Labels of the facts that the model had to do without for a row."""
    known = joining.catalogue()
    return tuple(known[name].label for name, value in zip(row.names, row.values[0], strict=True) if np.isnan(value))


def _record(model: Model, chance: float) -> str:
    for band in model.bands:
        if band["low"] <= chance < band["high"] or band is model.bands[-1]:
            return (
                f"Out of time from 1946 to {model.fitted['until']}, forecasts of joining between {band['low']:.1%} and "
                f"{band['high']:.0%} came true {band['joined']} times of {band['count']:,} "
                f"({band['rate_low']:.1%} to {band['rate_high']:.1%}, where {band['forecast']:.1%} was foreseen)."
            )
    return ""


def _duties(crisis: Crisis, world: World) -> dict[str, list[Duty]]:
    from foedus.world.duties import duties

    found: dict[str, list[Duty]] = {}
    for duty in duties(crisis, world):
        found.setdefault(duty.state, []).append(duty)
    return found


def duty_line(duties: list[Duty]) -> str:
    """The weightiest duty in one line; towards the attackers where there is none towards the attacked."""
    for side in ("attacked", "attackers"):
        for status in ("triggered", "arguable"):
            for duty in duties:
                if duty.side == side and duty.status == status and duty.asks in _WORDS:
                    doubt = ", arguable" if status == "arguable" else ""
                    return f"{_WORDS[duty.asks]} {duty.toward}{doubt}"
    return "none to help" if any(duty.side == "attacked" for duty in duties) else "none"


def _idle(one: WhatIf, crisis: Crisis, sources: Sources, model: Model) -> bool:
    """Whether a what-if alone leaves every figure as it was."""
    then = numbers(whatif.changed_crisis(crisis, [one]), whatif.changed_sources(sources, crisis.date, [one]), model)
    now = numbers(crisis, sources, model)
    if then.odds.shape != now.odds.shape:
        return False
    return bool(np.allclose(then.odds, now.odds, atol=1e-9) and np.allclose(then.score, now.score, atol=1e-9))


def _what_would_change(
    estimate: StateEstimate, crisis: Crisis, sources: Sources, model: Model, shift: Shift, view: Numbers
) -> list[Change]:
    """Single changes of facts about a state, those that move its chance of going beyond words most first."""
    code, place = estimate.state, sources.position(estimate.state)
    row = FeatureTable(view.table.names, view.table.values[view.rows[(place, 0)]][None, :])
    tries: list[tuple[str, str]] = []
    for side, verb in ((crisis.attacked, "the attacked"), (crisis.attackers, "an attacker")):
        for other in side[:2]:
            if other not in sources.keys or other == code:
                continue
            held = bool(sources.ties[crisis.date.year - 1 - sources.first, place, sources.position(other)] & 1)
            tries.append(
                (
                    f"{code}-{other}: {'no ' if held else ''}defense",
                    f"{'no' if held else 'a'} defence pact with {verb}, {other}",
                )
            )
            rival = bool(sources.ties[crisis.date.year - 1 - sources.first, place, sources.position(other)] & 32)
            tries.append(
                (
                    f"{code}-{other}: rivalry={'no' if rival else 'yes'}",
                    f"{'no' if rival else 'a'} rivalry with {other}",
                )
            )
    at_war = any(float(row[name][0]) == 1 for name in ("war", "war_at_home"))
    tries.append(
        (f"{code}: own_war={'no' if at_war else 'yes'}", "no war of its own" if at_war else "a war of its own")
    )
    if len(crisis.attackers) > 1:
        tries.extend((f"{other} not attacker", f"{other} not among the attackers") for other in crisis.attackers)
    found = []
    for text, says in tries:
        one = whatif.parse([text])
        changed = whatif.changed_crisis(crisis, one)
        then = numbers(changed, whatif.changed_sources(sources, crisis.date, one), model)
        at = then.rows.get((place, 0))
        if at is None:
            continue
        rungs = rungs_of(
            float(then.score[at]) + shift.value, float(then.odds[at]) + shift.value, model, spoken=shift.spoken
        )
        beyond = float(rungs[2:].sum())
        joins = float(joining.sigmoid(np.asarray([then.odds[at] + shift.value]))[0])
        if abs(beyond - estimate.beyond_words.value) > 5e-4 or abs(joins - estimate.joins.value) > 5e-4:
            found.append(Change(text, says, beyond, joins, beyond - estimate.beyond_words.value))
    return sorted(found, key=lambda change: -max(abs(change.by), abs(change.joins - estimate.joins.value)))[:6]


def _play(
    view: Numbers,
    crisis: Crisis,
    sources: Sources,
    model: Model,
    codes: dict[int, str],
    runs: int,
    seed: int,
    most: int = 40,
) -> dict[str, Any]:
    """Play the escalation among the likeliest joiners; effects come from counting each as a party, all else equal."""
    from foedus.assess import spread as game

    best = sorted(
        view.states, key=lambda place: -max(view.odds[view.rows[(place, 0)]], view.odds[view.rows[(place, 1)]])
    )[:most]
    now = np.asarray([[view.odds[view.rows[(place, side)]] for side in (0, 1)] for place in best])
    sides = view.units.disputes[0].sides
    day = view.units.disputes[0].day
    joined = [
        Dispute(-2 - number, day, ((*sides[0], place), sides[1]) if side == 0 else (sides[0], (*sides[1], place)))
        for number, (side, place) in enumerate((s, p) for s in (0, 1) for p in best)
    ]
    rows = units(sources, joined)
    odds = model.joining.log_odds(table(sources, rows)) + model.shift
    index = {place: at for at, place in enumerate(best)}
    effects = np.zeros((2, len(best), len(best), 2))
    for row in range(len(rows)):
        at = index.get(int(rows.state[row]))
        if at is not None:
            side, mover = divmod(int(rows.case[row]), len(best))
            effects[side, mover, at, int(rows.side[row])] = odds[row] - now[at, int(rows.side[row])]
    names = [codes[place] for place in best]
    majors = {names[at] for at, place in enumerate(best) if sources.major_on(day)[place]}
    return game.summary(game.simulate(now, effects, runs, seed), names, majors)
