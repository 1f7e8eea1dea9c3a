"""One content — bytes or a stream of them — in whatever format it turns out to be."""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import BinaryIO

from foedus.errors import FoedusError, SourceError
from foedus.model.document import Document
from foedus.reading import addresses, dates, html, jsonl, markdown, pdf, plain, tabular, warc
from foedus.reading.decode import decode
from foedus.reading.draft import Draft
from foedus.reading.feed import read_feed
from foedus.reading.finish import finish
from foedus.reading.options import Options, Outcomes, unforeseen
from foedus.reading.sniff import FORMATS, sniff
from foedus.reading.streams import GZIP_ERRORS, open_stream, read_up_to

_GZIP = "a damaged or cut-off gzip file; fetch it again"


def read_content(
    data: bytes,
    name: str,
    source: str | None,
    options: Options,
    *,
    url: str | None = None,
    charset: str | None = None,
    content_type: str | None = None,
    container: str | None = None,
) -> Outcomes:
    """The documents of bytes that came from `url`, an archive or a caller."""
    return read_stream(
        io.BytesIO(data),
        name,
        source,
        options,
        url=url,
        charset=charset,
        content_type=content_type,
        container=container,
    )


def read_stream(
    raw: BinaryIO,
    name: str,
    source: str | None,
    options: Options,
    *,
    url: str | None = None,
    charset: str | None = None,
    content_type: str | None = None,
    container: str | None = None,
) -> Outcomes:
    """The documents of a stream: those of many documents are read as they come, the others whole up to the limit."""
    try:
        opened = open_stream(raw)
        head, stream = opened.head, opened.stream
        complained = False
        if not head and opened.damaged:
            raise SourceError(name, _GZIP)
        format_name = options.format or sniff(head, url_path(url) or name, content_type)
        if format_name not in FORMATS:
            raise SourceError(name, f"unknown format {format_name!r}; known are {', '.join(FORMATS)}")
        if not head:
            raise SourceError(name, "empty: there is nothing in it")
        if format_name == "jsonl":
            yield from jsonl.read_jsonl(stream, name, source, options)
        elif format_name == "json":
            yield from jsonl.read_json(stream, name, source, options)
        elif format_name == "csv":
            yield from tabular.read_csv(head, stream, name, source, options)
        elif format_name == "warc":
            for outcome in warc.read_warc(stream, name, options):
                complained = isinstance(outcome, SourceError)
                yield outcome
        else:
            data = read_up_to(stream, options.max_bytes + 1)
            if len(data) > options.max_bytes:
                raise options.too_large(name)
            if opened.damaged:
                raise SourceError(name, _GZIP)
            if format_name == "feed":
                yield from read_feed(data, name, source, options)
            else:
                yield _single(data, format_name, name, source, options, url, options.encoding or charset, container)
        if opened.damaged and format_name in ("jsonl", "json", "csv", "warc") and not complained:
            yield SourceError(name, _GZIP)
    except SourceError as error:
        # Named by what the person gave, where a part of the address stood for it.
        yield error if error.source == name else SourceError(name, error.reason)
    except FoedusError:
        raise
    except GZIP_ERRORS:
        yield SourceError(name, _GZIP)
    except OSError as error:
        yield SourceError(name, f"cannot be read ({error.strerror or error})")
    except Exception as error:
        yield unforeseen(name, error)


def url_path(url: str | None) -> str | None:
    """The last part of a URL's path, whose suffix may tell the format."""
    if url is None:
        return None
    split = addresses.parts(url)
    return PurePath(split.path if split is not None else "").name or "page"


def _single(
    data: bytes,
    format_name: str,
    name: str,
    source: str | None,
    options: Options,
    url: str | None,
    charset: str | None,
    container: str | None,
) -> Document:
    if format_name == "pdf":
        draft = pdf.draft_pdf(data, name, options)
        draft.url = url
    else:
        text, notes = decode(data, name, charset)
        draft = draft_of(text, format_name, name, url, options)
        draft.notes[:0] = notes
    draft.source = source
    if container:
        draft.extra["container"] = container
    if url is None and source and (hint := dates.in_address(PurePath(source).name)):
        draft.hints.append(("file's name", hint))
    return finish(draft, name, options)


def draft_of(text: str, format_name: str, name: str, url: str | None, options: Options) -> Draft:
    """The draft of a decoded text in one of the three text formats."""
    if format_name == "html":
        return html.draft_html(text, name, url, today=options.today)
    draft = markdown.draft_markdown(text, options.day_first) if format_name == "markdown" else plain.draft_text(text)
    draft.url = draft.url or url
    return draft
