from __future__ import annotations

import io
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from foedus.errors import SourceError
from foedus.reading.read import read, read_all

PAGE = "<html><body><article><p>Turkey refused to send shells to Azerbaijan, officials said on {}.</p></article></body></html>"


def archive(gzip: bool, pages: int = 3) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=gzip)
    for number in range(pages):
        for status, kind in (
            ("200 OK", "text/html; charset=utf-8"),
            ("404 Not Found", "text/html"),
            ("200 OK", "image/png"),
        ):
            headers = StatusAndHeaders(status, [("Content-Type", kind)], protocol="HTTP/1.1")
            body = PAGE.format(("Monday", "Tuesday", "Friday")[number]).encode()
            writer.write_record(
                writer.create_warc_record(
                    f"https://example.org/2024/03/0{number + 1}/{kind[:4]}",
                    "response",
                    payload=io.BytesIO(body),
                    http_headers=headers,
                )
            )
    return out.getvalue()


@pytest.mark.parametrize("gzip", [True, False])
def test_pages_of_an_archive(tmp_path: Path, gzip: bool) -> None:
    path = tmp_path / ("a.warc.gz" if gzip else "a.warc")
    path.write_bytes(archive(gzip))
    documents = list(read_all(path))
    assert [one.published for one in documents] == ["2024-03-01", "2024-03-02", "2024-03-03"]
    assert all(one.url and one.url.startswith("https://example.org/2024") for one in documents)
    assert all("Turkey refused" in one.text for one in documents)
    with pytest.raises(SourceError, match="read_all"):
        read(path)


def test_damaged_archive_gives_what_came_before(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(archive(True)[:-700])
    errors: list[SourceError] = []
    documents = list(read_all(path, on_error=errors.append))
    assert documents
    assert len(documents) + len(errors) <= 4


def test_archive_without_pages() -> None:
    with pytest.raises(SourceError, match="without any page"):
        read(archive(False, pages=0) or b"WARC/1.0\r\nWARC-Type: warcinfo\r\nContent-Length: 0\r\n\r\n\r\n\r\n")


def test_what_python_says_of_a_broken_header_is_not_shown() -> None:
    (error,) = _faults(b"WARC/1.0\r\nWARC-Type: response\r\n\r\n")
    assert "NoneType" not in str(error)
    assert "damaged web archive" in str(error)


def _faults(data: bytes) -> list[SourceError]:
    found: list[SourceError] = []
    list(read_all(data, on_error=found.append))
    return found
