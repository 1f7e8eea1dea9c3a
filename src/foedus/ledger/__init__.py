"""Words and deeds of one third state, by pair and time.

The room and its door share a name: `foedus.ledger(events, …)` must work although importing any module of the room makes
`foedus.ledger` the package. So the package itself can be called, and does what `foedus.ledger.ledger.ledger` does.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foedus.model.ledger import Ledger


class _Room(ModuleType):
    """This package, callable."""

    def __call__(self, *arguments: Any, **settings: Any) -> Ledger:
        from foedus.ledger.ledger import ledger

        return ledger(*arguments, **settings)


sys.modules[__name__].__class__ = _Room
