"""Web pages: metadata from the head, the body that trafilatura finds, and the rest of the page as apparatus."""

from __future__ import annotations

import datetime as dt
import logging
import re
from html import unescape
from itertools import pairwise
from typing import Any

from foedus.errors import SourceError
from foedus.reading.boilerplate import judge
from foedus.reading.draft import Block, Draft
from foedus.reading.htmlmeta import guess_date, read_metadata
from foedus.reading.page import PageBlock, page_blocks
from foedus.reading.plain import draft_text

_KEY = re.compile(r"[\W_]+")
_SENTENCE = re.compile(r"[.!?。！？…][\"'”’»)\]]*$")
_LOOKS = re.compile(
    r"</(?:p|div|a|li|ul|b|i|em|strong|span|h[1-6]|blockquote|table|td|figure|script|style|section|article"
    r"|body|html)\s*>"
    r"|<(?:br|p|hr|img|div)\b[^<>]{0,400}/?>",
    re.I,
)
_LEAST = 25


def has_markup(text: str) -> bool:
    """Whether a field of a record holds HTML and not plain text."""
    return "<" in text and len(_LOOKS.findall(text[:100_000])) >= 2


def draft_html(
    text: str, name: str, url: str | None = None, fragment: bool = False, today: dt.date | None = None
) -> Draft:
    """A draft of a page (or of a fragment of one, as feeds carry): all visible text, with the story's blocks free.

    `original` is the visible text, block by block, so that offsets mean what a reader sees.
    """
    root = parse(text, name)
    draft = Draft(original="", format="html", url=url)
    if not fragment:
        read_metadata(draft, root, url)
        if draft.published is None:
            guess_date(draft, root, today or dt.date.today())
    blocks = page_blocks(root)
    if not blocks and (flat := _flat(text)):
        # Nested deeper than the parser goes: what is lost is the layout, not the words.
        plain = draft_text(flat, "html")
        draft.original, draft.blocks, draft.cuts = plain.original, plain.blocks, plain.cuts
        draft.note("the page is nested too deeply; its text was taken without its layout")
        return draft
    if not blocks:
        raise SourceError(
            name, "the page shows no text (a script may build it); save it from a browser and read that file"
        )
    kept = {id(block) for block in blocks if block.place is None} if fragment else _story(root, blocks)
    parts: list[str] = []
    position = 0
    for block in blocks:
        end = position + len(block.text)
        heading = block.tag in ("h1", "h2", "h3", "h4", "h5", "h6")
        kind = None if id(block) in kept else judge(block.text)[0] or block.place or _other(block)
        draft.blocks.append(Block(position, end, kind, heading))
        parts.append(block.text)
        position = end + 2
    draft.original = "\n\n".join(parts)
    return draft


def parse(text: str, name: str) -> Any:
    """The tree of a page, however broken it is."""
    from lxml import etree, html  # type: ignore[import-untyped]

    parser = html.HTMLParser(encoding="utf-8", no_network=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.LxmlError, ValueError) as error:
        raise SourceError(name, "empty or broken HTML; save the page again from a browser") from error
    return root


def _flat(text: str) -> str:
    """The words of a page by taking the tags out."""
    text = re.sub(r"<(script|style|head|noscript|template)\b.*?(?:</\1\s*>|\Z)", " ", text, flags=re.I | re.S)
    text = re.sub(r"<!--.*?(?:-->|\Z)", " ", text, flags=re.S)
    text = re.sub(r"</?(?:p|div|br|li|h[1-6]|tr|section|article)\b[^<>]*>", "\n\n", text, flags=re.I)
    text = unescape(re.sub(r"<[/!?a-zA-Z][^<>]*>", "", text))
    return re.sub(r"\s*\n\s*\n\s*", "\n\n", text).strip()


def _other(block: PageBlock) -> str:
    return (
        "navigation" if block.linked > 0.6 or (len(block.text) < 60 and not _SENTENCE.search(block.text)) else "other"
    )


def _story(root: Any, blocks: list[PageBlock]) -> set[int]:
    """The blocks that make up the story, by trafilatura; where it finds none, the prose of the page."""
    found = _extracted(root)
    lines = {_key(line) for line in found.split("\n")} - {""}
    whole = _key(found)
    kept: set[int] = set()
    for block in blocks:
        key = _key(block.text)
        if not key or block.place in ("navigation", "share", "advert", "vote"):
            continue
        if key in lines or (len(key) >= _LEAST and key in whole):
            kept.add(id(block))
    prose = [block for block in blocks if block.place is None and _prose(block)]
    told = sum(len(block.text) for block in blocks if id(block) in kept)
    if told < 0.3 * sum(len(block.text) for block in prose):
        article = [block for block in prose if block.in_article] or prose
        kept |= {id(block) for block in article}
    if not kept:
        kept = {id(block) for block in blocks if block.place is None}
    return _with_paragraphs_between(blocks, kept)


def _with_paragraphs_between(blocks: list[PageBlock], kept: set[int]) -> set[int]:
    """Section titles and paragraphs that stand between two paragraphs of the story belong to it."""
    places = [index for index, block in enumerate(blocks) if id(block) in kept]
    for before, after in pairwise(places):
        between = blocks[before + 1 : after]
        if len(between) <= 2:
            for block in between:
                if (
                    block.place is None
                    and block.linked < 0.4
                    and block.tag in ("p", "h2", "h3", "h4", "blockquote", "li")
                ):
                    kept.add(id(block))
    return kept


def _prose(block: PageBlock) -> bool:
    return len(block.text) >= 60 and block.linked < 0.4 and _SENTENCE.search(block.text) is not None


def _extracted(root: Any) -> str:
    import trafilatura

    # Its warnings on odd pages are not for our users: what it misses is found by the rules above.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    try:
        return trafilatura.extract(root, include_comments=False, include_tables=True, fast=True) or ""
    except (ValueError, AttributeError, TypeError, RecursionError):
        return ""


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()
