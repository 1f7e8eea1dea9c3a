"""The units that are estimated: one row a dispute, helped side and third state."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from foedus.assess.sources import Bools, Dispute, Ints, Sources

CONTIGUOUS, RECORDED = 1, 0
"""COW's least type of contiguity, and the 0 of pairs that its table lists for days on which they were not contiguous. The
population of relevant states takes in the latter, as the published counts do (30,026 rows in 1946–89); no feature does."""


@dataclass(frozen=True)
class Units:
    """Rows of the stacked design. `case` points into `disputes`, `side` is the helped side (0 = a, 1 = b).

    `joined` is what happened: the state entered that side as a joiner, on the day `entered` (0: never). `relevant`
    marks majors and neighbours of an originator;
    `region` marks states of the helped side's region, which the population of wars adds.
    """

    disputes: list[Dispute]
    case: Ints
    side: Ints
    state: Ints
    joined: Bools
    relevant: Bools
    region: Bools
    entered: Ints

    def __len__(self) -> int:
        return len(self.case)

    def take(self, rows: Bools) -> Units:
        """The rows marked."""
        return Units(
            self.disputes,
            self.case[rows],
            self.side[rows],
            self.state[rows],
            self.joined[rows],
            self.relevant[rows],
            self.region[rows],
            self.entered[rows],
        )

    @property
    def days(self) -> Ints:
        """First day of the dispute of each row."""
        return np.asarray([dispute.day for dispute in self.disputes], dtype=np.int64)[self.case]

    @property
    def years(self) -> Ints:
        """Calendar year of the dispute of each row."""
        return np.asarray([dispute.year for dispute in self.disputes], dtype=np.int64)[self.case]

    @property
    def blocks(self) -> Ints:
        """Number of the block (dispute and helped side) of each row."""
        blocks: Ints = self.case * 2 + self.side
        return blocks

    def population(self, name: str) -> Bools:
        """Rows of a population: `relevant`, `all`, or `war` (hostility 5, relevant plus the helped side's region)."""
        if name == "all":
            return np.ones(len(self), dtype=np.bool_)
        if name == "relevant":
            return self.relevant
        war = np.asarray([dispute.hostility == 5 for dispute in self.disputes], dtype=np.bool_)[self.case]
        chosen: Bools = war & (self.relevant | self.region)
        return chosen


def units(sources: Sources, disputes: Sequence[Dispute]) -> Units:
    """All rows of the disputes: every third state on its first day, for both sides."""
    joiners = joined_sides(sources)
    case, state, side, joined, relevant, region, entry = ([] for _ in range(7))
    for place, dispute in enumerate(disputes):
        third = sources.members(dispute.day)
        originators = np.asarray([*dispute.sides[0], *dispute.sides[1]], dtype=np.int64)
        third[originators] = False
        who = np.flatnonzero(third)
        mark = (sources.major_on(dispute.day) | neighbours(sources, originators, dispute.day, RECORDED))[who]
        entered = joiners.get(dispute.id, {})
        for helped in (0, 1):
            case.append(np.full(len(who), place, dtype=np.int64))
            side.append(np.full(len(who), helped, dtype=np.int64))
            state.append(who)
            days = np.zeros(len(who), dtype=np.int64)
            for k, (joined_side, day) in entered.items():
                if joined_side == helped:
                    days[who == k] = day
            joined.append(days > 0)
            entry.append(days)
            relevant.append(mark)
            near = np.asarray(sorted({int(r) for r in sources.regions[list(dispute.sides[helped])]} - {0}))
            region.append(np.isin(sources.regions[who], near))
    if not case:
        none = np.zeros(0, dtype=np.int64)
        return Units([], none, none, none, none.astype(bool), none.astype(bool), none.astype(bool), none)
    return Units(
        list(disputes),
        np.concatenate(case),
        np.concatenate(side),
        np.concatenate(state),
        np.concatenate(joined),
        np.concatenate(relevant),
        np.concatenate(region),
        np.concatenate(entry),
    )


def joined_sides(sources: Sources) -> dict[int, dict[int, tuple[int, int]]]:
    """For every dispute, the joiners, the side each entered first and the day it did."""
    past = sources.past
    found: dict[int, dict[int, tuple[int, int]]] = {}
    for row in np.flatnonzero(~past.original):
        entry = (int(past.side[row]), int(past.start[row]))
        found.setdefault(int(past.dispute[row]), {})[int(past.state[row])] = entry
    return found


def shared_starts(sources: Sources, disputes: Sequence[Dispute]) -> Units:
    """Originators beside originators, each looked at as a third state that came to the others' side on the first day.

    Two rows for every originator of a side of two or more: it stood by that side, and not by the other. They are the
    strongest form of joining, and there are as many of them as joiners; models may learn from them, scores never
    count them.
    """
    left_out: list[tuple[Dispute, int, int]] = []
    for dispute in disputes:
        for side in (0, 1):
            team = dispute.sides[side]
            for state in team if len(team) > 1 else ():
                rest = tuple(other for other in team if other != state)
                sides = (rest, dispute.sides[1]) if side == 0 else (dispute.sides[0], rest)
                left_out.append((Dispute(dispute.id, dispute.day, sides, dispute.hostility), state, side))
    every = units(sources, [dispute for dispute, _, _ in left_out])
    if not left_out:
        return every
    chosen = every.take(every.state == np.asarray([state for _, state, _ in left_out])[every.case])
    stood = chosen.side == np.asarray([side for _, _, side in left_out])[chosen.case]
    return replace(chosen, joined=stood, entered=np.where(stood, chosen.days, 0))


def neighbours(sources: Sources, of: Ints, day: int, lowest: int = CONTIGUOUS) -> Bools:
    """States contiguous, by land or up to 400 miles of water, to any of the given ones on a day.

    With `lowest` 0 the pairs that COW's table lists for the day as not contiguous (they were, or will be) count too.
    """
    border = sources.contiguity
    on = (border.start <= day) & (border.end >= day) & (border.value >= lowest) & (border.value <= 5)
    flags = np.zeros(sources.size, dtype=np.bool_)
    flags[border.b[on & np.isin(border.a, of)]] = True
    flags[border.a[on & np.isin(border.b, of)]] = True
    return flags
