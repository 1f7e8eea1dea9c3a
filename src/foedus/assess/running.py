"""Disputes that run on the day before another begins: who stands against whom and beside whom right now."""

from __future__ import annotations

import numpy as np

from foedus.assess.sources import Floats


class Running:
    """Matrices over pairs of states, counting running disputes; `mine` and `joined` count those of each state."""

    def __init__(self, size: int) -> None:
        self.against: Floats = np.zeros((size, size))
        self.beside: Floats = np.zeros((size, size))
        self.mine: Floats = np.zeros(size)
        self.joined: Floats = np.zeros(size)
        self._inside: dict[int, list[tuple[int, int]]] = {}

    def change(self, dispute: int, state: int, side: int, original: bool, by: int) -> None:
        """A state enters (`by` = 1) or leaves (-1) a dispute."""
        inside = self._inside.setdefault(dispute, [])
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
