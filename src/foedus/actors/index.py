"""The names of all tables under their keys, ready for matching: built once a process."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import cache

from foedus.actors import tables
from foedus.actors.tables import Alias, Title
from foedus.actors.text import TOKEN, capitals, key

ARTICLES = frozenset({"al", "el", "ash", "as", "an", "ad", "ar", "at", "az"})
"""Arabic articles: `al-Qaeda` also matches as `Qaeda`, and the article before it joins the span."""

EAST_ASIAN = frozenset({"CHN", "TWN", "PRK", "KOR", "VNM", "VDR", "KHM"})
"""States where the family name comes first."""

_RANK = {
    "blocked": 0,
    "name": 1,
    "abbrev": 2,
    "adjective": 3,
    "demonym": 4,
    "seat": 5,
    "capital": 6,
    "body": 7,
    "group": 8,
    "agency": 9,
    "force": 10,
    "company": 11,
    "media": 12,
    "person": 13,
    "people": 14,
    "collective": 15,
    "place": 16,
    "prefix": 17,
    "surname": 18,
}


@dataclass(slots=True)
class Entry:
    """A key with what it may stand for. `capitals` tells which words must be capitalised, per alias."""

    keys: tuple[str, ...]
    aliases: list[tuple[Alias, tuple[bool, ...], bool]]


@dataclass(frozen=True, slots=True)
class Index:
    """`exact`: key → entry; `longer`: first word → second word → entries, longest first.

    `lower` holds the words in small letters that may start a name.
    """

    exact: dict[tuple[str, ...], Entry]
    longer: dict[str, dict[str, list[Entry]]]
    lower: frozenset[str]
    titles: dict[str, list[tuple[tuple[str, ...], Title]]]
    titles_by_last: dict[str, list[tuple[tuple[str, ...], Title]]]
    prefixes_by_last: dict[str, list[tuple[tuple[str, ...], Title]]]
    canonical: dict[str, str]
    persons: dict[str, tuple[Alias, ...]]
    offices: dict[tuple[str, str], tuple[Alias, ...]]


def _surname(alias: Alias) -> str | None:
    """The family name of a leader's full name, or None where none can be told."""
    parts = TOKEN.findall(alias.name)
    if len(parts) < 2 or any(part.isdigit() for part in parts):
        return None
    name = parts[0] if alias.code in EAST_ASIAN else parts[-1]
    roman = set(name) <= set("IVX")
    return name if len(name) > 1 and not roman and name[0].isupper() else None


@cache
def index() -> Index:
    """The one index of this process."""
    entries: dict[tuple[str, ...], Entry] = {}
    lower: set[str] = set()

    def add(alias: Alias, name: str) -> None:
        keys = key(name)
        if not keys:
            return
        caps = capitals(name)
        entry = entries.get(keys)
        if entry is None:
            entry = entries[keys] = Entry(keys, [])
        entry.aliases.append((alias, caps, tables.acronym(name)))
        if not caps[0] and not name[0].isdigit():
            if keys[0] in ARTICLES and len(keys) > 1:
                add(alias, name[len(TOKEN.findall(name)[0]) :].lstrip("- "))
            else:
                lower.add(TOKEN.findall(name)[0])

    for row in tables.rows("blocked.csv"):
        add(Alias(row["name"], "", "blocked", None, "", tables.OPEN, row["source"]), row["name"])
    for alias in (*tables.state_names(), *tables.other_names()):
        add(alias, alias.name)
    persons: dict[str, list[Alias]] = defaultdict(list)
    offices: dict[tuple[str, str], list[Alias]] = defaultdict(list)
    canonical = {" ".join(key(title.name)): title.canonical for title in tables.titles()}
    # One entry a person and name is enough: the terms of office are looked up by the person.
    held: set[tuple[str, str]] = set()
    for alias in tables.leaders():
        person = alias.person or ""
        if alias.name == person:
            persons[person].append(alias)
            offices[alias.code, canonical_role(alias.role or "", canonical)].append(alias)
        if (person, alias.name) in held:
            continue
        held.add((person, alias.name))
        single = len(key(alias.name)) == 1 and alias.name != person
        add(_as(alias, "surname") if single else alias, alias.name)
        if alias.name == person:
            surname = _surname(alias)
            if surname:
                add(_as(alias, "derived"), surname)
    longer: dict[str, dict[str, list[Entry]]] = defaultdict(dict)
    for entry in entries.values():
        entry.aliases.sort(key=lambda record: _RANK.get(record[0].kind, 99))
        if len(entry.keys) > 1:
            longer[entry.keys[0]].setdefault(entry.keys[1], []).append(entry)
    for seconds in longer.values():
        for same in seconds.values():
            same.sort(key=lambda entry: -len(entry.keys))
    first, last, before = _titles()
    return Index(
        entries,
        dict(longer),
        frozenset(lower),
        first,
        last,
        before,
        canonical,
        {name: tuple(sorted(terms, key=lambda term: term.start)) for name, terms in persons.items()},
        {office: tuple(sorted(terms, key=lambda term: term.start)) for office, terms in offices.items()},
    )


def _as(alias: Alias, kind: str) -> Alias:
    return Alias(
        alias.name,
        alias.code,
        kind,
        alias.sector,
        alias.start,
        alias.end,
        alias.source,
        alias.person,
        alias.role,
    )


_Titles = dict[str, list[tuple[tuple[str, ...], Title]]]


def _titles() -> tuple[_Titles, _Titles, _Titles]:
    first: _Titles = defaultdict(list)
    last: _Titles = defaultdict(list)
    before: _Titles = defaultdict(list)
    for title in tables.titles():
        keys = key(title.name)
        if title.form != "prefix":
            first[keys[0]].append((keys, title))
            last[keys[-1]].append((keys, title))
        if title.form != "institution":
            before[keys[-1]].append((keys, title))
    for table in (first, last, before):
        for same in table.values():
            same.sort(key=lambda pair: -len(pair[0]))
    return dict(first), dict(last), dict(before)


def canonical_role(role: str, canonical: dict[str, str]) -> str:
    """The one name of an office under its many (`minister of foreign affairs` → `foreign minister`)."""
    return canonical.get(" ".join(key(role)), role)
