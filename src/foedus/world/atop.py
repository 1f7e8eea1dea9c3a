"""ATOP's dyad-years as treaties, for dyads and years where the shipped list holds none."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Final

from foedus.errors import UnknownActorError
from foedus.model.treaty import Clause, ClauseKind, Party, Treaty
from foedus.world import treaties as law

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

_COLUMNS: Final[dict[str, ClauseKind]] = {
    "atop_defense": "defense",
    "atop_offense": "offense",
    "atop_neutral": "neutrality",
    "atop_nonagg": "nonaggression",
    "atop_consul": "consultation",
}
_SOURCE: Final = "Leeds et al. 2002, Alliance Treaty Obligations and Provisions (ATOP), dyad-year data as loaded"


def beyond(tables: Tables, shipped: Sequence[Treaty], codes: Sequence[str], on: dt.date) -> list[Treaty]:
    """ATOP commitments of the year of `on` among dyads (that hold all of `codes`) without an alliance in `shipped`.

    ATOP's public dyad-year file has no dates within the year, no conditions and no articles: the records say so.
    """
    from foedus.actors import resolver

    frame = tables["atop_alliance"]
    year = frame[(frame["year"] == on.year) & (frame[list(_COLUMNS)].max(axis=1) > 0)]
    covered = {
        pair for treaty in shipped if treaty.clauses for pair in combinations(sorted(set(law.members(treaty, on))), 2)
    }
    found: dict[tuple[str, str], Treaty] = {}
    for row in year.to_dict("records"):
        try:
            pair = tuple(sorted(resolver.from_cow(int(row[side]), on) for side in ("ccode1", "ccode2")))
        except UnknownActorError:
            continue
        if pair in covered or any(code not in pair for code in codes):
            continue
        one, two = pair
        clauses = tuple(
            Clause(kind, f"{law.SENSE[kind]} (ATOP's coding; conditions unknown)")
            for column, kind in _COLUMNS.items()
            if row[column] == 1
        )
        found[one, two] = Treaty(
            id=f"atop-{one.lower()}-{two.lower()}-{on.year}",
            title=f"{resolver.name(one)}–{resolver.name(two)} commitment in ATOP",
            kind="alliance",
            parties=(Party(one), Party(two)),
            signed=None,
            start=str(on.year),
            end=str(on.year),
            clauses=clauses,
            source=_SOURCE,
            confidence="medium",
            note="known by dyad and year only; look up the text under the members and year in ATOP",
            provenance="ATOP",
        )
    return list(found.values())
