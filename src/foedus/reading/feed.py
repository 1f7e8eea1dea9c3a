"""RSS and Atom feeds: a document for each entry."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import Any

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading import addresses, dates, html
from foedus.reading.decode import clean
from foedus.reading.draft import Draft
from foedus.reading.finish import finish
from foedus.reading.options import Options, Outcomes, attempt
from foedus.reading.plain import draft_text

_BROKEN = "broken or unknown XML: no feed entries could be read; check that it is RSS or Atom"
_BAIT = re.compile(rb"<!ENTITY", re.I)


def looks_feed(head: bytes) -> bool:
    """Whether XML begins as RSS, RDF or Atom."""
    return re.search(rb"<(?:\w+:)?(?:rss|feed|rdf)[\s>]", head[:4000], re.I) is not None


def read_feed(data: bytes, name: str, source: str | None, options: Options) -> Outcomes:
    """The entries of a feed; what breaks off half way gives the entries before the break, with a note."""
    if _BAIT.search(data[:100_000]):
        yield SourceError(name, "XML that defines entities is refused; remove the <!ENTITY> lines")
        return
    import feedparser

    # A stream, for feedparser would take bytes that look like a path or an address for one.
    parsed = feedparser.parse(io.BytesIO(data), sanitize_html=False, resolve_relative_uris=False)
    if not parsed.entries:
        yield SourceError(name, _BROKEN if parsed.bozo else "a feed without entries")
        return
    for number, entry in enumerate(parsed.entries, 1):
        at = f"{name} entry {number}"
        yield attempt(at, _document, entry, parsed, at, source, options)
    if parsed.bozo and not _harmless(parsed.get("bozo_exception")):
        read = len(parsed.entries)
        yield SourceError(
            name,
            f"broken XML: {read} {'entry' if read == 1 else 'entries'} read before the break; fetch the feed again",
        )


def _document(entry: Any, parsed: Any, at: str, source: str | None, options: Options) -> Document:
    draft = _draft(entry, at, options)
    draft.outlet = _string(entry.get("source", {}).get("title")) or draft.outlet or _string(parsed.feed.get("title"))
    draft.language = draft.language or _string(parsed.feed.get("language"))
    draft.source = source
    if parsed.bozo and not _harmless(parsed.get("bozo_exception")):
        draft.note("the feed's XML is broken; entries after the break are missing")
    return finish(draft, at, options)


def _harmless(error: Any) -> bool:
    return "CharacterEncodingOverride" in type(error).__name__ or "NonXMLContentType" in type(error).__name__


def _draft(entry: Any, at: str, options: Options) -> Draft:
    title = _string(entry.get("title"))
    bodies = [_string(one.get("value")) for one in entry.get("content", [])] + [_string(entry.get("summary"))]
    body = max((one for one in bodies if one), key=len, default="")
    notes: list[str] = []
    if not body and title:
        body, title = title, None
        notes.append("the feed gives only the headline; read the page itself for the story")
    body = clean(body, notes)
    if len(body) > options.max_bytes:
        raise options.too_large(at)
    if html.has_markup(body) or ("<" in body and re.search(r"<[a-zA-Z/!]", body)):
        draft = html.draft_html(body, at, fragment=True)
    else:
        draft = draft_text(body)
    draft.format = "feed"
    draft.notes.extend(notes)
    draft.title = _plain(title)
    draft.byline = _string(entry.get("author"))
    draft.url = addresses.web(_string(entry.get("link"))) or draft.url
    if guid := _string(entry.get("id")):
        draft.extra["guid"] = guid
    for key in ("published", "dc_date", "created", "updated"):
        if value := _string(entry.get(key)):
            draft.published, note = dates.parse(value, options.day_first)
            moment = entry.get(f"{key}_parsed")
            if draft.published is None and moment:
                draft.published = dt.date(*moment[:3]).isoformat()
            elif note:
                draft.note(f"date: {note}")
            if draft.published:
                break
    return draft


def _plain(title: str | None) -> str | None:
    """A title without the markup that some feeds put into it."""
    if title and re.search(r"</?[a-zA-Z][^<>]*>", title):
        from lxml import html as lxml_html  # type: ignore[import-untyped]

        return " ".join(lxml_html.fromstring(f"<div>{title}</div>").text_content().split())
    return title


def _string(value: Any) -> str | None:
    return value.strip() or None if isinstance(value, str) else None
