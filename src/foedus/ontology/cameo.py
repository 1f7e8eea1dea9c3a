"""CAMEO codes with their PLOVER types, read from `data/cameo_plover.csv`. Codes are strings: `010` is not `10`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from foedus.errors import InputError


@dataclass(frozen=True, slots=True)
class CameoCode:
    """One CAMEO code. `type` is None where PLOVER has no event (plain statements); `goldstein` runs from -10 to +10.

    `note` tells where the codebook departs from the table that PLOVER's authors published in 2021.
    """

    code: str
    name: str
    type: str | None
    mode: str | None
    goldstein: float | None
    context: str | None
    note: str

    @property
    def root(self) -> str:
        """The two digits of the code's family."""
        return self.code[:2]


@cache
def codes() -> MappingProxyType[str, CameoCode]:
    """Every known code, in order."""
    text = files("foedus.ontology").joinpath("data/cameo_plover.csv").read_text(encoding="utf-8")
    found = {}
    for row in csv.DictReader(text.splitlines()):
        found[row["code"]] = CameoCode(
            code=row["code"],
            name=row["name"],
            type=row["type"] or None,
            mode=row["mode"] or None,
            goldstein=float(row["goldstein"]) if row["goldstein"] else None,
            context=row["context"] or None,
            note=row["note"],
        )
    return MappingProxyType(found)


def cameo(code: str) -> CameoCode:
    """The entry of a code; an unknown third or fourth digit falls back to its parent.

    Raises `InputError` for a number, whose leading zero is lost, and for a code without a known family.
    """
    if not isinstance(code, str):
        raise InputError(f"CAMEO codes are strings ('010' is not '10'), not {code!r}; read that column as text")
    wanted = code.strip()
    for known in (wanted, wanted[:3], wanted[:2]):
        if len(known) >= 2 and known in codes():
            return codes()[known]
    raise InputError(f"{code!r} is no CAMEO code; codes have two to four digits, as in '010' or '1823'")
