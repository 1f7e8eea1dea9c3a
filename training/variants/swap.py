"""Other states in the same sentence: every name of a state gives way to the same sort of name of another one."""

from __future__ import annotations

import random
import re

from foedus.actors.mentions import Mention, find
from foedus.coding.parse import Sentence, parse

from . import english, names
from .units import Piece

_FIXED = frozenset({"place", "force", "agency", "company", "media", "people", "prefix", "derived", "collective"})
_SHE = (" she ", " her ", "Mrs", "Ms ", " herself", "queen", "Queen", "island", "kingdom", "Jewish", "Gulf")
_TITLE = re.compile(r"(President|Prime Minister|Foreign Minister|Chancellor|Premier|Secretary|Mr\.) ")
_RANK = re.compile(
    r"(General|Colonel|Marshal|Ayatollah|Sheikh|Sultan|King|Emperor|Prince|Admiral|Captain|Major|Lord|Sir|Imam|Senator|Chairman|"
    r"Dr\.|Tsar|Shah|Kaiser|Pasha|Duce|Father|Brigadier|Commandant|Comandante|Generalissimo|Lieutenant) $"
)
Change = tuple[int, int, str]


def swap(piece: Piece, rng: random.Random) -> Piece | None:
    """The piece with its states exchanged, or None where a name has no sound substitute or reads otherwise."""
    found = [find(s, piece.published) for s in piece.sentences]
    text = " ".join(piece.sentences)
    if any(word in text for word in _SHE):
        return None
    fixed = {
        m.code for ms in found for m in ms if m.alias_kind in _FIXED or m.kind != "state" or len(m.alternatives) > 0
    }
    fixed |= _unnamed(piece, found)
    codes = list(dict.fromkeys(m.code for ms in found for m in ms if m.code not in fixed))
    if not codes or any(names.forms(code, piece.year) is None for code in codes):
        return None
    mapping = _mapping(piece, found, codes, rng)
    if mapping is None:
        return None
    lines, shifts = [], []
    for sentence, mentions in zip(piece.sentences, found, strict=True):
        changes = _changes(sentence, mentions, mapping, piece.year, rng)
        if changes is None:
            return None
        lines.append(_apply(sentence, changes))
        shifts.append(changes)
    for line, mentions in zip(lines, found, strict=True):
        wanted = [mapping[m.code].code if m.code in mapping else m.code for m in mentions]
        if [m.code for m in find(line, piece.published)] != wanted:
            return None
    new_codes = {old: f.code for old, f in mapping.items()}
    events = []
    for event in piece.events:
        made = dict(event)
        for key in ("actor", "recipient", "speaker"):
            made[key] = new_codes.get(event.get(key), event.get(key))
        at = event["sentence"]
        for key in ("actor_text", "recipient_text"):
            if event.get(key):
                made[key] = _carried(piece.sentences[at], event[key], shifts[at], lines[at])
        events.append(made)
    return Piece(piece.id, piece.published, lines, events, piece.kind)


def _unnamed(piece: Piece, found: list[list[Mention]]) -> set[str]:
    """Codes that an event takes from a proper name which the tables do not know: exchanging them would make it false."""
    codes = set()
    for event in piece.events:
        text, mentions = piece.sentences[event["sentence"]], found[event["sentence"]]
        for role in ("actor", "recipient"):
            phrase = event.get(f"{role}_text")
            if not phrase or not event[role]:
                continue
            at = text.find(phrase)
            here = [m.code for m in mentions if m.start < at + len(phrase) and m.end > at]
            words = phrase.split() if at else phrase.split()[1:] or phrase.split()
            if event[role] not in here and any(w[:1].isupper() and w not in english.PLAIN for w in words):
                codes.add(event[role])
    return codes


def _mapping(
    piece: Piece, found: list[list[Mention]], codes: list[str], rng: random.Random
) -> dict[str, names.Forms] | None:
    taken = frozenset(
        {m.code for ms in found for m in ms} | {e[k] for e in piece.events for k in ("actor", "recipient") if e[k]}
    )
    for _ in range(6):
        new = names.draw(rng, piece.year, len(codes), taken)
        mapping = dict(zip(codes, new, strict=True))
        if all(_fits(m, mapping[m.code], piece.published) for ms in found for m in ms if m.code in mapping):
            return mapping
    return None


def _fits(mention: Mention, new: names.Forms, on: str) -> bool:
    kind = mention.alias_kind
    if kind in ("person", "surname"):
        return bool(mention.role and new.persons.get(mention.role))
    if kind in ("capital", "seat"):
        return new.capital is not None
    if kind == "demonym":
        return new.plural is not None
    return kind in ("name", "abbrev", "adjective")


def _changes(
    text: str, mentions: list[Mention], mapping: dict[str, names.Forms], year: int, rng: random.Random
) -> list[Change] | None:
    changes: list[Change] = []
    parsed: Sentence | None = None
    chosen: dict[str, str] = {}
    for m in mentions:
        new = mapping.get(m.code)
        if new is None:
            continue
        start, end = m.core_start, m.core_end
        old, kind = text[start:end], m.alias_kind
        own = names.forms(m.code, year)
        assert own is not None
        if kind in ("abbrev", "demonym", "adjective"):
            if parsed is None:
                parsed = next(iter(parse([Sentence(text)])))
            word = next(
                (i for i, (a, b) in enumerate(zip(parsed.starts, parsed.ends, strict=True)) if a <= end - 1 < b), None
            )
            if word is None or text[start:end] == "the":
                return None
            modifies = (
                parsed.deps[word] in ("amod", "compound", "nmod", "poss") and text[end : end + 1] == " " or m.compound
            )
            if kind == "abbrev":
                kind = "adjective" if modifies and parsed.deps[word] != "poss" else "name"
            elif modifies and not (old == own.plural or old.endswith("men")):
                kind = "adjective"
            else:
                kind = "demonym"
        if kind in ("person", "surname"):
            person = chosen.setdefault(m.person or old, rng.choice(new.persons[m.role or ""]))
            if _RANK.search(text[:start]) or _RANK.match(old.split(" ")[0] + " "):
                return None
            title = _TITLE.match(old)
            put = person if " " in old and not title else names.surname(person, new.code)
            put = title.group() + put if title else put
        elif kind in ("capital", "seat"):
            put = new.capital or ""
            if kind == "seat" and text[:start].lower().endswith("the "):
                start -= 4
        elif kind == "adjective":
            put = new.adjective
        elif kind == "demonym":
            one = own.singular or own.adjective
            if old == one and old != own.plural:
                if not text[:start].lower().endswith((" a ", " an ")) or new.singular is None:
                    return None
                put = new.singular
            else:
                put = new.plural or ""
                if not old.endswith("s") and not text[:start].lower().endswith("the "):
                    return None
        else:
            before = text[:start].lower().endswith("the ")
            if before and (names.needs_article(old) or m.alias_kind == "abbrev"):
                start -= 4
                put = new.full
            elif before and text[end : end + 2] not in ("'s", "’s") and text[end : end + 1] == " ":
                put = new.name
            elif before:
                return None
            else:
                put = new.full if not m.compound else new.adjective
                if put.startswith("the ") and text[:start].lower().endswith(("-", "north ", "south ")):
                    return None
        head = text[:start].rsplit(" ", 2)
        if len(head) >= 2 and head[-1] == "" and head[-2].lower() in ("a", "an"):
            word_before = head[-2]
            start -= len(word_before) + 1
            now = english.article(put)
            put = f"{english.upper(now) if word_before[0].isupper() else now} {put}"
        if start == 0 or text[:start].endswith(("“", '"', "\n", "- ")):
            put = english.upper(put)
        changes.append((start, end, put))
    return changes


def _apply(text: str, changes: list[Change]) -> str:
    for start, end, put in sorted(changes, reverse=True):
        text = text[:start] + put + text[end:]
    return text


def _carried(old: str, phrase: str, changes: list[Change], new: str) -> str:
    """The words that stand in the new sentence where `phrase` stood in the old one."""
    at = old.find(phrase)
    first, last = at, at + len(phrase)
    begin, finish = first, last
    for start, end, put in changes:
        grown = len(put) - (end - start)
        if end <= first:
            begin += grown
        elif start <= first < end:
            begin += start - first
        if end <= last:
            finish += grown
        elif start < last < end:
            finish += end - last + grown
    return new[begin:finish]
