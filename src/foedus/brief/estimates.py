"""The estimates in the brief: the same figures as `foedus assess`, for the third states that the brief speaks of."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

from foedus.brief import labels
from foedus.brief.model import Answer, CrisisPart
from foedus.brief.text import Text
from foedus.errors import FoedusError, UnknownActorError
from foedus.model.assessment import Interval, icd203
from foedus.model.dates import earliest

MOST: Final = 12
"""States shown: the likeliest to go beyond words, and those that the sources tell of."""
LIKELIEST: Final = 6
"""So many of them whether or not the sources tell of them."""
COLUMNS: Final = (
    "Third state",
    "none",
    "words",
    "material",
    "arms",
    "force",
    "mediates",
    "Beyond words",
    "Told so far",
    "Duty",
    "Main drivers",
)


def section(
    crisis: CrisisPart,
    answers: Sequence[Answer],
    texts: Sequence[Text],
    world: Any,
    beside: Mapping[str, str] | None = None,
) -> dict[str, Any] | None:
    """Title, notes, columns and rows of plain text; None where the crisis has no day or no state on a side.

    `beside` tells of states without an answer that act between the sides. An estimate that cannot be made (a side that is
    no state, a day past the facts) becomes a note that says why.
    """
    from foedus.assess.assess import assess
    from foedus.assess.evidence import told_by
    from foedus.model.crisis import Crisis

    days = [earliest(attack.date) for attack in crisis.attackers if attack.date]
    if not days:
        return None
    title = "Estimates: how far each may go"
    day = max(days)
    events = [event for text in texts for line in text.lines for event in line.events]
    published = {text.document.id: text.document.published for text in texts}
    asked = Crisis(crisis.attacked, [attack.attacker for attack in crisis.attackers], day)
    try:
        found = assess(asked, world, events=told_by(day, events, published))
    except FoedusError as error:
        return {"title": title, "notes": [f"No estimate: {error}"], "columns": [], "rows": []}
    told = {one.supporter: one for one in answers}
    ranked = sorted((one for one in found.states if _is_state(one.state, day)), key=lambda one: -one.beyond_words.value)
    first = ranked[:LIKELIEST]
    rest = sorted(ranked[LIKELIEST:], key=lambda one: one.state not in told)
    chosen = {one.state for one in [*first, *rest[: MOST - len(first)]]}
    rows = []
    for one in (one for one in ranked if one.state in chosen):
        drivers = [f"{'+' if driver.effect > 0 else '−'} {driver.group}" for driver in one.drivers[:3]]
        span = one.beyond_words
        rows.append(
            [
                labels.name(one.state),
                *(_percent(one.rungs[rung]) for rung in ("none", "verbal", "material", "military_aid", "force")),
                _percent(one.mediation),
                f"{in_words(span)}, {_percent(span.value)} ({_percent(span.low)}–{_percent(span.high)})",
                _told(told.get(one.state), crisis.attacked, (beside or {}).get(one.state)),
                one.duty,
                "; ".join(drivers),
            ]
        )
    notes = [
        f"Model {found.model}; {found.sources}. A chance is no forecast of one case: see the track record (`foedus backtest`).",
        f"It is made as of {labels.date(day.isoformat())} and counts reports to that day only; “told so far” is what these "
        "sources tell to their last day.",
        *(f"{note[:1].upper()}{note[1:].rstrip('.')}." for note in found.notes),
    ]
    return {"title": title, "notes": notes, "columns": list(COLUMNS), "rows": rows}


def in_words(span: Interval) -> str:
    """The word for a chance as ICD 203 has it, or the two between which its interval lies."""
    low, high = icd203(round(span.low, 2)), icd203(round(span.high, 2))
    return low if low == high else f"{low} to {high}"


def _told(answer: Answer | None, attacked: Sequence[str], beside: str | None) -> str:
    """The figures of the answer, as they stand there."""
    if answer is None:
        return beside or "no word or deed found"
    return answer.told if answer.client in attacked else f"towards {labels.running(answer.client)}: {answer.told}"


def _is_state(code: str, day: dt.date) -> bool:
    """Whether it was a member of the state system on the day: the model learnt from no others."""
    from foedus.actors.resolver import state

    try:
        found = state(code, day)
    except UnknownActorError:
        return False
    on = day.isoformat()
    return any(one.start <= on <= one.end for one in found.memberships)


def _percent(value: float) -> str:
    if 0 < value < 0.01:
        return "<1 %"
    return f"{100 * value:.0f} %"
