"""The names of a document's sentences, read with what the document has said: full names shortened later, and the year spoken of.

"the Council" is the body whose name the document gave in full, and "Moscow" in a sentence about 1979 is the Soviet Union although the
document is of a later time.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from typing import Any, Final

from foedus.actors.mentions import Mention, find
from foedus.model import dates

_SHORT: Final = (
    "Council|League|Union|Commission|Agency|Court|Alliance|Community|Pact|Organization|Organisation|Assembly|Quartet|Fund|Bank|Front|"
    "Tribunal|Congress|Movement|Army"
)
_SHORTENED: Final = re.compile(
    rf"\b(?:[Tt]he|[Ii]ts|[Tt]hat|[Tt]his) (?:(?:same|whole|full) )?({_SHORT})\b(?!(?: of|-| [A-Z]))"
)
_LAST_WORD: Final = re.compile(rf"\b({_SHORT})$")
_KNOWN: Final = (
    ("Council", "1946-01-12", "9999", "UN", "UN Security Council"),
    ("League", "1920-01-10", "1946-04-18", "LON", "League of Nations"),
    ("Union", "1993-11-01", "9999", "EU", "European Union"),
)
"""What a shortened name means by itself, and when."""
_YEAR: Final = re.compile(r"(?<![\d,.-])(1[89]\d\d|20\d\d)(?![\d,-]|\.\d)")
_PAPER: Final = re.compile(
    r"\b(?:treaty|pact|agreement|accord|accords|convention|protocol|charter|constitution|declaration|act|law|memorandum|resolution|since)\b"
    r"[\w ]{0,24}$",
    re.IGNORECASE,
)


class Naming:
    """Finds the names of one document, sentence by sentence, in order."""

    def __init__(self, published: str | None, title: str | None = None) -> None:
        self.on: dt.date | None = dates.latest(published) if published and dates.is_date(published) else None
        self._full: dict[str, Mention] = {}
        self.title: list[Mention] = self.mentions(title) if title else []

    def mentions(self, text: str) -> list[Mention]:
        """The actors named in a sentence, in order, not overlapping."""
        found: list[Mention] = find(text, self._time(text))
        for mention in found:
            last = _LAST_WORD.search(text[mention.core_start : mention.core_end])
            if last and " " in text[mention.core_start : mention.core_end] and mention.kind in {"body", "group"}:
                self._full[last.group(1)] = mention
        if any(character.isupper() for character in text[1:]):
            found = self._with_short(text, found)
        return found

    def _with_short(self, text: str, found: list[Mention]) -> list[Mention]:
        extra = []
        for match in _SHORTENED.finditer(text):
            word = match.group(1)
            if any(m.start < match.end() and match.start(1) < m.end for m in found):
                continue
            meant = self._full.get(word) or self._by_itself(word)
            if meant is not None:
                extra.append(
                    replace(
                        meant, start=match.start(1), end=match.end(1), core_start=match.start(1), core_end=match.end(1),
                        name=word, alias_kind="body", sector=None, person=None, role=None, compound=None, locative=False,
                    )
                )  # fmt: skip
        return sorted([*found, *extra], key=lambda m: m.start) if extra else found

    def _by_itself(self, word: str) -> Mention | None:
        on = self.on.isoformat() if self.on else "9998"
        for known, since, until, code, full in _KNOWN:
            if word == known and since <= on <= until:
                mentions: list[Any] = find(full, self.on)
                return next((m for m in mentions if m.code == code), None)
        return None

    def _time(self, text: str) -> dt.date | None:
        """The day whose names a sentence uses: that of the only years it names, where all are past; else the publication's."""
        if self.on is None or self.on.year < 1850:
            return self.on
        years = [int(m.group(1)) for m in _YEAR.finditer(text) if not _PAPER.search(text[: m.start()])]
        if years and max(years) < self.on.year:
            return dt.date(max(years), 7, 1)
        return self.on


__all__ = ["Naming"]
