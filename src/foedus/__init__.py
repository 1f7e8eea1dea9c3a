"""Foedus: who stands by whom, in words, in deeds, and next?

The public names are few and load nothing until they are used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOME = {
    "read": "foedus.reading.read",
    "read_all": "foedus.reading.read",
    "Coder": "foedus.coding.coder",
    "resolve": "foedus.actors.resolver",
    "World": "foedus.world.world",
    "duties": "foedus.world.duties",
    "ledger": "foedus.ledger.ledger",
    "assess": "foedus.assess.assess",
    "Store": "foedus.store.store",
    "Document": "foedus.model.document",
    "Event": "foedus.model.event",
    "Actor": "foedus.model.actor",
    "Treaty": "foedus.model.treaty",
    "Clause": "foedus.model.treaty",
    "Duty": "foedus.model.duty",
    "Crisis": "foedus.model.crisis",
    "FoedusError": "foedus.errors",
}
_ROOMS = {"panel": "foedus.panel"}
__all__ = ["__version__", *_HOME, *_ROOMS]

if TYPE_CHECKING:
    from foedus import panel as panel
    from foedus.actors.resolver import resolve as resolve
    from foedus.assess.assess import assess as assess
    from foedus.coding.coder import Coder as Coder
    from foedus.errors import FoedusError as FoedusError
    from foedus.ledger.ledger import ledger as ledger
    from foedus.model.actor import Actor as Actor
    from foedus.model.crisis import Crisis as Crisis
    from foedus.model.document import Document as Document
    from foedus.model.duty import Duty as Duty
    from foedus.model.event import Event as Event
    from foedus.model.treaty import Clause as Clause
    from foedus.model.treaty import Treaty as Treaty
    from foedus.reading.read import read as read
    from foedus.reading.read import read_all as read_all
    from foedus.store.store import Store as Store
    from foedus.world.duties import duties as duties
    from foedus.world.world import World as World


def __getattr__(name: str) -> Any:
    if name in _HOME:
        value = getattr(import_module(_HOME[name]), name)
    elif name in _ROOMS:
        value = import_module(_ROOMS[name])
    else:
        raise AttributeError(f"module 'foedus' has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted(__all__)
