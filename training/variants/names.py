"""Who can stand in whose place: the names of states as they stood on a day, by the sort of name."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field
from functools import cache

from foedus.actors import tables
from foedus.actors.mentions import find

_ARTICLE = re.compile(
    r"\b(United|Republic|Union|Kingdom|Islands|Empire|Federation|Emirates|Netherlands|Philippines|Bahamas|Gambia|Maldives|Comoros)\b"
)
# Women in office, left out as substitutes: a pronoun elsewhere in the sentence would betray the change.
_WOMEN = re.compile(
    r"^(Margaret|Angela|Giorgia|Benazir|Indira|Golda|Theresa|Liz|Sheikh Hasina|Khaleda|Corazon|Gloria|Michelle|Cristina|"
    r"Dilma|Ellen|Jacinda|Helen|Mette|Sanna|Kaja|Maia|Tsai|Park Geun|Sirimavo|Chandrika|Madeleine|Condoleezza|Hillary|Ursula|"
    r"Federica|Catherine|Annalena|Maria|Mary|Kamala|Claudia|Sanae|Violeta|Tansu|Julia|Jenny|Gro|Erna|Helle|Yulia|Dalia|"
    r"Vaira|Tarja|Isabel|Joyce|Megawati|Yingluck|Paetongtarn|Aung San|Beata|Ewa|Edith|Kim Campbell|Hanna|Eugenia|Portia|"
    r"Kamla|Laura|Xiomara|Dina|Katrin|Katalin|Zuzana|Iveta|Atifete|Vjosa|Salome|Nino|Samia|Sahle|Elisabeth|Christine|Queen)"
)


@dataclass(frozen=True)
class Forms:
    """How one state is named on one day."""

    code: str
    name: str
    adjective: str
    plural: str | None
    capital: str | None
    persons: dict[str, tuple[str, ...]] = field(default_factory=dict, hash=False, compare=False)

    @property
    def full(self) -> str:
        """The name with its article, as it stands inside a sentence."""
        return f"the {self.name}" if needs_article(self.name) else self.name

    @property
    def singular(self) -> str | None:
        """A citizen, where the plural only adds an s to the adjective."""
        return self.adjective if self.plural == self.adjective + "s" else None


def needs_article(name: str) -> bool:
    return bool(_ARTICLE.search(name))


@cache
def _by_code() -> dict[str, list[tables.Alias]]:
    found: dict[str, list[tables.Alias]] = {}
    for alias in tables.state_names():
        found.setdefault(alias.code, []).append(alias)
    return found


@cache
def _leaders() -> dict[str, list[tables.Alias]]:
    found: dict[str, list[tables.Alias]] = {}
    for alias in tables.leaders():
        if alias.code in tables.states() and alias.role:
            found.setdefault(alias.code, []).append(alias)
    return found


def _valid(alias: tables.Alias, on: str) -> bool:
    return (not alias.start or alias.start <= on) and (not alias.end or on <= alias.end)


def _means(text: str, code: str, on: str) -> bool:
    found = find(f"A note from {text} said so.", on)
    return len(found) == 1 and found[0].code == code and found[0].dated


@cache
def pool(year: int) -> tuple[Forms, ...]:
    """Every state of some size that lived in the middle of `year`, with the names that surely mean it then."""
    on = f"{year}-07-01"
    made = []
    for code, state in tables.states().items():
        if state.micro or not state.exists(on) or len(code) != 3:
            continue
        aliases = [a for a in _by_code().get(code, ()) if _valid(a, on)]
        adjectives = [a.name for a in aliases if a.kind == "adjective" and " " not in a.name]
        names = [a.name for a in aliases if a.kind == "name"]
        if not adjectives or not names:
            continue
        name = state.name if state.name in names else names[0]
        plurals = [
            a.name for a in aliases if a.kind == "demonym" and a.name.endswith("s") and not a.name.endswith("ss")
        ]
        same = [p for p in plurals if p == adjectives[0] + "s"] or plurals
        capitals = [a.name for a in aliases if a.kind == "capital" and a.start] or [
            a.name for a in aliases if a.kind == "capital"
        ]
        capital = next((c for c in capitals if _means(c, code, on)), None)
        if not _means(name, code, on) or not _means(f"the {adjectives[0]} army", code, on):
            continue
        made.append(Forms(code, name, adjectives[0], same[0] if same else None, capital, _persons(code, year)))
    return tuple(made)


def _persons(code: str, year: int) -> dict[str, tuple[str, ...]]:
    """Office → those who held it through the whole year, by full name."""
    offices: dict[str, list[str]] = {}
    for alias in _leaders().get(code, ()):
        holds = alias.start and alias.start <= f"{year}-01-01" and (not alias.end or alias.end >= f"{year}-12-31")
        if holds and alias.role and alias.name == alias.person and " " in alias.name and not _WOMEN.match(alias.name):
            offices.setdefault(alias.role, []).append(alias.name)
    return {office: tuple(dict.fromkeys(names)) for office, names in offices.items()}


@cache
def forms(code: str, year: int) -> Forms | None:
    return next((f for f in pool(year) if f.code == code), None)


_FAMILY_FIRST = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM", "KHM"})


def surname(full: str, code: str) -> str:
    parts = full.split()
    return parts[0] if code in _FAMILY_FIRST and parts[0] not in ("Syngman", "Chiang", "Norodom") else parts[-1]


_GREAT = (
    "USA",
    "RUS",
    "CHN",
    "GBR",
    "FRA",
    "SUN",
    "IRN",
    "ISR",
    "IND",
    "TUR",
    "DEU",
    "JPN",
    "PAK",
    "SAU",
    "EGY",
    "UKR",
    "PRK",
    "KOR",
    "SYR",
    "IRQ",
    "POL",
    "BRA",
)


def draw(rng: random.Random, year: int, count: int, without: frozenset[str] = frozenset()) -> list[Forms]:
    """Distinct states, those much in the news a little more often."""
    states = [f for f in pool(year) if f.code not in without]
    chosen: list[Forms] = []
    while len(chosen) < count:
        great = [f for f in states if f.code in _GREAT] if rng.random() < 0.4 else states
        pick = rng.choice(great or states)
        if pick not in chosen:
            chosen.append(pick)
    return chosen
