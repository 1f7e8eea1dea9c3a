"""What the past, up to the day before, says about who joins whom: counts that fade with time, walked through in
order of days.

A participation is learnt on its first day and so counts from the next day on. Counts fade as exp(-age / tau); the
stores keep
exp(start / tau) and are scaled down when read, so that no array is ever swept.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from foedus.assess.sources import DEFENSE, RIVAL, Dispute, Floats, Ints, Sources, great_circle, grid, place_of_capitals
from foedus.assess.units import Units, joined_sides, neighbours

TAU_SHORT: Final = 8 * 365.25
TAU_LONG: Final = 30 * 365.25
TAU_RECENT: Final = 3 * 365.25
PACT, NO_PACT = [2, 3, 6, 7], [0, 1, 4, 5]
"""Cells of states bound to the side, and the same cells without the bond."""
COLUMNS: Final = (
    "joined_client", "joined_client_short", "joined_adversary", "client_joined_me", "adversary_joined_me",
    "together_client", "together_adversary", "fought_client", "fought_adversary", "fought_adversary_short",
    "same_case_helped", "same_case_opposed", "same_case_joiners", "same_case_count",
    "joins", "joins_short", "join_rate", "disputes", "disputes_short", "chances",
    "client_helped", "client_help_rate", "adversary_helped", "adversary_opposed", "adversary_oppose_rate",
    "client_disputes", "adversary_disputes", "adversary_disputes_short",
    "ongoing_against_adversary", "ongoing_beside_client", "ongoing_against_client", "ongoing_beside_adversary",
    "ongoing_mine", "ongoing_joined", "client_ongoing", "adversary_ongoing",
    "enemies_shared_adversary", "comrades_shared_client", "comrades_shared_adversary", "enemies_shared_client",
    "base_rate", "base_rate_long", "side_size", "other_size",
    "allies_fought_adversary", "allies_fought_client", "allies_joined_client", "allies_now_against_adversary",
    "allies_now_against_client", "now_against_friends_of_adversary", "now_against_friends_of_client",
    "cell_rate", "joined_near_client", "joined_against_near_adversary", "pair_wars", "joins_recent", "comrades_against_adversary",
    "comrades_for_client", "rate", "client_rate", "adversary_rate", "case_rate",
)  # fmt: skip


class Memory:
    """The fading counts as of one day; `learn` adds a participation, `look` reads a dispute's columns for every
    state.
    """

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

    def _grown(self, day: int, tau: float) -> float:
        return float(np.exp((day - self.origin) / tau))

    def meet(self, dispute: Dispute, relevant: Ints, cells: tuple[Ints, Ints]) -> None:
        """A dispute has begun: its originators fought, and every relevant state had a chance to join."""
        long, short = self._grown(dispute.day, TAU_LONG), self._grown(dispute.day, TAU_SHORT)
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
                    self._case(pair)[2][0] += long

    def learn(
        self, joiner: int, client: Sequence[int], adversary: Sequence[int], day: int, cell: int | None,
        comrades: Sequence[int], foes: Sequence[int],
    ) -> None:  # fmt: skip
        """A state has joined the side `client` against `adversary` on a day, beside earlier joiners, against others."""
        long, short = self._grown(day, TAU_LONG), self._grown(day, TAU_SHORT)
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
        self.pair["recent"][joiner, mine] += self._grown(day, TAU_RECENT)
        for beside in comrades:
            self.pair["together"][joiner, beside] += long
            self.pair["together"][beside, joiner] += long
        for name, grown in (("against", long), ("against_short", short)):
            for foe in foes:
                self.pair[name][joiner, foe] += grown
                self.pair[name][foe, joiner] += grown
        for c in mine:
            for v in other:
                self._case((c, v))[0][joiner] += long
                self._case((v, c))[1][joiner] += long

    def _case(self, pair: tuple[int, int]) -> tuple[Floats, Floats, Floats]:
        if pair not in self.cases:
            self.cases[pair] = (np.zeros(self.size), np.zeros(self.size), np.zeros(1))
        return self.cases[pair]

    def look(
        self, dispute: Dispute, side: int, who: Ints, ongoing: Ongoing, pacts: Floats, cells: Ints, near: Floats
    ) -> Floats:
        """The columns of `COLUMNS` for the states `who`, the given side being helped; several originators give the
        maximum.
        """
        client, adversary = list(dispute.sides[side]), list(dispute.sides[1 - side])
        long = 1 / self._grown(dispute.day, TAU_LONG)
        short = 1 / self._grown(dispute.day, TAU_SHORT)
        pair, one = self.pair, self.one
        joined, together, against = pair["joined"], pair["together"], pair["against"]
        helped = opposed = np.zeros(len(who))
        before = joiners = 0.0
        for c in client:
            for v in adversary:
                if (c, v) in self.cases:
                    record = self.cases[(c, v)]
                    helped = np.maximum(helped, record[0][who])
                    opposed = np.maximum(opposed, record[1][who])
                    joiners = max(joiners, float(record[0].sum()))
                    before = max(before, float(record[2][0]))
        foes = against[adversary].sum(axis=0) * long
        allies = together[client].sum(axis=0) * long
        friends = together[adversary].sum(axis=0) * long
        enemies = against[client].sum(axis=0) * long
        # The sides themselves are left out of a state's allies, so that a pact with one of them moves only its own columns.
        others = np.ones(self.size)
        others[client + adversary] = 0
        size = np.maximum((pacts @ others)[who], 1)
        beside = np.maximum(together.sum(axis=1)[who] * long, 1)
        now = np.minimum(ongoing.against, 1)

        def allies_of(vector: Floats) -> Floats:
            """Mean of a column over a state's allies."""
            value: Floats = (pacts @ (vector * others))[who] / size
            return value

        def comrades_of(vector: Floats) -> Floats:
            """Mean of a column over those that a state stood beside."""
            value: Floats = (together @ vector)[who] * long / beside
            return value

        ones = np.ones(len(who))

        def most(matrix: Floats, of: list[int], scale: float) -> Floats:
            value: Floats = matrix[grid(who, of)].max(axis=1) * scale
            return value

        def back(matrix: Floats, of: list[int]) -> Floats:
            value: Floats = matrix[grid(of, who)].max(axis=0) * long
            return value

        def top(name: str, of: list[int], scale: float = long) -> Floats:
            value: Floats = ones * one[name][of].max() * scale
            return value

        chances = one["chances"][who] * long
        joins = one["joins"][who] * long
        columns = [
            most(joined, client, long), most(pair["joined_short"], client, short), most(joined, adversary, long),
            back(joined, client), back(joined, adversary),
            most(together, client, long), most(together, adversary, long),
            most(against, client, long), most(against, adversary, long), most(pair["against_short"], adversary, short),
            helped * long, opposed * long, ones * joiners * long, ones * before * long,
            joins, one["joins_short"][who] * short, (joins + 0.1) / (chances + 20.0),
            one["disputes"][who] * long, one["disputes_short"][who] * short, chances,
            top("helped", client), (top("helped", client) + 0.2) / (top("cases", client) + 2.0),
            top("helped", adversary), top("opposed", adversary),
            (top("opposed", adversary) + 0.2) / (top("cases", adversary) + 2.0),
            top("disputes", client), top("disputes", adversary), top("disputes_short", adversary, short),
            ongoing.against[grid(who, adversary)].max(axis=1), ongoing.beside[grid(who, client)].max(axis=1),
            ongoing.against[grid(who, client)].max(axis=1), ongoing.beside[grid(who, adversary)].max(axis=1),
            ongoing.mine[who], ongoing.joined[who],
            ones * ongoing.mine[client].max(), ones * ongoing.mine[adversary].max(),
            (against @ foes)[who] * long, (together @ allies)[who] * long, (together @ friends)[who] * long,
            (against @ enemies)[who] * long,
            ones * (self.entries[0] * short + 0.05) / (self.units[0] * short + 10.0),
            ones * (self.entries[1] * long + 0.05) / (self.units[1] * long + 10.0),
            ones * len(client), ones * len(adversary),
            allies_of(np.minimum(foes, 3)), allies_of(np.minimum(enemies, 3)),
            allies_of(np.minimum(joined[:, client].max(axis=1) * long, 3)),
            allies_of(now[:, adversary].max(axis=1)),
            allies_of(now[:, client].max(axis=1)),
            (now @ pacts[adversary].max(axis=0))[who],
            (now @ pacts[client].max(axis=0))[who],
            self._cell_rate(cells[who]),
            (joined @ near[client].max(axis=0))[who] * long, (against @ near[adversary].max(axis=0))[who] * long,
            ones * pair["wars"][grid(client, adversary)].max() * long,
            pair["recent"][who].sum(axis=1) / self._grown(dispute.day, TAU_RECENT),
            comrades_of(np.minimum(foes, 3)), comrades_of(np.minimum(joined[:, client].max(axis=1) * long, 3)),
            *self._rates(who, client, adversary, helped),
        ]  # fmt: skip
        return np.stack(columns, axis=1)

    def _rates(self, who: Ints, client: list[int], adversary: list[int], helped: Floats) -> list[Floats]:
        """Joins per chance of a state: ever, for this client, against this adversary, in this very pairing.

        Each is drawn to the one before it where chances were few (partial pooling), so one that never had a chance
        gets the
        base rate and one that let thirty pass gets less.
        """
        grown = max(self._grown(self.now, TAU_LONG), 1.0)
        base = (self.entries[1] + 0.05 * grown) / (self.units[1] + 10 * grown)
        own = (self.one["joins"][who] / grown + 20 * base) / (2 * self.one["chances"][who] / grown + 20)
        pair = {
            name: self.pair[name][grid(who, of)].max(axis=1) / grown
            for name, of in (("joined", client), ("opposed", adversary))
        }
        chances = [self.pair["chances"][grid(who, of)].max(axis=1) / grown for of in (client, adversary)]
        for_client = (pair["joined"] + 6 * own) / (chances[0] + 6)
        against = (pair["opposed"] + 6 * own) / (chances[1] + 6)
        met = max(float(self._case((c, v))[2][0]) for c in client for v in adversary) / grown
        both = np.sqrt(for_client * against)
        case = (helped / grown + 3 * both) / (met + 3)
        return [np.log(own), np.log(for_client), np.log(against), np.log(case)]

    def _cell_rate(self, cells: Ints) -> Floats:
        """Joins per chance among states placed alike (power, pact, rivalry), drawn to the overall rate where
        chances are few.
        """
        chances, joins = self.cells[0].sum(), self.cells[1].sum()
        grown = max(self._grown(self.now, TAU_LONG), 1.0)
        base = (joins + 0.05 * grown) / (chances + 10 * grown)
        rate: Floats = (self.cells[1] + 200 * base * grown) / (self.cells[0] + 200 * grown)
        rate[PACT] = np.maximum(rate[PACT], rate[NO_PACT])
        return rate[cells]

    def fought_war(self, dispute: Dispute) -> None:
        """A dispute has ended that was a war; its scale is known only now."""
        grown = self._grown(dispute.day, TAU_LONG)
        for a in dispute.sides[0]:
            for b in dispute.sides[1]:
                self.pair["wars"][a, b] += grown
                self.pair["wars"][b, a] += grown


class Ongoing:
    """Disputes running on the day before: who stands against whom and beside whom right now."""

    def __init__(self, size: int) -> None:
        self.against = np.zeros((size, size))
        self.beside = np.zeros((size, size))
        self.mine = np.zeros(size)
        self.joined = np.zeros(size)
        self._running: dict[int, list[tuple[int, int]]] = {}

    def change(self, dispute: int, state: int, side: int, original: bool, by: int) -> None:
        """A state enters (`by` = 1) or leaves (-1) a dispute."""
        inside = self._running.setdefault(dispute, [])
        if by < 0:
            inside.remove((state, side))
        for other, other_side in inside:
            matrix = self.beside if other_side == side else self.against
            matrix[state, other] += by
            matrix[other, state] += by
        if by > 0:
            inside.append((state, side))
        self.mine[state] += by
        if not original:
            self.joined[state] += by


def recall(sources: Sources, units: Units) -> Floats:
    """The memory columns of every row of `units`, in the order of `COLUMNS`; each row sees only days before its
    dispute.
    """
    past = sources.past
    memory, ongoing = Memory(sources), Ongoing(sources.size)
    known = {dispute.id: dispute for dispute in sources.disputes}
    relevant: dict[int, Ints] = {}
    placed: dict[int, tuple[Ints, Ints]] = {}
    entries: dict[int, list[tuple[int, int]]] = {}
    steps: list[tuple[int, int, int]] = []  # (day on which it is known, kind, row)
    ends: dict[int, list[int]] = {}
    for row in range(len(past)):
        ends.setdefault(int(past.dispute[row]), []).append(int(past.end[row]))
        steps.append((int(past.start[row]) + 1, 1, row))
        steps.append((int(past.end[row]) + 1, 2, row))
    for place, dispute in enumerate(sources.disputes):
        steps.append((dispute.day + 1, 0, place))
        who = neighbours(sources, np.asarray([*dispute.sides[0], *dispute.sides[1]]), dispute.day)
        who |= sources.major_on(dispute.day)
        who &= sources.members(dispute.day)
        who[[*dispute.sides[0], *dispute.sides[1]]] = False
        relevant[dispute.id] = np.flatnonzero(who)
        placed[dispute.id] = _cells(sources, dispute)
        over = [int(past_end) for past_end in ends.get(dispute.id, ())]
        if dispute.hostility == 5 and over:
            steps.append((max(over) + 1, 3, place))
    # Among steps of one day nothing depends on the order but the list of a running dispute, where entering
    # precedes leaving.
    steps.sort()
    joiners = joined_sides(sources)
    order = sorted(range(len(units.disputes)), key=lambda place: units.disputes[place].day)
    rows_of = _rows(units)
    result = np.zeros((len(units), len(COLUMNS)))
    at = 0
    entered: set[int] = set()
    for place in order:
        dispute = units.disputes[place]
        while at < len(steps) and steps[at][0] <= dispute.day:
            _, kind, row = steps[at]
            at += 1
            if kind == 0:
                case = sources.disputes[row]
                memory.meet(case, relevant[case.id], placed[case.id])
                continue
            if kind == 3:
                memory.fought_war(sources.disputes[row])
                continue
            number, state, side = int(past.dispute[row]), int(past.state[row]), int(past.side[row])
            original = bool(past.original[row])
            if kind == 2:
                if row in entered:
                    entered.discard(row)
                    ongoing.change(number, state, side, original, -1)
                continue
            if past.end[row] >= past.start[row]:
                entered.add(row)
                ongoing.change(number, state, side, original, 1)
            if not original and joiners.get(number, {}).get(state, (-1, 0))[0] == side and number in known:
                sides = known[number].sides
                earlier = entries.setdefault(number, [])
                memory.learn(
                    state,
                    sides[side],
                    sides[1 - side],
                    int(past.start[row]),
                    int(placed[number][side][state]) if state in relevant[number] else None,
                    [other for other, other_side in earlier if other_side == side],
                    [other for other, other_side in earlier if other_side != side],
                )
                earlier.append((state, side))
        pacts = _pacts(sources, dispute.year - 1)
        cells = _cells(sources, dispute)
        near = _nearness(sources, dispute)
        memory.now = dispute.day
        for side in (0, 1):
            rows = rows_of.get(place * 2 + side)
            if rows is not None:
                result[rows] = memory.look(dispute, side, units.state[rows], ongoing, pacts, cells[side], near)
    return result


def _pacts(sources: Sources, year: int) -> Floats:
    """Defence pacts of a year as a matrix; zero where they are not known (the columns that use it then say nothing)."""
    place = year - sources.first
    if not 0 <= place < sources.ties.shape[0]:
        return np.zeros((sources.size, sources.size))
    pacts: Floats = ((sources.ties[place] & DEFENSE) > 0).astype(np.float64)
    return pacts


def _cells(sources: Sources, dispute: Dispute) -> tuple[Ints, Ints]:
    """For each side, where every state is placed: major or not, bound to the side or not, rival of the other side
    or not.
    """
    year = dispute.year - 1 - sources.first
    major = sources.major_on(dispute.day).astype(np.int64)
    if not 0 <= year < sources.ties.shape[0]:
        return major, major.copy()
    ties = sources.ties[year]
    pact = [((ties[:, list(side)] & DEFENSE) > 0).any(axis=1) for side in dispute.sides]
    rival = [((ties[:, list(side)] & RIVAL) > 0).any(axis=1) for side in dispute.sides]
    return major + 2 * pact[0] + 4 * rival[1], major + 2 * pact[1] + 4 * rival[0]


def _nearness(sources: Sources, dispute: Dispute) -> Floats:
    """How near every state lies to each originator: 1 for itself, fading with a scale of 1,000 km; rows of others
    stay 0.
    """
    where = place_of_capitals(sources, dispute.day)
    near = np.zeros((sources.size, sources.size))
    for state in {*dispute.sides[0], *dispute.sides[1]}:
        far = great_circle(where[:, 0], where[:, 1], where[state, 0], where[state, 1])
        near[state] = np.nan_to_num(np.exp(-far / 1000.0))
        near[state, state] = 1.0
    return near


def _rows(units: Units) -> dict[int, Ints]:
    blocks = units.blocks
    order = np.argsort(blocks, kind="stable")
    numbers, starts = np.unique(blocks[order], return_index=True)
    return dict(zip(numbers.tolist(), np.split(order, starts[1:]), strict=True))
