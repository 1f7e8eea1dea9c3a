"""Who has dealt with whom so far in a document: whom an answer answers, who "both sides" and "the two countries" are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Set
from dataclasses import dataclass, field
from typing import Final

_REACH: Final = 3
"""Sentences back that an answer may point to."""
_OFTEN: Final = 2
"""Dealings that make two actors the pair that a document is about."""


@dataclass(slots=True)
class Dealings:
    """Acts and words between actors, in the order in which the document tells them."""

    told: list[tuple[int, str, str]] = field(default_factory=list)
    """Who did or said something to whom, by sentence."""
    clashes: list[tuple[str, str]] = field(default_factory=list)
    """Who used force against whom."""

    def note(self, sentence: int, actor: str, recipient: str, force: bool) -> None:
        """Notes that one did or said something to another, and whether it was by force."""
        self.told.append((sentence, actor, recipient))
        if force:
            self.clashes.append((actor, recipient))

    def interlocutor(self, doers: Set[str], sentence: int) -> str | None:
        """Whoever last did or said something to the doers, as of a sentence; else whom they last did something to."""
        for toward in (True, False):
            for told, actor, recipient in reversed(self.told):
                me, other = (recipient, actor) if toward else (actor, recipient)
                if me in doers and other not in doers and sentence - told <= _REACH:
                    return other
        return None

    def sides(self, but: Set[str]) -> tuple[str, str] | None:
        """The last two who fought, none of those in `but` among them."""
        return next((sides for sides in reversed(self.clashes) if not but & set(sides)), None)

    def main_pair(self, but: Set[str], among: Set[str]) -> tuple[str, str] | None:
        """The two who have dealt with each other most, in alphabetical order, where they did so more than once."""
        dealt = Counter(
            (min(actor, recipient), max(actor, recipient))
            for _, actor, recipient in self.told
            if actor != recipient and {actor, recipient} <= among and not but & {actor, recipient}
        )
        best = max(dealt, key=lambda pair: dealt[pair], default=None)
        return best if best is not None and dealt[best] >= _OFTEN else None
