"""A duty: what one treaty clause asks of a third state in a crisis."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from foedus.model.treaty import Clause, Treaty

Ask = Literal["defend", "join the attack", "consult", "stay neutral", "not aggress", "none"]
Status = Literal["triggered", "not triggered", "arguable"]


@dataclass(frozen=True, slots=True)
class Duty:
    """What `treaty` asks of `state` towards `toward` in the crisis.

    `side` says on which side `toward` stands (`attacked` or `attackers`); `clause` is None where the treaty holds none
    that bears on the crisis (`asks` is then `none`). `reason` is one sentence with the clause and the condition that
    decides. `conflict` names the duties of the same state towards the other side, where both are live.
    """

    state: str
    toward: str
    side: Literal["attacked", "attackers"]
    asks: Ask
    status: Status
    treaty: Treaty
    clause: Clause | None
    reason: str
    conflict: str | None = None

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON; the treaty by its id, title, dates and source."""
        return {
            "state": self.state,
            "toward": self.toward,
            "side": self.side,
            "asks": self.asks,
            "status": self.status,
            "treaty": self.treaty.id,
            "title": self.treaty.title,
            "signed": self.treaty.signed,
            "in_force": self.treaty.start,
            "ended": self.treaty.end,
            "article": self.clause.article if self.clause else None,
            "clause": self.clause.kind if self.clause else None,
            "says": self.clause.says if self.clause else None,
            "reason": self.reason,
            "conflict": self.conflict,
            "source": self.treaty.source,
            "confidence": self.treaty.confidence,
            "provenance": self.treaty.provenance,
        }
