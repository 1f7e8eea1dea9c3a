"""Word lists of the coder, read once from `data/`."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files("foedus.coding") / "data" / f"{name}.toml").read_text("utf-8"))


@cache
def words(table: str, key: str) -> frozenset[str]:
    """The words listed under `key` of `data/<table>.toml`."""
    return frozenset(_table(table)[key].split())


@cache
def phrases(table: str, key: str) -> tuple[str, ...]:
    """The phrases, one a line, listed under `key` of `data/<table>.toml`."""
    return tuple(line.strip() for line in _table(table)[key].splitlines() if line.strip())


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of `data/<name>.csv`; lines that begin with # are comments."""
    text = (files("foedus.coding") / "data" / f"{name}.csv").read_text("utf-8")
    lines = (line for line in text.splitlines() if line.strip() and not line.lstrip().startswith("#"))
    yield from csv.DictReader(lines)
