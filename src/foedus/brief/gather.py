"""From sources to coded documents: reads, codes, and keeps going when one source is at fault."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.model.event import Event

Progress = Callable[[Document], object]


def gather(
    sources: Sequence[str],
    on_error: Callable[[SourceError], object],
    on_done: Progress | None = None,
    workers: int = 1,
) -> list[tuple[Document, list[Event]]]:
    """Every document of the sources with its events, each text once. Faults go to `on_error`, a source at a time."""
    from foedus.reading.read import read_all

    documents = _once(read_all(sources, on_error=on_error))
    first = next(documents, None)
    if first is None:
        return []
    from foedus.coding.coder import Coder

    def chained() -> Iterable[Document]:
        yield first
        yield from documents

    found = []
    for document, events in Coder().code_all(chained(), workers=workers):
        found.append((document, list(events)))
        if on_done is not None:
            on_done(document)
    return found


def _once(documents: Iterable[Document]) -> Iterator[Document]:
    """Each text once: a story given twice would count its acts' reports twice."""
    seen: set[str] = set()
    for document in documents:
        if document.content_hash not in seen:
            seen.add(document.content_hash)
            yield document
