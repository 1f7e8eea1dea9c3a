"""What format a content has: by what it holds first, by its name second."""

from __future__ import annotations

import json
import re
from pathlib import PurePath

from foedus.errors import SourceError
from foedus.reading.decode import looks_binary
from foedus.reading.feed import looks_feed
from foedus.reading.markdown import looks_markdown
from foedus.reading.tabular import looks_table

FORMATS = ("text", "markdown", "html", "jsonl", "json", "csv", "feed", "pdf", "warc")
SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".json": "json",
    ".csv": "csv",
    ".tsv": "csv",
    ".xml": "feed",
    ".rss": "feed",
    ".atom": "feed",
    ".pdf": "pdf",
    ".warc": "warc",
}
_TYPES = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/markdown": "markdown",
    "text/csv": "csv",
    "application/json": "json",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "application/rss+xml": "feed",
    "application/atom+xml": "feed",
    "application/pdf": "pdf",
    "application/warc": "warc",
}
_MAGIC = (
    (b"PK\x03\x04", "a zip file or an office document; unpack it, or save it as PDF, HTML or text"),
    (b"\xd0\xcf\x11\xe0", "an old office document; save it as PDF, HTML or text"),
    (b"{\\rtf", "an RTF document; save it as PDF, HTML or text"),
    (b"\x89PNG", "an image; run OCR on it and give the text"),
    (b"\xff\xd8\xff", "an image; run OCR on it and give the text"),
    (b"GIF8", "an image; run OCR on it and give the text"),
    (b"\x7fELF", "a program, not a text"),
    (b"BZh", "a bzip2 file; unpack it first"),
    (b"\xfd7zXZ", "an xz file; unpack it first"),
    (b"\x28\xb5\x2f\xfd", "a zstd file; unpack it first"),
    (b"7z\xbc\xaf", "a 7z file; unpack it first"),
    (b"SQLite format 3", "a database; open it with `foedus store`"),
    (b"PAR1", "a Parquet file; write its texts as CSV or JSON Lines"),
)
_HTML = re.compile(rb"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.I)
_TAG = re.compile(rb"</(?:p|div|span|a|h[1-6]|ul|article|section)>", re.I)


def suffix_format(name: str) -> str | None:
    """The format that a file's name promises, `.gz` put aside."""
    path = PurePath(name)
    suffix = path.suffix.lower()
    if suffix == ".gz":
        suffix = PurePath(path.stem).suffix.lower() or ".txt"
    return SUFFIXES.get(suffix)


def sniff(head: bytes, name: str, content_type: str | None = None) -> str:
    """The format of a content from its first bytes; raises SourceError for what cannot be read as text."""
    if not head:
        raise SourceError(name, "empty: there is nothing in it")
    for magic, what in _MAGIC:
        if head.startswith(magic):
            raise SourceError(name, what)
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"WARC/"):
        return "warc"
    if looks_binary(head):
        raise SourceError(name, "binary data, not a text; give a text, web page, PDF, feed, table or archive")
    hint = suffix_format(name) or _TYPES.get(content_type or "")
    if hint in ("pdf", "warc"):
        raise SourceError(name, f"named as a {hint.upper()} file but is none; rename it, or fetch it again")
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lstrip()
    text = _as_text(head)
    if start[:1] == b"<":
        return _marked_up(start, name, hint)
    if start[:1] in (b"{", b"[") and hint not in ("text", "markdown"):
        return _json_kind(text, hint)
    if hint is not None:
        return hint if hint not in ("html", "feed", "json") else _promised(hint, start, name)
    if len(_TAG.findall(head)) >= 3:
        return "html"
    if looks_table(text):
        return "csv"
    return "markdown" if looks_markdown(text) else "text"


def _marked_up(start: bytes, name: str, hint: str | None) -> str:
    if looks_feed(start) and not _HTML.match(start):
        return "feed"
    if _HTML.search(start[:8192]) or _TAG.search(start) or hint == "html":
        return "html"
    if start.startswith(b"<?xml") or hint == "feed":
        if hint == "feed" and not re.search(rb"<[a-z]", start[5:2000], re.I):
            return "feed"
        raise SourceError(
            name, "XML that is neither a feed (RSS, Atom) nor a web page; give its text as JSON Lines or CSV"
        )
    return hint or ("html" if re.match(rb"<[a-z!]", start, re.I) else "text")


def _promised(hint: str, start: bytes, name: str) -> str:
    if hint == "feed":
        raise SourceError(name, "broken XML: it does not begin with a tag; fetch the feed again")
    if hint == "json":
        raise SourceError(name, "not valid JSON: it begins with neither { nor [")
    return hint


def _json_kind(text: str, hint: str | None) -> str:
    if hint in ("jsonl", "csv"):
        return hint
    first, _, rest = text.partition("\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        # Pretty-printed JSON goes on over the lines; prose in brackets ("[Reuters] …") is no JSON at all.
        if hint == "json" or re.match(r'\{\s*("|$)|\[\s*(\{|"|$)', text.lstrip()[:200]):
            return "json"
        return hint or "text"
    return "jsonl" if first.lstrip().startswith("{") and rest.strip().startswith("{") else "json"


def _as_text(head: bytes) -> str:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head.decode("utf-16", "replace")
    return head.decode("utf-8", "replace").lstrip("\ufeff")
