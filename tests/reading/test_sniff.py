from __future__ import annotations

import pytest

from foedus.errors import SourceError
from foedus.reading.sniff import sniff, suffix_format


@pytest.mark.parametrize(
    ("head", "name", "expected"),
    [
        (b"%PDF-1.7 ...", "a.txt", "pdf"),
        (b"WARC/1.0\r\n", "a", "warc"),
        (b"<!DOCTYPE html><html><body>", "a.txt", "html"),
        (b'<?xml version="1.0"?><rss version="2.0">', "a.xml", "feed"),
        (b'<feed xmlns="http://www.w3.org/2005/Atom">', "a", "feed"),
        (b'{"text": "a"}\n{"text": "b"}\n', "a", "jsonl"),
        (b'{"text": "a"}\n', "a.jsonl", "jsonl"),
        (b'{\n "text": "a"\n}', "a", "json"),
        (b'[{"text": "a"}]', "a.txt.json", "json"),
        (b"id,title,text\n1,a,b\n", "a", "csv"),
        (b"id\ttext\n1\tb\n", "a.tsv", "csv"),
        (b"# A title\n\nWords.", "a", "markdown"),
        (b"---\ntitle: x\n---\nWords.", "a", "markdown"),
        (b"[Reuters] Russia refused to help.", "a", "text"),
        (b"Russia, Iran and text are words.\nMore of them.", "a", "text"),
        (b"Russia refused.", "a.txt", "text"),
        ("\ufeffRussia refused.".encode("utf-16"), "a.txt", "text"),
    ],
)
def test_content_first_name_second(head: bytes, name: str, expected: str) -> None:
    assert sniff(head, name) == expected


@pytest.mark.parametrize(
    ("head", "name", "reason"),
    [
        (b"", "a.txt", "empty"),
        (b"PK\x03\x04rest", "a.docx", "zip"),
        (b"\x89PNG\r\n", "a.png", "image"),
        (bytes(range(256)) * 10, "a.txt", "binary"),
        (b"just words", "a.pdf", "none"),
        (b"just words", "feed.xml", "broken XML"),
        (b"just words", "a.json", "not valid JSON"),
        (b"<?xml version='1.0'?><invoice><x/></invoice>", "a.xml", "neither a feed"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(head: bytes, name: str, reason: str) -> None:
    with pytest.raises(SourceError, match=reason) as caught:
        sniff(head, name)
    assert "\n" not in str(caught.value)


def test_suffix() -> None:
    assert suffix_format("a/b.WARC.gz") == "warc"
    assert suffix_format("b.gz") == "text"
    assert suffix_format("b") is None
