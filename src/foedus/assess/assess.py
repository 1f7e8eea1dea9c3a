"""The door: a crisis and a world in, an Assessment out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

import numpy as np

from foedus.assess import cases, evidence, explain, icb_cases, joining, models, whatif
from foedus.assess.evidence import Shift
from foedus.assess.features import FeatureTable
from foedus.assess.models import Model
from foedus.assess.questions import play, what_would_change
from foedus.assess.sources import Sources
from foedus.assess.view import REACH, Numbers, numbers, rungs_of, sources_for
from foedus.assess.whatif import WhatIf
from foedus.errors import CrisisError
from foedus.ledger.index import Index
from foedus.model.assessment import (
    RUNGS,
    Assessment,
    Interval,
    StateEstimate,
    icd203,
)

if TYPE_CHECKING:
    from foedus.model.crisis import Crisis
    from foedus.model.duty import Duty
    from foedus.model.event import Event
    from foedus.world.world import World

_WORDS: Final = {"defend": "defend", "join the attack": "join the attack", "consult": "consult"}


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
    now = numbers(crisis, sources, model)
    idle = tuple(one.text for one in changes if _idle(one, crisis, sources, model, now))
    return replace(found, what_if=tuple(one.text for one in changes), base_case=base, unchanged=idle)


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
    told = Index(events or (), {})
    shifts = {
        place: evidence.shift(told, code, crisis.attacked, crisis.attackers, crisis.date.isoformat())
        if events
        else Shift()
        for place, code in codes.items()
    }
    origin = "shipped facts and treaties" if sources.joining_known_from else ""
    known_cases = cases.shipped() if world.tables is None else icb_cases.beside_curated(world.tables)
    estimates = [
        _estimate(
            view,
            place,
            codes[place],
            world,
            crisis,
            model,
            shifts[place],
            duties.get(codes[place], []),
            origin,
            known_cases,
        )
        for place in view.states
    ]
    estimates.sort(key=lambda one: (-one.beyond_words.value, -(1 - one.rungs["none"]), one.state))
    if state is not None:
        at = next(place for place, one in enumerate(estimates) if one.state == state)
        moved = what_would_change(estimates[at], crisis, sources, model, shifts[sources.position(state)], view)
        estimates[at] = replace(estimates[at], changes=tuple(moved))
    notes = list(sources.notes)
    if len(crisis.attacked) + len(crisis.attackers) > sum(len(side) for side in view.units.disputes[0].sides):
        notes.append("a side holds a group, or a state without figures: what it would say is missing for the model")
    if crisis.date.year <= model.fitted["until"]:
        notes.append(
            f"the model has seen this crisis: it was fitted to {model.fitted['until']}; `foedus backtest` shows honest figures"
        )
    if events is not None:
        notes.append(evidence.RULE)
    played = None
    if spread:
        played = play(view, crisis, sources, model, codes, runs, seed)
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
    known_cases: tuple[cases.Record, ...],
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
        cases=tuple(cases.nearest(situation, known_cases)),
        record=_record(model, float(chance[0])),
    )


def missing(row: FeatureTable) -> tuple[str, ...]:
    """Labels of the facts that the model had to do without for a row."""
    known = joining.catalogue()
    return tuple(known[name].label for name, value in zip(row.names, row.values[0], strict=True) if np.isnan(value))


def _record(model: Model, chance: float) -> str:
    for band in model.bands:
        if band["low"] <= chance < band["high"] or band is model.bands[-1]:
            top = band["high"] >= 1
            reach = (
                f"of {share(band['low'])} and more"
                if top
                else f"between {share(band['low'])} and {share(band['high'])}"
            )
            return (
                f"Out of time from 1946 to {model.fitted['until']}, forecasts of joining {reach} came true "
                f"{band['joined']} times of {band['count']:,} "
                f"({share(band['rate_low'])} to {share(band['rate_high'])}, where {share(band['forecast'])} was foreseen)."
            )
    return ""


def share(p: float) -> str:
    """A small probability for people: two digits that count, so that 0.2 % and 0.05 % do not read as nothing."""
    return "0 %" if p < 5e-6 else f"{100 * p:.2g} %" if p < 0.1 else f"{100 * p:.0f} %"


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


def _idle(one: WhatIf, crisis: Crisis, sources: Sources, model: Model, now: Numbers) -> bool:
    """Whether a what-if alone leaves every figure as it was."""
    then = numbers(whatif.changed_crisis(crisis, [one]), whatif.changed_sources(sources, crisis.date, [one]), model)
    if then.odds.shape != now.odds.shape:
        return False
    return bool(np.allclose(then.odds, now.odds, atol=1e-9) and np.allclose(then.score, now.score, atol=1e-9))
