from __future__ import annotations

import math

import pytest

from foedus.model.assessment import Driver, icd203, percent


@pytest.mark.parametrize(
    ("p", "word"),
    [
        (0.01, "almost no chance"),
        (0.1, "very unlikely"),
        (0.3, "unlikely"),
        (0.5, "roughly even"),
        (0.7, "likely"),
        (0.9, "very likely"),
        (0.97, "almost certain"),
    ],
)
def test_words_of_probability(p: float, word: str) -> None:
    assert icd203(p) == word


def test_percent_never_says_never_or_always() -> None:
    assert [percent(p) for p in (0.0001, 0.2, 0.9999)] == ["<1 %", "20 %", ">99 %"]


def test_a_factor_is_the_exponential_of_the_effect() -> None:
    assert Driver("pacts", math.log(2)).factor == pytest.approx(2)
