"""Escalation: joins depend on joins. The crisis is played many times, in rounds, later joiners seeing earlier ones.

Every state draws once, and joins a side as soon as its chance, given who has joined so far, passes its draw; so a round can only
add joiners, and without any effect of joins on joins the chances are those of the estimate. The effect of one state's joining
on another is the fitted model's own: the change of its log odds when the first is counted as a party.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from foedus.assess.sources import Floats

ROUNDS: Final = 6
BATCH: Final = 20_000
SELDOM: Final = 0.01
"""A state that joins in fewer runs than this share is not called pivotal: too few runs say what follows."""
LIKELIEST: Final = 6
"""Among so many of the likeliest joiners the pivotal one is looked for."""
NEVER: Final = -40.0
"""Log odds of a state that is kept out: no effect of others brings it in."""
PUSH: Final = 2.0
"""No single joiner, nor all together, moves a state's log odds by more than this, up or down."""


@dataclass(frozen=True)
class Play:
    """Runs × states: +1 joined the attacked side, -1 the attackers', 0 stayed out; `first` is the same before any reaction."""

    sides: np.ndarray[Any, np.dtype[np.int8]]
    first: np.ndarray[Any, np.dtype[np.int8]]


def simulate(odds: Floats, effects: Floats, runs: int = 100_000, seed: int = 1) -> Play:
    """Play the crisis. `odds` (states × 2) are log odds of joining the attacked and the attackers; `effects`
    (2 × states × states × 2) what state j's joining side s adds to state k's odds of each side, as [s, j, k, side]."""
    states = odds.shape[0]
    source = np.random.default_rng(seed)
    sides = np.zeros((runs, states), dtype=np.int8)
    first = np.zeros((runs, states), dtype=np.int8)
    push = np.clip(effects, -PUSH, PUSH).astype(np.float32)
    # One matrix: rows are "j joined the attacked" and "j joined the attackers", columns every state's two odds.
    matrix = push.reshape(2 * states, states * 2)
    start = odds.astype(np.float32).reshape(1, states * 2)
    for low in range(0, runs, BATCH):
        high = min(low + BATCH, runs)
        draw = source.random((high - low, states), dtype=np.float32)
        now = _choose(draw, np.broadcast_to(start, (high - low, states * 2)))
        first[low:high] = now
        for _ in range(ROUNDS):
            joined = np.concatenate([now == 1, now == -1], axis=1).astype(np.float32)
            moved = np.clip(joined @ matrix, -PUSH, PUSH)
            after = np.where(now != 0, now, _choose(draw, start + moved))
            if (after == now).all():
                break
            now = after
        sides[low:high] = now
    return Play(sides, first)


def _choose(draw: Any, odds: Any) -> Any:
    p = 1 / (1 + np.exp(-odds.reshape(len(draw), -1, 2)))
    # Both chances of a state share one draw, from its two ends, so that it never joins both sides.
    scale = np.maximum(p.sum(axis=2, keepdims=True), 1)
    p = p / scale
    return np.where(draw < p[..., 0], 1, np.where(draw > 1 - p[..., 1], -1, 0)).astype(np.int8)


def summary(play: Play, codes: list[str], majors: set[str], top: int = 5) -> dict[str, Any]:
    """What the runs say: chances by state, the likeliest coalitions, the chance of a wider war."""
    sides = play.sides
    runs = len(sides)
    joined = sides != 0
    count = joined.sum(axis=1)
    both = (sides == 1).any(axis=1) & (sides == -1).any(axis=1)
    big = [place for place, code in enumerate(codes) if code in majors]
    major = joined[:, big].any(axis=1) if big else np.zeros(runs, dtype=np.bool_)
    coalitions, tallies = np.unique(sides, axis=0, return_counts=True)
    best = np.argsort(-tallies, kind="stable")[:top]
    return {
        "runs": runs,
        "states": [
            {
                "state": code,
                "attacked_side": float((sides[:, place] == 1).mean()),
                "attackers_side": float((sides[:, place] == -1).mean()),
                "attacked_side_alone": float((play.first[:, place] == 1).mean()),
                "attackers_side_alone": float((play.first[:, place] == -1).mean()),
            }
            for place, code in enumerate(codes)
        ],
        "joiners": {str(n): float((count == n).mean()) for n in range(int(count.max(initial=0)) + 1)},
        "mean_joiners": float(count.mean()),
        "somebody_joins": float((count > 0).mean()),
        "both_sides": float(both.mean()),
        "wider_war": float(((count >= 3) | both).mean()),
        "major_power_joins": float(major.mean()),
        "coalitions": [
            {
                "share": float(tallies[row] / runs),
                "attacked_side": [code for code, side in zip(codes, coalitions[row], strict=True) if side == 1],
                "attackers_side": [code for code, side in zip(codes, coalitions[row], strict=True) if side == -1],
            }
            for row in best
        ],
    }


def pivotal(odds: Floats, effects: Floats, play: Play, codes: list[str], seed: int = 1) -> dict[str, Any] | None:
    """The state whose own decision moves the number of other joiners most; None where nobody's joining brings others in.

    Each of the likeliest joiners is kept out, and the first runs are played again with the same draws: those others who then stay
    out were brought in by it. To compare the runs that it joins with those that it does not would tell the followers instead, who
    join where many have joined before them. `joins` is its share of the runs, `fewer_without` how many fewer others join on
    average where it is kept out, `more_joiners` the same for each run that it joins.
    """
    inside = play.sides[:BATCH] != 0
    shares = inside.mean(axis=0)
    found: list[tuple[float, float, int]] = []
    for place in np.argsort(-shares, kind="stable")[:LIKELIEST]:
        if shares[place] < SELDOM:
            continue
        kept_out = odds.copy()
        kept_out[place] = NEVER
        left = (simulate(kept_out, effects, len(inside), seed).sides != 0).sum(axis=1)
        brought = float((inside.sum(axis=1) - inside[:, place] - left).mean())
        if brought > 0:
            found.append((brought, float(shares[place]), int(place)))
    if not found:
        return None
    brought, share, place = max(found)
    return {"state": codes[place], "joins": share, "more_joiners": brought / share, "fewer_without": brought}
