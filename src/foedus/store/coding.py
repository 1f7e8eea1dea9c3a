"""Documents through a coder, so that a text that breaks it costs no other."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from typing import Final, Protocol

from foedus.errors import FoedusError
from foedus.model.document import Document
from foedus.model.event import Event

_TOGETHER: Final = 32
"""Documents that a coder in this process is given at once."""

Result = tuple[Document, list[Event], str | None]
"""A document, its events, and why it has none where the coder failed on it."""


class Codes(Protocol):
    """What `add` asks of a coder."""

    @property
    def version(self) -> str:
        """Name and version; another version codes anew."""
        ...

    def code_all(self, documents: Iterable[Document], workers: int = 1) -> Iterator[tuple[Document, list[Event]]]:
        """Pairs of document and events, in the order given."""
        ...


def code_all(coder: Codes, stream: Iterator[Document], workers: int = 1) -> Iterator[Result]:
    """Every document of a stream with its events, in order.

    A document that the coder fails on comes with no events and the reason. Raises what the stream raises, and any
    FoedusError of the coder: it is of the whole run (a model that is not there), not of one text.
    """
    if workers > 1:
        yield from _beside(coder, stream, workers)
        return
    group: list[Document] = []
    for document in stream:
        group.append(document)
        if len(group) >= _TOGETHER:
            yield from _together(coder, group)
            group = []
    yield from _together(coder, group)


def _beside(coder: Codes, stream: Iterator[Document], workers: int) -> Iterator[Result]:
    """Coded in several processes. Where one fails, what it had is coded here, and the others begin anew on the rest."""
    ended: list[bool] = []
    taken: deque[Document] = deque()

    def drawn() -> Iterator[Document]:
        reading = True
        try:
            for document in stream:
                taken.append(document)
                reading = False
                yield document
                reading = True
            reading = False
            ended.append(True)
        finally:
            if reading:
                ended.append(False)  # the fault is the source's, not the coder's

    while not ended:
        try:
            for document, events in coder.code_all(drawn(), workers=workers):
                taken.popleft()
                yield document, list(events), None
        except FoedusError:
            raise
        except Exception:
            if ended == [False]:
                raise
        yield from _together(coder, list(taken))
        taken.clear()


def _together(coder: Codes, group: list[Document]) -> Iterator[Result]:
    """Coded at once in this process; where that fails, one by one, so that only the text at fault goes without."""
    if not group:
        return
    try:
        coded = [(document, list(events)) for document, events in coder.code_all(group)]
    except FoedusError:
        raise
    except Exception:
        for document in group:
            yield _alone(coder, document)
        return
    for document, events in coded:
        yield document, events, None


def _alone(coder: Codes, document: Document) -> Result:
    try:
        ((_, events),) = list(coder.code_all([document]))
    except FoedusError:
        raise
    except Exception as error:
        return document, [], f"the coder failed on it ({type(error).__name__}: {error}); it is kept without events"
    return document, list(events), None
