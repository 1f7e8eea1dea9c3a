"""Who is meant by a name on a date."""

from __future__ import annotations

import datetime as dt
import re

from foedus.actors import tables
from foedus.actors.choice import choose, existing, standing, term, today
from foedus.actors.index import Entry, index
from foedus.actors.mentions import find, kind_of
from foedus.actors.systems import cow, from_cow, from_gw, from_iso, gw, iso, name, state, states
from foedus.actors.tables import OPEN, Alias
from foedus.actors.text import tokens
from foedus.errors import UnknownActorError
from foedus.model.actor import Actor
from foedus.model.dates import bounds

__all__ = [
    "cow",
    "from_cow",
    "from_gw",
    "from_iso",
    "gw",
    "iso",
    "members",
    "name",
    "resolve",
    "sector",
    "state",
    "states",
]

_EDGES = ' \t\r\n"“”«»,;:!?()[]'
_ARTICLE = re.compile(r"(?:the|The|THE)\s+")
_POSSESSIVE = re.compile(r"(?:['’]s|(?<=s)['’])$")


def resolve(name: str, on: dt.date | str | None = None) -> Actor | None:
    """The actor that `name` means on the day `on` (`YYYY-MM-DD`; a month or year means its last day), or None.

    Without a day it is the name's meaning today, or its last one. Names may carry titles ("the Soviet president",
    "Foreign Ministry of Iran"), stand for persons, ministries, capitals or seats of government, or be entity codes.
    Acronyms need their capitals. Raises UnknownActorError for a date that is none.
    """
    day, strict = _day(on)
    text = _POSSESSIVE.sub("", name.strip(_EDGES))
    text = _ARTICLE.sub("", text, count=1).strip(_EDGES)
    if not text or len(text) > 300:
        return None
    return _by_code(text, day, strict) or _by_name(text, day, strict) or _by_phrase(text, day, strict)


def members(body: str, on: dt.date | str) -> list[str]:
    """Codes of the members of a body on a day. Raises UnknownActorError where its membership is not in the table."""
    held = tables.members().get(body)
    if held is None:
        raise UnknownActorError(f"the members of {body!r} are not in the table; known: {', '.join(tables.members())}")
    day, _ = _day(on)
    return sorted({code for code, start, end in held if start <= day <= end})


def sector(name: str, on: dt.date | str | None = None) -> str | None:
    """The sector (GOV, MIL, LEG…) of whoever a name means; None where it means a whole state or nothing."""
    found = resolve(name, on)
    return found.sector if found else None


def _day(on: dt.date | str | None) -> tuple[str, bool]:
    if on is None:
        return today(), False
    if isinstance(on, dt.date):
        return on.isoformat()[:10], True
    try:
        return bounds(on)[1].isoformat(), True
    except ValueError as error:
        raise UnknownActorError(str(error)) from None


def _by_code(text: str, day: str, strict: bool) -> Actor | None:
    """The exact entity code: `IRN`, `SUN`, `HAMAS`."""
    if text in tables.states():
        if strict and not standing(text, day):
            return None
        return _actor(text, day, text)
    if text in tables.bodies() or text in tables.groups():
        group = tables.groups().get(text)
        if group and group.state and group.state_since <= day <= group.state_until:
            return _actor(group.state, day, text, "GOV" if group.sector == "REB" else group.sector)
        record = group or tables.bodies()[text]
        if strict and not record.start <= day <= record.end:
            return None
        return _actor(text, day, text, group.sector if group else "IGO")
    return None


def _by_name(text: str, day: str, strict: bool) -> Actor | None:
    """A name of the tables, whole."""
    parts = tokens(text)
    keys = tuple(part.key for part in parts)
    entry = index().exact.get(keys)
    if entry is None:
        return None
    written = text[parts[0].start : parts[-1].end]
    fitting = _fitting(entry, written, len(keys) > 1 or len(keys[0]) > 3)
    plain = [alias for alias in fitting if alias.person is None and alias.kind not in ("blocked", "prefix")]
    choice = choose(plain, day) if plain else None
    if choice and (choice.dated or not strict or choice.code != choice.alias.code or choice.alias.kind == "place"):
        if strict and choice.alias.kind == "place" and not choice.dated and not standing(choice.code, day):
            return None
        return _actor(choice.code, day, choice.alias.name, choice.alias.sector, source=choice.alias.source)
    people = [alias for alias in fitting if alias.person is not None]
    return _person(people, day, strict) if people else None


def _fitting(entry: Entry, written: str, safe: bool) -> list[Alias]:
    letters = written.replace(".", "").replace("+", "")
    fitting = []
    for alias, _, acronym in entry.aliases:
        # "us" is no state and "who" no body: short names and acronyms keep their capitals.
        if acronym and not (letters.isupper() or (len(letters) > 3 and written[:1].isupper())):
            continue
        if not acronym and not safe and alias.name[:1].isupper() and not written[:1].isupper():
            continue
        fitting.append(alias)
    return fitting


def _person(people: list[Alias], day: str, strict: bool) -> Actor | None:
    """The bearer of a name who holds office on the day; else the one who held it last before (`former …`)."""
    rows = [(term(person, day), alias) for alias in people if (person := alias.person)]
    weights = {"person": 0, "surname": 1, "derived": 2}
    best = min(weights[alias.kind] for _, alias in rows)
    held = [row for (row, now), alias in rows if now and weights[alias.kind] == best] or [
        row for (row, now), _ in rows if now
    ]
    if held:
        row = max(held, key=lambda one: one.start)
        return _actor(row.code, day, row.name, row.sector, row)
    past = [row for (row, _), _ in rows if row.end < day]
    if not past:
        return None
    row = max(past, key=lambda one: one.end)
    if strict and (not standing(row.code, day) or int(day[:4]) - int(row.end[:4]) > 40):
        return None
    return _actor(row.code, day, row.name, None, row, former=True)


def _by_phrase(text: str, day: str, strict: bool) -> Actor | None:
    """A name with its titles, read as the matcher reads texts; it must cover the whole phrase."""
    for relaxed in (False, True):
        found = find(text, day, relaxed=relaxed)
        if len(found) == 1 and found[0].start == 0 and found[0].end == len(text) and found[0].compound is None:
            one = found[0]
            if strict and not one.dated and one.person is None:
                return None
            if strict and not standing(one.code, day):
                return None
            source = next((t.source for t in index().persons.get(one.person or "", ())), "")
            made = _actor(one.code, day, text, one.sector, source=source)
            person, role = one.person, one.role
            return Actor(**{**made.to_dict(), "person": person, "role": role})
    return None


def _actor(
    code: str,
    day: str,
    matched: str,
    sector: str | None = None,
    office: Alias | None = None,
    former: bool = False,
    source: str = "",
) -> Actor:
    kind = kind_of(code)
    record = tables.states().get(code) or tables.bodies().get(code) or tables.groups().get(code)
    numbers = {}
    iso3 = None
    if code in tables.states():
        found = tables.states()[code]
        iso3 = found.iso3
        numbers = {m.system: m.number for m in found.memberships if m.start <= day <= m.end}
    start = (office or record).start if office or record else ""  # type: ignore[union-attr]
    end = (office or record).end if office or record else OPEN  # type: ignore[union-attr]
    return Actor(
        code=code,
        name=record.name if record else code,
        kind=kind,  # type: ignore[arg-type]
        sector=sector,
        iso3=iso3,
        cow=numbers.get("cow"),
        gw=numbers.get("gw"),
        person=office.person if office else None,
        role=(f"former {office.role}" if former else office.role) if office else None,
        start=start or None,
        end=None if end == OPEN else end,
        matched=matched,
        source=office.source if office else source or (record.source if record else ""),
    )


def unknown(word: str, on: dt.date | str | None = None) -> str:
    """What to tell a person whose word means nobody on the day: which state of that day may be meant."""
    elsewhen = (resolve(word) or resolve(word.upper())) if on else None
    if elsewhen is None:
        return f"{word!r} is no actor that we know: write a code such as IRN, or a name such as Iran"
    then = existing(elsewhen.code, str(on))
    record = tables.states().get(elsewhen.code)
    others = [then] if then and then != elsewhen.code else list(record.successors[:4]) if record else []
    hint = " or ".join(f"{code} ({name(code)})" for code in others) or "the one of that time"
    return f"{word!r} ({elsewhen.name}) did not exist on {on}: name {hint}"
