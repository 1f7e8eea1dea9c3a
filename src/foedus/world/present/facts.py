"""What is shipped about the states of 1990–2025, so that the main job needs no download.

Everything here was written for this project from public references; each record names its source. Figures of states are
of about 1990, 1995, 2000, 2005, 2010 and 2024 (states under a million: of 2010 or 2024). A day gets the newest that are
not later, one after `COVERS_TO` the newest there are; `StateFacts.year` tells which year an answer comes from.
"""

from __future__ import annotations

import datetime as dt
import math
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from foedus.errors import UnknownActorError
from foedus.world.present.records import (
    LEVELS,
    ROLES,
    Belligerent,
    Border,
    Dispute,
    Rivalry,
    StateFacts,
    active,
    date_or_empty,
    number,
    one_of,
    read_table,
)

COVERS_FROM: Final = dt.date(1990, 1, 1)
COVERS_TO: Final = dt.date(2025, 12, 31)
EARTH_KM: Final = 6371.0088


class Facts:
    """The shipped tables with the questions the estimate asks of them; `Facts.shipped()` reads them once for all.

    Codes are entity codes of the codebook (ISO 3166-1 alpha-3 for states). Every answer is "as of" a day where it
    takes `on`: nothing after that day is looked at.
    """

    def __init__(
        self,
        states: Iterable[StateFacts] | None = None,
        capitals: dict[str, tuple[str, float, float]] | None = None,
        borders: Iterable[Border] | None = None,
        rivalries: Iterable[Rivalry] | None = None,
        wars: Iterable[Belligerent] | None = None,
        disputes: Iterable[Dispute] | None = None,
    ) -> None:
        """Each table that is not given is the shipped one."""
        states = read_table("state_facts.csv", _state) if states is None else states
        borders = read_table("borders.csv", _border) if borders is None else borders
        rivalries = read_table("rivalries.csv", _rivalry) if rivalries is None else rivalries
        wars = read_table("wars.csv", _belligerent) if wars is None else wars
        disputes = read_table("disputes.csv", _dispute) if disputes is None else disputes
        self._states: dict[str, list[StateFacts]] = defaultdict(list)
        for record in sorted(states, key=lambda one: one.year):
            self._states[record.code].append(record)
        self._capitals = dict(read_table("capitals.csv", _capital)) if capitals is None else capitals
        self._borders: dict[tuple[str, str], list[Border]] = defaultdict(list)
        self._neighbours: dict[str, set[str]] = defaultdict(set)
        for border in borders:
            self._borders[_pair(border.code1, border.code2)].append(border)
            self._neighbours[border.code1].add(border.code2)
            self._neighbours[border.code2].add(border.code1)
        self._rivalries: dict[tuple[str, str], list[Rivalry]] = defaultdict(list)
        for rivalry in rivalries:
            self._rivalries[_pair(rivalry.code1, rivalry.code2)].append(rivalry)
        self._wars: dict[str, list[Belligerent]] = defaultdict(list)
        for part in wars:
            self._wars[part.war].append(part)
        self._disputes = tuple(sorted(disputes, key=lambda one: one.date))

    @staticmethod
    @lru_cache(maxsize=1)
    def shipped() -> Facts:
        """The tables of the installed package."""
        return Facts()

    # --- states

    def codes(self) -> list[str]:
        """The states that the tables know, sorted."""
        return sorted(self._states)

    def __contains__(self, code: object) -> bool:
        return code in self._states

    def state(self, code: str, on: dt.date | None = None) -> StateFacts:
        """The newest figures of a state not later than the year of `on`; its oldest where all are later.

        Raises UnknownActorError for a code that is no state of these tables.
        """
        records = self._states.get(code)
        if not records:
            raise UnknownActorError(f"{code!r} is no state in the shipped facts; give an ISO alpha-3 code such as IRN")
        known = [one for one in records if on is None or one.year <= on.year]
        return known[-1] if known else records[0]

    def capability_share(self, code: str, on: dt.date | None = None) -> float | None:
        """A state's share of the world's power, 0–1: the mean of its shares of population, GDP, military spending and
        active personnel (as COW's CINC averages six shares); None where fewer than two of the four are known.
        """
        own = self.state(code, on)
        totals = self._totals(None if on is None else on.year)
        shares = [
            value / totals[field]
            for field in ("population_m", "gdp_busd", "milex_busd", "active_personnel_k")
            if (value := getattr(own, field)) is not None
        ]
        return sum(shares) / len(shares) if len(shares) >= 2 else None

    @lru_cache(maxsize=64)  # noqa: B019 - Facts lives as long as the process
    def _totals(self, year: int | None) -> dict[str, float]:
        on = None if year is None else dt.date(year, 12, 31)
        totals: dict[str, float] = defaultdict(float)
        for code in self._states:
            record = self.state(code, on)
            for field in ("population_m", "gdp_busd", "milex_busd", "active_personnel_k"):
                totals[field] += getattr(record, field) or 0.0
        return totals

    # --- geography

    def capital(self, code: str) -> tuple[str, float, float]:
        """Name, latitude and longitude (degrees) of a state's capital; UnknownActorError where there is none."""
        try:
            return self._capitals[code]
        except KeyError:
            raise UnknownActorError(
                f"no capital is shipped for {code!r}; give an ISO alpha-3 code such as IRN"
            ) from None

    def capital_distance(self, code1: str, code2: str) -> float:
        """Great-circle kilometres between two capitals (mean Earth radius)."""
        (_, lat1, lon1), (_, lat2, lon2) = self.capital(code1), self.capital(code2)
        phi1, phi2 = math.radians(lat1), math.radians(lat2)
        half = math.sin((phi2 - phi1) / 2) ** 2
        half += math.cos(phi1) * math.cos(phi2) * math.sin(math.radians(lon2 - lon1) / 2) ** 2
        return 2 * EARTH_KM * math.asin(math.sqrt(half))

    def contiguity(self, code1: str, code2: str, on: dt.date | None = None) -> int:
        """COW's type of contiguity on a day: 1 land, 2–5 water up to 12, 24, 150 and 400 miles, 0 none of these."""
        when = on or COVERS_TO
        types = [b.conttype for b in self._borders.get(_pair(code1, code2), ()) if active(b.start, b.end, when)]
        return min(types, default=0)

    def neighbours(self, code: str, on: dt.date | None = None, up_to: int = 1) -> list[str]:
        """States whose contiguity to `code` is of type 1 to `up_to` on the day, sorted."""
        return sorted(
            other for other in self._neighbours.get(code, ()) if 1 <= self.contiguity(code, other, on) <= up_to
        )

    # --- rivals, wars, disputes

    def rivalries(self, code1: str, code2: str | None = None, on: dt.date | None = None) -> list[Rivalry]:
        """Rivalries of a state (with one other, if given) in the year of `on`; all that are recorded without it."""
        if code2 is not None and code2 != code1:
            pairs = [_pair(code1, code2)]
        else:
            pairs = [pair for pair in self._rivalries if code1 in pair]
        return [
            one
            for pair in pairs
            for one in self._rivalries.get(pair, ())
            if on is None or (one.start <= on.year and (one.end is None or on.year <= one.end))
        ]

    def are_rivals(self, code1: str, code2: str, on: dt.date | None = None) -> bool:
        """Whether two different states are rivals in the year of `on` (without it: in the last year covered)."""
        return code1 != code2 and bool(self.rivalries(code1, code2, on or COVERS_TO))

    def war_ids(self) -> list[str]:
        """Identifiers of the wars, as `war(id)` takes them."""
        return list(self._wars)

    def war(self, war: str) -> tuple[Belligerent, ...]:
        """Everyone's part in one war; KeyError for an identifier that `war_ids` does not list."""
        return tuple(self._wars[war])

    def wars_of(
        self, code: str, on: dt.date | None = None, fighting: bool = True, except_wars: Iterable[str] = ()
    ) -> list[Belligerent]:
        """A party's wars: those it is in on the day `on`, or all that are recorded; only where it fought, unless
        `fighting` is false. `except_wars` leaves wars out, as an estimate must with the crisis it is about.
        """
        left_out = frozenset(except_wars)
        return [
            part
            for war, parts in self._wars.items()
            if war not in left_out
            for part in parts
            if part.code == code and (part.fought or not fighting) and (on is None or active(part.start, part.end, on))
        ]

    def joined(self, code: str, before: dt.date) -> list[Belligerent]:
        """Wars of others that the state joined in arms before the day: its history of joining."""
        day = before.isoformat()
        return [one for one in self.wars_of(code) if one.role == "joiner" and one.start < day]

    def side_by_side(self, code1: str, code2: str, before: dt.date) -> list[str]:
        """Wars in which both fought on one side at the same time, before the day."""
        return self._shared(code1, code2, before, same=True)

    def against(self, code1: str, code2: str, before: dt.date) -> list[str]:
        """Wars in which the two fought on opposite sides at the same time, before the day."""
        return self._shared(code1, code2, before, same=False)

    def helped(self, helper: str, client: str, before: dt.date) -> list[Belligerent]:
        """The helper's parts, of any role, on the client's side of wars that the client was fighting, begun before the
        day. Originators help nobody: it is their own war.
        """
        day = before.isoformat()
        return [
            part
            for parts in self._wars.values()
            for part in parts
            if part.code == helper
            and part.role != "originator"
            and part.start < day
            and any(one.code == client and one.fought and one.side == part.side for one in parts)
        ]

    def disputes(
        self, code1: str, code2: str | None = None, since: dt.date | None = None, before: dt.date | None = None
    ) -> list[Dispute]:
        """Militarised disputes of a state (with one other, if given), either way, from `since` to the day before
        `before`, oldest first.
        """
        return [
            one
            for one in self._disputes
            if code1 in (one.code1, one.code2)
            and (code2 is None or code2 in (one.code1, one.code2))
            and (since is None or one.date >= since.isoformat())
            and (before is None or one.date < before.isoformat())
        ]

    def peace_years(self, code1: str, code2: str, on: dt.date, level: str = "threat") -> int:
        """Whole years since the last dispute of at least `level` between the two; counted from 1990 where none is
        recorded, so that the answer is "at least".
        """
        floor = LEVELS.index(one_of(level, LEVELS))
        dates = [one.date for one in self.disputes(code1, code2, before=on) if LEVELS.index(one.level) >= floor]
        last = dt.date.fromisoformat(dates[-1]) if dates else COVERS_FROM
        return on.year - last.year - ((on.month, on.day) < (last.month, last.day))

    def _shared(self, code1: str, code2: str, before: dt.date, same: bool) -> list[str]:
        """Wars that both were fighting on one same day before `before`: on one side, or on opposite sides only."""
        found = []
        for war, parts in self._wars.items():
            met = {
                one.side == other.side
                for one in parts
                for other in parts
                if one.code == code1
                and other.code == code2
                and one.fought
                and other.fought
                and _overlap(one, other, before.isoformat())
            }
            if (True in met) if same else met == {False}:
                found.append(war)
        return found


def _overlap(one: Belligerent, other: Belligerent, before: str) -> bool:
    start = max(one.start, other.start)
    return start < before and all(not part.end or start <= part.end for part in (one, other))


def _pair(code1: str, code2: str) -> tuple[str, str]:
    return (code1, code2) if code1 <= code2 else (code2, code1)


def _state(row: dict[str, str]) -> StateFacts:
    democracy = number(row["democracy"])
    if democracy is not None and not 0 <= democracy <= 1:
        raise ValueError(f"democracy {democracy} is outside 0–1")
    return StateFacts(
        row["code"],
        int(row["year"]),
        row["name"],
        number(row["population_m"]),
        number(row["gdp_busd"]),
        number(row["milex_busd"]),
        number(row["active_personnel_k"]),
        row["nuclear"] == "1",
        democracy,
        row["regime"],
        row["oil_exporter"] == "1",
        row["p5"] == "1",
        row["major"] == "1",
        row["source"],
    )


def _capital(row: dict[str, str]) -> tuple[str, tuple[str, float, float]]:
    return row["code"], (row["capital"], float(row["lat"]), float(row["lon"]))


def _border(row: dict[str, str]) -> Border:
    conttype = int(one_of(row["conttype"], ("1", "2", "3", "4", "5")))
    start, end = date_or_empty(row["start"]), date_or_empty(row["end"])
    return Border(row["code1"], row["code2"], conttype, start, end, row["source"])


def _rivalry(row: dict[str, str]) -> Rivalry:
    end = int(row["end"]) if row["end"] else None
    kinds = tuple(row["kind"].split("+"))
    return Rivalry(row["code1"], row["code2"], int(row["start"]), end, kinds, row["note"], row["source"])


def _belligerent(row: dict[str, str]) -> Belligerent:
    return Belligerent(
        row["id"],
        row["name"],
        row["kind"],
        row["code"],
        one_of(row["side"], ("a", "b")),
        one_of(row["role"], ROLES),
        date_or_empty(row["start"]),
        date_or_empty(row["end"]),
        row["source"],
    )


def _dispute(row: dict[str, str]) -> Dispute:
    date = date_or_empty(row["date"])
    return Dispute(row["code1"], row["code2"], date, one_of(row["level"], LEVELS), row["name"], row["source"])
