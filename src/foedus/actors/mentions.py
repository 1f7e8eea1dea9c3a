"""Every actor named in a text, with exact offsets: what the coder reads instead of a general name finder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import NamedTuple

from foedus.actors import roles, tables
from foedus.actors.choice import Choice, choose, holder, near, term, today
from foedus.actors.index import ARTICLES, Entry, Index, index
from foedus.actors.tables import Alias
from foedus.actors.text import TOKEN, Token, fold, joined

_CONFIDENCE = {
    "name": 0.98,
    "abbrev": 0.95,
    "adjective": 0.95,
    "demonym": 0.95,
    "seat": 0.95,
    "body": 0.97,
    "group": 0.95,
    "person": 0.97,
    "capital": 0.88,
    "force": 0.92,
    "agency": 0.92,
    "company": 0.85,
    "media": 0.85,
    "collective": 0.9,
    "people": 0.75,
    "place": 0.8,
    "prefix": 0.9,
    "surname": 0.85,
    "derived": 0.6,
}
_RETROSPECTIVE = frozenset({"name", "abbrev", "demonym", "adjective", "body", "group", "person", "seat", "capital"})
_EXTENDS = frozenset({"name", "abbrev", "demonym", "adjective", "seat", "capital", "body", "group", "agency", "force"})
_NEAR = frozenset({"in", "near", "at", "around", "outside", "inside", "across", "over", "above", "off", "throughout"})
_AFTER_HYPHEN = frozenset(
    "led backed based born controlled held occupied allied aligned sponsored made built supplied brokered mediated "
    "trained funded friendly speaking claimed flagged owned run linked affiliated dominated installed imposed "
    "supported armed ruled administered proposed hosted drafted designated era style inspired financed "
    "manufactured annexed bound".split()
)
_BEFORE_HYPHEN = frozenset({"pro", "anti", "non", "ex", "post", "pre", "mid", "neo", "un"})
_PLAIN_CAPITALS = frozenset(
    "but and when while after as if the mr in on with for then yet so that although since because before during "
    "though what how why where today yesterday monday tuesday wednesday thursday friday saturday sunday did does "
    "has is was will would can could should may might both only even also meanwhile however by from to at or nor "
    "under against between says said like unlike asked still now later earlier once".split()
)
_WORDS_TOO = frozenset({"IS", "WHO", "CAR", "FACT", "MODEL", "PLAN", "AA", "ELF", "JI", "PACE", "GUAM", "QUAD", "OR"})
_COMMON = frozenset(
    "whites confederates partisans allies axis entente boer boers ansar commonwealth amal badr plan model fact "
    "guardian wagner seat diet porte majlis soviets contras".split()
)
_PLURAL = frozenset({"leaders", "officials", "ministers", "ambassadors", "diplomats", "envoys", "commanders"})


@dataclass(frozen=True, slots=True)
class Mention:
    """An actor in a text: `text[start:end]` is the whole phrase, `text[core_start:core_end]` the name itself.

    `kind` is state, body, group or collective. `alias_kind` says what sort of name it is (name, adjective, demonym,
    capital, seat, place, force, person…). `dated` is False where the name meant this at another time than the day
    given. `compound` is the other half of a hyphenated word (`led`, `backed`, `pro`). `locative` is set after `in`,
    `near`, `over` and the like. `alternatives` are other codes that the name may mean. `confidence` is our own estimate
    that the code is right, from the sort of name; it is not fitted.
    """

    start: int
    end: int
    code: str
    kind: str
    sector: str | None
    person: str | None
    role: str | None
    alias_kind: str
    confidence: float
    alternatives: tuple[str, ...] = ()
    name: str = ""
    dated: bool = True
    compound: str | None = None
    locative: bool = False
    core_start: int = 0
    core_end: int = 0


class _Hit(NamedTuple):
    """An index entry found at tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    choice: Choice


def kind_of(code: str) -> str:
    """`state`, `body`, `group` or `collective` for an entity code."""
    if code in tables.states():
        return "state"
    body = tables.bodies().get(code)
    return body.kind if body else "group"


def find(text: str, on: dt.date | str | None = None, relaxed: bool = False) -> list[Mention]:
    """All actors named in `text` as names stood on the day `on` (today by default), in order, not overlapping.

    `relaxed` also takes names in small letters, for one-line queries; acronyms keep their capitals.
    """
    return list(_Reader(text, _day(on), relaxed).read())


class Mentions:
    """A matcher for one day: `Mentions("2025-06-22").find(text)`."""

    def __init__(self, on: dt.date | str | None = None) -> None:
        self.on = _day(on)

    def find(self, text: str, on: dt.date | str | None = None) -> list[Mention]:
        """All actors named in `text`, as `find` has it."""
        return find(text, self.on if on is None else on)


def _day(on: dt.date | str | None) -> str:
    if on is None:
        return today()
    text = on.isoformat()[:10] if isinstance(on, dt.date) else on
    return tables._day(text, True)


class _Reader:
    """One pass over one text."""

    def __init__(self, text: str, on: str, relaxed: bool) -> None:
        self.text = text
        self.on = on
        self.relaxed = relaxed
        self.spans = [match.span() for match in TOKEN.finditer(text)]
        self.index: Index = index()
        self.seen: dict[str, str] = {}
        self.taken = 0

    def read(self) -> Iterator[Mention]:
        text, spans, lower, relaxed = self.text, self.spans, self.index.lower, self.relaxed
        position, count = 0, len(spans)
        while position < count:
            start, end = spans[position]
            if relaxed or text[start].isupper() or text[start:end] in lower:
                hit = self.match(position)
                if hit is not None:
                    if hit.choice.alias.kind == "blocked":
                        position = self.taken = hit.last
                        continue
                    mention, after = self.mention(hit)
                    if mention is not None:
                        yield mention
                    position = self.taken = max(after, position + 1)
                    continue
            position += 1

    # -- which name ------------------------------------------------------------------------------------------------

    def word(self, position: int) -> str:
        start, end = self.spans[position]
        return self.text[start:end]

    def fold(self, position: int) -> str:
        return fold(self.word(position))

    def gap(self, right: int) -> str:
        return self.text[self.spans[right - 1][1] : self.spans[right][0]]

    def token(self, position: int) -> Token:
        start, end = self.spans[position]
        return Token("", "", start, end)

    def match(self, first: int) -> _Hit | None:
        """The longest name that starts at a token."""
        for entry in self.index.entries.get(self.fold(first), ()):
            last = first + len(entry.keys)
            if last > len(self.spans) or not self.same(entry, first):
                continue
            shaped = [a for a, caps, acronym in entry.aliases if self.shape(first, caps, acronym)]
            choice = self.choose(shaped, first, last) if shaped else None
            if choice is not None:
                return _Hit(first, last, choice)
        return None

    def same(self, entry: Entry, first: int) -> bool:
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
        return alias.kind in _RETROSPECTIVE and alias.name.casefold() not in _COMMON

    def hyphen_after(self, last: int) -> bool:
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
                fitting = [a for a in single if near(a, self.on, 40 if titled.former else 2)]
                exact = [a for a in fitting if office and a.role and a.valid(self.on)]
                return self.pick(exact or fitting) if fitting else None
            if previous[:1].isupper() and previous.lower() not in _PLAIN_CAPITALS:
                return None
        if first == self.taken and first and self.gap(first) == " ":
            fitting = [a for a in single if near(a, self.on)]
            return self.pick(fitting) if fitting else None
        if last < len(self.spans) and self.gap(last) == " " and self.text[self.spans[last][0]].isupper():
            following = self.fold(last)
            if following not in _PLAIN_CAPITALS and following not in self.index.entries:
                return None
        clear = [a for a in single if near(a, self.on) and (a.kind == "surname" or a.valid(self.on))]
        if len({a.person for a in clear}) != 1 or (clear[0].kind == "derived" and len(self.word(first)) < 5):
            return None
        return self.pick(clear)

    def pick(self, people: list[Alias]) -> Choice:
        """The one of several bearers of a name who is in office on the day, or was last."""
        order = {name: None for name in (a.person or "" for a in people)}
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

    # -- how much of the text it is --------------------------------------------------------------------------------

    def mention(self, hit: _Hit) -> tuple[Mention | None, int]:
        alias, code, dated, alternatives = hit.choice
        spans, text = self.spans, self.text
        first, last = hit.first, hit.last
        core_start, core_end = spans[first][0], spans[last - 1][1]
        if first and self.fold(first - 1) in ARTICLES and self.gap(first) in ("-", "‑") and first > self.taken:
            first -= 1
            core_start = spans[first][0]
        person, role, sector = alias.person, alias.role, alias.sector
        confidence = _CONFIDENCE.get(alias.kind, 0.8) * (1 if dated else 0.6) * (0.85 if alternatives else 1)
        compound = self.compound(first, last)
        if person is not None:
            role = role if dated else (f"former {role}" if alias.end < self.on else None)
            self.remember(person)
            title = roles.before(text, spans, first) if first > self.taken else None
            if title and title.first >= self.taken:
                first = title.first
                confidence = max(confidence, 0.9 if dated else 0.7)
        elif compound is None and alias.kind in _EXTENDS and code:
            first, last, person, role, sector, confidence = self.extend(hit, code, sector, confidence)
        locative = self.locative(first)
        start, end = spans[first][0], spans[last - 1][1]
        made = Mention(
            min(start, core_start),
            max(end, core_end),
            code,
            kind_of(code),
            sector,
            person,
            role,
            alias.kind if alias.kind != "derived" else "surname",
            round(confidence, 3),
            alternatives,
            alias.name,
            dated,
            compound,
            locative,
            core_start,
            core_end,
        )
        return made, last

    def remember(self, person: str) -> None:
        parts = [fold(match.group()) for match in TOKEN.finditer(person)]
        for part in (parts[-1], parts[0]):
            if len(part) > 1:
                self.seen.setdefault(part, person)

    def locative(self, first: int) -> bool:
        place = first - 1
        if place >= 0 and self.fold(place) == "the":
            place -= 1
        return place >= 0 and self.fold(place) in _NEAR and len(self.gap(place + 1)) == 1

    def compound(self, first: int, last: int) -> str | None:
        if self.hyphen_after(last) and self.fold(last) in _AFTER_HYPHEN:
            return self.fold(last)
        if first and self.gap(first) in ("-", "‑", "–") and self.fold(first - 1) in _BEFORE_HYPHEN:
            return self.fold(first - 1)
        return None

    def extend(
        self, hit: _Hit, code: str, sector: str | None, confidence: float
    ) -> tuple[int, int, str | None, str | None, str | None, float]:
        """Titles to the right and left, and the person they introduce."""
        text, spans, kind = self.text, self.spans, hit.choice.alias.kind
        first, last = hit.first, hit.last
        person: str | None = None
        role: str | None = None
        bare = kind in ("name", "capital", "group", "demonym")
        right = roles.right_of(text, spans, last, bare)
        form = ""
        if right:
            last, role, form = right.last, right.title.canonical, right.title.form
            sector = right.title.sector if kind_of(code) != "body" else "IGO"
            if right.former or (first and self.fold(first - 1) in roles.FORMER):
                role = f"former {role}"
            if form == "person":
                last, person = self.introduced(last, right)
        left = None
        if form != "person" and first > self.taken:
            left = roles.left_of(text, spans, first)
        if left and left.first >= self.taken:
            first = left.first
            institution = role
            role, form = left.title.canonical, left.title.form
            sector = left.title.sector if kind_of(code) != "body" else "IGO"
            if institution or hit.choice.alias.kind in ("seat", "agency", "force"):
                whole = institution or hit.choice.alias.name.casefold()
                role = self.office(code, f"{role} of the {whole}") or role
            if left.former:
                role = f"former {role}"
            if form == "person" and last < len(spans) and not person:
                after, named = self.introduced(last, left)
                if named and self.gap(last) == " ":
                    last, person = after, named
        if role and person is None and form == "person" and not role.startswith("former "):
            final = right or left
            if final and final.words.split()[-1] not in _PLURAL:
                held = holder(code, role, self.on)
                person = held.person if held else None
                sector = held.sector or sector if held else sector
        return first, last, person, role, sector, confidence

    def office(self, code: str, role: str) -> str | None:
        """The canonical name of `role`, also without the state's own name within (`… of the Russian Security Council`)."""
        canonical = self.index.canonical
        for alias in (role, *(f"{role.split(' of the ')[0]} of the {short}" for short in _short(role))):
            if alias in canonical:
                return canonical[alias]
        return role

    def introduced(self, last: int, role: roles.Role) -> tuple[int, str | None]:
        """The person named straight after a title: from the table, else as written (up to three capitalised words)."""
        spans = self.spans
        if last >= len(spans) or self.gap(last) != " " or role.words.split()[-1] in _PLURAL:
            return last, None
        taken, self.taken = self.taken, last
        hit = self.match(last) if self.text[spans[last][0]].isupper() else None
        self.taken = taken
        if hit:
            person = hit.choice.alias.person
            if person:
                self.remember(person)
                return hit.last, person
            return last, None
        stop = last
        while (
            stop < min(last + 3, len(spans))
            and self.text[spans[stop][0]].isupper()
            and (stop == last or self.gap(stop) in (" ", "-", ". ", "'", "’"))
            and (stop == last or self.fold(stop) != "s")
        ):
            stop += 1
        if stop > last and self.fold(last) not in _PLAIN_CAPITALS:
            return stop, self.text[spans[last][0] : spans[stop - 1][1]]
        return last, None


def _short(role: str) -> Iterator[str]:
    """An institution's name without its first words, one by one."""
    parts = role.split(" of the ", 1)[-1].split()
    for start in range(1, len(parts)):
        yield " ".join(parts[start:])


def _distance(row: Alias, on: str) -> int:
    start, end = int(row.start[:4] or 0), int(row.end[:4])
    year = int(on[:4])
    return max(0, start - year, year - end)
