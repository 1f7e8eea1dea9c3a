"""What the past says about who joins whom: counts that fade with time and are added to in order of days.

Counts fade as exp(-age / tau); the stores keep exp(start / tau) and are scaled down when read, so that no array is ever swept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from foedus.assess.sources import Dispute, Floats, Ints, Sources, grid

TAU_SHORT: Final = 8 * 365.25
TAU_LONG: Final = 30 * 365.25
TAU_RECENT: Final = 3 * 365.25
PACT, NO_PACT = [2, 3, 6, 7], [0, 1, 4, 5]
"""Cells of states bound to the side, and the same cells without the bond."""


class Memory:
    """The fading counts as of one day; `meet` adds a dispute's beginning, `learn` a participation."""

    def __init__(self, sources: Sources) -> None:
        n = sources.size
        self.size = n
        self.origin = min((dispute.day for dispute in sources.disputes), default=0)
        self.now = self.origin
        pairs = ("joined", "joined_short", "together", "against", "against_short")
        self.pair: dict[str, Floats] = {name: np.zeros((n, n)) for name in pairs}
        singles = ("joins", "joins_short", "chances", "disputes", "disputes_short", "helped", "cases", "opposed")
        self.one: dict[str, Floats] = {name: np.zeros(n) for name in singles}
        self.cases: dict[tuple[int, int], tuple[Floats, Floats, Floats]] = {}
        self.cells = np.zeros((2, 8))
        for name in ("recent", "chances", "opposed"):
            self.pair[name] = np.zeros((n, n))
        self.pair["wars"] = np.zeros((n, n))
        self.units = np.zeros(2)
        self.entries = np.zeros(2)

    def grown(self, day: int, tau: float) -> float:
        """What a count of that day is kept as."""
        return float(np.exp((day - self.origin) / tau))

    def meet(self, dispute: Dispute, relevant: Ints, cells: tuple[Ints, Ints]) -> None:
        """A dispute has begun: its originators fought, and every relevant state had a chance to join."""
        long, short = self.grown(dispute.day, TAU_LONG), self.grown(dispute.day, TAU_SHORT)
        self.one["chances"][relevant] += long
        self.units += 2 * len(relevant) * np.array([short, long])
        for side in (0, 1):
            np.add.at(self.cells[0], cells[side][relevant], long)
            mine, other = list(dispute.sides[side]), list(dispute.sides[1 - side])
            for name, grown in (("against", long), ("against_short", short)):
                self.pair[name][grid(mine, other)] += grown
            together = grid(mine, mine)
            self.pair["together"][together] += long
            self.one["disputes"][mine] += long
            self.one["disputes_short"][mine] += short
            self.one["cases"][mine] += long
            self.pair["chances"][grid(relevant, mine)] += long
        for a in dispute.sides[0]:
            for b in dispute.sides[1]:
                for pair in ((a, b), (b, a)):
                    self.case(pair)[2][0] += long

    def learn(
        self, joiner: int, client: Sequence[int], adversary: Sequence[int], day: int, cell: int | None,
        comrades: Sequence[int], foes: Sequence[int],
    ) -> None:  # fmt: skip
        """A state has joined the side `client` against `adversary` on a day, beside earlier joiners, against others."""
        long, short = self.grown(day, TAU_LONG), self.grown(day, TAU_SHORT)
        mine, other = list(client), list(adversary)
        self.pair["joined"][joiner, mine] += long
        self.pair["joined_short"][joiner, mine] += short
        self.pair["opposed"][joiner, other] += long
        self.pair["together"][joiner, mine] += long
        self.pair["together"][mine, joiner] += long
        for name, grown in (("against", long), ("against_short", short)):
            self.pair[name][joiner, other] += grown
            self.pair[name][other, joiner] += grown
        for name, grown in (("joins", long), ("joins_short", short), ("disputes", long), ("disputes_short", short)):
            self.one[name][joiner] += grown
        self.one["helped"][mine] += long
        self.one["opposed"][other] += long
        if cell is not None:
            self.entries += np.array([short, long])
            self.cells[1, cell] += long
        self.pair["recent"][joiner, mine] += self.grown(day, TAU_RECENT)
        for beside in comrades:
            self.pair["together"][joiner, beside] += long
            self.pair["together"][beside, joiner] += long
        for name, grown in (("against", long), ("against_short", short)):
            for foe in foes:
                self.pair[name][joiner, foe] += grown
                self.pair[name][foe, joiner] += grown
        for c in mine:
            for v in other:
                self.case((c, v))[0][joiner] += long
                self.case((v, c))[1][joiner] += long

    def case(self, pair: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
        """Of a client and its foe: by state, times it helped and times it joined the foe; and times the two met."""
        if pair not in self.cases:
            self.cases[pair] = (np.zeros(self.size), np.zeros(self.size), np.zeros(1))
        return self.cases[pair]

    def fought_war(self, dispute: Dispute) -> None:
        """A dispute has ended that was a war; its scale is known only now."""
        grown = self.grown(dispute.day, TAU_LONG)
        for a in dispute.sides[0]:
            for b in dispute.sides[1]:
                self.pair["wars"][a, b] += grown
                self.pair["wars"][b, a] += grown

    def rates(self, day: int, client: Ints, adversary: Ints, helped: Floats) -> list[Floats]:
        """Log of joins per chance of every state: ever, for this client, against this adversary, in this very pairing.

        Each is drawn to the one before it where chances were few (partial pooling), so one that never had a chance gets the
        base rate and one that let thirty pass gets less. `helped` are the fading times it helped in this pairing.
        """
        long = max(self.grown(day, TAU_LONG), 1.0)
        base = (self.entries[1] + 0.05 * long) / (self.units[1] + 10 * long)
        own = (self.one["joins"] / long + 20 * base) / (2 * self.one["chances"] / long + 20)
        rates = [own]
        for joins, of in (("joined", client), ("opposed", adversary)):
            seen = self.pair[joins][:, of].max(axis=1) / long
            rates.append((seen + 6 * own) / (self.pair["chances"][:, of].max(axis=1) / long + 6))
        met = max(float(self.cases[(c, v)][2][0]) if (c, v) in self.cases else 0.0 for c in client for v in adversary)
        both = np.sqrt(rates[1] * rates[2])
        rates.append((helped / long + 3 * both) / (met / long + 3))
        return [np.log(rate) for rate in rates]

    def cell_rates(self, day: int) -> Floats:
        """Joins per chance of the states of each cell (power, pact, rivalry), drawn to the overall rate where chances are few."""
        chances, joins = self.cells[0].sum(), self.cells[1].sum()
        long = max(self.grown(day, TAU_LONG), 1.0)
        base = (joins + 0.05 * long) / (chances + 10 * long)
        rate: Floats = (self.cells[1] + 200 * base * long) / (self.cells[0] + 200 * long)
        rate[PACT] = np.maximum(rate[PACT], rate[NO_PACT])
        return rate
