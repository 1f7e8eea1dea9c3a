from __future__ import annotations

import gzip

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.content import read_content, url_path
from foedus.reading.options import Options

STORY = b"Russia refused to send the jets to Iran on Monday, officials in Moscow said.\n"


def one(data: bytes, name: str = "x.txt", **more):
    (found,) = read_content(data, name, None, Options(**more))
    return found


def test_packed_text_is_read() -> None:
    found = one(gzip.compress(STORY), "x.txt.gz")
    assert isinstance(found, Document)
    assert found.text == STORY.decode().strip()


def test_each_fault_is_one_line_with_the_name_given() -> None:
    cases = [
        (b"", {}, "empty"),
        (gzip.compress(STORY)[:12], {}, "gzip"),
        (STORY, {"format": "runes"}, "unknown format 'runes'"),
        (b"word " * 1000, {"max_mb": 0.001}, "larger than the limit"),
    ]
    for data, options, says in cases:
        error = one(data, **options)
        assert isinstance(error, SourceError), says
        assert error.source == "x.txt"
        assert says in str(error)
        assert "\n" not in str(error)


def test_the_end_of_an_address_may_tell_the_format() -> None:
    assert url_path("https://example.org/a/feed.xml?x=1") == "feed.xml"
    assert url_path("https://example.org/") == "page"
    assert url_path(None) is None


def test_what_nobody_foresaw_is_the_fault_of_one_source(monkeypatch) -> None:
    from foedus.reading import content

    def broken(*_: object) -> None:
        raise AttributeError("nothing")

    monkeypatch.setattr(content.plain, "draft_text", broken)
    found = one(STORY)
    assert isinstance(found, SourceError)
    assert "AttributeError" in str(found)


def test_an_address_that_is_none_tells_no_format() -> None:
    assert url_path("http://[::1") == "page"
