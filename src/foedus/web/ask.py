"""The question that every view shares, as it stands in the address: a crisis and a window."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Annotated, Final, Literal, cast
from urllib.parse import urlencode

from fastapi import Query

from foedus.errors import CrisisError, InputError, UnknownActorError
from foedus.model.dates import bounds, is_date

Step = Literal["day", "week", "month"]
_CODE: Final = re.compile(r"[A-Z][A-Z0-9_ -]{1,39}")
MOST_CODES: Final = 12


@dataclass(frozen=True, slots=True)
class Ask:
    """Who was attacked by whom, and the window looked at; empty where the store itself shall say."""

    attacked: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    on: str | None = None
    since: str | None = None
    until: str | None = None
    step: Step | None = None

    @property
    def given(self) -> bool:
        """Whether both sides are named."""
        return bool(self.attacked and self.by)

    def pairs(self, **more: str | Iterable[str] | None) -> list[tuple[str, str]]:
        """The question as parts of an address, with further ones."""
        found = [("attacked", ",".join(self.attacked)), ("by", ",".join(self.by))]
        found += [(name, getattr(self, name) or "") for name in ("on", "since", "until", "step")]
        for name, value in more.items():
            found += [(name, one) for one in ([value] if isinstance(value, str) else value or ())]
        return [(name, value) for name, value in found if value]

    def query(self, **more: str | Iterable[str] | None) -> str:
        """The question as the query of an address, with further parts."""
        return urlencode(self.pairs(**more))


def codes(text: str, on: str | None = None) -> tuple[str, ...]:
    """Entity codes from a list such as `IRN,Russia`: codes stay, names are looked up."""
    from foedus.actors.resolver import resolve

    found: list[str] = []
    for part in text.split(","):
        word = part.strip()
        if not word:
            continue
        try:
            actor = resolve(word, on=on) or resolve(word.upper(), on=on)
        except UnknownActorError as error:
            raise InputError(str(error)) from None
        if actor is None and on and (resolve(word) or resolve(word.upper())):
            raise UnknownActorError(
                f"{word[:60]} is no actor on {on}: states are known from 1816 on, each for its time"
            )
        if actor is None:
            raise UnknownActorError(
                f"{word[:60]!r} is no actor that we know: write a code such as IRN, or a name such as Iran"
            )
        found.append(actor.code)
    if len(found) > MOST_CODES:
        raise InputError(f"{len(found)} actors on one side are too many: give at most {MOST_CODES}")
    return tuple(dict.fromkeys(found))


def code(text: str) -> str:
    """One entity code as it may stand in an address. Raises InputError for anything else."""
    word = text.strip().upper()
    if not _CODE.fullmatch(word):
        raise InputError(f"{text[:60]!r} is no entity code; write one such as RUS")
    return word


def day(text: str, what: str) -> str | None:
    """A date or None. Raises InputError naming what it was for."""
    if not text.strip():
        return None
    if not is_date(text.strip()):
        raise InputError(f"{what}: {text[:40]!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
    return text.strip()


CodesParam = Annotated[
    str, Query(max_length=400, description="Entity codes or names, parted by commas", examples=["IRN"])
]
DateParam = Annotated[str, Query(max_length=40, description="YYYY-MM-DD, YYYY-MM or YYYY", examples=["2025-06-13"])]


def asked(
    attacked: CodesParam = "",
    by: Annotated[str, Query(max_length=400, description="Who attacked", examples=["ISR,USA"])] = "",
    on: DateParam = "",
    since: DateParam = "",
    until: DateParam = "",
    step: Annotated[str, Query(max_length=10, description="day, week or month")] = "",
) -> Ask:
    """The question of a request. Raises InputError for a date, code or step that cannot be."""
    if step not in ("", "day", "week", "month"):
        raise InputError(f"step {step!r} is not known: choose day, week or month")
    question = Ask(
        on=day(on, "on"),
        since=day(since, "since"),
        until=day(until, "until"),
        step=cast(Step, step) if step else None,
    )
    if question.on and bounds(question.on)[0] != bounds(question.on)[1]:
        raise InputError(f"on: {question.on} is no full day; write YYYY-MM-DD")
    if question.since and question.until and bounds(question.since)[0] > bounds(question.until)[1]:
        raise InputError(f"the window is empty: since {question.since} is after until {question.until}")
    sides = (codes(attacked, question.on), codes(by, question.on))
    both = set(sides[0]) & set(sides[1])
    if both:
        raise CrisisError(f"{', '.join(sorted(both))} cannot be attacked and attacker at once: name each on one side")
    return replace(question, attacked=sides[0], by=sides[1])
