"""A duty: what one treaty clause asks of a third state in a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from foedus.model.treaty import Clause, Treaty

Ask = Literal["defend", "join the attack", "consult", "stay neutral", "not aggress", "none"]
Status = Literal["triggered", "not triggered", "arguable"]


@dataclass(frozen=True, slots=True)
class Duty:
    """What `treaty` asks of `state` towards `toward` in the crisis.

    `side` says on which side `toward` stands (`attacked` or `attackers`); `clause` is None where the treaty holds none that
    bears on the crisis (`asks` is then `none`). `reason` is one sentence with the clause and the condition that decides.
    """

    state: str
    toward: str
    side: Literal["attacked", "attackers"]
    asks: Ask
    status: Status
    treaty: Treaty
    clause: Clause | None
    reason: str
