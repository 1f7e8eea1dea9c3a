"""Crises of a loaded ICB table as historical cases beside the curated ones: what each great power did for each crisis actor."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from foedus.assess import sources as src
from foedus.assess.cases import Record, shipped
from foedus.assess.history import both_from_tables
from foedus.assess.icb import RUNGS, ladder_units
from foedus.assess.tabular import columns
from foedus.assess.units import neighbours

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

APART: Final = 365
"""Days within which a curated case of the same client and third state is taken to be the same story."""
NEEDED: Final = ("icb2v14", "gml_part", "gml_mid_disps", "cow_states", "cow_majors", "cow_contdir")
_KEPT: dict[Path, tuple[Record, ...]] = {}


def beside_curated(tables: Tables) -> tuple[Record, ...]:
    """The curated cases and, where the folder holds ICB's actors and what the state system needs, its crises; made once a folder."""
    if tables.folder not in _KEPT:
        whole = all(name in tables for name in NEEDED)
        _KEPT[tables.folder] = (*shipped(), *_new(records(tables))) if whole else shipped()
    return _KEPT[tables.folder]


def _new(found: list[Record]) -> list[Record]:
    """Those of which no curated case tells already."""
    told: dict[tuple[str, str], list[dt.date]] = {}
    for record in shipped():
        for client in record.attacked:
            told.setdefault((client, record.third_state), []).append(record.day)
    return [
        one
        for one in found
        if all(abs((one.day - day).days) > APART for day in told.get((one.attacked[0], one.third_state), ()))
    ]


def records(tables: Tables) -> list[Record]:
    """Every crisis actor and great power of ICB where the actor faced a state. How they stood is read at the year before."""
    numbered, coded = both_from_tables(tables)
    rows = ladder_units(tables, numbered)
    frame = columns(tables, "icb2v14", "crisno")
    told = frame["crisname"] if "crisname" in frame.columns else "ICB crisis " + frame["crisno"].astype(int).astype(str)
    names = dict(zip(frame["crisno"].astype(int), told.astype(str), strict=True))
    found = []
    for at, (place, third) in enumerate(zip(rows.units.case.tolist(), rows.units.state.tolist(), strict=True)):
        dispute = rows.units.disputes[place]
        if not dispute.sides[1] or third in dispute.sides[1]:
            continue
        client, foe = dispute.sides[0][0], dispute.sides[1][0]
        ties = coded.ties[min(max(dispute.year - 1 - coded.first, 0), len(coded.ties) - 1), third]
        near = neighbours(coded, np.asarray([client]), dispute.day)
        number = int(rows.crisis[at])
        day = dt.date.fromordinal(dispute.day)
        found.append(
            Record(
                readable(names[number]), day.isoformat(), (str(coded.keys[client]),),
                (str(coded.keys[foe]),), str(coded.keys[third]), RUNGS[int(rows.rung[at])], bool(ties[client] & src.DEFENSE),
                bool(near[third]), bool(ties[foe] & (src.RIVAL | src.RIVAL_LIGHT)), f"ICB v14, crisis {number}", day,
            )
        )  # fmt: skip
    return found


def readable(name: str) -> str:
    """ICB's names are in capitals; Roman numbers and shortened names (with a dot or a digit) stay as they are."""
    return " ".join(
        word if set(word) <= set("IVX") or any(sign.isdigit() or sign == "." for sign in word) else word.title()
        for word in name.split()
    )
