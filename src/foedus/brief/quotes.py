"""Whose words a sentence reports: quoted speech with its speaker, by rules over the sentence and those before."""

from __future__ import annotations

import re
from dataclasses import dataclass

from foedus.brief import labels
from foedus.brief.text import Line, Mention, Text

_QUOTED = re.compile(r"[\"“]([^\"“”]{12,}?)[\"”]|[\"“]([^\"“”]{12,})$")
_SPEECH = re.compile(
    r"(?i)\b(?:said|says|told|tells|added|adds|continued|warned|warns|argued|argues|wrote|writes|stated|states that|"
    r"declared|insisted|insists|noted|notes that|according to|stressed|maintained|contended|remarked|replied|"
    r"announced|claimed|claims that|suggested|suggests|acknowledged|explained|observed|predicted|predicts)\b"
)
_PRONOUN = re.compile(r"(?:^|[.,;”\"]\s*|\b(?:and|but|as)\s+)(?:He|She|he|she)\s")
_NAME = re.compile(
    r"(?!(?:of|the|de)\b)(?:(?:[A-Z][\w’'.-]+|de|al|bin|van|von|of|the)\s+){0,4}[A-Z][\w’'-]+(?=,|\s+(?:said|says|told|argued|argues|wrote|"
    r"writes|warned|warns|added|adds|noted|notes|believes|thinks)\b)"
)
_ACCORDING = re.compile(r"(?i)\baccording to\s+((?:the\s+)?[A-Z][^,.;]{2,60})")
_TITLE = r"(?:the\s+)?(?:(?:[Pp]resident|[Cc]hancellor|[Kk]ing|[Qq]ueen|[Pp]rime\s+[Mm]inister|[Ff]oreign\s+[Mm]inister)\s+)?"
_AND = re.compile(rf",?\s+and\s+{_TITLE}")
_JOINED = re.compile(rf"(?:,|,?\s+and)\s+{_TITLE}")
MIN_WORDS = 4


@dataclass(frozen=True, slots=True)
class Quotation:
    """Quoted words and who spoke them: `code` where known, `who` as a reader sees it."""

    words: str
    code: str | None
    who: str


def person(text: Text, mention: Mention) -> str:
    """How a mention is shown: the person's name as the table knows it, else the words of the text with the state."""
    if mention.person:
        return f"{mention.person} ({labels.name(mention.code)})"
    words = " ".join(text.document.text[mention.start : mention.end].split())
    known = labels.name(mention.code)
    return words if known.lower() in words.lower() or len(words) < 4 else f"{words} ({known})"


def speaker(text: Text, line: Line) -> tuple[str | None, str] | None:
    """Who speaks in a sentence of reported speech, as (code, words), or None where nobody does."""
    quote = text.document.text[line.start : line.end]
    bare = _QUOTED.sub(lambda match: " " * len(match.group()), quote)
    speech = _SPEECH.search(bare)
    if speech is None:
        return None
    for event in line.events:
        if event.speaker and event.speaker_name:
            return event.speaker, f"{event.speaker_name} ({labels.name(event.speaker)})"
    outside = [
        mention for mention in line.mentions if bare[mention.start - line.start : mention.end - line.start].strip()
    ]
    if speech.group().lower() == "according to":
        after = [mention for mention in outside if mention.start - line.start >= speech.end()]
        if after:
            return after[0].code, person(text, after[0])
        named = _ACCORDING.search(bare)
        return (None, named[1].strip()) if named else None
    pronoun = _PRONOUN.search(bare[: speech.start() + 1]) or re.match(r"(?:He|She) ", bare)
    before = [mention for mention in outside if mention.end - line.start <= speech.start()]
    people = [mention for mention in before if mention.person]
    if pronoun and not people:
        return _antecedent(text, line)
    near = re.search(r"[\"”,]\s*$", bare[: speech.start()])
    if near and not before:
        before = [mention for mention in outside if 0 <= mention.start - line.start - speech.end() <= 40]
    named = _NAME.search(bare)
    if (
        named
        and not people
        and not any(mention.start - line.start <= named.start() < mention.end - line.start for mention in outside)
    ):
        code = before[-1].code if before else None
        return code, named.group().strip()
    if before and not people and not bare[before[-1].end - line.start : speech.start()].strip():
        return before[-1].code, _all_of(text, before)
    if people and people[-1] is before[-1] and not bare[people[-1].end - line.start : speech.start()].strip():
        return people[-1].code, _all_of(text, people)
    pick = people[-1] if people else before[0] if before else None
    return (pick.code, person(text, pick)) if pick else None


def _all_of(text: Text, named: list[Mention]) -> str:
    """The last one named, with those joined to it by "and"."""
    joined = [named[-1]]
    for other in reversed(named[:-1]):
        between = text.document.text[other.end : joined[0].start]
        if not (_JOINED if len(joined) > 1 else _AND).fullmatch(between):
            break
        joined.insert(0, other)
    return labels.listed([person(text, mention) for mention in joined])


def _antecedent(text: Text, line: Line) -> tuple[str | None, str] | None:
    """The last person named in the two sentences before, else the first actor of the sentence before."""
    place = text.lines.index(line)
    earlier = [other for other in text.lines[max(0, place - 2) : place] if not other.heading]
    for other in reversed(earlier):
        people = [mention for mention in other.mentions if mention.person]
        if people:
            return people[-1 if len(people) == 1 else 0].code, person(text, people[0])
    for other in reversed(earlier):
        for event in other.events:
            if event.speaker_name:
                return event.speaker, f"{event.speaker_name} ({labels.name(event.speaker or '')})"
        if other.events:
            return other.events[0].actor, labels.capital(labels.running(other.events[0].actor))
    return None


def quotations(text: Text, line: Line) -> list[Quotation]:
    """The quoted words of a sentence that somebody is told to have said."""
    quote = text.document.text[line.start : line.end]
    found = [
        " ".join((match[1] or match[2]).split())
        for match in _QUOTED.finditer(quote)
        if len((match[1] or match[2]).split()) >= MIN_WORDS
    ]
    if not found:
        return []
    who = speaker(text, line)
    if who is None:
        return []
    return [Quotation(words.rstrip(",;"), who[0], who[1]) for words in found]
