"""A crisis: who was attacked, by whom, when."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from foedus.errors import CrisisError
from foedus.model.dates import day


@dataclass(frozen=True, slots=True, init=False)
class Crisis:
    """The question asked: `attacked` and `attackers` are entity codes, `date` the day of the attack looked at.

    `place` is where the attack falls, as a state's code or a place code of the world's data; None where the home
    territory of the attacked, or what the world knows about the attack, is meant. `disputed` is True where it is
    disputed who began.

    Raises CrisisError when a side is empty or a state stands on both sides, or the date is no day.
    Whether the states existed on the date is for the world to say (`World.check`).
    """

    attacked: tuple[str, ...]
    attackers: tuple[str, ...]
    date: dt.date
    place: str | None
    disputed: bool

    def __init__(
        self,
        attacked: Iterable[str],
        attackers: Iterable[str],
        date: dt.date | str,
        place: str | None = None,
        disputed: bool = False,
    ) -> None:
        object.__setattr__(self, "place", place.strip().upper() if place and place.strip() else None)
        object.__setattr__(self, "disputed", disputed)
        object.__setattr__(self, "attacked", _codes(attacked, "attacked"))
        object.__setattr__(self, "attackers", _codes(attackers, "attackers"))
        both = set(self.attacked) & set(self.attackers)
        if both:
            raise CrisisError(
                f"{', '.join(sorted(both))} cannot be attacked and attacker at once: name each on one side"
            )
        try:
            object.__setattr__(self, "date", day(date))
        except ValueError as error:
            raise CrisisError(f"the date of a crisis must be a day: {error}") from None

    def __str__(self) -> str:
        return f"{', '.join(self.attacked)} attacked by {', '.join(self.attackers)} on {self.date.isoformat()}"


def _codes(given: Iterable[str], side: str) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.strip().upper() for code in ([given] if isinstance(given, str) else given)))
    if not codes or not all(codes):
        raise CrisisError(f"a crisis needs at least one state on the side `{side}`, as a code such as IRN")
    return codes
