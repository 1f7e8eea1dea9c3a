"""Whom a sentence names, and whom it names as attacked: what ties an act against the adversary to somebody's cause."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from foedus.ledger.rules import table


class Named(NamedTuple):
    """Codes named in a sentence, and those named as attacked ("the strikes on Iran")."""

    codes: frozenset[str]
    attacked: frozenset[str]


@lru_cache(maxsize=8192)
def named(quote: str, published: str | None) -> Named:
    """Look through one sentence of a text published then (names are read as of that day; today where it is unknown)."""
    mentions = _finder(published).find(quote)
    attacked = {mention.code for mention in mentions if _attack_on().search(quote[: mention.start])}
    return Named(frozenset(mention.code for mention in mentions), frozenset(attacked))


@cache
def _attack_on() -> re.Pattern[str]:
    return re.compile(table("matching")["on_behalf"]["attack_on"], re.IGNORECASE)


@lru_cache(maxsize=512)
def _finder(published: str | None) -> Any:
    from foedus.actors.mentions import Mentions
    from foedus.model.dates import is_date, latest

    return Mentions(latest(published) if published and is_date(published) else None)
