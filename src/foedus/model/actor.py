"""An actor: who is meant by a name on a date."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

ActorKind = Literal["state", "body", "group", "collective"]


@dataclass(frozen=True, slots=True)
class Actor:
    """The entity a name stands for. A person, ministry or army resolves to its state with `sector`, `person`, `role` filled.

    `code` is the entity code of the codebook; `iso3`, `cow`, `gw` are set for states (COW and Gleditsch–Ward numbers on
    the date asked about). `matched` is the name as understood, `source` where the record can be looked up.
    """

    code: str
    name: str
    kind: ActorKind
    sector: str | None = None
    iso3: str | None = None
    cow: int | None = None
    gw: int | None = None
    person: str | None = None
    role: str | None = None
    start: str | None = None
    end: str | None = None
    matched: str = ""
    source: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return {name: getattr(self, name) for name in self.__slots__}
