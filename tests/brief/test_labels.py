from __future__ import annotations

import pytest

from foedus.brief import labels
from foedus.model.event import QUADS


def test_every_type_has_words():
    assert set(labels.table("labels")["type"]) == set(QUADS)
    for key in labels.table("labels")["mode"]:
        assert key.split()[0] in QUADS


@pytest.mark.parametrize(
    ("act", "words"),
    [
        (("RUS", "USA", "ACCUSE", "disapprove"), "Russia condemned the United States"),
        (("USA", "IRN", "ASSAULT", "aerial"), "The United States struck Iran from the air"),
        (("RUS", "IRN", "AID", None, "negative"), "Russia did not give help to Iran"),
        (("RUS", "IRN", "AID", None, "positive", "hypothetical"), "Russia may give help to Iran"),
        (("RUS", None, "MOBILIZE"), "Russia moved or alerted forces"),
        (("PER", "CHL", "PROTEST", "demo"), "Peru held demonstrations over Chile"),
        (("FJI", "FJI", "COERCE"), "Fiji used coercion on its own side"),
        (("XQZ", "IRN", "SUPPORT"), "XQZ backed Iran in words"),
    ],
)
def test_acts_in_words(act, words):
    assert labels.act(*act) == words


@pytest.mark.parametrize(
    ("date", "words"),
    [
        ("2025-06-22", "22 June 2025"),
        ("2025-06", "June 2025"),
        ("2025", "2025"),
        (None, "no date"),
        ("soon", "no date"),
    ],
)
def test_dates_in_words(date, words):
    assert labels.date(date) == words


def test_lists_and_plurals():
    assert labels.listed(["a", "b", "c"]) == "a, b and c"
    assert labels.plural(1, "deed") == "1 deed"
    assert labels.plural(1200, "promise or offer", "promises or offers") == "1,200 promises or offers"
