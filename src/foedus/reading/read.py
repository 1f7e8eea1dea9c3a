"""The doors of reading: `read` for one document, `read_all` for many."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from typing import Unpack, cast

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.options import Options, ReadOptions
from foedus.reading.sources import Source, outcomes


def read(source: Source, **options: Unpack[ReadOptions]) -> Document:
    """The one document that `source` — a path, URL, bytes or the text itself — holds.

    Raises SourceError where it cannot be read, or holds several documents (use `read_all`).
    For the options see `foedus.reading.options.Options`.
    """
    found = outcomes(source, Options(**options))
    first = next(found, None)
    if first is None:
        raise SourceError(_name(source), "there is no document in it")
    if isinstance(first, SourceError):
        raise first
    second = next(found, None)
    if second is not None:
        raise SourceError(_name(source), "holds more than one document; use read_all for it")
    return first


def read_all(
    sources: Source | Iterable[Source],
    on_error: Callable[[SourceError], object] | None = None,
    **options: Unpack[ReadOptions],
) -> Iterator[Document]:
    """The documents of one or many sources, one after the other as they are read.

    A source (or one record, entry or page of it) that cannot be read goes to `on_error` and the others are still
    read; without `on_error` its SourceError is raised.
    """
    chosen = Options(**options)
    for source in _many(sources):
        for outcome in outcomes(source, chosen):
            if not isinstance(outcome, SourceError):
                yield outcome
            elif on_error is None:
                raise outcome
            else:
                on_error(outcome)


def _many(sources: Source | Iterable[Source]) -> Iterable[Source]:
    if isinstance(sources, str | bytes | bytearray | memoryview | Document | os.PathLike):
        return (cast(Source, sources),)
    return sources


def _name(source: Source) -> str:
    if isinstance(source, bytes):
        return "bytes"
    text = str(source)
    return text if len(text) <= 200 and "\n" not in text else "text"
