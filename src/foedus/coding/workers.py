"""Coding in several processes: each loads its own models once and takes whole batches; results come back in order."""

from __future__ import annotations

import multiprocessing
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from itertools import islice
from typing import TYPE_CHECKING, Final

from foedus.model.document import Document
from foedus.model.event import Event

if TYPE_CHECKING:
    from foedus.coding.coder import Backend

_AHEAD: Final = 3
"""Batches in flight for each worker: enough to keep it busy, few enough to keep memory flat."""

_backend: Backend | None = None


def _start(backend: Backend | None) -> None:
    global _backend
    if backend is None:
        from foedus.coding.coder import LocalBackend

        backend = LocalBackend()
    _backend = backend


def _run(batch: Sequence[Document]) -> list[list[Event]]:
    assert _backend is not None
    return _backend.code_batch(batch)


def code_in_processes(
    backend: Backend, documents: Iterator[Document], workers: int, batch_size: int
) -> Iterator[tuple[Document, list[Event]]]:
    """Pairs of document and events in the order given. The local back end is loaded anew in each worker, others are sent to it."""
    from foedus.coding.coder import LocalBackend

    sent = None if isinstance(backend, LocalBackend) else backend
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_start, initargs=(sent,)) as pool:
        waiting: deque[tuple[list[Document], Future[list[list[Event]]]]] = deque()

        def feed() -> bool:
            batch = list(islice(documents, batch_size))
            if batch:
                waiting.append((batch, pool.submit(_run, batch)))
            return bool(batch)

        while len(waiting) < workers * _AHEAD and feed():
            pass
        while waiting:
            batch, future = waiting.popleft()
            coded = future.result()
            feed()
            yield from zip(batch, coded, strict=True)
