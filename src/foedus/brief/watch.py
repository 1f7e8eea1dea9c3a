"""What to watch: sentences on what the sources expect, fear or rule out. Phrases: `data/watch.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from foedus.brief import labels, quotes, when
from foedus.brief.labels import table
from foedus.brief.model import WatchKind, WatchRow
from foedus.brief.text import Line, Text

KINDS: tuple[WatchKind, ...] = ("to watch", "rules out", "fears", "expects", "possible")


@cache
def _patterns() -> tuple[tuple[WatchKind, re.Pattern[str]], ...]:
    return tuple(
        (cast(WatchKind, kind["key"]), re.compile("|".join(kind["match"]), 0 if kind.get("case") else re.IGNORECASE))
        for kind in table("watch")["kind"]
    )


def find(texts: Iterable[Text], actors: Iterable[str]) -> tuple[WatchRow, ...]:
    """Sentences about what is still open, that name one of `actors` or hold an event; the open questions first."""
    wanted = set(actors)
    limit = table("watch")["limit"]
    rows: list[tuple[int, int, WatchRow]] = []
    for text in texts:
        for place, line in enumerate(text.lines):
            row = _row(text, line, wanted, limit["length"])
            if row is not None:
                rows.append((KINDS.index(row.kind), place, row))
    rows.sort(key=lambda item: item[0])
    kept: list[WatchRow] = []
    bare = 0
    for _, _, row in rows:
        bare += row.kind == "possible"
        if row.kind != "possible" or bare <= limit["possible"]:
            kept.append(row)
    return tuple(kept[: limit["rows"]])


def _row(text: Text, line: Line, wanted: set[str], length: int) -> WatchRow | None:
    if line.heading:
        return None
    quote = text.quote(line)
    if len(quote) > length or (quote.endswith("?") and len(quote.split()) < 6):
        return None
    named = {mention.code for mention in line.mentions}
    if not (named & wanted or any(event.modality != "actual" for event in line.events)):
        return None
    if line.events and all(event.historical for event in line.events):
        return None
    for kind, pattern in _patterns():
        if pattern.search(quote):
            told = quotes.speaker(text, line)
            who = labels.capital(told[1]) if told else text.label
            return WatchRow(kind, quote, line.anchor, who, when.phrases(quote))
    return None
