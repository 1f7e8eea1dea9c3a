"""What the models must beat, fitted on the same rows: a constant, the pact rule, last behaviour, a plain logit,
boosting.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from foedus.assess.features import FeatureTable
from foedus.assess.joining import fit
from foedus.assess.sources import Bools, Floats, Ints, Singles

PLAIN_RIDGE: Final = 20.0
"""C = 0.05 in the usual notation."""


def rule(flag: Bools, joined: Bools, train: Bools) -> Floats:
    """Two rates, learnt where the flag stands and where it does not."""
    rates = [(joined[train & rows].sum() + 0.5) / ((train & rows).sum() + 1) for rows in (~flag, flag)]
    found: Floats = np.where(flag, rates[1], rates[0])
    return found


def joining_baselines(table: FeatureTable, joined: Bools, train: Bools, *, boosting: bool = True) -> dict[str, Floats]:
    """Probabilities of every row under each baseline, by its name."""
    pact = (table["client_defense"] == 1) & ~(table["adversary_defense"] == 1)
    helped = table["joined_client_short"] > 0.3
    found = {
        "constant": np.full(len(joined), joined[train].mean()),
        "pact rule": rule(pact, joined, train),
        "last behaviour": rule(helped, joined, train),
        "plain logit": fit(table.take(train), joined[train], ridge=PLAIN_RIDGE, signed=False).predict(table),
    }
    if boosting:
        found["boosting"] = boosted(table.values, joined.astype(np.int64), train)[:, 1]
    return found


def boosted(values: Floats | Singles, target: Ints, train: Bools, seed: int = 7) -> Floats:
    """Class probabilities of gradient boosting with fixed, untuned settings."""
    from sklearn.ensemble import HistGradientBoostingClassifier

    usable = np.asarray([len(np.unique(column[np.isfinite(column)])) > 1 for column in values[train].T])
    x = values[:, usable]
    rows = np.flatnonzero(train)
    key = np.nan_to_num(x[rows], nan=-1.0) @ np.arange(1, x.shape[1] + 1)
    rows = rows[np.lexsort((key, target[rows]))]  # the order that rows came in must not show
    model = HistGradientBoostingClassifier(
        max_iter=120, learning_rate=0.05, max_leaf_nodes=15, min_samples_leaf=40, l2_regularization=5.0,
        early_stopping=False, random_state=seed,
    )  # fmt: skip
    p: Floats = np.asarray(model.fit(x[rows], target[rows]).predict_proba(x), dtype=np.float64)
    return p
