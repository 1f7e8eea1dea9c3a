"""What can be asked of a reading, in one place."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import ParamSpec, TypedDict

from foedus.errors import FoedusError, SourceError
from foedus.model.document import Document

Outcome = Document | SourceError
"""What a reader yields: a document, or why this one (and only this one) could not be read."""

Outcomes = Iterator[Outcome]


class ReadOptions(TypedDict, total=False):
    """The keyword arguments of `read` and `read_all`; `Options` says what each means."""

    format: str | None
    encoding: str | None
    fields: Mapping[str, str]
    language: str | None
    day_first: bool | None
    today: dt.date
    timeout: float
    max_mb: float
    max_download_mb: float
    allow_private: bool


@dataclass(frozen=True, slots=True)
class Options:
    """Options of a reading.

    `format` skips the sniffing (text, markdown, html, jsonl, json, csv, feed, pdf, warc); `encoding` skips the
    detection; `fields` maps our names to the record's (`{"text": "body"}`); `language` is taken as given;
    `day_first` settles dates such as 05/06/2025, which are otherwise kept as the year alone; `timeout` is in
    seconds for a whole download; `max_mb` is the largest single document and `max_download_mb` the largest
    download, in MB; `allow_private` lets the host named (never one redirected to) have a private address.
    """

    format: str | None = None
    encoding: str | None = None
    fields: Mapping[str, str] = field(default_factory=dict)
    language: str | None = None
    day_first: bool | None = None
    today: dt.date = field(default_factory=dt.date.today)
    timeout: float = 20.0
    max_mb: float = 20.0
    max_download_mb: float = 30.0
    allow_private: bool = False

    @property
    def max_bytes(self) -> int:
        """The largest single document, in bytes."""
        return int(self.max_mb * 1_000_000)

    def too_large(self, name: str) -> SourceError:
        """The error for a document over the limit."""
        return SourceError(
            name,
            f"larger than the limit of {self.max_mb:g} MB for one document; split it (in Python, max_mb= raises it)",
        )


_Given = ParamSpec("_Given")


def attempt(name: str, make: Callable[_Given, Document], /, *given: _Given.args, **named: _Given.kwargs) -> Outcome:
    """The document that `make` gives, or why it gives none: whatever goes wrong there concerns this one alone."""
    try:
        return make(*given, **named)
    except SourceError as error:
        return error
    except FoedusError:
        raise
    except Exception as error:
        return unforeseen(name, error)


def unforeseen(name: str, error: Exception) -> SourceError:
    """What to tell of an error that nobody thought of: its kind, so that it can be reported."""
    told = " ".join(str(error).split())[:100]
    return SourceError(name, f"cannot be read ({type(error).__name__}{': ' if told else ''}{told}); leave it out")
