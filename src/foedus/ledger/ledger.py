"""Builds the ledger of one third state: which acts, for whom, told by whom. The rules are in `docs/ledger.md`."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from foedus.errors import InputError
from foedus.ledger.background import mark
from foedus.ledger.index import Index, Window
from foedus.model.dates import bounds, is_date
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.model.ledger import Ledger


def ledger(
    events: Iterable[Event],
    *,
    supporter: str,
    client: str,
    adversaries: Iterable[str] = (),
    since: str | dt.date | None = None,
    until: str | dt.date | None = None,
    documents: Iterable[Document] = (),
) -> Ledger:
    """Words and deeds of `supporter` that bear on `client` or on its `adversaries`, within the window.

    `documents` date what the text does not date, and tell which undated deeds are background. An act without any date
    is kept whatever the window: no date is no reason to drop it.
    Raises InputError when the codes overlap or the window is empty.
    """
    supporter, client = _code(supporter), _code(client)
    against = tuple(dict.fromkeys(_code(code) for code in _listed(adversaries)))
    if supporter == client or supporter in against or client in against:
        raise InputError("supporter, client and adversaries must be different: give each code once")
    inside = window(since, until)
    texts = {document.id: document for document in documents}
    index = Index(mark(events, texts), {key: document.published for key, document in texts.items()})
    return index.ledger(supporter, client, against, inside)


def _listed(codes: Iterable[str]) -> Iterable[str]:
    return [codes] if isinstance(codes, str) else codes


def _code(code: str) -> str:
    code = code.strip().upper()
    if not code:
        raise InputError("an empty code was given: write an entity code such as RUS")
    return code


def window(since: str | dt.date | None, until: str | dt.date | None) -> Window:
    """First and last day of a window. Raises InputError for what is no date, or where the window is empty."""
    limits: list[dt.date | None] = []
    for which, value in (("since", since), ("until", until)):
        if value is None or isinstance(value, dt.date):
            limits.append(value)
            continue
        if not is_date(value):
            raise InputError(f"{which}: {value!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")
        limits.append(bounds(value)[0 if which == "since" else 1])
    first, last = limits
    if first and last and first > last:
        raise InputError(f"the window is empty: since {first} is after until {last}")
    return first, last
