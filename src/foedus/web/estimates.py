"""Estimates for the pages: asked of `foedus.assess` once for each crisis and set of what-ifs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from foedus.errors import CrisisError, InputError
from foedus.web.live import Live

if TYPE_CHECKING:
    from foedus.model.assessment import Assessment
    from foedus.world.world import World

MOST_WHAT_IFS: Final = 6
LONGEST: Final = 120


def checked(what_if: list[str]) -> tuple[str, ...]:
    """What-ifs of an address, blanks left out. Raises InputError for too many or too long ones."""
    found = tuple(dict.fromkeys(one.strip() for one in what_if if one.strip()))
    if len(found) > MOST_WHAT_IFS:
        raise InputError(f"{len(found)} what-ifs at once are too many: give at most {MOST_WHAT_IFS}")
    for one in found:
        if len(one) > LONGEST:
            raise InputError(f"a what-if is longer than {LONGEST} characters; write it as RUS-IRN: defense")
    return found


def assessment(
    view: Live,
    world: World,
    what_if: tuple[str, ...] = (),
    state: str | None = None,
    spread: bool = False,
) -> Assessment:
    """The estimates for a crisis, with the events of the store as evidence. Raises CrisisError where its day is unknown.

    `state` works out what would change that one most, `spread` plays the escalation: both take their time.
    """

    def make(view: Live) -> Assessment:
        from foedus.assess.assess import assess
        from foedus.assess.evidence import told_by

        crisis = view.model
        if crisis is None:
            raise CrisisError("the day of the attack is not known, so nothing can be estimated: give it as `on`")
        events = told_by(crisis.date, view.events, view.published)
        return assess(crisis, world, events=events, what_if=list(what_if), state=state, spread=spread)

    return view.keep(("assess", what_if, state, spread), make)
