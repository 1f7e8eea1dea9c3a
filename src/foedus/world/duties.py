"""What treaties ask of every third state in a crisis (casus foederis)."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from foedus.model.crisis import Crisis
from foedus.model.duty import Ask, Duty
from foedus.model.treaty import Treaty
from foedus.world import treaties as law
from foedus.world.clauses import Side, judge, reference, runs
from foedus.world.words import plural, verb
from foedus.world.world import World

_ORDER: Final[dict[Ask, int]] = {
    "defend": 0,
    "join the attack": 1,
    "stay neutral": 2,
    "consult": 3,
    "not aggress": 4,
    "none": 5,
}
_STATUS: Final = {"triggered": 0, "arguable": 1, "not triggered": 2}


def duties(crisis: Crisis, world: World) -> list[Duty]:
    """Every duty of every third state towards either side, the weightiest first within each state.

    For each third state and each treaty that binds it to a side: one duty a clause, or one that asks `none` where the
    treaty holds no clause that bears on the crisis or is signed but not in force. Raises CrisisError for a crisis that
    cannot be.
    """
    world.check(crisis)
    found: list[Duty] = []
    sides = {*crisis.attacked, *crisis.attackers}
    for treaty in world.treaties(on=crisis.date):
        members = law.members(treaty, crisis.date)
        for toward in members:
            if toward in sides:
                for state in members:
                    if state not in sides and world.is_state(state, crisis.date):
                        found.extend(_under(treaty, state, toward, crisis, world))
    for treaty in world.pending(on=crisis.date):
        for toward in (party.code for party in treaty.parties if party.code in sides):
            found.extend(
                _none(treaty, party.code, toward, crisis, _pending_reason(treaty))
                for party in treaty.parties
                if party.code not in sides and world.is_state(party.code, crisis.date)
            )
    return sorted(_with_conflicts(found, world), key=_rank)


def _under(treaty: Treaty, state: str, toward: str, crisis: Crisis, world: World) -> list[Duty]:
    clauses = [clause for clause in treaty.clauses if runs(clause, state, toward, crisis)]
    defended = any(clause.kind == "defense" for clause in clauses)
    found = []
    for clause in clauses:
        # An "offensive and defensive" alliance answers an attack on a party by its defence clause.
        if clause.kind == "offense" and defended and toward in crisis.attacked and not clause.conditions.within:
            continue
        duty = judge(clause, treaty, state, toward, crisis, world)
        if duty is not None:
            found.append(duty)
    return found or [_none(treaty, state, toward, crisis, _none_reason(treaty, state, toward, world))]


def _none(treaty: Treaty, state: str, toward: str, crisis: Crisis, reason: str) -> Duty:
    side: Side = "attacked" if toward in crisis.attacked else "attackers"
    return Duty(state, toward, side, "none", "not triggered", treaty, None, reason)


def _none_reason(treaty: Treaty, state: str, toward: str, world: World) -> str:
    note = f"; {treaty.note}" if treaty.note else ""
    holds = verb(treaty.title, "hold")
    if treaty.clauses:
        return f"{reference(treaty)} {holds} no promise of {world.name(state)} to {world.name(toward)}{note}."
    missing = f"no {_lacking(treaty)} clause" if treaty.lacks else "no clause on an attack"
    return f"{reference(treaty)} {holds} {missing}{note}."


def _pending_reason(treaty: Treaty) -> str:
    was, is_, holds = ("were", "are", "they hold") if plural(treaty.title) else ("was", "is", "it holds")
    missing = f", and {holds} no {_lacking(treaty)} clause in any case" if treaty.lacks else ""
    signed = f"{reference(treaty)} {was} signed on {treaty.signed}"
    if treaty.start == law.NEVER:
        return f"{signed} and {is_}, as far as is known, not in force{missing}."
    return f"{signed} but in force only from {treaty.start}{missing}."


def _lacking(treaty: Treaty) -> str:
    return " or ".join(law.PROSE.get(kind, kind) for kind in treaty.lacks)


def _with_conflicts(found: list[Duty], world: World) -> list[Duty]:
    live: dict[str, list[Duty]] = {}
    for duty in found:
        if duty.status != "not triggered" and duty.asks not in {"none", "consult"}:
            live.setdefault(duty.state, []).append(duty)
    told = []
    for duty in found:
        against = [
            other
            for other in live.get(duty.state, ())
            if other.side != duty.side and _clash(duty, other) and duty in live[duty.state]
        ]
        if against:
            said = "; ".join(
                dict.fromkeys(
                    f"bound also to {world.name(other.toward)}: {other.asks} "
                    f"({reference(other.treaty, other.clause.article if other.clause else None)}, {other.status})"
                    for other in against
                )
            )
            duty = replace(duty, conflict=said)
        told.append(duty)
    return told


def _clash(one: Duty, other: Duty) -> bool:
    """Duties towards opposite sides clash when one asks for force or both forbid to help the enemy."""
    force = {"defend", "join the attack"}
    return one.asks in force or other.asks in force or (one.asks == "stay neutral" == other.asks)


def _rank(duty: Duty) -> tuple[str, int, int, str, str]:
    return duty.state, _STATUS[duty.status], _ORDER[duty.asks], duty.toward, duty.treaty.id
