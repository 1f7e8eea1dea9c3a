"""What to watch: sentences on what the sources expect, fear or rule out. Phrases: `data/watch.toml`."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from functools import cache
from typing import cast

from foedus.brief import labels, quotes, when
from foedus.brief.labels import table
from foedus.brief.model import WatchKind, WatchRow
from foedus.brief.text import Line, Text
from foedus.model.dates import is_date, latest
from foedus.model.event import VAGUE

KINDS: tuple[WatchKind, ...] = ("to watch", "rules out", "threatens", "fears", "announces", "expects", "possible")
_SELF = re.compile(r"(?:\W*that)?\W*(?:he|she|it|they|we|I|its|their|his|her|our)\b", re.IGNORECASE)


@cache
def _patterns() -> tuple[tuple[WatchKind, re.Pattern[str] | None, re.Pattern[str] | None], ...]:
    return tuple(
        (
            cast(WatchKind, kind["key"]),
            re.compile("|".join(kind["match"]), 0 if kind.get("case") else re.IGNORECASE) if "match" in kind else None,
            re.compile(kind["own"], re.IGNORECASE) if "own" in kind else None,
        )
        for kind in table("watch")["kind"]
    )


def find(texts: Iterable[Text], actors: Iterable[str]) -> tuple[WatchRow, ...]:
    """Sentences about what is still open, that name one of `actors` or hold an event; the open questions first."""
    wanted = set(actors)
    texts = list(texts)
    newest = max((day for text in texts if (day := _day(text))), default=None)
    limit = table("watch")["limit"]
    rows: list[tuple[int, int, WatchRow]] = []
    for text in texts:
        bears = any({event.actor, event.recipient} & wanted for line in text.lines for event in line.events)
        for place, line in enumerate(text.lines):
            row = _row(text, line, wanted, limit["length"], bears)
            if row is not None and not _past(text, line, newest, limit["stale"]):
                rows.append((KINDS.index(row.kind), place, row))
    rows.sort(key=lambda item: item[0])
    kept: list[WatchRow] = []
    bare = 0
    for _, _, row in rows:
        bare += row.kind == "possible"
        if row.kind != "possible" or bare <= limit["possible"]:
            kept.append(row)
    return tuple(kept[: limit["rows"]])


def _day(text: Text) -> dt.date | None:
    published = text.document.published
    return latest(published) if published and is_date(published) else None


def _past(text: Text, line: Line, newest: dt.date | None, stale: int) -> bool:
    """Whether an old report speaks of a named day that a much newer one has seen go by."""
    day = _day(text)
    if day is None or newest is None or (newest - day).days <= stale:
        return False
    named = when.dates(text.quote(line), text.document.published)
    return bool(named) and max(named) < newest


def _row(text: Text, line: Line, wanted: set[str], length: int, bears: bool) -> WatchRow | None:
    """The row of a sentence, if it has one; what a text that `bears` on the crisis bids to watch need not name its actors."""
    if line.heading:
        return None
    quote = text.quote(line)
    if len(quote) > length or (quote.endswith("?") and len(quote.split()) < 6):
        return None
    named = {mention.code for mention in line.mentions}
    close = bool(named & wanted) or any(event.modality != "actual" for event in line.events)
    if not close and not (bears and named - set(VAGUE)):
        return None
    if line.events and all(event.historical for event in line.events):
        return None
    told = quotes.speaker(text, line)
    for kind, pattern, own in _patterns():
        if not close and kind != "to watch":
            return None
        fires = pattern is not None and pattern.search(quote)
        if fires or (own is not None and _of_himself(text, line, own, told[0] if told else None)):
            who = labels.capital(told[1]) if told else text.label
            return WatchRow(kind, quote, line.anchor, who, when.phrases(quote))
    return None


def _of_himself(text: Text, line: Line, own: re.Pattern[str], speaker: str | None) -> bool:
    """Whether a speaker tells what he or his own state would do: that is announced, not merely possible."""
    words = re.sub(r"\s", " ", text.document.text[line.start : line.end])
    for match in own.finditer(words):
        start, end = (line.start + at for at in match.span("who"))
        named = [mention.code for mention in line.mentions if start <= mention.start < end]
        subject = re.split(r"\bthat\b", match["who"])[-1]
        if named[-1] == speaker if named else _SELF.match(match["who"]) or _SELF.match(subject):
            return True
    return False
