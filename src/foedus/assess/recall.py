"""The columns that the past makes: disputes are walked through in order of days, and each sees only the days before it.

A participation is learnt on its first day and so counts from the next day on.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from foedus.assess.memory import TAU_LONG, TAU_RECENT, TAU_SHORT, Memory
from foedus.assess.moment import Moment, Moments
from foedus.assess.running import Running
from foedus.assess.sources import Dispute, Floats, Ints, Sources
from foedus.assess.units import joined_sides

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
    "cell_rate", "joined_near_client", "joined_against_near_adversary", "pair_wars", "joins_recent",
    "comrades_against_adversary", "comrades_for_client", "rate", "client_rate", "adversary_rate", "case_rate",
)  # fmt: skip
_AT: Final = {name: at for at, name in enumerate(COLUMNS)}
_BEGUN, _ENTERED, _LEFT, _WAR_OVER = range(4)


class Recall:
    """The past as of one day after another; `at` must be asked in order of days."""

    def __init__(self, sources: Sources, moments: Moments) -> None:
        self.sources, self.moments = sources, moments
        self.memory, self.running = Memory(sources), Running(sources.size)
        self._known = {dispute.id: dispute for dispute in sources.disputes}
        self._joiners = joined_sides(sources)
        self._relevant: dict[int, Ints] = {}
        self._cells: dict[int, tuple[Ints, Ints]] = {}
        self._entries: dict[int, list[tuple[int, int]]] = {}
        self._inside: set[int] = set()
        self._steps = self._in_order()
        self._next = 0
        self._long = self._short = 1.0

    def _in_order(self) -> list[tuple[int, int, int]]:
        """(Day on which it is known, what, which row or dispute). Among steps of one day nothing depends on the order but the
        list of a running dispute, where entering precedes leaving."""
        past, steps = self.sources.past, []
        over: dict[int, int] = {}
        for row, (number, start, end) in enumerate(
            zip(past.dispute.tolist(), past.start.tolist(), past.end.tolist(), strict=True)
        ):
            over[number] = max(over.get(number, end), end)
            steps.append((start + 1, _ENTERED, row))
            steps.append((end + 1, _LEFT, row))
        for place, dispute in enumerate(self.sources.disputes):
            steps.append((dispute.day + 1, _BEGUN, place))
            if dispute.hostility == 5 and dispute.id in over:
                steps.append((over[dispute.id] + 1, _WAR_OVER, place))
        return sorted(steps)

    def at(self, moment: Moment) -> Floats:
        """The columns for every state as a dispute begins: sides × `COLUMNS` × states; several originators give the maximum."""
        while self._next < len(self._steps) and self._steps[self._next][0] <= moment.dispute.day:
            _, kind, row = self._steps[self._next]
            self._next += 1
            self._step(kind, row)
        found = np.empty((2, len(COLUMNS), self.sources.size))
        day = moment.dispute.day
        self._long, self._short = 1 / self.memory.grown(day, TAU_LONG), 1 / self.memory.grown(day, TAU_SHORT)
        self._alone(found, moment)
        for side in (0, 1):
            self._with_side(found[side], moment, side)
        self._through_others(found, moment)
        return found

    def _step(self, kind: int, row: int) -> None:
        if kind == _BEGUN:
            self._meet(self.sources.disputes[row])
        elif kind == _WAR_OVER:
            self.memory.fought_war(self.sources.disputes[row])
        else:
            self._take_part(row, kind)

    def _meet(self, dispute: Dispute) -> None:
        self.memory.meet(dispute, *self._placed(dispute))

    def _placed(self, dispute: Dispute) -> tuple[Ints, tuple[Ints, Ints]]:
        """Who had a chance to join, and every state's cells. A joiner may be dated before the dispute itself, so both ask."""
        if dispute.id in self._relevant:
            return self._relevant[dispute.id], self._cells[dispute.id]
        moment = self.moments.of(dispute)
        who = (moment.neighbours | moment.major) & self.sources.members(dispute.day)
        who[np.concatenate(moment.teams)] = False
        self._relevant[dispute.id] = np.flatnonzero(who)
        self._cells[dispute.id] = cells(moment)
        return self._relevant[dispute.id], self._cells[dispute.id]

    def _take_part(self, row: int, kind: int) -> None:
        past = self.sources.past
        number, state, side = int(past.dispute[row]), int(past.state[row]), int(past.side[row])
        original = bool(past.original[row])
        if kind == _LEFT:
            if row in self._inside:
                self._inside.discard(row)
                self.running.change(number, state, side, original, -1)
            return
        if past.end[row] >= past.start[row]:
            self._inside.add(row)
            self.running.change(number, state, side, original, 1)
        if original or number not in self._known or self._joiners.get(number, {}).get(state, (-1, 0))[0] != side:
            return
        sides = self._known[number].sides
        relevant, placed = self._placed(self._known[number])
        earlier = self._entries.setdefault(number, [])
        self.memory.learn(
            state,
            sides[side],
            sides[1 - side],
            int(past.start[row]),
            int(placed[side][state]) if state in relevant else None,
            [other for other, other_side in earlier if other_side == side],
            [other for other, other_side in earlier if other_side != side],
        )
        earlier.append((state, side))

    def _alone(self, found: Floats, moment: Moment) -> None:
        """What is the same for both sides: the state's own past and the world's."""
        memory, running = self.memory, self.running
        one, long, short = memory.one, self._long, self._short
        joins, chances = one["joins"] * long, one["chances"] * long
        recent = memory.pair["recent"].sum(axis=1) / memory.grown(moment.dispute.day, TAU_RECENT)
        for name, value in (
            ("joins", joins), ("joins_short", one["joins_short"] * short), ("join_rate", (joins + 0.1) / (chances + 20)),
            ("disputes", one["disputes"] * long), ("disputes_short", one["disputes_short"] * short), ("chances", chances),
            ("ongoing_mine", running.mine), ("ongoing_joined", running.joined), ("joins_recent", recent),
            ("base_rate", (memory.entries[0] * short + 0.05) / (memory.units[0] * short + 10)),
            ("base_rate_long", (memory.entries[1] * long + 0.05) / (memory.units[1] * long + 10)),
            ("pair_wars", memory.pair["wars"][moment.teams[0]][:, moment.teams[1]].max() * long),
        ):  # fmt: skip
            found[:, _AT[name]] = value

    def _with_side(self, out: Floats, moment: Moment, side: int) -> None:
        """Each state's past with the side helped and with the other; the sides' own past."""
        memory, running, long, short = self.memory, self.running, self._long, self._short
        pair, one = memory.pair, memory.one
        client, adversary = moment.teams[side], moment.teams[1 - side]
        helped, opposed, joiners, met = self._same_case(client.tolist(), adversary.tolist())
        aided, against = one["helped"][client].max() * long, one["opposed"][adversary].max() * long
        for name, value in (
            ("joined_client", _most(pair["joined"], client) * long),
            ("joined_client_short", _most(pair["joined_short"], client) * short),
            ("joined_adversary", _most(pair["joined"], adversary) * long),
            ("client_joined_me", pair["joined"][client].max(axis=0) * long),
            ("adversary_joined_me", pair["joined"][adversary].max(axis=0) * long),
            ("together_client", _most(pair["together"], client) * long),
            ("together_adversary", _most(pair["together"], adversary) * long),
            ("fought_client", _most(pair["against"], client) * long),
            ("fought_adversary", _most(pair["against"], adversary) * long),
            ("fought_adversary_short", _most(pair["against_short"], adversary) * short),
            ("same_case_helped", helped * long), ("same_case_opposed", opposed * long),
            ("same_case_joiners", joiners * long), ("same_case_count", met * long),
            ("client_helped", aided), ("client_help_rate", (aided + 0.2) / (one["cases"][client].max() * long + 2)),
            ("adversary_helped", one["helped"][adversary].max() * long), ("adversary_opposed", against),
            ("adversary_oppose_rate", (against + 0.2) / (one["cases"][adversary].max() * long + 2)),
            ("client_disputes", one["disputes"][client].max() * long),
            ("adversary_disputes", one["disputes"][adversary].max() * long),
            ("adversary_disputes_short", one["disputes_short"][adversary].max() * short),
            ("ongoing_against_adversary", _most(running.against, adversary)),
            ("ongoing_beside_client", _most(running.beside, client)),
            ("ongoing_against_client", _most(running.against, client)),
            ("ongoing_beside_adversary", _most(running.beside, adversary)),
            ("client_ongoing", running.mine[client].max()), ("adversary_ongoing", running.mine[adversary].max()),
            ("side_size", len(client)), ("other_size", len(adversary)),
            ("cell_rate", memory.cell_rates(moment.dispute.day)[cells(moment)[side]]),
        ):  # fmt: skip
            out[_AT[name]] = value
        first = _AT["rate"]
        out[first : first + 4] = memory.rates(moment.dispute.day, client, adversary, helped)

    def _same_case(self, client: list[int], adversary: list[int]) -> tuple[Floats, Floats, float, float]:
        """Of earlier disputes of this very pairing: by state, times it helped and opposed; all joiners; disputes."""
        helped = opposed = np.zeros(self.sources.size)
        joiners = met = 0.0
        for pair in ((c, v) for c in client for v in adversary if (c, v) in self.memory.cases):
            record = self.memory.cases[pair]
            helped, opposed = np.maximum(helped, record[0]), np.maximum(opposed, record[1])
            joiners, met = max(joiners, float(record[0].sum())), max(met, float(record[2][0]))
        return helped, opposed, joiners, met

    def _through_others(self, found: Floats, moment: Moment) -> None:
        """Friends of friends and foes of foes, in the past and right now; both sides in one product for each matrix.

        The sides themselves are left out of a state's allies, so that a pact with one of them moves only its own columns.
        """
        pair, long = self.memory.pair, self._long
        together, against, joined = pair["together"], pair["against"], pair["joined"]
        foes = [against[team].sum(axis=0) * long for team in moment.teams]
        comrades = [together[team].sum(axis=0) * long for team in moment.teams]
        few = [np.minimum(foe, 3) for foe in foes]
        helped = [np.minimum(_most(joined, team) * long, 3) for team in moment.teams]
        now = np.minimum(self.running.against, 1)
        facing = [_most(now, team) for team in moment.teams]
        others = np.ones(self.sources.size)
        others[np.concatenate(moment.teams)] = 0
        pact = moment.year.pact
        mine = pact @ (np.stack([np.ones(len(others)), *few, *helped, *facing], axis=1) * others[:, None]).astype(
            np.float32
        )
        size = np.maximum(mine[:, 0], 1)
        bound = now @ np.stack([pact[team].max(axis=0) for team in moment.teams], axis=1)
        fought = against @ np.stack([*foes, *self._near(moment)], axis=1) * long
        stood = together @ np.stack([np.ones(len(others)), *comrades, *few, *helped], axis=1) * long
        beside = np.maximum(stood[:, 0], 1)
        came = joined @ np.stack(self._near(moment), axis=1) * long
        for side, out in enumerate(found):
            foe = 1 - side
            for name, value in (
                ("allies_fought_adversary", mine[:, 1 + foe] / size), ("allies_fought_client", mine[:, 1 + side] / size),
                ("allies_joined_client", mine[:, 3 + side] / size),
                ("allies_now_against_adversary", mine[:, 5 + foe] / size),
                ("allies_now_against_client", mine[:, 5 + side] / size),
                ("now_against_friends_of_adversary", bound[:, foe]), ("now_against_friends_of_client", bound[:, side]),
                ("enemies_shared_adversary", fought[:, foe]), ("enemies_shared_client", fought[:, side]),
                ("joined_near_client", came[:, side]), ("joined_against_near_adversary", fought[:, 2 + foe]),
                ("comrades_shared_client", stood[:, 1 + side]), ("comrades_shared_adversary", stood[:, 1 + foe]),
                ("comrades_against_adversary", stood[:, 3 + foe] / beside),
                ("comrades_for_client", stood[:, 5 + side] / beside),
            ):  # fmt: skip
                out[_AT[name]] = value

    def _near(self, moment: Moment) -> list[Floats]:
        """How near every state lies to each side: 1 for the side itself, fading with a scale of 1,000 km."""
        found = []
        for team in moment.teams:
            near = np.stack([np.nan_to_num(np.exp(-moment.far[int(state)] / 1000.0)) for state in team]).max(axis=0)
            near[team] = 1.0
            found.append(near)
        return found


def cells(moment: Moment) -> tuple[Ints, Ints]:
    """For each side, where every state is placed: major or not, bound to the side or not, rival of the other side or not."""
    major = moment.major.astype(np.int64)
    pact, rival = (
        [np.asarray(matrix[:, team].max(axis=1), dtype=np.int64) for team in moment.teams]
        for matrix in (moment.year.pact, moment.year.rival)
    )
    return major + 2 * pact[0] + 4 * rival[1], major + 2 * pact[1] + 4 * rival[0]


def _most(matrix: Floats, of: Ints) -> Floats:
    """For every state, the largest of its values with some states."""
    if len(of) == 1:
        column: Floats = matrix[:, of[0]]
        return column
    largest: Floats = matrix[:, of].max(axis=1)
    return largest
