"""The world as Foedus knows it: which states there were, who was bound to whom, and what else is known of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from foedus.errors import CrisisError, UnknownActorError
from foedus.model.crisis import Crisis
from foedus.model.dates import day
from foedus.model.treaty import Treaty
from foedus.world import attacks as record
from foedus.world import treaties as law

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables
    from foedus.world.present.facts import Facts


_WITH_ARTICLE: Final = frozenset(
    {
        *("USA", "GBR", "NLD", "PHL", "ARE", "SUN", "DOM", "CAF", "COD", "MDV", "BHS", "GMB", "COM", "MHL", "SLB"),
        *("PAP", "SIC", "HOUTHI", "TALIBAN"),
    }
)
"""States whose names take an article in a sentence."""


@dataclass(frozen=True, init=False, eq=False)
class World:
    """States, treaties and facts; `World.shipped()` without any download, `World.load(folder)` with research tables.

    It never changes once made. `tables` is None for the shipped world; `provenance` says which answers come from where.
    """

    attacks: tuple[record.Attack, ...]
    tables: Tables | None
    _treaties: tuple[Treaty, ...]

    def __init__(
        self,
        treaties: Iterable[Treaty] | None = None,
        attacks: Iterable[record.Attack] | None = None,
        tables: Tables | None = None,
    ) -> None:
        object.__setattr__(self, "_treaties", tuple(law.shipped() if treaties is None else treaties))
        object.__setattr__(self, "attacks", tuple(record.attacks() if attacks is None else attacks))
        object.__setattr__(self, "tables", tables)

    def __repr__(self) -> str:
        source = f" with {self.tables.folder}" if self.tables is not None else ""
        return f"<World of {len(self._treaties)} treaties{source}>"

    @staticmethod
    def shipped() -> World:
        """The world that comes with the program; made once."""
        return _shipped()

    @staticmethod
    def load(folder: str | Path) -> World:
        """The shipped world with the research tables of `folder` beside it. Raises DataError for no folder."""
        from foedus.world.history.tables import Tables

        return World(tables=Tables(folder))

    @cached_property
    def facts(self) -> Facts:
        """Curated facts of recent years, read on first use."""
        from foedus.world.present.facts import Facts

        return Facts.shipped()

    @cached_property
    def provenance(self) -> dict[str, str]:
        """Which answers come from where, by kind of answer."""
        years = [one.start[:4] for one in self.attacks if one.start] or ["?"]
        told = {
            "states": "foedus: states of 1816–2026, shipped",
            "treaties": f"foedus: {len(self._treaties)} commitments of 1815–2026, shipped, each with its source",
            "attacks": f"foedus: {len(self.attacks)} attacks on record of {min(years)}–{max(years)}, shipped, each with its source",
            "facts": "foedus: curated facts of 1990–2025, shipped",
        }
        if self.tables is not None:
            told["tables"] = f"{self.tables.folder}: {', '.join(self.tables.names()) or 'no tables'}"
            if "atop_alliance" in self.tables:
                told["treaties"] += "; ATOP (table atop_alliance) for dyads and years without a shipped one"
        return told

    def treaties(
        self, state: str | None = None, other: str | None = None, on: dt.date | str | None = None
    ) -> list[Treaty]:
        """Commitments of `state` (with `other`), in force `on` a day (ever, where no day is given), oldest first.

        Codes are entity codes. With ATOP loaded, dyads without a shipped treaty add a record of provenance `ATOP`.
        """
        date = None if on is None else day(on)
        codes = [code.upper() for code in (state, other) if code]
        found = [
            treaty
            for treaty in self._treaties
            if (date is None or law.in_force(treaty, date)) and all(law.party(treaty, code, date) for code in codes)
        ]
        if self.tables is not None and "atop_alliance" in self.tables and date is not None:
            from foedus.world.atop import beyond

            found.extend(beyond(self.tables, found, codes, date))
        return found

    def pending(
        self, state: str | None = None, other: str | None = None, on: dt.date | str | None = None
    ) -> list[Treaty]:
        """Commitments signed but not yet in force on a day (today, where none is given)."""
        date = dt.date.today() if on is None else day(on)
        codes = [code.upper() for code in (state, other) if code]
        return [
            treaty
            for treaty in self._treaties
            if law.pending(treaty, date) and all(law.party(treaty, code) for code in codes)
        ]

    def treaty(self, identifier: str) -> Treaty:
        """The shipped treaty with that id. Raises KeyError where there is none."""
        for treaty in self._treaties:
            if treaty.id == identifier:
                return treaty
        raise KeyError(identifier)

    def check(self, crisis: Crisis) -> None:
        """Raises CrisisError where a side holds a code that is no actor, or a state that did not exist on the day."""
        from foedus.actors import resolver

        on = crisis.date.isoformat()
        if crisis.date > dt.date.today():
            raise CrisisError(f"{on} lies in the future: which treaties bind then is not known; give a day up to today")
        for code in (*crisis.attacked, *crisis.attackers):
            if self.is_state(code, crisis.date) or self._is_group(code, on):
                continue
            actor = resolver.resolve(code, on=crisis.date)
            if actor is not None and actor.code != code:
                raise CrisisError(f"{code} is no entity code on {on}; write {actor.code} for {actor.name}")
            if actor is not None:
                raise CrisisError(
                    f"{code} ({actor.name}) is neither a state nor an armed group; name the states concerned"
                )
            if actor is None and resolver.resolve(code) is None:
                raise CrisisError(
                    f"{code} is no state or group that Foedus knows; use a code such as IRN, SUN or HAMAS"
                )
            if actor is None:
                raise CrisisError(f"{self.name(code)} ({code}) did not exist on {on}; name the state of that time")
        if crisis.place and crisis.place not in record.places() and not self.is_state(crisis.place, crisis.date):
            raise CrisisError(
                f"{crisis.place} is no place that Foedus knows; use a state's code or one of "
                + ", ".join(sorted(code for code, place in record.places().items() if place.of))
            )

    @staticmethod
    def _is_group(code: str, on: str) -> bool:
        """Whether `code`, hyphens and spaces apart, is an armed or political group that is no state on that day."""
        from foedus.actors import tables

        plain = "".join(filter(str.isalnum, code))
        for known, group in tables.groups().items():
            if plain == "".join(filter(str.isalnum, known)) and group.start <= on <= group.end:
                return not (group.state and group.state_since <= on <= group.state_until)
        return False

    def third_states(self, crisis: Crisis) -> list[str]:
        """Codes of all states of that day that stand on neither side."""
        from foedus.actors import resolver

        sides = {*crisis.attacked, *crisis.attackers}
        return sorted({state.code for state in resolver.states(crisis.date)} - sides)

    def is_state(self, code: str, on: dt.date) -> bool:
        """Whether `code` was a state on that day."""
        from foedus.actors import resolver

        try:
            return resolver.state(code, on) is not None
        except UnknownActorError:
            return False

    def name(self, code: str) -> str:
        """The name of a state, body or group; the code itself where none is known."""
        return _name(code)

    def names(self, codes: Iterable[str], link: str = "and") -> str:
        """Names joined as in a sentence; long lists are cut."""
        told = [f"the {self.name(code)}" if code in _WITH_ARTICLE else self.name(code) for code in codes]
        if len(told) > 6:
            return f"{', '.join(told[:4])} {link} {len(told) - 4} others"
        return told[0] if len(told) == 1 else f"{', '.join(told[:-1])} {link} {told[-1]}" if told else ""

    def places(self, codes: Iterable[str]) -> str:
        """Names of places, regions and states, joined."""
        known = record.places()
        return ", ".join(known[code].name if code in known else self.name(code) for code in codes)


@cache
def _shipped() -> World:
    return World()


@cache
def _name(code: str) -> str:
    from foedus.actors import resolver

    try:
        return resolver.name(code)
    except UnknownActorError:
        return code
