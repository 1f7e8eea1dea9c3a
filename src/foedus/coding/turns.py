"""Who has the floor in a document: whose statement it is by its title, and the turns of a press conference or an interview."""

from __future__ import annotations

import re
from typing import Final

from foedus.model.event import VAGUE

_ISSUED: Final = re.compile(
    r"\b(?:statement|communiqu[eé]|declaration|press conference|briefing|remarks|speech|address|letter|note verbale|readout|spokes\w+)\b",
    re.I,
)
_TURN: Final = re.compile(r"\s*(Q|A|Question|Answer)\s*[:.]\s")


def voice_of(title: str | None, codes: list[str]) -> str | None:
    """Whose statement a document is, where its title says that it is one: the first actor that the title names (`codes`)."""
    if title and _ISSUED.search(title):
        return next((code for code in codes if code not in VAGUE), None)
    return None


def turn(text: str) -> str | None:
    """`Q` or `A` where a sentence opens a question or an answer of a press conference."""
    match = _TURN.match(text)
    return match.group(1)[0] if match else None
