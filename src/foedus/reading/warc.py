"""Web archives (WARC): a document for each page they hold."""

from __future__ import annotations

from typing import BinaryIO

from foedus.errors import SourceError
from foedus.reading.options import Options, Outcomes
from foedus.reading.streams import GZIP_ERRORS

_READ = ("text/html", "application/xhtml+xml", "text/plain", "application/pdf")


def read_warc(stream: BinaryIO, name: str, options: Options) -> Outcomes:
    """The successful text responses of an archive, one by one; damage ends the reading with its error."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    from foedus.reading.content import read_content

    count = 0
    # On a cut-off record warcio also trips over headers that are missing (AttributeError, TypeError).
    try:
        for record in ArchiveIterator(stream):
            address = record.rec_headers.get_header("WARC-Target-URI") or ""
            kind, charset = _content_type(record)
            if record.rec_type not in ("response", "resource", "conversion") or kind not in _READ:
                continue
            status = record.http_headers.get_statuscode() if record.http_headers else "200"
            if not str(status).startswith("2"):
                continue
            count += 1
            at = f"{name} ({address or f'record {count}'})"
            data = record.content_stream().read(options.max_bytes + 1)
            if len(data) > options.max_bytes:
                yield options.too_large(at)
                continue
            yield from read_content(
                data,
                at,
                address or name,
                options,
                url=address.strip("<>") or None,
                charset=charset,
                content_type=kind,
                container="warc",
            )
    except (ArchiveLoadFailed, ValueError, OSError, AttributeError, TypeError, *GZIP_ERRORS) as error:
        # What Python says of a missing header tells nobody anything.
        told = f" ({str(error)[:80]})" if isinstance(error, ArchiveLoadFailed | OSError) and str(error) else ""
        yield SourceError(name, f"a damaged web archive after {count} page(s){told}; fetch it again")
        return
    if count == 0:
        yield SourceError(name, "a web archive without any page of text")


def _content_type(record: object) -> tuple[str, str | None]:
    headers = getattr(record, "http_headers", None) or getattr(record, "rec_headers", None)
    value = (headers.get_header("Content-Type") if headers else None) or ""
    kind, _, rest = str(value).partition(";")
    charset = rest.lower().partition("charset=")[2].split(";")[0].strip(" \"'") or None
    return kind.strip().lower(), charset
