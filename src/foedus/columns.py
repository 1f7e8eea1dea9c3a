"""Names of columns, which tables that people make do not always keep apart."""

from __future__ import annotations

from collections.abc import Iterable


def told_apart(names: Iterable[str]) -> list[str]:
    """The names with a number behind those that stood there before, so that no cell is lost under another's name."""
    given = list(names)
    told: list[str] = []
    for name in given:
        free, number = name, 1
        while free in told or (number > 1 and free in given):
            number += 1
            free = f"{name}_{number}"
        told.append(free)
    return told
