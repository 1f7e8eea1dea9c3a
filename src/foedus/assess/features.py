"""The feature table: what is known of a third state, the side it may help and the other side, as of the day before.

Yearly tables are read at t-1. Several originators: the maximum of pacts and ties, the sum of capabilities, the
minimum of distance.
A value that the sources lack is NaN. Everything is said twice, once for each side, so swapping the sides mirrors
the table.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from foedus.assess import memory
from foedus.assess import sources as src
from foedus.assess.sources import Floats, Ints, Singles, Sources
from foedus.assess.units import Units

_CLAUSES = (
    ("defense", src.DEFENSE),
    ("offense", src.OFFENSE),
    ("neutrality", src.NEUTRAL),
    ("nonaggression", src.NONAGGRESSION),
    ("consultation", src.CONSULT),
)


_OWN = frozenset(
    [
        "cinc",
        "milper",
        "democracy",
        "gdppc",
        "population",
        "trade",
        "major",
        "war",
        "war_at_home",
        "relevant",
        "joins",
        "joins_short",
        "joins_recent",
        "join_rate",
        "rate",
        "disputes",
        "disputes_short",
        "chances",
        "ongoing_mine",
        "ongoing_joined",
        "base_rate",
        "base_rate_long",
    ]
)
"""Columns about the third state alone or the world; the rest need a side."""


@dataclass(frozen=True)
class FeatureTable:
    """A matrix with names: one row a unit. Values are rounded to five or six digits so that no order of summation shows."""

    names: tuple[str, ...]
    values: Floats

    def __getitem__(self, name: str) -> Floats:
        return self.values[:, self.names.index(name)]

    def take(self, rows: src.Bools) -> FeatureTable:
        """The rows marked."""
        return FeatureTable(self.names, self.values[rows])


def table(sources: Sources, units: Units) -> FeatureTable:
    """All features of all rows. Where a side holds no state, whatever would be said about it is missing."""
    hollow = [place for place, dispute in enumerate(units.disputes) if not all(dispute.sides)]
    if hollow:
        return _without_side(sources, units, hollow)
    columns: dict[str, Floats] = {}
    days, years = units.days, units.years
    who = units.state
    _own(sources, units, years, days, columns)
    _sides(sources, units, columns)
    _between(sources, units, columns)
    past = memory.recall(sources, units)
    for place, name in enumerate(memory.COLUMNS):
        columns[name] = past[:, place]
    if sources.joining_known_from:
        _forget(columns, sources)
    _combine(columns)
    names = tuple(columns)
    # Column by column into an array that lies by columns: the table of two centuries has 300,000 rows.
    values = np.empty((len(who), len(names)), order="F")
    for at, name in enumerate(names):
        values[:, at] = _rounded(columns[name])
    return FeatureTable(names, values)


def _without_side(sources: Sources, units: Units, hollow: list[int]) -> FeatureTable:
    """The table of disputes with a side that holds no state: worked out with the other side twice, then blanked."""
    disputes = list(units.disputes)
    for place in hollow:
        full = disputes[place].sides[0] or disputes[place].sides[1]
        disputes[place] = replace(disputes[place], sides=(full, full))
    found = table(sources, replace(units, disputes=disputes))
    values = found.values.copy()
    for place in hollow:
        lone = 0 if units.disputes[place].sides[0] else 1
        for side in (0, 1):
            rows = np.flatnonzero((units.case == place) & (units.side == side))
            kept = "client_" if side == lone else "adversary_"
            blank = [at for at, name in enumerate(found.names) if not (name in _OWN or name.startswith(kept))]
            values[src.grid(rows, blank)] = np.nan
    return FeatureTable(found.names, values)


def _forget(columns: dict[str, Floats], sources: Sources) -> None:
    """Where the record of joining is a selection: its level says nothing, the differences within it do.

    Pooled rates are moved by as much as the record's own base rate lies from the one of two centuries.
    """
    own = np.log(columns["base_rate_long"])
    for name in ("rate", "client_rate", "adversary_rate", "case_rate"):
        columns[name] = columns[name] - own + sources.usual_rate
    columns["cell_rate"] = np.exp(np.log(columns["cell_rate"]) - own + sources.usual_rate)
    for name in ("base_rate", "base_rate_long", "chances", "join_rate"):
        columns[name] = np.full_like(columns[name], np.nan)


def _rounded(values: Floats) -> Singles:
    """The values with 18 bits of mantissa (five to six digits), rounded to the nearest, by cutting bits of single precision."""
    with np.errstate(invalid="ignore", over="ignore"):
        bits = values.astype(np.float32).view(np.int32)
    missing = np.isnan(values)
    cut: Singles = ((bits + 16) & ~np.int32(31)).view(np.float32)
    cut[missing] = np.nan
    return cut


def _per_row(sources: Sources, name: str, years: Ints, who: Ints) -> Floats:
    grid = sources.yearly[name]
    place = years - 1 - sources.first
    inside = (place >= 0) & (place < grid.shape[1])
    value = np.full(len(who), np.nan)
    value[inside] = grid[who[inside], place[inside]]
    return value


def _own(sources: Sources, units: Units, years: Ints, days: Ints, columns: dict[str, Floats]) -> None:
    who = units.state
    cinc = _per_row(sources, "cinc", years, who)
    columns["cinc"] = np.log(cinc + 1e-5)
    columns["milper"] = np.log1p(_per_row(sources, "milper", years, who))
    columns["democracy"] = _per_row(sources, "polyarchy", years, who)
    columns["gdppc"] = np.log(_per_row(sources, "gdppc", years, who))
    columns["population"] = np.log(_per_row(sources, "population", years, who) + 1e-3)
    trade = _per_row(sources, "imports", years, who) + _per_row(sources, "exports", years, who)
    columns["trade"] = np.log1p(trade)
    # Properties of the day are worked out once a dispute and then spread over its rows.
    major = np.stack([sources.major_on(d.day) for d in units.disputes]) if units.disputes else np.zeros((0, 1))
    columns["major"] = major[units.case, who].astype(float)
    for name, spells in (("war", sources.wars), ("war_at_home", sources.civil_wars)):
        first = min((int(s) for s in spells.start), default=10**9)
        flags = np.stack([_in_year(spells, d.year - 1, sources.size) for d in units.disputes])
        value = flags[units.case, who].astype(float)
        value[days - 365 < first] = np.nan
        columns[name] = value
    columns["relevant"] = units.relevant.astype(float)
    columns["same_region"] = units.region.astype(float)


def _in_year(spells: src.Spells, year: int, size: int) -> src.Bools:
    import datetime as dt

    return src.active(spells, dt.date(year, 7, 1).toordinal(), size)


def _sides(sources: Sources, units: Units, columns: dict[str, Floats]) -> None:
    """Columns about each side, worked out block by block: `client_*` for the helped side, `adversary_*` for the
    other.
    """
    names = _side_names()
    total = len(units)
    blocks = units.blocks
    order = np.argsort(blocks, kind="stable")
    numbers, starts = np.unique(blocks[order], return_index=True)
    parts = np.split(order, starts[1:]) if total else []
    found = np.full((2, total, len(names)), np.nan)
    cache: dict[int, tuple[Floats, Floats]] = {}
    shared: dict[int, Floats] = {}
    for block, rows in zip(numbers.tolist(), parts, strict=True):
        place, side = divmod(block, 2)
        if place not in cache:
            cache.clear()  # blocks come in order: both sides of a dispute stand together
            cache[place] = tuple(_one_side(sources, units, place, s, shared) for s in (0, 1))  # type: ignore[assignment]
        who = units.state[rows]
        found[0, rows] = cache[place][side][who]
        found[1, rows] = cache[place][1 - side][who]
    for at, name in enumerate(names):
        columns[f"client_{name}"] = found[0, :, at]
        columns[f"adversary_{name}"] = found[1, :, at]


def _side_names() -> tuple[str, ...]:
    return (
        *(name for name, _ in _CLAUSES), "pact_share", "rivalry", "rivalry_any", "border", "border_type", "distance",
        "igos", "regime_gap", "power", "power_gap", "is_major", "is_democracy", "allies_shared", "allies", "rivals",
        "rivals_shared", "trade_gap", "same_part", "at_war", "wealth_gap", "friend_of_rival", "rival_of_friend",
        "share_of_pacts", "similarity",
    )  # fmt: skip


def _one_side(sources: Sources, units: Units, place: int, side: int, shared: dict[int, Floats]) -> Floats:
    """For every state, its relation to one side of a dispute: an array of states by names of `_side_names`."""
    dispute = units.disputes[place]
    team = np.asarray(dispute.sides[side], dtype=np.int64)
    size, year = sources.size, dispute.year - 1 - sources.first
    inside = 0 <= year < sources.ties.shape[0]
    nothing = np.full(size, np.nan)
    columns: list[Floats] = []
    pacts = inside and bool(sources.ties_known[year])
    bits = sources.ties[year][:, team] if inside else np.zeros((size, len(team)), dtype=np.uint8)
    for _, bit in _CLAUSES:
        columns.append((bits & bit > 0).any(axis=1).astype(float) if pacts else nothing)
    columns.append((bits & src.DEFENSE > 0).mean(axis=1) if pacts else nothing)
    rivals = inside and bool(sources.rival_known[year])
    columns.append((bits & src.RIVAL > 0).any(axis=1).astype(float) if rivals else nothing)
    columns.append((bits & (src.RIVAL | src.RIVAL_LIGHT) > 0).any(axis=1).astype(float) if rivals else nothing)
    columns.extend(_borders(sources, team, dispute.day) if sources.contiguity_known else (nothing, nothing))
    where = src.place_of_capitals(sources, dispute.day)
    far = np.stack([src.great_circle(where[:, 0], where[:, 1], where[t, 0], where[t, 1]) for t in team])
    distance = _least(far)
    columns.append(np.log1p(distance))
    if sources.igos is not None and inside:
        counts = sources.igos[year][:, team].max(axis=1).astype(float)
        columns.append(np.where(counts < 0, np.nan, counts))
    else:
        columns.append(nothing)
    t = dispute.year - 1
    regime = sources.at("polyarchy", t).astype(float)
    columns.append(_least(np.abs(regime[:, None] - regime[team][None, :]).T))
    cinc = sources.at("cinc", t).astype(float)
    strength = float(np.nansum(cinc[team])) if np.isfinite(cinc[team]).any() else np.nan
    columns.append(np.full(size, np.log(strength + 1e-5)))
    columns.append(np.log(cinc + 1e-5) - np.log(strength + 1e-5))
    major = sources.major_on(dispute.day)
    columns.append(np.full(size, float(major[team].any())))
    columns.append(np.full(size, np.nan if np.isnan(regime[team]).all() else float(np.nanmax(regime[team]))))
    columns.extend(_networks(sources, team, year, pacts, rivals, shared, nothing))
    trade = (sources.at("imports", t) + sources.at("exports", t)).astype(float)
    columns.append(np.log1p(trade) - np.log1p(np.nansum(trade[team])) if np.isfinite(trade[team]).any() else nothing)
    columns.append(np.isin(sources.regions, sources.regions[team]).astype(float))
    war = _in_year(sources.wars, dispute.year - 1, size) | _in_year(sources.civil_wars, dispute.year - 1, size)
    columns.append(np.full(size, float(war[team].any())))
    wealth = np.log(sources.at("gdppc", t).astype(float))
    columns.append(_least(np.abs(wealth[:, None] - wealth[team][None, :]).T))
    columns.extend(_triads(sources, units, place, team, pacts and rivals, shared, nothing))
    return np.stack(columns, axis=1)


def _between(sources: Sources, units: Units, columns: dict[str, Floats]) -> None:
    """How the two sides stand to each other; the same for both blocks of a dispute."""
    rows = np.full((len(units.disputes), 5), np.nan)
    for place, dispute in enumerate(units.disputes):
        a, b = (np.asarray(side, dtype=np.int64) for side in dispute.sides)
        year = dispute.year - 1 - sources.first
        if 0 <= year < sources.ties.shape[0]:
            bits = sources.ties[year][src.grid(a, b)]
            if sources.rival_known[year]:
                rows[place, 0] = float((bits & src.RIVAL > 0).any())
            if sources.ties_known[year]:
                rows[place, 1] = float((bits & src.ANY_PACT > 0).any() or (bits & src.DEFENSE > 0).any())
        if sources.contiguity_known:
            rows[place, 2] = float(_borders(sources, a, dispute.day)[0][b].max())
        where = src.place_of_capitals(sources, dispute.day)
        far = np.asarray([src.great_circle(where[b, 0], where[b, 1], *where[i]) for i in a])
        rows[place, 3] = np.log1p(np.nanmin(far)) if np.isfinite(far).any() else np.nan
        major = sources.major_on(dispute.day)
        rows[place, 4] = float(major[a].any() and major[b].any())
    for at, name in enumerate(("pair_rivals", "pair_pact", "pair_border", "pair_distance", "pair_majors")):
        columns[name] = rows[units.case, at]


def _borders(sources: Sources, team: Ints, day: int) -> tuple[Floats, Floats]:
    spells = sources.contiguity
    on = (spells.start <= day) & (spells.end >= day) & (spells.value <= 5)
    closest = np.full(sources.size, 6.0)
    for here, there in ((spells.a, spells.b), (spells.b, spells.a)):
        chosen = on & np.isin(here, team)
        np.minimum.at(closest, there[chosen], spells.value[chosen])
    return (closest <= 5).astype(float), closest


def _least(values: Floats) -> Floats:
    """Minimum over originators, of those known."""
    filled = np.where(np.isnan(values), np.inf, values).min(axis=0)
    return np.where(np.isinf(filled), np.nan, filled)


def _matrix(sources: Sources, year: int, bit: int, shared: dict[int, Floats]) -> Floats:
    """One kind of tie in one year as a matrix of 0 and 1, made once a year."""
    key = year * 256 + bit
    if key not in shared:
        shared[key] = ((sources.ties[year] & bit) > 0).astype(np.float32)
    return shared[key]


def _triads(
    sources: Sources, units: Units, place: int, team: Ints, known: bool, shared: dict[int, Floats], nothing: Floats
) -> list[Floats]:
    """Balance by third parties: the side is bound to a rival of mine, or is the rival of a state bound to me.

    The sides themselves are left out of a state's allies, so that a pact with one of them moves only its own columns.
    """
    if not known:
        return [nothing, nothing, nothing, nothing]
    dispute = units.disputes[place]
    year = dispute.year - 1 - sources.first
    pact, rival = _matrix(sources, year, src.DEFENSE, shared), _matrix(sources, year, src.RIVAL, shared)
    bound, hated = pact[team].max(axis=0), rival[team].max(axis=0)
    others = np.ones(sources.size, dtype=np.float32)
    others[[*dispute.sides[0], *dispute.sides[1]]] = 0
    size = pact @ others
    common = pact @ (bound * others)
    return [
        np.minimum(rival @ bound, 3).astype(float),
        (pact @ (hated * others) / np.maximum(size, 1)).astype(float),
        (common / np.maximum(size, 1)).astype(float),
        (common / np.sqrt(np.maximum(size * np.maximum(bound @ others - bound, 1), 1))).astype(float),
    ]


def _networks(
    sources: Sources, team: Ints, year: int, pacts: bool, rivals: bool, shared: dict[int, Floats], nothing: Floats
) -> list[Floats]:
    """Shared allies and rivals: how like a state's friends and foes are to the side's."""
    columns: list[Floats] = []
    for known, bit in ((pacts, src.DEFENSE), (rivals, src.RIVAL)):
        if not known:
            columns.extend((nothing, nothing))
            continue
        matrix = _matrix(sources, year, bit, shared)
        theirs = matrix[team].max(axis=0)
        columns.append((matrix @ theirs).astype(float))
        columns.append((theirs.sum() - theirs).astype(float))
    return [columns[0], columns[1], columns[3], columns[2]]


def _combine(columns: dict[str, Floats]) -> None:
    """Columns that say in one number what several say together."""
    client, adversary = columns["client_power"], columns["adversary_power"]
    columns["balance"] = client - adversary
    mine = np.exp(columns["cinc"])
    ours = np.exp(client) + mine
    columns["balance_with_me"] = np.log(ours) - adversary
    columns["adversary_share"] = np.exp(adversary) / (np.exp(adversary) + np.exp(client))
    columns["distance_gap"] = columns["client_distance"] - columns["adversary_distance"]
    columns["nearest"] = np.minimum(columns["client_distance"], columns["adversary_distance"])
    columns["regime_lean"] = columns["adversary_regime_gap"] - columns["client_regime_gap"]
    columns["pact_lean"] = columns["client_defense"] - columns["adversary_defense"]
    columns["igo_lean"] = columns["client_igos"] - columns["adversary_igos"]
    columns["network_lean"] = columns["client_allies_shared"] - columns["adversary_allies_shared"]
    major, border = columns["major"], columns["client_border"]
    columns["major_cinc"] = major * (columns["cinc"] + 4)
    columns["major_rival"] = major * columns["adversary_rivalry_any"]
    columns["major_pact"] = major * columns["client_defense"]
    columns["major_big_foe"] = major * columns["adversary_is_major"]
    columns["major_big_client"] = major * columns["client_is_major"]
    columns["border_rival"] = border * columns["adversary_rivalry_any"]
    columns["border_both"] = border * columns["adversary_border"]
    columns["pact_rival"] = columns["client_defense"] * columns["adversary_rivalry_any"]
    columns["pact_joined"] = columns["client_defense"] * np.log1p(columns["joined_client"])
    columns["reach"] = columns["cinc"] - 0.5 * columns["nearest"]
