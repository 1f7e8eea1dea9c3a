"""What-ifs: changed facts in a small language, and their effect on the crisis and the sources.

RUS-IRN: defense          a defence pact (also offense, neutrality, nonaggression, consultation); "no defense" takes it away
RUS-USA: rivalry=no       a rivalry, or its end
RUS: own_war=no           no war of its own last year, no running dispute
RUS: major=yes            counted as a major power, or not
IRN: democracy=0.7        the level of democracy, 0 to 1
USA not attacker          one attacker less; "TUR attacker" is one more
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from foedus.assess import sources as src
from foedus.assess.sources import Sources, Spells
from foedus.assess.tabular import FOREVER
from foedus.errors import DataError
from foedus.model.crisis import Crisis

CLAUSES: Final = {
    "defense": src.DEFENSE,
    "offense": src.OFFENSE,
    "neutrality": src.NEUTRAL,
    "nonaggression": src.NONAGGRESSION,
    "consultation": src.CONSULT,
}
_SPELT: Final = {
    "defence": "defense",
    "offence": "offense",
    "non-aggression": "nonaggression",
    "consult": "consultation",
}
_STATE: Final = r"([A-Za-z]{2,12})"
_PAIR: Final = re.compile(rf"{_STATE}\s*[-–]\s*{_STATE}\s*:\s*(no\s+)?([a-z-]+)\s*(?:=\s*(yes|no))?", re.IGNORECASE)
_OWN: Final = re.compile(rf"{_STATE}\s*:\s*(own_war|major|democracy)\s*=\s*(yes|no|[01](?:\.\d+)?)", re.IGNORECASE)
_SIDE: Final = re.compile(rf"{_STATE}\s+(not\s+)?(?:an?\s+)?attacker", re.IGNORECASE)
HELP: Final = (
    'as in "RUS-IRN: defense", "RUS-USA: rivalry=no", "RUS: own_war=no", "IRN: democracy=0.7" or "USA not attacker"'
)


@dataclass(frozen=True, slots=True)
class WhatIf:
    """One changed fact: `kind` pact, rivalry, own_war, major, democracy or attacker; of one state, or of two."""

    text: str
    kind: str
    states: tuple[str, ...]
    clause: str = ""
    value: float = 1.0

    @property
    def key(self) -> tuple[str, ...]:
        """What it is about; two that share it but differ in value contradict each other."""
        return (self.kind, self.clause, *sorted(self.states))


def parse(texts: Sequence[str]) -> list[WhatIf]:
    """Read what-ifs. Raises DataError for one that is not understood, or for two that contradict each other."""
    found: list[WhatIf] = []
    for text in texts:
        one = _parse(text.strip())
        for other in found:
            if other.key == one.key and other.value != one.value:
                raise DataError(f"the what-ifs {other.text!r} and {one.text!r} contradict each other; keep one of them")
        found.append(one)
    return found


def _parse(text: str) -> WhatIf:
    if match := _PAIR.fullmatch(text):
        first, second, no, what, value = match.groups()
        what = _SPELT.get(what.lower(), what.lower())
        yes = 0.0 if no or (value or "").lower() == "no" else 1.0
        states = (first.upper(), second.upper())
        if states[0] == states[1]:
            raise DataError(f"the what-if {text!r} names one state twice; name two")
        if what == "rivalry":
            return WhatIf(text, "rivalry", states, value=yes)
        if what in CLAUSES:
            return WhatIf(text, "pact", states, what, yes)
        raise DataError(f"{what!r} in the what-if {text!r} is no clause; use {', '.join(CLAUSES)} or rivalry")
    if match := _OWN.fullmatch(text):
        state, kind, value = match.group(1).upper(), match.group(2).lower(), match.group(3).lower()
        if kind == "democracy":
            if value in {"yes", "no"} or float(value) > 1:
                raise DataError(f"the what-if {text!r} needs a level of democracy from 0 to 1")
            return WhatIf(text, kind, (state,), value=float(value))
        if value not in {"yes", "no"}:
            raise DataError(f"the what-if {text!r} takes yes or no")
        return WhatIf(text, kind, (state,), value=float(value == "yes"))
    if match := _SIDE.fullmatch(text):
        return WhatIf(text, "attacker", (match.group(1).upper(),), value=0.0 if match.group(2) else 1.0)
    raise DataError(f"the what-if {text!r} is not understood; write it {HELP}")


def changed_crisis(crisis: Crisis, what_ifs: Sequence[WhatIf]) -> Crisis:
    """The crisis with attackers taken out or added. Raises DataError where none would be left."""
    attackers = list(crisis.attackers)
    for one in what_ifs:
        if one.kind != "attacker":
            continue
        state = one.states[0]
        if one.value and state in crisis.attacked:
            raise DataError(f"the what-if {one.text!r} makes {state} fight itself: it was attacked")
        if one.value and state not in attackers:
            attackers.append(state)
        elif not one.value and state in attackers:
            attackers.remove(state)
    if not attackers:
        raise DataError("the what-ifs leave no attacker; keep at least one")
    return Crisis(crisis.attacked, attackers, crisis.date, crisis.place, crisis.disputed)


def changed_sources(sources: Sources, date: dt.date, what_ifs: Sequence[WhatIf]) -> Sources:
    """The sources with the facts of the day before changed. Raises DataError for a state they do not know."""
    found = replace(sources, ties=sources.ties.copy(), yearly=dict(sources.yearly))
    year = date.year - 1 - sources.first
    for one in what_ifs:
        if one.kind == "attacker":
            continue
        places = [_place(sources, state, one.text) for state in one.states]
        if one.kind in {"pact", "rivalry"}:
            bits = CLAUSES[one.clause] | src.ANY_PACT if one.kind == "pact" else src.RIVAL | src.RIVAL_LIGHT
            for a, b in ((places[0], places[1]), (places[1], places[0])):
                cell = int(found.ties[year, a, b])
                if one.value:
                    cell |= bits
                else:
                    cell &= ~(bits & ~src.ANY_PACT)
                found.ties[year, a, b] = cell
        elif one.kind == "own_war":
            found = _own_war(found, places[0], date, bool(one.value))
        elif one.kind == "major":
            found = replace(found, majors=_set(found.majors, places[0], bool(one.value)))
        else:
            grid = found.yearly["polyarchy"].copy()
            grid[places[0], year] = one.value
            found.yearly["polyarchy"] = grid
    return found


def _place(sources: Sources, state: str, text: str) -> int:
    try:
        return sources.position(state)
    except KeyError:
        raise DataError(
            f"the what-if {text!r} names {state}, which the facts do not hold; use a code such as IRN"
        ) from None


def _set(spells: Spells, place: int, on: bool) -> Spells:
    keep = spells.a != place
    kept = Spells(spells.a[keep], spells.b[keep], spells.start[keep], spells.end[keep], spells.value[keep])
    if not on:
        return kept
    return Spells(
        np.append(kept.a, place), np.append(kept.b, -1), np.append(kept.start, 0), np.append(kept.end, FOREVER),
        np.append(kept.value, 1.0),
    )  # fmt: skip


def _own_war(sources: Sources, place: int, date: dt.date, on: bool) -> Sources:
    if on:
        return replace(sources, wars=_set(sources.wars, place, True))
    past = sources.past
    running = (past.state == place) & (past.end >= date.toordinal() - 1)
    ended = replace(past, end=np.where(running, np.maximum(past.start, date.toordinal() - 2), past.end))
    quiet = [_set(spells, place, False) for spells in (sources.wars, sources.civil_wars)]
    return replace(sources, past=ended, wars=quiet[0], civil_wars=quiet[1])
