"""`Sources` from the facts and treaties that come with Foedus: what is known of the states of 1990–2025 without any download.

The shipped record of disputes is a selection of the notable ones. Differences between states within it mean something; its rates
cannot be set beside those of two centuries of GML-MID, so they are moved onto the level that the model was fitted on, and
the plain base rates are left missing.
"""

from __future__ import annotations

import datetime as dt
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess import sources as src
from foedus.assess.history import region_of
from foedus.assess.sources import Dispute, Participation, Singles, Sources, Spells, spells_of
from foedus.assess.tabular import FOREVER
from foedus.model.dates import earliest, latest

if TYPE_CHECKING:
    from foedus.model.treaty import Treaty
    from foedus.world.present.facts import Facts
    from foedus.world.world import World

FIRST: Final = 1989
NEAR: Final = 3
"""Figures of a later year may stand in for an earlier one by this many years; beyond that they are missing."""
_BITS: Final = {
    "defense": src.DEFENSE,
    "offense": src.OFFENSE,
    "neutrality": src.NEUTRAL,
    "nonaggression": src.NONAGGRESSION,
    "consultation": src.CONSULT,
}
HEIRS: Final = {"SUN": "RUS", "YUG": "SRB", "SCG": "SRB"}
"""States that are gone, and the one that continued them: its facts stand in for them while they existed."""
_LENGTH: Final = 30
"""Days that a dispute without a recorded end counts as running."""


def from_world(world: World, date: dt.date) -> Sources:
    """The shipped sources as they stand for a crisis on `date`: treaties of the day before, all else as of its year.

    Whoever calls may change `ties` of the year before (what-ifs do) after taking a copy.
    """
    base = _base(_Held(world))
    rows = _then([str(code) for code in base.keys], date)
    year = date.year - 1 - FIRST
    ties = base.ties.copy()
    rivals = ties[year] & (src.RIVAL | src.RIVAL_LIGHT)
    ties[year] = rivals | _pacts(world, date - dt.timedelta(1), rows)
    notes = base.notes + [
        f"{world.name(code)}: judged by the facts of {world.name(heir)}" for code, heir in HEIRS.items() if code in rows
    ]
    return Sources(**{**base.__dict__, "keys": list(rows), "ties": ties, "notes": notes})


def _then(codes: list[str], day: dt.date) -> dict[str, int]:
    """Positions of the rows of facts by the codes that they stand under on a day: a state since gone keeps its heir's row
    while it existed and its heir did not."""
    found = {}
    for place, code in enumerate(codes):
        former = (one for one, heir in HEIRS.items() if heir == code and _states()[one].exists(day.isoformat()))
        found[code if _states()[code].exists(day.isoformat()) else next(former, code)] = place
    return found


class _Held:
    """A world as a key of the cache: by identity, since a world never changes."""

    def __init__(self, world: World) -> None:
        self.world = world

    def __hash__(self) -> int:
        return id(self.world)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Held) and other.world is self.world


@lru_cache(maxsize=4)
def _base(held: _Held) -> Sources:
    from foedus.world.present.facts import COVERS_FROM, COVERS_TO, Facts

    facts = Facts.shipped()
    last = COVERS_TO.year + 2
    keys = [code for code in facts.codes() if code in _states()]
    index = {code: place for place, code in enumerate(keys)}
    years = last - FIRST + 1
    past, disputes = _disputes(facts, index)
    ties = np.zeros((years, len(keys), len(keys)), dtype=np.uint8)
    for year in range(years):
        day = dt.date(FIRST + year, 12, 31)
        ties[year] = _pacts(held.world, day, _then(keys, day))
        for code in keys:
            for rivalry in facts.rivalries(code, None, day):
                if rivalry.code1 in index and rivalry.code2 in index:
                    ties[year, index[rivalry.code1], index[rivalry.code2]] |= src.RIVAL | src.RIVAL_LIGHT
                    ties[year, index[rivalry.code2], index[rivalry.code1]] |= src.RIVAL | src.RIVAL_LIGHT
    known = np.ones(years, dtype=np.bool_)
    places = [(index[code], facts.capital(code)) for code in keys if _has_capital(facts, code)]
    outer, inner = _wars(facts, index)
    return Sources(
        keys=list(keys),
        first=FIRST,
        last=last,
        present=spells_of([(place, -1, *life, 1.0) for code, place in index.items() for life in _lives(code)]),
        majors=spells_of([(index[code], -1, 0, FOREVER, 1.0) for code in keys if facts.state(code).major]),
        contiguity=_borders(facts, index),
        wars=outer,
        civil_wars=inner,
        yearly=_yearly(facts, keys, last),
        ties=ties,
        ties_known=known,
        rival_known=known,
        igos=None,
        capitals=spells_of([(place, place, 0, FOREVER, 1.0) for place, _ in places]),
        capital_latlon=np.asarray([[lat, lon] for _, (_, lat, lon) in places]),
        past=past,
        disputes=disputes,
        regions=np.asarray([_region(code) for code in keys], dtype=np.int64),
        joining_known_from=COVERS_FROM.year,
        notes=[
            "shared organisations and trade are not among the shipped facts: missing for the model",
            "wealth is in another unit than the model learnt from: missing for the model",
            "past disputes are the notable ones from 1990 on; rates of joining are compared within them only",
        ],
        reach=f"shipped facts of {COVERS_FROM.isoformat()} to {COVERS_TO.isoformat()}",
    )


@cache
def _states() -> dict[str, Any]:
    from foedus.actors import tables

    return dict(tables.states())


def _lives(code: str) -> list[tuple[int, int]]:
    """First and last days of the stretches in which a state existed, those of the state that it continued among them."""
    found = []
    for one in (code, *(former for former, heir in HEIRS.items() if heir == code)):
        state = _states()[one]
        starts = [earliest(state.start).toordinal(), *(latest(end).toordinal() + 1 for _, end in state.gaps)]
        ends = [*(earliest(start).toordinal() - 1 for start, _ in state.gaps), _end(state.end)]
        found += [(start, end) for start, end in zip(starts, ends, strict=True) if start <= end]
    return found


def _end(day: str) -> int:
    return FOREVER if day >= "9999" else latest(day).toordinal()


def _region(code: str) -> int:
    for membership in _states()[code].memberships:
        if membership.system == "cow" and (found := region_of(membership.abbrev)):
            return found
    return 0


def _has_capital(facts: Facts, code: str) -> bool:
    from foedus.errors import UnknownActorError

    try:
        facts.capital(code)
    except UnknownActorError:
        return False
    return True


def _pacts(world: World, on: dt.date, index: dict[str, int]) -> Any:
    grid = np.zeros((len(index), len(index)), dtype=np.uint8)
    for treaty in world.treaties(on=on):
        for kind, by, to in promises(treaty, on):
            rows = [index[code] for code in by if code in index]
            columns = [index[code] for code in to if code in index]
            if rows and columns:
                grid[np.ix_(rows, columns)] |= _BITS[kind] | src.ANY_PACT
    np.fill_diagonal(grid, 0)
    return grid


def promises(treaty: Treaty, on: dt.date) -> list[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    """What a treaty promises on a day: (kind of clause, who owes it, who is owed it)."""
    from foedus.world import treaties as law

    parties = tuple(law.members(treaty, on))
    return [
        (clause.kind, clause.by or parties, clause.to or parties)
        for clause in treaty.clauses
        if law.within(clause.start, clause.end, on)
    ]


def _borders(facts: Facts, index: dict[str, int]) -> Spells:
    rows = []
    for border in _border_records(facts):
        if border.code1 in index and border.code2 in index:
            start = earliest(border.start).toordinal() if border.start else 0
            end = latest(border.end).toordinal() if border.end else FOREVER
            rows.append((index[border.code1], index[border.code2], start, end, float(border.conttype)))
    return spells_of(rows)


def _border_records(facts: Facts) -> list[Any]:
    from foedus.world.present.records import Border

    found = []
    for code in facts.codes():
        for other in facts.neighbours(code, None, up_to=5):
            if code < other:
                found.append(Border(code, other, facts.contiguity(code, other), "", "", ""))
    return found


def _dispute_records(facts: Facts) -> list[Any]:
    listed = {(one.code1, one.code2, one.date, one.name): one for code in facts.codes() for one in facts.disputes(code)}
    return sorted(listed.values(), key=lambda one: (one.date, one.code1, one.code2, one.name))


def _yearly(facts: Facts, keys: list[str], last: int) -> dict[str, Singles]:
    names = ("cinc", "milper", "polyarchy", "gdppc", "population", "imports", "exports")
    grids = {name: np.full((len(keys), last - FIRST + 1), np.nan, dtype=np.float32) for name in names}
    for place, code in enumerate(keys):
        for year in range(FIRST, last + 1):
            on = dt.date(year, 12, 31)
            record = facts.state(code, on)
            if record.year - year > NEAR:
                continue
            values = {
                "cinc": facts.capability_share(code, on),
                "milper": record.active_personnel_k,
                "polyarchy": record.democracy,
                "population": record.population_m,
            }
            for name, value in values.items():
                if value is not None:
                    grids[name][place, year - FIRST] = value
    return grids


def _wars(facts: Facts, index: dict[str, int]) -> tuple[Spells, Spells]:
    outer: list[tuple[int, int, int, int, float]] = []
    inner: list[tuple[int, int, int, int, float]] = []
    for war in facts.war_ids():
        for part in facts.war(war):
            if part.fought and part.code in index:
                start, end = _span(part.start, part.end)
                (outer if part.kind == "interstate" else inner).append((index[part.code], -1, start, end, 1.0))
    return spells_of(outer), spells_of(inner)


def _span(start: str, end: str) -> tuple[int, int]:
    return earliest(start).toordinal(), latest(end).toordinal() if end else FOREVER


def _disputes(facts: Facts, index: dict[str, int]) -> tuple[Participation, list[Dispute]]:
    """Wars with their joiners, and other disputes as two states against each other."""
    rows: list[tuple[int, int, int, bool, int, int]] = []
    disputes: list[Dispute] = []
    number = 0
    for war in facts.war_ids():
        number += 1
        first: dict[str, tuple[int, int, int, bool]] = {}
        for part in facts.war(war):
            if part.fought and part.code in index:
                start, end = _span(part.start, part.end)
                entry = (start, end, int(part.side == "b"), part.role == "originator")
                if part.code not in first or entry[0] < first[part.code][0]:
                    first[part.code] = entry
        sides: tuple[list[int], list[int]] = ([], [])
        for code, (start, end, side, original) in first.items():
            rows.append((number, index[code], side, original, start, end))
            if original:
                sides[side].append(index[code])
        begun = [start for start, _, _, original in first.values() if original]
        if all(sides):
            disputes.append(Dispute(number, min(begun), (tuple(sides[0]), tuple(sides[1])), 5))
    for dispute in _dispute_records(facts):
        if dispute.level == "war" or dispute.code1 not in index or dispute.code2 not in index:
            continue
        number += 1
        start = earliest(dispute.date).toordinal()
        pair = (index[dispute.code1], index[dispute.code2])
        rows.extend((number, state, side, True, start, start + _LENGTH) for side, state in enumerate(pair))
        disputes.append(Dispute(number, start, ((pair[0],), (pair[1],)), 3))
    disputes.sort(key=lambda one: (one.day, one.id))
    columns = [np.asarray(column) for column in zip(*rows, strict=True)]
    return Participation(columns[0], columns[1], columns[2], columns[3].astype(bool), columns[4], columns[5]), disputes
