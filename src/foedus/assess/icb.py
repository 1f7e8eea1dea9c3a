"""Units of the ladder: ICB crisis actor × great power, with how far the power went for the actor."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from foedus.assess.sources import Bools, Dispute, Floats, Ints, Sources
from foedus.assess.tabular import abbreviations, columns, day_of
from foedus.assess.units import Units, neighbours
from foedus.errors import DataError

if TYPE_CHECKING:
    import pandas as pd

    from foedus.world.history.tables import Tables

RUNGS: Final = ("none", "verbal", "material", "military_aid", "force")
POWERS: Final = (
    ("USA", "us", 0, 9999),
    ("RUS", "su", 0, 9999),
    ("UKG", "gb", 1918, 1945),
    ("FRN", "fr", 1918, 1945),
    ("ITA", "it", 1918, 1945),
    ("GMY", "gr", 1918, 1945),
    ("JPN", "jp", 1918, 1945),
)
"""COW abbreviation, column prefix and years in which ICB codes the power."""
_RUNG: Final = {3: 1, 5: 1, 4: 2, 6: 2, 7: 3, 8: 4}


@dataclass(frozen=True)
class LadderUnits:
    """`units` has one row a crisis actor and power, the actor being side a; `rung` is how far the power went for it.

    `crisis` and `actor` are ICB's numbers (`crisno`, `cracid`), `over` the day the actor's crisis ended, `violent`
    whether it
    began with a violent act, `is_foe` whether the power is the very state the threat came from.
    """

    units: Units
    crisis: Ints
    actor: Ints
    power: Ints
    rung: Ints
    over: Ints
    violent: Floats
    is_foe: Bools

    def __len__(self) -> int:
        return len(self.rung)

    @property
    def years(self) -> Ints:
        """Year in which the crisis began for the actor."""
        return self.units.years


def rung_of(involvement: float, favour: float) -> int:
    """The rung of ICB's activity code: above `none` only where the power favoured the actor."""
    return _RUNG.get(int(involvement), 0) if favour == 1 else 0


def ladder_units(tables: Tables, sources: Sources) -> LadderUnits:
    """All rows of the folder's ICB table. Raises DataError where the table is not there or holds none."""
    wanted = (
        "crisno",
        "cracid",
        "yrtrig",
        "motrig",
        "datrig",
        "trigent",
        "southv",
        "yrterm",
        "moterm",
        "daterm",
        "triggr",
    )
    frame = columns(tables, "icb2v14", *wanted)
    frame = frame.sort_values(["crisno", "cracid", "yrtrig", "motrig"]).reset_index(drop=True)
    by_abbreviation = abbreviations(columns(tables, "cow_states"))
    powers = [(by_abbreviation.get(abb), prefix, low, high) for abb, prefix, low, high in POWERS]
    team = {number: set(group["cracid"].astype(int)) for number, group in frame.groupby("crisno")}
    disputes: list[Dispute] = []
    rows: list[tuple[int, int, int, int, int, int, float, bool]] = []
    for row in _records(frame):
        crisis, actor = int(row.crisno), int(row.cracid)
        start = day_of(row.yrtrig, row.motrig, row.datrig, at_end=False)
        if actor not in sources.keys:
            continue
        # ICB names who the threat came from (southv) and who set it off (trigent); codes of 900 and more are no states.
        foes = [int(code) for code in (row.southv, row.trigent) if code == code]
        foe = next((code for code in foes if code != actor and _member(sources, code, start)), None)
        if foe is None:
            others = (code for code in team[crisis] - {actor} if _member(sources, code, start))
            foe = min(others, key=sources.position, default=None)  # in an order that numbers do not decide
        against = () if foe is None else (sources.position(foe),)
        place = len(disputes)
        disputes.append(Dispute(-place - 1, start, ((sources.position(actor),), against)))
        over = day_of(row.yrterm, row.moterm, row.daterm, at_end=True) if row.yrterm == row.yrterm else start + 366
        for power, prefix, low, high in powers:
            if power is None or power in team[crisis] or not low <= int(row.yrtrig) <= high:
                continue
            involved, favour = _get(row, f"{prefix}inv"), _get(row, f"{prefix}favr")
            if not 1 <= involved <= 8:
                continue
            rows.append(
                (place, crisis, actor, power, rung_of(involved, favour), over, float(row.triggr == 9), power == foe)
            )
    if not rows:
        raise DataError(f"{tables.folder}: table 'icb2v14' holds no great power's involvement; pull it anew")
    case, crises, actors, codes, rungs, overs, violent, foes_ = (np.asarray(part) for part in zip(*rows, strict=True))
    states = np.asarray([sources.position(int(code)) for code in codes], dtype=np.int64)
    found = Units(
        disputes,
        case,
        np.zeros(len(case), dtype=np.int64),
        states,
        np.zeros(len(case), dtype=np.bool_),
        _relevant(sources, disputes, case, states),
        np.asarray(
            [sources.regions[s] == sources.regions[disputes[c].sides[0][0]] for s, c in zip(states, case, strict=True)]
        ),
        np.zeros(len(case), dtype=np.int64),
    )
    return LadderUnits(found, crises, actors, codes, rungs, overs, violent.astype(np.float64), foes_.astype(np.bool_))


def _relevant(sources: Sources, disputes: list[Dispute], case: Ints, states: Ints) -> Bools:
    marks: dict[int, Bools] = {}
    flags = np.zeros(len(case), dtype=np.bool_)
    for row, place in enumerate(case.tolist()):
        if place not in marks:
            dispute = disputes[place]
            near = neighbours(sources, np.asarray([*dispute.sides[0], *dispute.sides[1]]), dispute.day)
            marks[place] = near | sources.major_on(dispute.day)
        flags[row] = marks[place][states[row]]
    return flags


def _records(frame: pd.DataFrame) -> Iterator[Any]:
    yield from frame.itertuples(index=False)


def _member(sources: Sources, code: int, day: int) -> bool:
    try:
        return bool(sources.members(day)[sources.position(code)])
    except KeyError:
        return False


def _get(row: Any, name: str) -> float:
    value = getattr(row, name, None)
    return -1.0 if value is None or value != value else float(value)
