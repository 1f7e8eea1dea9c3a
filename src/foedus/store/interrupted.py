"""Ctrl-C while others work: DuckDB calls it a RuntimeError, a library that is being loaded an ImportError."""

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


def was_stopped(error: BaseException) -> bool:
    """Whether an error goes back to Ctrl-C."""
    while True:
        if isinstance(error, KeyboardInterrupt):
            return True
        before = error.__cause__ or error.__context__
        if before is None:
            return False
        error = before
