import numpy as np

from foedus.coding.features import OPTION_WIDTH, PREDICATE_WIDTH, option_features, predicate_features
from foedus.coding.space import predicates


def test_rows_have_their_width_and_are_finite(read):
    entities = read("Chile was not bombed by Peru, whose envoys met Brazil on Monday.")
    for p in predicates(entities):
        row = predicate_features(entities, p)
        assert row.shape == (PREDICATE_WIDTH,)
        assert np.isfinite(row).all()
        for option in (*p.actors, *p.recipients):
            assert option_features(entities, p, option, False).shape == (OPTION_WIDTH,)


def test_which_states_they_are_makes_no_difference(read):
    def rows(text):
        entities = read(text)
        return np.stack([predicate_features(entities, p) for p in predicates(entities)])

    assert (rows("Peru condemned Chile.") == rows("Chad condemned Kenya.")).all()
