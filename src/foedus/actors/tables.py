"""The actor tables as they lie in `data/`, read once a process. Every record names where it can be looked up."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import resources

from foedus.errors import DataError

Spell = tuple[str, str]
"""First and last day as `YYYY-MM-DD`; an open side is `''` (before all) or `'9999-12-31'`."""

OPEN = "9999-12-31"


@dataclass(frozen=True, slots=True)
class Membership:
    """A spell of a state in a list of states: `system` is `cow` or `gw`, `abbrev` COW's abbreviation."""

    system: str
    number: int
    abbrev: str
    code: str
    start: str
    end: str


@dataclass(frozen=True, slots=True)
class State:
    """A state with the days on which it existed (`start` to `end` less `gaps`) and its place in the lists of states."""

    code: str
    iso3: str | None
    iso2: str | None
    name: str
    official: str
    start: str
    end: str
    gaps: tuple[Spell, ...]
    successors: tuple[str, ...]
    micro: bool
    region: str
    memberships: tuple[Membership, ...]
    source: str

    def exists(self, on: str) -> bool:
        """Whether the state existed on the day."""
        return self.start <= on <= self.end and not any(start <= on <= end for start, end in self.gaps)


@dataclass(frozen=True, slots=True)
class Body:
    """An international body (`kind` `body`) or a vague collective (`kind` `collective`)."""

    code: str
    name: str
    kind: str
    start: str
    end: str
    source: str


@dataclass(frozen=True, slots=True)
class Group:
    """An armed or political group that is no state; `state` is the state it speaks for from `state_since` on."""

    code: str
    name: str
    sector: str
    hosts: tuple[str, ...]
    start: str
    end: str
    state: str | None
    state_since: str
    state_until: str
    source: str


@dataclass(frozen=True, slots=True)
class Alias:
    """A name, what it stands for and when. `kind` says what sort of name it is (name, adjective, capital, person…)."""

    name: str
    code: str
    kind: str
    sector: str | None
    start: str
    end: str
    source: str
    person: str | None = None
    role: str | None = None

    def valid(self, on: str) -> bool:
        """Whether the name had this meaning on the day."""
        return self.start <= on <= self.end


@dataclass(frozen=True, slots=True)
class Title:
    """A title, ministry or office: `form` is `person`, `institution` or `prefix` (stands before a surname only)."""

    name: str
    canonical: str
    form: str
    sector: str


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of a table in `data/`. Raises DataError when the installed table is missing or malformed."""
    table = resources.files("foedus.actors").joinpath("data", name)
    try:
        with table.open("r", encoding="utf-8") as lines:
            for number, row in enumerate(csv.DictReader(lines), 2):
                if None in row or None in row.values():
                    raise DataError(f"actors/data/{name}, line {number}: not as many fields as the head names")
                yield row
    except FileNotFoundError:
        raise DataError(f"actors/data/{name} is missing; install Foedus again") from None


def _day(text: str, last: bool) -> str:
    """A date of the tables to the day: `1990` is its first or last day."""
    if not text:
        return OPEN if last else ""
    if len(text) == 4:
        return f"{text}-12-31" if last else f"{text}-01-01"
    if len(text) == 7:
        year, month = int(text[:4]), int(text[5:])
        if not last:
            return f"{text}-01"
        following = dt.date(year + month // 12, month % 12 + 1, 1)
        return (following - dt.timedelta(days=1)).isoformat()
    return text


def _spells(text: str) -> tuple[Spell, ...]:
    """`start/end;start/end` as spells."""
    found = []
    for part in filter(None, text.split(";")):
        start, _, end = part.partition("/")
        found.append((_day(start, False), _day(end, True)))
    return tuple(found)


def _memberships(code: str, system: str, text: str) -> Iterator[Membership]:
    for part in filter(None, text.split(";")):
        words = part.split()
        abbrev = words[1] if len(words) == 3 else ""
        ((start, end),) = _spells(words[-1])
        yield Membership(system, int(words[0]), abbrev, code, start, end)


@cache
def states() -> dict[str, State]:
    """Every state of 1816–2026 by entity code."""
    found = {}
    for row in rows("states.csv"):
        code = row["code"]
        found[code] = State(
            code,
            row["iso3"] or None,
            row["iso2"] or None,
            row["name"],
            row["official"],
            _day(row["start"], False),
            _day(row["end"], True),
            _spells(row["gaps"]),
            tuple(filter(None, row["successor"].split(";"))),
            row["micro"] == "1",
            row["region"],
            (*_memberships(code, "cow", row["cow"]), *_memberships(code, "gw", row["gw"])),
            row["source"],
        )
    return found


@cache
def bodies() -> dict[str, Body]:
    """International bodies and vague collectives by code."""
    return {
        row["code"]: Body(
            row["code"],
            row["name"],
            row["kind"],
            _day(row["start"], False),
            _day(row["end"], True),
            row["source"],
        )
        for row in rows("bodies.csv")
    }


@cache
def groups() -> dict[str, Group]:
    """Armed and political groups by code."""
    return {
        row["code"]: Group(
            row["code"],
            row["name"],
            row["sector"],
            tuple(filter(None, row["hosts"].split(";"))),
            _day(row["start"], False),
            _day(row["end"], True),
            row["state"] or None,
            _day(row["state_since"], False),
            _day(row["state_until"], True),
            row["source"],
        )
        for row in rows("groups.csv")
    }


@cache
def members() -> dict[str, tuple[tuple[str, str, str], ...]]:
    """Membership of bodies: code of the body → (state, first day, last day)."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for row in rows("body_members.csv"):
        entry = (row["member"], _day(row["start"], False), _day(row["end"], True))
        found.setdefault(row["body"], []).append(entry)
    return {body: tuple(entries) for body, entries in found.items()}


@cache
def titles() -> tuple[Title, ...]:
    """Titles, ministries and role nouns."""
    return tuple(Title(row["title"], row["canonical"], row["form"], row["sector"]) for row in rows("titles.csv"))


@cache
def words(name: str) -> frozenset[str]:
    """A list of plain words that the matcher reads by (`words.csv`): modifiers of titles, words that are acronyms…"""
    return frozenset(row["word"] for row in rows("words.csv") if row["list"] == name)


@cache
def state_names() -> tuple[Alias, ...]:
    """Names of states and of what stands for them."""
    found = []
    for row in rows("state_names.csv"):
        found.append(
            Alias(
                row["name"],
                row["code"],
                row["kind"],
                row["sector"] or None,
                _day(row["start"], False),
                _day(row["end"], True),
                row["source"],
            )
        )
    return tuple(found)


@cache
def other_names() -> tuple[Alias, ...]:
    """Names of bodies, collectives and groups, each split where the group becomes a state's government."""
    found: list[Alias] = []
    for row in rows("bodies.csv"):
        kind = row["kind"]
        sector = "IGO" if kind == "body" else None
        start, end = _day(row["start"], False), _day(row["end"], True)
        for name in (row["name"], *row["aliases"].split(";")):
            if name.strip():
                form = "abbrev" if acronym(name.strip()) else kind
                found.append(Alias(name.strip(), row["code"], form, sector, start, end, row["source"]))
    for row in rows("groups.csv"):
        group = groups()[row["code"]]
        for name in (row["name"], *row["aliases"].split(";")):
            if name.strip():
                found.extend(_group_aliases(name.strip(), group))
    return tuple(found)


def acronym(name: str) -> bool:
    """Whether a name is an acronym, which only matches in capitals."""
    letters = name.replace(".", "")
    return letters.isalnum() and letters.isupper() and len(letters) <= 6


def _group_aliases(name: str, group: Group) -> Iterator[Alias]:
    kind = "abbrev" if acronym(name) else "group"
    if group.state is None:
        yield Alias(name, group.code, kind, group.sector, group.start, group.end, group.source)
        return
    before, after = _before(group.state_since), _after(group.state_until)
    if group.start <= before:
        yield Alias(name, group.code, kind, group.sector, group.start, before, group.source)
    yield Alias(name, group.state, kind, _state_sector(group), group.state_since, group.state_until, group.source)
    if after and after <= group.end:
        yield Alias(name, group.code, kind, group.sector, after, group.end, group.source)


def _state_sector(group: Group) -> str:
    return "GOV" if group.sector == "REB" else group.sector


def _before(day: str) -> str:
    return (dt.date.fromisoformat(day) - dt.timedelta(days=1)).isoformat() if day else ""


def _after(day: str) -> str:
    return "" if day == OPEN else (dt.date.fromisoformat(day) + dt.timedelta(days=1)).isoformat()


@cache
def leaders() -> tuple[Alias, ...]:
    """Leaders, ministers and spokespersons, a row for each term of office; the aliases of a row share its term."""
    folder = resources.files("foedus.actors").joinpath("data")
    found = []
    for file in sorted(entry.name for entry in folder.iterdir()):
        if not (file.startswith("leaders") and file.endswith(".csv")):
            continue
        for row in rows(file):
            start, end = _day(row["start"], False), _day(row["end"], True)
            person = row["name"].strip()
            for name in dict.fromkeys((person, *map(str.strip, row["aliases"].split(";")))):
                if name:
                    found.append(
                        Alias(
                            name,
                            row["code"],
                            "person",
                            row["sector"] or None,
                            start,
                            end,
                            row["source"],
                            person,
                            row["role"],
                        )
                    )
    return tuple(found)
