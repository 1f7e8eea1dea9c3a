"""One thread for the many small matrix products of a decision."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


@cache
def _controller() -> Any:
    from threadpoolctl import ThreadpoolController  # type: ignore[import-untyped]

    return ThreadpoolController()


def one_thread() -> AbstractContextManager[Any]:
    """Within it, numpy's linear algebra stays on its own thread.

    A decision multiplies matrices of a few rows. Shared among threads, such a product costs more in waking them and in
    their waiting for each other than in numbers: coding takes twice the processor time.
    """
    found: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return found
