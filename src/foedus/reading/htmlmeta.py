"""What a page says about itself: JSON-LD, meta elements, canonical link, time elements; htmldate as the last resort."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re
from collections.abc import Iterator
from typing import Any

from foedus.reading import addresses, dates
from foedus.reading.draft import Draft
from foedus.reading.header import names

_STORY = re.compile(r"article|posting|report|newsarticle|opinion|analysis|review", re.I)
_TITLES = (
    "og:title",
    "twitter:title",
    "dc.title",
    "dcterms.title",
    "citation_title",
    "parsely-title",
    "sailthru.title",
    "headline",
)
_AUTHORS = (
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "citation_author",
    "parsely-author",
    "sailthru.author",
    "byl",
    "byline",
    "twitter:creator",
)
_DATES = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.date",
    "dcterms.created",
    "dcterms.issued",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "citation_publication_date",
    "citation_date",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "published_time",
    "article:published",
    "cxenseparse:recs:publishtime",
    "og:pubdate",
)
_OUTLETS = (
    "og:site_name",
    "application-name",
    "dc.publisher",
    "dcterms.publisher",
    "publisher",
    "citation_journal_title",
    "article:publisher",
)
_XPATH_AUTHOR = (
    '//*[@rel="author" or @itemprop="author" or contains(concat(" ",@class," ")," author ") or '
    'contains(concat(" ",@class," ")," byline ")]'
)


def read_metadata(draft: Draft, root: Any, url: str | None) -> None:
    """Fill title, byline, outlet, published, url and language of a draft from the head of a page."""
    meta = _meta(root)
    story = _json_ld(root)
    titles = (
        _text(story.get("headline")),
        *(meta.get(key) for key in _TITLES),
        _heading(root),
        _title_element(root, meta),
    )
    draft.title = next((title for title in titles if title), None)
    draft.outlet = _outlet(story, meta)
    if draft.title and draft.outlet:
        draft.title = _without_outlet(draft.title, draft.outlet)
    draft.byline = _byline(story, meta, root, draft.outlet)
    canonical = root.xpath('string(//link[@rel="canonical"]/@href)') or meta.get("og:url") or _text(story.get("url"))
    if canonical:
        draft.url = addresses.web(str(canonical), url) or draft.url
    language = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    draft.language = _text(story.get("inLanguage")) or language or meta.get("content-language") or meta.get("og:locale")
    _published(draft, story, meta, root)


def _published(draft: Draft, story: dict[str, Any], meta: dict[str, str], root: Any) -> None:
    stated = [_text(story.get(key)) for key in ("datePublished", "dateCreated", "uploadDate")]
    stated += [meta.get(key) for key in _DATES]
    stated += [
        element.get("datetime") or element.text_content()
        for element in root.xpath(
            '//time[@pubdate or @itemprop="datePublished" or contains(@class,"publish")]|//article//header//time'
            "|//time[@datetime]"
        )[:3]
    ]
    for value in stated:
        if value:
            iso, note = dates.parse(value)
            if iso:
                draft.published = iso
                if note:
                    draft.note(f"date: {note}")
                return


def guess_date(draft: Draft, root: Any, today: dt.date) -> None:
    """The date that htmldate finds in the page's text and addresses; marked as inferred."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        found = find_date(
            root, extensive_search=False, original_date=True, max_date=(today + dt.timedelta(days=1)).isoformat()
        )
    except (ValueError, TypeError, AttributeError, OverflowError):
        found = None
    if found:
        draft.hints.append(("page's markup", found))


def _meta(root: Any) -> dict[str, str]:
    meta: dict[str, str] = {}
    for element in root.iter("meta"):
        key = element.get("property") or element.get("name") or element.get("itemprop") or element.get("http-equiv")
        content = (element.get("content") or "").strip()
        if key and content:
            meta.setdefault(key.strip().lower(), content[:1000])
    return meta


def _json_ld(root: Any) -> dict[str, Any]:
    """The description of the story among those that the page carries; empty where there is none that parses."""
    for element in root.xpath('//script[@type="application/ld+json"]')[:20]:
        try:
            value = json.loads(element.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        for item in _items(value, 0):
            kind = item.get("@type")
            kinds = kind if isinstance(kind, list) else [kind]
            if any(isinstance(one, str) and _STORY.search(one) for one in kinds):
                return item
    return {}


def _items(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 4:
        return
    if isinstance(value, dict):
        yield value
        yield from _items(value.get("@graph"), depth + 1)
        yield from _items(value.get("mainEntity"), depth + 1)
    elif isinstance(value, list):
        for one in value[:50]:
            yield from _items(one, depth + 1)


def _text(value: Any) -> str | None:
    if isinstance(value, list):
        value = value[0] if value else None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@value") or value.get("@id")
    return " ".join(value.split()) if isinstance(value, str) and value.strip() else None


def _heading(root: Any) -> str | None:
    headings = [" ".join(element.text_content().split()) for element in root.xpath("//h1")[:5]]
    return next((heading for heading in headings if 6 <= len(heading) <= 300), None)


def _title_element(root: Any, meta: dict[str, str]) -> str | None:
    title = " ".join((root.xpath("string(//title)") or "").split())
    parts = re.split(r"\s+[|–—»·-]\s+", title)
    # The site's name stands last and is the shorter part.
    return (parts[0] if len(parts) > 1 and len(parts[0]) > len(parts[-1]) else title) or None


def _without_outlet(title: str, outlet: str) -> str:
    return re.sub(rf"\s*[|–—»·-]\s*{re.escape(outlet)}\s*$", "", title, flags=re.I) or title


def _outlet(story: dict[str, Any], meta: dict[str, str]) -> str | None:
    for value in (_text(story.get("publisher")), *(meta.get(key) for key in _OUTLETS)):
        if value and not value.startswith(("http://", "https://", "@")) and len(value) <= 100:
            return value
    return None


def _byline(story: dict[str, Any], meta: dict[str, str], root: Any, outlet: str | None) -> str | None:
    authors = story.get("author")
    listed = [_text(one) for one in (authors if isinstance(authors, list) else [authors])]
    people = [one for one in listed if one and not one.startswith("http")]
    if people:
        return ", ".join(dict.fromkeys(people))[:200]
    for key in _AUTHORS:
        value = meta.get(key)
        if value and not value.startswith(("http", "@")) and value != outlet and len(value) <= 160:
            return re.sub(r"^by\s+", "", value, flags=re.I)
    for element in root.xpath(_XPATH_AUTHOR)[:5]:
        value = " ".join(element.text_content().split())
        if 3 <= len(value) <= 200 and (name := names(value)):
            return name
    return None
