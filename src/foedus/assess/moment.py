"""What holds for every state as one dispute begins, looked up once and shared by everything that is computed from it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from foedus.assess import sources as src
from foedus.assess.sources import Bools, Dispute, Floats, Ints, Singles, Sources


@dataclass(frozen=True)
class Year:
    """The yearly facts read for a dispute, those of the year before; arrays over states, matrices over pairs of states.

    `pact` and `rival` are 0 or 1 (all 0 where `pacts_known` and `rivals_known` say that nothing is known), `ties` holds the bits.
    """

    ties: npt.NDArray[np.uint8]
    pact: Singles
    rival: Singles
    pacts_known: bool
    rivals_known: bool
    igos: npt.NDArray[np.int16] | None
    cinc: Floats
    power: Floats
    regime: Floats
    trade: Floats
    wealth: Floats
    own: dict[str, Floats]
    war: Bools
    war_at_home: Bools


def year_of(sources: Sources, year: int) -> Year:
    """The facts of one year."""
    place = year - sources.first
    inside = 0 <= place < sources.ties.shape[0]
    size = sources.size
    ties = sources.ties[place] if inside else np.zeros((size, size), dtype=np.uint8)
    own = {name: sources.at(name, year).astype(float) for name in ("milper", "population", "imports", "exports")}
    cinc = sources.at("cinc", year).astype(float)
    middle = dt.date(max(year, 1), 7, 1).toordinal()
    return Year(
        ties=ties,
        pact=((ties & src.DEFENSE) > 0).astype(np.float32),
        rival=((ties & src.RIVAL) > 0).astype(np.float32),
        pacts_known=inside and bool(sources.ties_known[place]),
        rivals_known=inside and bool(sources.rival_known[place]),
        igos=sources.igos[place] if inside and sources.igos is not None else None,
        cinc=cinc,
        power=np.log(cinc + 1e-5),
        regime=sources.at("polyarchy", year).astype(float),
        trade=own["imports"] + own["exports"],
        wealth=np.log(sources.at("gdppc", year).astype(float)),
        own=own,
        war=src.active(sources.wars, middle, size),
        war_at_home=src.active(sources.civil_wars, middle, size),
    )


@dataclass(frozen=True)
class Moment:
    """One dispute's first day. `border` is the closest type of contiguity (1–5, 6 none) of every state to each side, `far` the
    distance in kilometres to every originator."""

    dispute: Dispute
    teams: tuple[Ints, Ints]
    year: Year
    major: Bools
    border: tuple[Floats, Floats]
    far: dict[int, Floats]

    @property
    def neighbours(self) -> Bools:
        """States contiguous to an originator of either side."""
        found: Bools = np.minimum(*self.border) <= 5
        return found


class Moments:
    """Moments of disputes, with what they share kept: the facts of a year, the capitals in radians."""

    def __init__(self, sources: Sources) -> None:
        self.sources = sources
        self._years: dict[int, Year] = {}
        self._kept: dict[Dispute, Moment] = {}
        real = sources.contiguity.value >= 1
        spells = sources.contiguity
        self._a = np.concatenate([spells.a[real], spells.b[real]])
        self._b = np.concatenate([spells.b[real], spells.a[real]])
        self._start, self._end = np.tile(spells.start[real], 2), np.tile(spells.end[real], 2)
        self._kind = np.tile(spells.value[real], 2)

    def year(self, year: int) -> Year:
        """The facts of a year."""
        if year not in self._years:
            self._years[year] = year_of(self.sources, year)
        return self._years[year]

    def of(self, dispute: Dispute) -> Moment:
        """The moment at which a dispute begins."""
        if dispute not in self._kept:
            self._kept[dispute] = self._made(dispute)
        return self._kept[dispute]

    def _made(self, dispute: Dispute) -> Moment:
        teams = tuple(np.asarray(side, dtype=np.int64) for side in dispute.sides)
        on = (self._start <= dispute.day) & (self._end >= dispute.day) & (self._kind <= 5)
        here, there, kind = self._a[on], self._b[on], self._kind[on]
        borders = []
        for team in teams:
            mine = np.zeros(self.sources.size, dtype=np.bool_)
            mine[team] = True
            chosen = mine[here]
            closest = np.full(self.sources.size, 6.0)
            np.minimum.at(closest, there[chosen], kind[chosen])
            borders.append(closest)
        return Moment(
            dispute,
            (teams[0], teams[1]),
            self.year(dispute.year - 1),
            self.sources.major_on(dispute.day),
            (borders[0], borders[1]),
            self._far(dispute),
        )

    def _far(self, dispute: Dispute) -> dict[int, Floats]:
        where = src.place_of_capitals(self.sources, dispute.day).T
        return {state: src.great_circle(*where, *where[:, state]) for side in dispute.sides for state in side}
