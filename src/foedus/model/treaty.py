"""Treaties and clauses, in the terms of the Alliance Treaty Obligations and Provisions project (ATOP)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

ClauseKind = Literal["defense", "offense", "neutrality", "nonaggression", "consultation"]
Confidence = Literal["high", "medium", "low"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """What a clause waits for. An empty field sets no condition; codes are entity codes of the codebook.

    `adversaries`: only against these; `not_adversaries`: never against these; `locations`: only where the attack falls
    on these territories (free words, e.g. "Europe or North America north of the Tropic of Cancer"); `areas`: the same
    as codes that the program can check (a state's code is its home territory, regions and places are those of
    `world/data/places.jsonl`); `conflict`: kind of conflict (e.g. "armed attack", "attack by a state"); `unprovoked`:
    only if not provoked; `attackers_min`: least number of attackers; `within`: only in an ongoing war named here;
    `choice`: each party decides for itself what to do; `process`: what must be done first (a vote, a request);
    `released`: the promise falls away when the party it is owed to attacks a third state.
    """

    adversaries: tuple[str, ...] = ()
    not_adversaries: tuple[str, ...] = ()
    locations: tuple[str, ...] = ()
    conflict: str | None = None
    unprovoked: bool = False
    attackers_min: int = 1
    within: str | None = None
    choice: bool = False
    process: str | None = None
    note: str | None = None
    areas: tuple[str, ...] = ()
    released: bool = False


@dataclass(frozen=True, slots=True)
class Clause:
    """One obligation. `by` owe it, `to` are owed it; empty means every party (a mutual clause).

    `article` is the place in the text ("Article 5"), `says` its sense in our own words.
    """

    kind: ClauseKind
    says: str
    article: str | None = None
    by: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    conditions: Conditions = Conditions()
    start: str | None = None
    end: str | None = None


@dataclass(frozen=True, slots=True)
class Party:
    """A member with its accession and exit; dates as in `model.dates`, None for the treaty's own.

    `suspended` is the day from which a member that has not left says it takes no part.
    """

    code: str
    start: str | None = None
    end: str | None = None
    note: str | None = None
    suspended: str | None = None


@dataclass(frozen=True, slots=True)
class Treaty:
    """A commitment between states.

    `start` is entry into force (or signature where never ratified, then said in `note`). `kind` is `alliance`,
    `guarantee`, `declaration` (a statement or law of policy, no treaty), `nonaggression pact`, `neutrality pact`,
    `entente`, `partnership`, `security agreement`, `memorandum`, `basing`, `arms supply` or `peace treaty`. `lacks`
    names clauses that people expect and the text does not hold ("defense"). `source` is a citation a person can look
    up (UNTS number, treaty series, official site).
    """

    id: str
    title: str
    kind: str
    parties: tuple[Party, ...]
    signed: str | None
    start: str
    end: str | None
    clauses: tuple[Clause, ...]
    source: str
    confidence: Confidence = "high"
    secret: bool = False
    lacks: tuple[str, ...] = ()
    note: str | None = None
    provenance: str = "foedus"
