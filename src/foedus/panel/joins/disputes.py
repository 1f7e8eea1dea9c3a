"""Militarised interstate disputes: Gibler, Miller and Little's corrected data, or COW's own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from foedus.errors import InputError
from foedus.panel.frame import Panel
from foedus.panel.index import Array
from foedus.panel.joins.common import blank_outside, cut_warning, peace_spell, rows_of, years_of_spells, zero_inside
from foedus.panel.sources import Source, source

if TYPE_CHECKING:
    from foedus.world.history.tables import Tables

KEEP: Final = ("sidea", "fatality", "fatalpre", "hiact", "hostlev", "orig")
RANKED: Final = ("fatality", "hostlev", "mindur", "maxdur", "recip")
WHOLE: Final = {
    "fatality": "level of deaths of the whole dispute, −9 unknown",
    "hostlev": "highest hostility level of the whole dispute",
    "recip": "0/1, the dispute was reciprocated",
    "mindur": "lowest estimate of its days",
    "maxdur": "highest estimate of its days",
    "stmon": "month in which it began",
}
MEANING: Final = {
    "dispnum": "number of the dispute",
    "sidea": "1: on side A of the dispute, 0: on side B",
    "fatality": "level of the state's deaths, −9 unknown",
    "fatalpre": "the state's deaths, −9 unknown",
    "hiact": "the state's highest action",
    "hostlev": "the state's highest hostility level: 1 none, 2 threat, 3 display, 4 use of force, 5 war",
    "orig": "1: in the dispute from its first day",
    "init": "1: on side A, or a joiner",
}


def join(panel: Panel, kind: Literal["gml", "cow"] = "gml", spells: bool = True, known_leaders: bool = False) -> Panel:
    """Dyads: `gmlmidonset`, `gmlmidongoing` (0 without a dispute in the source's years, missing outside), the dispute's
    number, both states' sides and acts (missing without a dispute), and `gmlmidspell`, the years of peace before.

    Where a dyad has several disputes in a year, one stands for it: one that begins that year, then the one with the
    highest fatality, hostility, lowest and highest estimate of duration, a reciprocated one, the earliest month.
    States (GML only): onset and ongoing, and the same as an initiator (`_init`: side A, or a joiner); `known_leaders`
    leaves out the disputes in which no participant's leader is known, as peacesciencer does.
    """
    if kind not in ("gml", "cow"):
        raise InputError(f"there is no dispute source {kind!r}; ask for `gml` or `cow`")
    index = rows_of(panel, "disputes")
    name = f"{kind}mid"
    if panel.unit == "state-year":
        return _states(panel, kind, spells, known_leaders)
    data, ranks, whole = _ranked(panel.tables, kind)
    frame = data.frame
    order = np.lexsort(ranks)
    pair_year = (frame["ccode1"].to_numpy() * 1000 + frame["ccode2"].to_numpy()) * 10000 + frame["year"].to_numpy()
    _, first = np.unique(pair_year[order], return_index=True)
    chosen = order[first]
    onset, ongoing = ("midonset", "midongoing") if kind == "gml" else ("disponset", "dispongoing")
    taken = frame.iloc[chosen]
    columns: dict[str, Any] = {
        f"{name}onset": taken[onset].to_numpy(dtype=np.int8),
        f"{name}ongoing": taken[ongoing].to_numpy(dtype=np.int8),
        _free(panel, "dispnum", name): taken["dispnum"].to_numpy(),
    }
    span = f"0 where {data.first}–{data.last} has none, missing outside"
    notes = {
        f"{name}onset": f"0/1, a dispute begins; {span}",
        f"{name}ongoing": f"0/1, a dispute goes on; {span}",
        _free(panel, "dispnum", name): MEANING["dispnum"],
    }
    for column in KEEP:
        for end in "12":
            label = _free(panel, column + end, name)
            columns[label] = taken[column + end].to_numpy(dtype=np.float64)
            notes[label] = f"state {end}: {MEANING[column]}"
    for column, meaning in WHOLE.items():
        label = _free(panel, column, name)
        columns[label], notes[label] = whole.iloc[chosen][column].to_numpy(dtype=np.float64), meaning
    for end in "12":
        label = _free(panel, f"init{end}", name)
        begun = (taken[f"sidea{end}"] == 1) | (taken[f"orig{end}"] == 0)
        columns[label] = begun.to_numpy().astype(np.int8)
        notes[label] = f"state {end}: {MEANING['init']}"
    laid = index.scatter(data.table, taken["ccode1"], taken["ccode2"], taken["year"], columns, symmetric=False)
    for column in laid:
        if column.startswith(name) and column.endswith(("onset", "ongoing")):
            laid[column] = zero_inside(index, laid[column], data.first, data.last)
        else:
            laid[column] = blank_outside(index, laid[column], data.first, data.last)
    if spells:
        laid[f"{name}spell"] = peace_spell(index, laid[f"{name}ongoing"])
        notes[f"{name}spell"] = "years of peace before this row; 0 in the dyad's first row and after a dispute"
    return panel.joined(laid, notes, (data.table,), cut_warning(data))


def dispute_years(
    tables: Tables | None, kind: str, start: int, end: int, directed: bool
) -> tuple[Source, dict[str, Array]]:
    """The table's own rows of the years `start` to `end`, sorted by dispute, pair and year."""
    if kind not in ("gml", "cow"):
        raise InputError(f"there is no dispute source {kind!r}; ask for `gml` or `cow`")
    table = "gml_dirdisp" if kind == "gml" else "cow_mid_dirdisps"
    data = source(tables, table, ["dispnum", "ccode1", "ccode2", "year"])
    frame = data.frame[data.frame["year"].between(start, end)]
    if not directed:
        frame = frame[frame["ccode1"] < frame["ccode2"]]
    frame = frame.sort_values(["dispnum", "ccode1", "ccode2", "year"], kind="stable")
    whole = {"dispnum", "ccode1", "ccode2", "year"}
    columns: dict[str, Array] = {}
    for name in frame.columns:
        values = frame[name]
        if name in whole:
            columns[name] = values.to_numpy(dtype=np.int32)
        elif values.dtype.kind == "f":
            columns[name] = values.to_numpy(dtype=np.float64).copy()
        else:
            columns[name] = values.astype(object).to_numpy()
    return data, columns


def _free(panel: Panel, label: str, prefix: str) -> str:
    """The label itself, or with the source's name before it where an earlier join has taken it."""
    return f"{prefix}{label}" if label in panel.columns else label


def _ranked(tables: Tables | None, kind: str) -> tuple[Source, list[Array], Any]:
    """The dispute-years, the keys to sort them by (least important first, the best row of a pair and year on top), and
    what is known of each dispute as a whole, row by row.
    """
    ends = [f"{column}{end}" for column in KEEP for end in "12"]
    base = ["dispnum", "ccode1", "ccode2", "year", *ends]
    if kind == "gml":
        data = source(tables, "gml_dirdisp", [*base, "midonset", "midongoing", *RANKED, "stmon"])
        whole, onset = data.frame, data["midonset"]
    else:
        data = source(tables, "cow_mid_dirdisps", [*base, "disponset", "dispongoing"])
        whole = data.frame[["dispnum"]].merge(_disputes(tables), on="dispnum", how="left")
        onset = data["disponset"]
    keys = [whole["stmon"].to_numpy(dtype=np.float64)]
    for column in reversed(RANKED):
        values = whole[column].to_numpy(dtype=np.float64)
        if column == "fatality":
            # Deaths that are not known may be more than none.
            values = np.where(values == -9, 0.5, values)
        keys.append(-values)
    keys.append(-onset.to_numpy(dtype=np.float64))
    return data, keys, whole


def _disputes(tables: Tables | None) -> Any:
    assert tables is not None
    frame = tables["cow_mid_disps"]
    return frame[["dispnum", *RANKED, "stmon"]].drop_duplicates("dispnum")


def _states(panel: Panel, kind: str, spells: bool, known_leaders: bool) -> Panel:
    if kind == "cow":
        raise InputError("COW's disputes are joined to dyads only; ask for `gml`, or start from dyad_years")
    index = panel.rows()
    unknown = ["allmiss_leader_start", "allmiss_leader_end"] if known_leaders else []
    wanted = ["ccode", "styear", "endyear", "sidea", "orig", *unknown]
    data = source(panel.tables, "gml_part", wanted, year="styear")
    if unknown:
        data = replace(data, frame=data.frame[(data.frame[unknown] == 0).all(axis=1)])
    row, year = years_of_spells(data["styear"], data["endyear"])
    start = data["styear"].to_numpy(dtype=np.int64)[row] == year
    begun = ((data["sidea"] == 1) | (data["orig"] == 0)).to_numpy()[row]
    state = index.system.index(data["ccode"].to_numpy()[row])
    inside = (state >= 0) & (year >= index.from_year) & (year <= index.to_year)
    where = state * index.n_years + (year - index.from_year)
    found, notes = {}, {}
    for label, kept in {
        "gmlmidongoing": np.ones(len(row), dtype=bool),
        "gmlmidonset": start,
        "gmlmidongoing_init": begun,
        "gmlmidonset_init": begun & start,
    }.items():
        grid = np.zeros(index.n_states * index.n_years)
        grid[where[inside & kept]] = 1
        found[label] = zero_inside(index, grid[index.key1].astype(np.float32), data.first, data.last)
        notes[label] = (
            f"0/1; {'participants of disputes with a known leader' if known_leaders else 'every participant'} count; "
            f"missing outside {data.first}–{data.last}"
        )
    if spells:
        found["gmlmidspell"] = peace_spell(index, found["gmlmidongoing"])
        found["gmlmidinitspell"] = peace_spell(index, found["gmlmidongoing_init"])
        notes["gmlmidspell"] = "years without a dispute before this row"
        notes["gmlmidinitspell"] = "years without a dispute begun or joined before this row"
    return panel.joined(found, notes, ("gml_part",), cut_warning(data))
