"""Ctrl-C while DuckDB works: it says so by a RuntimeError, which nobody would take for what it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def heard() -> Iterator[None]:
    """Turns DuckDB's `Query interrupted` into the KeyboardInterrupt that it was."""
    try:
        yield
    except RuntimeError as error:
        if "interrupted" in str(error).lower():
            raise KeyboardInterrupt from None
        raise
