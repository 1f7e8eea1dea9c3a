"""The tables themselves: every code known, dates valid, meanings not contradicting each other, the promised sizes."""

from __future__ import annotations

import csv
from collections import defaultdict
from importlib import resources
from itertools import pairwise

import pytest

from foedus.actors import tables
from foedus.model.dates import bounds

DATA = resources.files("foedus.actors").joinpath("data")
FILES = sorted(entry.name for entry in DATA.iterdir() if entry.name.endswith(".csv"))
KNOWN = {*tables.states(), *tables.bodies(), *tables.groups()}


def read(name: str) -> list[dict[str, str]]:
    with DATA.joinpath(name).open("r", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("name", [name for name in FILES if name != "words.csv"])
def test_every_record_has_a_source(name: str) -> None:
    unsourced = [row for row in read(name) if not row["source"].strip()]
    assert not unsourced


@pytest.mark.parametrize("name", FILES)
def test_dates_are_dates_and_in_order(name: str) -> None:
    for row in read(name):
        for column in ("start", "end", "state_since", "state_until"):
            if row.get(column):
                bounds(row[column])
        if row.get("start") and row.get("end"):
            assert bounds(row["start"])[0] <= bounds(row["end"])[1], row


def test_sizes_promised() -> None:
    kinds = defaultdict(int)
    for alias in tables.state_names():
        kinds[alias.kind] += 1
    assert len(tables.states()) >= 220
    assert sum(body.kind == "body" for body in tables.bodies().values()) >= 150
    assert len(tables.groups()) >= 150
    assert kinds["place"] >= 900
    assert len({alias.person for alias in tables.leaders()}) >= 900


def test_one_code_means_one_kind_of_actor() -> None:
    assert not set(tables.states()) & set(tables.bodies())
    assert not set(tables.states()) & set(tables.groups())
    assert not set(tables.bodies()) & set(tables.groups())


def test_every_code_used_is_known() -> None:
    used = {alias.code for alias in (*tables.state_names(), *tables.other_names(), *tables.leaders())}
    used |= {host for group in tables.groups().values() for host in group.hosts}
    used |= {code for state in tables.states().values() for code in state.successors}
    used |= {code for held in tables.members().values() for code, _, _ in held} | set(tables.members())
    assert used <= KNOWN, used - KNOWN


def test_no_name_has_two_meanings_of_one_kind_at_once_unless_known() -> None:
    known = {("Congo", "name"), ("Congolese", "demonym"), ("Brussels", "capital"), ("NVA", "force")}
    meanings = defaultdict(list)
    for alias in tables.state_names():
        specific = (alias.start != "") + (alias.end != tables.OPEN)
        meanings[alias.name, alias.kind, specific].append(alias)
    clashes = set()
    for (name, kind, _), aliases in meanings.items():
        aliases.sort(key=lambda alias: alias.start)
        for one, two in pairwise(aliases):
            if two.start < one.end and (name, kind) not in known:
                clashes.add((name, kind, one.code, two.code))
    assert not clashes


def test_spells_of_a_number_do_not_overlap() -> None:
    for system in ("cow", "gw"):
        spells = sorted(
            (m.number, m.start, m.end)
            for state in tables.states().values()
            for m in state.memberships
            if m.system == system
        )
        for one, two in pairwise(spells):
            assert one[0] != two[0] or one[2] < two[1], (system, one, two)


def test_every_iso_code_is_unique_on_a_day() -> None:
    for day in ("1950-01-01", "1991-12-27", "2005-01-01", "2025-06-22"):
        codes = [s.iso3 for s in tables.states().values() if s.iso3 and s.exists(day)]
        assert len(codes) == len(set(codes))


def test_every_state_has_a_name_in_the_names() -> None:
    named = {alias.code for alias in tables.state_names() if alias.kind == "name"}
    assert set(tables.states()) <= named
