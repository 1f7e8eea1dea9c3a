"""The shipped commitments of 1815–2026: reads `data/treaties*.jsonl` into treaties and says what was in force when."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Final, cast, get_args

from foedus.errors import DataError
from foedus.model.dates import bounds, earliest, latest
from foedus.model.treaty import Clause, ClauseKind, Conditions, Party, Treaty

KINDS: Final = frozenset(
    {
        "alliance",
        "guarantee",
        "declaration",
        "nonaggression pact",
        "neutrality pact",
        "entente",
        "partnership",
        "security agreement",
        "memorandum",
        "basing",
        "arms supply",
        "peace treaty",
    }
)
"""Kinds of commitment; what a kind promises is in its clauses, never in its name."""

SENSE: Final[dict[str, str]] = {
    "defense": "to come to the aid of a party that is attacked",
    "offense": "to fight at the side of a party that goes to war",
    "neutrality": "to give no help to those who fight a party",
    "nonaggression": "to use no force against a party",
    "consultation": "to consult when the peace or the security of a party is threatened",
}
"""What a clause of a kind asks, where the record does not put it more narrowly."""

NEVER: Final = "9999"
"""The entry into force of a treaty that is signed and, as far as is known, not in force."""

_NUMBERED: Final = re.compile(r"\d|[IVXL]+\b")
_SEVERAL: Final = re.compile(r"^[\dIVXL()]+(?:,| and | to )")
_CLAUSE_FIELDS: Final = frozenset({"c", "by", "to", "start", "end"})
PROSE: Final[dict[str, str]] = {
    "defense": "defence",
    "offense": "offence",
    "neutrality": "neutrality",
    "nonaggression": "non-aggression",
    "consultation": "consultation",
}
"""ATOP's names of the clauses as they stand in a sentence."""

_LISTS: Final = frozenset({"adversaries", "not_adversaries", "locations", "areas"})
_CONDITIONS: Final = frozenset(Conditions.__dataclass_fields__)


@cache
def shipped() -> tuple[Treaty, ...]:
    """All commitments that come with the program, by date; read once."""
    folder = files("foedus.world") / "data"
    found: list[Treaty] = []
    for file in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if file.name.startswith("treaties") and file.name.endswith(".jsonl"):
            found.extend(read(file.read_text(encoding="utf-8").splitlines(), file.name))
    return tuple(sorted(found, key=lambda treaty: (treaty.signed or treaty.start, treaty.id)))


def read(lines: Iterable[str], name: str = "treaties") -> list[Treaty]:
    """Treaties from JSON lines. Raises DataError with file and line where a record is damaged or an id comes twice."""
    found: dict[str, Treaty] = {}
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            treaty = parse(json.loads(line))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise DataError(f"{name}, line {number}: {error}; correct the record") from None
        if treaty.id in found:
            raise DataError(f"{name}, line {number}: the id {treaty.id!r} is taken; give each treaty its own")
        found[treaty.id] = treaty
    return list(found.values())


def parse(record: Mapping[str, Any]) -> Treaty:
    """One treaty from a record of the form in `docs/treaties.md`. Raises ValueError or KeyError for a damaged one."""
    unknown = set(record) - set(Treaty.__dataclass_fields__)
    if unknown:
        raise ValueError(f"unknown fields {', '.join(sorted(unknown))}")
    if record["kind"] not in KINDS:
        raise ValueError(f"{record['kind']!r} is no kind of treaty")
    start = record.get("start") or record["signed"]
    for value in (record.get("signed"), start, record.get("end")):
        if value is not None:
            bounds(value)
    if record.get("end") and latest(record["end"]) < earliest(start):
        raise ValueError(f"{record['id']} ends before it begins")
    parties = tuple(_party(party) for party in record["parties"])
    codes = {party.code for party in parties}
    if len(codes) < 2:
        raise ValueError(f"{record['id']} needs two parties")
    return Treaty(
        id=record["id"],
        title=record["title"],
        kind=record["kind"],
        parties=parties,
        signed=record.get("signed"),
        start=start,
        end=record.get("end"),
        clauses=tuple(_clause(clause, codes) for clause in record.get("clauses", ())),
        source=record["source"],
        confidence=record.get("confidence", "high"),
        secret=bool(record.get("secret", False)),
        lacks=tuple(record.get("lacks", ())),
        note=record.get("note"),
    )


def _party(value: str | Mapping[str, Any]) -> Party:
    """`CODE`, `CODE@1952-02-18`, `CODE@1955/1968-09-13`, `CODE@/1991`, or an object with the fields of Party."""
    if not isinstance(value, str):
        party = Party(**value)
    else:
        code, _, span = value.partition("@")
        start, _, end = span.partition("/")
        party = Party(code, start or None, end or None)
    for date in (party.start, party.end, party.suspended):
        if date is not None:
            bounds(date)
    return party


def _clause(value: str | Mapping[str, Any], codes: set[str]) -> Clause:
    """`kind|article|sense`, or an object with that under `c` beside the fields of Clause and of Conditions."""
    fields: Mapping[str, Any] = {"c": value} if isinstance(value, str) else value
    unknown = set(fields) - _CLAUSE_FIELDS - _CONDITIONS
    if unknown:
        raise ValueError(f"unknown clause fields {', '.join(sorted(unknown))}")
    kind, article, says = (*(part.strip() for part in fields["c"].split("|", 2)), "", "")[:3]
    if kind not in get_args(ClauseKind):
        raise ValueError(f"{kind!r} is no kind of clause")
    by, to = tuple(fields.get("by", ())), tuple(fields.get("to", ()))
    strangers = {*by, *to} - codes
    if strangers:
        raise ValueError(f"a clause names {', '.join(sorted(strangers))}, no party to the treaty")
    for name in ("start", "end"):
        if fields.get(name):
            bounds(fields[name])
    given: dict[str, Any] = {
        name: tuple(v) if name in _LISTS else v for name, v in fields.items() if name in _CONDITIONS
    }
    return Clause(
        kind=cast(ClauseKind, kind),
        says=says or SENSE[kind],
        article=_article(article),
        by=by,
        to=to,
        conditions=Conditions(**given),
        start=fields.get("start"),
        end=fields.get("end"),
    )


def _article(text: str) -> str | None:
    """`5` becomes `Article 5`, `IV and V` becomes `Articles IV and V`; other places stay as they are."""
    if not _NUMBERED.match(text):
        return text or None
    return f"{'Articles' if _SEVERAL.search(text) else 'Article'} {text}"


def within(start: str | None, end: str | None, on: dt.date) -> bool:
    """Whether `on` may lie between two dates (the last day belongs); an open end is None."""
    return (start is None or earliest(start) <= on) and (end is None or on <= latest(end))


def in_force(treaty: Treaty, on: dt.date) -> bool:
    """Whether the treaty was in force on a day."""
    return within(treaty.start, treaty.end, on)


def pending(treaty: Treaty, on: dt.date) -> bool:
    """Whether the treaty was signed but not yet in force on a day."""
    return treaty.signed is not None and latest(treaty.signed) <= on < earliest(treaty.start)


def party(treaty: Treaty, code: str, on: dt.date | None = None) -> Party | None:
    """The membership of `code` (on that day), or None."""
    for member in treaty.parties:
        if member.code == code and (on is None or within(member.start, member.end, on)):
            return member
    return None


def members(treaty: Treaty, on: dt.date) -> list[str]:
    """Codes of the parties on a day, in the order of the record."""
    return list(dict.fromkeys(member.code for member in treaty.parties if within(member.start, member.end, on)))
