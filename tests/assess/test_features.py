from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from foedus.assess import joining
from foedus.assess.features import FeatureTable, table
from foedus.assess.history import from_tables
from foedus.assess.sources import DEFENSE, Dispute, Sources
from foedus.assess.units import units

from .conftest import made_up, write


@pytest.fixture(scope="module")
def whole(sources: Sources) -> FeatureTable:
    return table(sources, units(sources, sources.disputes))


def test_every_feature_stands_in_the_catalogue_and_the_other_way_round(whole: FeatureTable) -> None:
    assert set(whole.names) == set(joining.catalogue())
    for one in joining.catalogue().values():
        assert one.label
        assert one.group
        assert one.source
        assert one.sign in (-1, 0, 1)


def test_swapping_the_sides_mirrors_the_table(sources: Sources) -> None:
    some = sources.disputes[60:90]
    turned = [replace(dispute, sides=(dispute.sides[1], dispute.sides[0])) for dispute in some]
    rows, other = units(sources, some), units(sources, turned)
    mine, theirs = table(sources, rows), table(sources, other)
    order = np.lexsort((rows.state, rows.side, rows.case))
    mirrored = np.lexsort((other.state, 1 - other.side, other.case))
    assert np.array_equal(mine.values[order], theirs.values[mirrored], equal_nan=True)


def test_permuted_state_numbers_and_shuffled_rows_give_the_same_table(
    whole: FeatureTable, sources: Sources, tmp_path: Path
) -> None:
    tables = made_up()
    numbers = tables["cow_states"]["ccode"].tolist()
    permuted = dict(zip(numbers, np.random.default_rng(1).permutation(numbers).tolist(), strict=True))
    for name, frame in tables.items():
        for column in ("ccode", "ccode1", "ccode2", "cracid", "trigent", "southv"):
            if column in frame:
                frame[column] = frame[column].map(permuted)
        tables[name] = frame.sample(frac=1, random_state=2)
    other = from_tables(write(tables, tmp_path))
    rows, again = units(sources, sources.disputes), units(other, other.disputes)
    mine = np.asarray([permuted[sources.keys[s]] for s in rows.state])
    theirs = np.asarray(other.keys)[again.state]
    first, second = np.lexsort((mine, rows.side, rows.case)), np.lexsort((theirs, again.side, again.case))
    assert np.array_equal(mine[first], theirs[second])
    assert np.allclose(whole.values[first], table(other, again).values[second], equal_nan=True)


def test_a_missing_source_is_missing_not_zero(tmp_path: Path) -> None:
    tables = made_up()
    del tables["atop_alliance"], tables["cw_democracy"]
    found = from_tables(write(tables, tmp_path))
    columns = table(found, units(found, found.disputes))
    assert np.isnan(columns["client_defense"]).all()
    assert np.isnan(columns["democracy"]).all()


def test_a_side_without_a_state_leaves_only_what_can_be_known(sources: Sources) -> None:
    dispute = Dispute(-1, sources.disputes[100].day, ((0,), ()))
    rows = units(sources, [dispute])
    found = table(sources, rows)
    helped = rows.side == 0
    assert np.isfinite(found["client_defense"][helped]).all()
    assert np.isnan(found["adversary_defense"][helped]).all()
    assert np.isnan(found["balance"]).all()
    assert np.isfinite(found["cinc"]).all()


def test_a_pact_moves_only_columns_that_may_carry_it(sources: Sources) -> None:
    """A defence pact with the client never lowers a column of positive sign, nor raises one of negative sign."""
    known = joining.catalogue()
    for number in (70, 110, 150):
        dispute = sources.disputes[number]
        client = dispute.sides[0][0]
        year = dispute.year - 1 - sources.first
        without = replace(sources, ties=sources.ties.copy())
        rows = units(sources, [dispute])
        for state in set(rows.state.tolist()):
            without.ties[year, [state, client], [client, state]] &= ~np.uint8(DEFENSE)
            held = replace(without, ties=without.ties.copy())
            held.ties[year, [state, client], [client, state]] |= DEFENSE
            row = np.flatnonzero((rows.state == state) & (rows.side == 0))[0]
            before, after = table(without, rows).values[row], table(held, rows).values[row]
            for at, name in enumerate(table(held, rows).names):
                move = after[at] - before[at]
                if abs(move) > 1e-9:
                    assert move * known[name].sign > 0, name
