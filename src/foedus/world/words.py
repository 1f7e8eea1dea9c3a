"""Number and case of the names that stand in a sentence about a treaty."""

from __future__ import annotations

import re
from typing import Final

_AFTER_HEAD: Final = re.compile(
    r" (?:of|on|between|to|by|for|in|with|and|or|under|regarding|concerning|establishing|relating|renewing|at|from)\b|[,:;(]"
)
_SINGULAR_S: Final = re.compile(r"(?:ss|us|is)$")


def plural(phrase: str) -> bool:
    """Whether a title or noun phrase is plural by its head: "Agreements between A and B", not "Treaty of Arms"."""
    head = _AFTER_HEAD.split(phrase, maxsplit=1)[0].strip()
    return head.endswith("s") and not _SINGULAR_S.search(head)


def verb(phrase: str, stem: str) -> str:
    """The verb in the present, as it agrees with the phrase: "holds" or "hold"."""
    return stem if plural(phrase) else f"{stem}s"


def possessive(name: str) -> str:
    """ "Iran's", "Laos's", "the United States'": a plural name, which has the article, takes the apostrophe alone."""
    return f"{name}'" if name.startswith("the ") and name.endswith("s") else f"{name}'s"
