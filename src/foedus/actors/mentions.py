"""Every actor named in a text, with exact offsets: what the coder reads instead of a general name finder."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from foedus.actors import roles, tables
from foedus.actors.choice import holder, today
from foedus.actors.index import ARTICLES
from foedus.actors.matching import PLAIN_CAPITALS, Hit, Matcher
from foedus.actors.tables import Alias
from foedus.actors.text import TOKEN, fold

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
_EXTENDS = frozenset({"name", "abbrev", "demonym", "adjective", "seat", "capital", "body", "group", "agency", "force"})
_HEADS = (
    "secretary-general",
    "director general",
    "director-general",
    "president of the European Commission",
    "president",
)
_GIVEN_NAMES = tables.words("given_names")
_NEAR = tables.words("near")
_AFTER_HYPHEN = tables.words("after_hyphen")
_BEFORE_HYPHEN = tables.words("before_hyphen")
_PLURAL = tables.words("plural")


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


class _Reader(Matcher):
    """One pass over one text."""

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

    def mention(self, hit: Hit) -> tuple[Mention | None, int]:
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
        if person is None and self.given(first, last):
            confidence *= 0.4
        if person is not None:
            role = role if dated else (f"former {role}" if alias.end < self.on else None)
            self.remember(person)
            title = roles.before(text, spans, first) if first > self.taken else None
            if title and title.first >= self.taken:
                first = title.first
                confidence = max(confidence, 0.9 if dated else 0.7)
        elif compound is None and alias.kind in _EXTENDS and code:
            first, last, person, role, sector, confidence = self.extend(hit, code, sector, confidence)
        locative = person is None and self.locative(first)
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

    def given(self, first: int, last: int) -> bool:
        """Whether a place name is rather a person's first name: `Jordan Peterson`, `Paris Hilton`."""
        if last - first != 1 or last >= len(self.spans) or self.fold(first) not in _GIVEN_NAMES:
            return False
        word = self.word(last)
        return (
            self.gap(last) == " "
            and word[:1].isupper()
            and not word.isupper()
            and self.fold(last) not in PLAIN_CAPITALS
            and roles.at(self.text, self.spans, last) is None
            and self.match(last) is None
        )

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
        self, hit: Hit, code: str, sector: str | None, confidence: float
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
            sector = _sector(code, right.title.sector)
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
            sector = _sector(code, left.title.sector)
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
                named = hit.choice.alias.name
                held = self.in_office(code, (f"{role} of the {named}", role))
                person = held.person if held else None
                sector = held.sector or sector if held else sector
        return first, last, person, role, sector, confidence

    def in_office(self, code: str, offices: tuple[str, ...]) -> Alias | None:
        """Who held the first of some offices that the table knows; a body's `chief` is whoever heads it."""
        if kind_of(code) == "body" and offices[-1] in ("chief", "head", "leader"):
            offices = _HEADS
        return next((held for office in offices if (held := holder(code, office, self.on))), None)

    def office(self, code: str, role: str) -> str | None:
        """The canonical name of `role`, also without the state's name in it (`… of the Russian Security Council`)."""
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
        taken, self.taken, self.introducing = self.taken, last, True
        hit = self.match(last) if self.text[spans[last][0]].isupper() else None
        self.taken, self.introducing = taken, False
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
        if stop > last and self.fold(last) not in PLAIN_CAPITALS:
            return stop, self.text[spans[last][0] : spans[stop - 1][1]]
        return last, None


def _sector(code: str, sector: str) -> str:
    """The sector of an office: a body's are all IGO, a group's are the group's own."""
    group = tables.groups().get(code)
    if group is not None:
        return group.sector
    if kind_of(code) == "body":
        return "IGO"
    return "GOV" if sector == "IGO" else sector


def _short(role: str) -> Iterator[str]:
    """An institution's name without its first words, one by one."""
    parts = role.split(" of the ", 1)[-1].split()
    for start in range(1, len(parts)):
        yield " ".join(parts[start:])
