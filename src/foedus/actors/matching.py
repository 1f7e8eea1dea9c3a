"""Which name stands at a word of a text: the longest one of the index whose letters and date fit."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from foedus.actors import roles
from foedus.actors.choice import Choice, choose, near, term
from foedus.actors.index import Entry, Index, index
from foedus.actors.tables import Alias, words
from foedus.actors.text import TOKEN, Token, fold, joined

_RETROSPECTIVE = frozenset({"name", "abbrev", "demonym", "adjective", "body", "group", "person", "seat", "capital"})
PLAIN_CAPITALS = words("plain_capitals")
_WORDS_TOO = words("also_words")
_ONCE_NAMES = words("once_names")
_PLACED = frozenset({"in", "near", "at"})


class Hit(NamedTuple):
    """An index entry found at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    choice: Choice


class Matcher:
    """Names in one text as they stood on one day.

    `seen` keeps whom a surname meant so far in the text, `taken` is the first token not used up yet.
    """

    def __init__(self, text: str, on: str, relaxed: bool) -> None:
        self.text = text
        self.on = on
        self.relaxed = relaxed
        self.spans = [match.span() for match in TOKEN.finditer(text)]
        self.index: Index = index()
        self.seen: dict[str, str] = {}
        self.taken = 0
        self.introducing = False

    def word(self, position: int) -> str:
        """A word as written."""
        start, end = self.spans[position]
        return self.text[start:end]

    def fold(self, position: int) -> str:
        """A word without case and marks."""
        return fold(self.word(position))

    def gap(self, right: int) -> str:
        """What stands between a word and the one before it."""
        return self.text[self.spans[right - 1][1] : self.spans[right][0]]

    def token(self, position: int) -> Token:
        """A word as a bare stretch of text."""
        start, end = self.spans[position]
        return Token("", "", start, end)

    def match(self, first: int) -> Hit | None:
        """The longest name that starts at a token."""
        word = self.fold(first)
        seconds = self.index.longer.get(word)
        if seconds is not None and first + 1 < len(self.spans):
            for entry in seconds.get(self.fold(first + 1), ()):
                if first + len(entry.keys) <= len(self.spans) and self.same(entry, first):
                    hit = self.meant(entry, first)
                    if hit is not None:
                        return hit
        single = self.index.exact.get((word,))
        return self.meant(single, first) if single is not None else None

    def meant(self, entry: Entry, first: int) -> Hit | None:
        """What an entry means here; None where its letters or its date do not fit."""
        shaped = [alias for alias, caps, acronym in entry.aliases if self.shape(first, caps, acronym)]
        last = first + len(entry.keys)
        choice = self.choose(shaped, first, last) if shaped else None
        return Hit(first, last, choice) if choice is not None else None

    def same(self, entry: Entry, first: int) -> bool:
        """Whether the words of an entry follow here, nothing but spaces or hyphens between them."""
        for offset in range(1, len(entry.keys)):
            place = first + offset
            if self.fold(place) != entry.keys[offset] or not joined(
                self.text, self.token(place - 1), self.token(place)
            ):
                return False
        return True

    def shape(self, first: int, caps: tuple[bool, ...], acronym: bool) -> bool:
        """Whether the letters stand in capitals where the name has them."""
        if acronym:
            word = self.word(first)
            return (word.isupper() or word in ("Nato", "Opec", "Asean", "Unesco")) and not (
                word in _WORDS_TOO and self.shouted(first)
            )
        if self.relaxed:
            return True
        return all(not cap or self.text[self.spans[first + i][0]].isupper() for i, cap in enumerate(caps))

    def shouted(self, position: int) -> bool:
        """Whether the words around are all in capitals, as in a headline, so that `WHO` may be a word."""
        around = [self.word(p) for p in (position - 1, position + 1) if 0 <= p < len(self.spans)]
        return bool(around) and all(word.isupper() and len(word) > 3 for word in around)

    def choose(self, aliases: list[Alias], first: int, last: int) -> Choice | None:
        """The meaning that the names of one entry have here, if any."""
        named = [a for a in aliases if a.kind not in ("surname", "derived", "person")]
        if named:
            if named[0].kind == "blocked":
                return Choice(named[0], "", True, ())
            named = [a for a in named if a.kind != "prefix" or self.hyphen_after(last)]
        if named:
            choice = choose(named, self.on)
            people = self.people(aliases, first, last) if choice and choice.alias.kind != "name" else None
            if people and choice and roles.before(self.text, self.spans, first):
                return people
            if choice and (choice.dated or self.retrospective(choice.alias)):
                return choice
        return self.people(aliases, first, last)

    def retrospective(self, alias: Alias) -> bool:
        """Whether a name may be read as of another time: not a plain word that was a name once."""
        if alias.kind == "place":
            return True
        return alias.kind in _RETROSPECTIVE and alias.name.casefold() not in _ONCE_NAMES

    def hyphen_after(self, last: int) -> bool:
        """Whether a hyphen joins the next word."""
        return last < len(self.spans) and self.gap(last) in ("-", "–", "‑")

    def people(self, aliases: list[Alias], first: int, last: int) -> Choice | None:
        """A person by full name, or by surname where a title, the text so far or the office makes it clear."""
        full = [a for a in aliases if a.kind == "person"]
        if full:
            return self.pick(full)
        single = [a for a in aliases if a.kind in ("surname", "derived")]
        if not single:
            return None
        known = self.seen.get(self.fold(first))
        if known:
            return self.pick([a for a in single if a.person == known] or single)
        if not self.relaxed and first > self.taken and self.gap(first) == " ":
            previous = self.word(first - 1)
            titled = roles.before(self.text, self.spans, first)
            if titled:
                office = titled.title.canonical
                fitting = [a for a in single if near(a.person or "", self.on, 40 if titled.former else 2)]
                exact = [a for a in fitting if office and term(a.person or "", self.on)[1]]
                return self.pick(exact or fitting) if fitting else None
            if previous[:1].isupper() and previous.lower() not in PLAIN_CAPITALS:
                return None
        if first == self.taken and first and self.gap(first) == " ":
            if not self.introducing:
                return None
            fitting = [a for a in single if near(a.person or "", self.on)]
            return self.pick(fitting) if fitting else None
        if last < len(self.spans) and self.gap(last) == " " and self.text[self.spans[last][0]].isupper():
            following, shouted = self.fold(last), self.word(first).isupper() and self.word(last).isupper()
            if not shouted and following not in PLAIN_CAPITALS and not self.known(following):
                return None
        if not self.relaxed and first and self.fold(first - 1) in _PLACED:
            return None
        clear = [
            a
            for a in single
            if near(a.person or "", self.on) and (a.kind == "surname" or term(a.person or "", self.on)[1])
        ]
        if not clear:
            # Long out of office, as in a look back: only names that the table calls distinctive.
            clear = [a for a in single if a.kind == "surname"]
        if len({a.person for a in clear}) != 1 or (clear[0].kind == "derived" and len(self.word(first)) < 5):
            return None
        return self.pick(clear)

    def known(self, word: str) -> bool:
        """Whether a word is the name of something other than a person."""
        entry = self.index.exact.get((word,))
        return entry is not None and any(alias.person is None for alias, _, _ in entry.aliases)

    def pick(self, people: list[Alias]) -> Choice:
        """The one of several bearers of a name who is in office on the day, or was last."""
        order = dict.fromkeys(a.person or "" for a in people)
        held = [term(name, self.on) for name in order]
        current = [row for row, now in held if now]
        best = (
            max(current, key=lambda row: row.start)
            if current
            else min((row for row, _ in held), key=lambda row: _distance(row, self.on))
        )
        others = tuple(dict.fromkeys(row.code for row, _ in held if row.code != best.code))
        source = next(a for a in people if a.person == best.person)
        return Choice(replace(best, kind=source.kind), best.code, bool(current), others)


def _distance(row: Alias, on: str) -> int:
    start, end = int(row.start[:4] or 0), int(row.end[:4])
    year = int(on[:4])
    return max(0, start - year, year - end)
