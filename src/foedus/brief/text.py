"""Documents as paragraphs and sentences with anchors, and the actors named in each."""

from __future__ import annotations

import bisect
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from foedus.coding.sentences import split
from foedus.model.dates import is_date, latest
from foedus.model.document import Document
from foedus.model.event import VAGUE, Event

_PRONOUN = re.compile(
    r"(?i)^(?:he|she|it|they|we|i|you|him|her|them|us|his|its|their|our|who|which|that|this|these|both|"
    r"the (?:two|three|four|country|countries|government|ministry|president|minister|statement|bloc|state|alliance|"
    r"kingdom|republic|text|letter|army|military|side|sides|capital|group|body|agency|leader)\b.*)$"
)
_ENTRY = re.compile(
    r"^[(\[]?(?:[01]?\d|2[0-3])[:.][0-5]\d(?:\s?[ap]\.?m\.?)?(?:\s(?:GMT|UTC|[A-Z]{1,3}[SD]?T))?[)\]]?\s*[:|–—-]?\s+(?=[\"“A-ZÀ-Þ])"
)
"""The time that an entry of a live report begins with."""
HEADING = 110
"""A paragraph of at most so many characters that does not end as a sentence ends is a section title."""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text; `person` where it stands for somebody of that state, `place` where it only says where."""

    start: int
    end: int
    code: str
    person: str | None = None
    place: bool = False


@dataclass(slots=True)
class Line:
    """A sentence: offsets, its paragraph, whether it is a section title, the actors named in it."""

    anchor: str
    start: int
    end: int
    paragraph: int
    heading: bool
    mentions: list[Mention] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)


@dataclass(slots=True)
class Text:
    """A document laid out for the brief. `key` is its name there (`d1`)."""

    key: str
    document: Document
    lines: list[Line]

    def quote(self, line: Line) -> str:
        """The sentence on one line."""
        return shown(self.document.text[line.start : line.end])

    def at(self, offset: int) -> Line | None:
        """The sentence that holds an offset, or the one before it."""
        place = bisect.bisect_right([line.start for line in self.lines], offset) - 1
        return self.lines[max(place, 0)] if self.lines else None

    @property
    def label(self) -> str:
        """Who wrote it, for attributions: author and outlet, or the title."""
        document = self.document
        who = ", ".join(part for part in (document.byline, document.outlet) if part)
        return who or document.title or source_name(document) or self.key


def shown(words: str) -> str:
    """Words as they are quoted: on one line, without the time of day that an entry of a live report begins with."""
    return _ENTRY.sub("", " ".join(words.split()))


def source_name(document: Document) -> str | None:
    """The last part of the file or address read, never a whole path."""
    if not document.source:
        return None
    return document.source.rstrip("/").replace("\\", "/").rsplit("/", 1)[-1] or None


def lay_out(key: str, document: Document, events: Iterable[Event]) -> Text:
    """Cut a document into sentences, mark its section titles, and hang its events and names on them."""
    body = document.text
    lines: list[Line] = []
    for paragraph, (start, end) in enumerate(paragraphs(body)):
        piece = body[start:end]
        heading = is_heading(piece)
        cuts = [(0, len(piece))] if heading else split(piece)
        for first, last in cuts:
            anchor = f"{key}s{len(lines) + 1}"
            lines.append(Line(anchor, start + first, start + last, paragraph, heading))
    text = Text(key, document, lines)
    events = list(events)
    prose = any(not line.heading for line in lines)
    for event in events:
        line = text.at(event.start)
        # A section title asks or sums up what the text goes on to tell: its events would be counted twice.
        if line is not None and not (line.heading and prose):
            line.events.append(event)
    for mention in _mentions(document, events):
        line = text.at(mention.start)
        if line is not None:
            line.mentions.append(mention)
    return text


def paragraphs(body: str) -> list[tuple[int, int]]:
    """Paragraphs are parted by an empty line; where a text has none, by every line break."""
    wide = bool(re.search(r"\n[ \t]*\n", body))
    found: list[tuple[int, int]] = []
    start = 0
    breaks = re.finditer(r"\n[ \t]*\n+" if wide else r"\n", body)
    for at, following in [*((match.start(), match.end()) for match in breaks), (len(body), len(body))]:
        piece = body[start:at]
        left = start + len(piece) - len(piece.lstrip())
        right = start + len(piece.rstrip())
        if left < right:
            found.append((left, right))
        start = following
    return found


def is_heading(paragraph: str) -> bool:
    """Whether a paragraph is a section title: short, alone, and not closed as a sentence is."""
    text = paragraph.strip().strip("*_ ")
    if text.startswith("#"):
        return True
    if not text or len(text) > HEADING or "\n" in text:
        return False
    return (text[-1] == "?" and len(split(text)) == 1) or text[-1] not in ".!?…\"'”’:;)"


def _mentions(document: Document, events: Sequence[Event]) -> list[Mention]:
    """Names found by the actor tables, and every name that the coder itself resolved, wherever it stands."""
    found: dict[tuple[int, int], Mention] = {}
    for mention in _by_tables(document):
        found[mention.start, mention.end] = mention
    for surface, code in surfaces(document, events).items():
        for match in re.finditer(rf"(?<!\w){re.escape(surface)}(?!\w)", document.text):
            covered = any(start <= match.start() < end for start, end in found)
            if not covered:
                found[match.start(), match.end()] = Mention(match.start(), match.end(), code)
    return sorted(found.values(), key=lambda mention: (mention.start, mention.end))


def surfaces(document: Document, events: Iterable[Event]) -> dict[str, str]:
    """Names as the text writes them, from the spans of coded events; pronouns and bare descriptions left out."""
    votes: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
    for event in events:
        pairs = ((event.actor, event.actor_span), (event.recipient, event.recipient_span))
        for code, span in (*pairs, (event.speaker, event.speaker_span)):
            if code is None or span is None or code in VAGUE:
                continue
            words = document.text[span.start : span.end].strip()
            if 1 < len(words) <= 60 and any(letter.isupper() for letter in words) and not _PRONOUN.match(words):
                votes[words][code] += 1
    return {words: max(codes, key=lambda code: codes[code]) for words, codes in votes.items()}


def _by_tables(document: Document) -> list[Mention]:
    on: dt.date | None = None
    if document.published and is_date(document.published):
        on = latest(document.published)
    hits = _finder(on).find(document.text)
    return [
        Mention(hit.start, hit.end, hit.code, hit.person, hit.alias_kind == "place" or hit.locative)
        for hit in hits
        if hit.code and hit.confidence >= 0.5
    ]


@cache
def _finder(on: dt.date | None) -> Any:
    """The name matcher for a day; made once, for the tables are large."""
    from foedus.actors.mentions import Mentions

    return Mentions(on)
