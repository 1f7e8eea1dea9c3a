"""Two further questions about a crisis: which changes of facts would move a state, and what joins would draw after them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from foedus.assess import joining, whatif
from foedus.assess.evidence import Shift
from foedus.assess.features import FeatureTable, table
from foedus.assess.models import Model
from foedus.assess.sources import Dispute, Sources
from foedus.assess.units import units
from foedus.assess.view import Numbers, numbers, rungs_of
from foedus.model.assessment import Change, StateEstimate

if TYPE_CHECKING:
    from foedus.model.crisis import Crisis


def what_would_change(
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


def play(
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
    played = game.simulate(now, effects, runs, seed)
    return game.summary(played, names, majors) | {"pivotal": game.pivotal(now, effects, played, names, seed)}
