"""The estimates in the brief: the same figures as `foedus assess`, for the third states that the brief speaks of."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from foedus.brief import labels
from foedus.brief.model import CrisisPart
from foedus.errors import FoedusError
from foedus.model.dates import earliest

MOST: Final = 12
"""States shown: those that the sources speak of, then the likeliest to go beyond words."""
COLUMNS: Final = (
    "Third state",
    "none",
    "words",
    "material",
    "arms",
    "force",
    "mediates",
    "Beyond words",
    "Duty",
    "Main drivers",
)


def section(crisis: CrisisPart, codes: Sequence[str], world: Any) -> dict[str, Any] | None:
    """Title, notes, columns and rows of plain text; None where the crisis has no day or no state on a side.

    An estimate that cannot be made (a side that is no state, a day past the facts) becomes a note that says why.
    """
    from foedus.assess.assess import assess
    from foedus.model.crisis import Crisis

    days = [earliest(attack.date) for attack in crisis.attackers if attack.date]
    if not days:
        return None
    title = "Estimates: how far each may go"
    try:
        found = assess(Crisis(crisis.attacked, [attack.attacker for attack in crisis.attackers], max(days)), world)
    except FoedusError as error:
        return {"title": title, "notes": [f"No estimate: {error}"], "columns": [], "rows": []}
    spoken = [one for one in found.states if one.state in codes]
    rest = [one for one in found.states if one.state not in codes]
    rows = []
    for one in sorted([*spoken, *rest[: max(0, MOST - len(spoken))]], key=lambda one: -one.beyond_words.value)[:MOST]:
        drivers = [f"{'+' if driver.effect > 0 else '−'} {driver.group}" for driver in one.drivers[:3]]
        span = one.beyond_words
        rows.append(
            [
                labels.name(one.state),
                *(_percent(one.rungs[rung]) for rung in ("none", "verbal", "material", "military_aid", "force")),
                _percent(one.mediation),
                f"{one.word}, {_percent(span.value)} ({_percent(span.low)}–{_percent(span.high)})",
                one.duty,
                "; ".join(drivers),
            ]
        )
    notes = [
        f"Model {found.model}; {found.sources}. A chance is no forecast of one case: see the track record (`foedus backtest`).",
        *(f"{note[:1].upper()}{note[1:]}." for note in found.notes),
    ]
    return {"title": title, "notes": notes, "columns": list(COLUMNS), "rows": rows}


def _percent(value: float) -> str:
    if 0 < value < 0.01:
        return "<1 %"
    return f"{100 * value:.0f} %"
