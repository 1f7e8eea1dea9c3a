from __future__ import annotations

from foedus.columns import told_apart


def test_columns_of_one_name_get_numbers_that_nobody_else_has() -> None:
    assert told_apart(["a", "b", "a", "a", "a_2"]) == ["a", "b", "a_3", "a_4", "a_2"]
    assert told_apart([]) == []
