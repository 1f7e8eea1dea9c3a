"""Markdown: front matter gives the metadata, headings the title, and the marks go."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

from foedus.reading import dates
from foedus.reading.draft import Block, Draft
from foedus.reading.plain import add_paragraph, paragraphs, trim

_FRONT = re.compile(
    r"(?:---[ \t]*\n(?P<yaml>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|$)|\+\+\+[ \t]*\n(?P<toml>.*?)\n\+\+\+[ \t]*(?:\n|$))",
    re.S,
)
_HEADING = re.compile(r"(#{1,6})[ \t]+(.+?)[ \t]*#*[ \t]*$", re.M)
_SETEXT = re.compile(r"([^\n]+)\n(=+|-+)[ \t]*$")
_FENCE = re.compile(r"^(```|~~~)[^\n]*\n.*?(?:^\1[ \t]*$|\Z)", re.S | re.M)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.S)
_MARKS = re.compile(
    r"(?P<image>!\[[^\]\n]{0,300}\]\([^()\n]{0,600}\))"
    r"|\[(?P<link>[^\[\]\n]{1,400})\](?:\([^()\n]{0,600}\)|\[[^\[\]\n]{0,100}\])"
    r"|(?P<note>\[\^[\w-]{1,30}\]:?)"
    r"|(?P<strong>\*\*|__)(?=\S)(?P<bold>[^*_\n]{1,600}?)(?<=\S)(?P=strong)"
    r"|(?<![\w*])(?P<mark>[*_])(?=\S)(?P<soft>[^*_\n]{1,600}?)(?<=\S)(?P=mark)(?![\w*])"
    r"|(?P<tag></?(?:a|b|i|em|strong|span|br|p|div|u|sup|sub|small|center|img|figure|figcaption)\b[^<>\n]{0,400}>)"
)
_ITEM = re.compile(r"(?:[-*+]|\d{1,3}[.)])[ \t]+|(?:>[ \t]?)+", re.M)
_RULE = re.compile(r"(?:[-*_][ \t]*){3,}$")
_KEYS = {
    "title": "title",
    "headline": "title",
    "author": "byline",
    "authors": "byline",
    "byline": "byline",
    "by": "byline",
    "date": "published",
    "published": "published",
    "pubdate": "published",
    "publishdate": "published",
    "publication_date": "published",
    "outlet": "outlet",
    "publisher": "outlet",
    "publication": "outlet",
    "site": "outlet",
    "source": "outlet",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "source_url": "url",
    "original": "url",
    "lang": "language",
    "language": "language",
    "id": "id",
}


def draft_markdown(text: str, day_first: bool | None = None) -> Draft:
    """A draft of Markdown text; what is marked up stays, the marks and code blocks do not."""
    draft = Draft(original=text, format="markdown")
    start = 0
    front = _FRONT.match(text)
    if front:
        _front_matter(draft, front["yaml"] or front["toml"] or "", day_first)
        draft.blocks.append(Block(*trim(text, 0, front.end()), "other"))
        start = front.end()
    holes = sorted(match.span() for pattern in (_FENCE, _COMMENT) for match in pattern.finditer(text, start))
    for hole_start, hole_end in holes:
        if hole_start < start:
            continue
        _stretch(draft, start, hole_start)
        draft.blocks.append(Block(*trim(text, hole_start, hole_end), "other"))
        start = hole_end
    _stretch(draft, start, len(text))
    return draft


def looks_markdown(text: str) -> bool:
    """Whether a text without a suffix uses Markdown: front matter, or headings with hash signs."""
    front = _FRONT.match(text[:20_000])
    if front:
        return re.search(r"^\w[\w -]*\s*[:=]", front["yaml"] or front["toml"] or "", re.M) is not None
    return len(_HEADING.findall(text[:20_000])) >= 1 and not text.lstrip().startswith("#!")


def _stretch(draft: Draft, start: int, end: int) -> None:
    text = draft.original
    for one_start, one_end in paragraphs(text[start:end]):
        _paragraph(draft, start + one_start, start + one_end)


def _paragraph(draft: Draft, start: int, end: int) -> None:
    text = draft.original
    content = text[start:end]
    if _RULE.match(content):
        draft.blocks.append(Block(start, end, "other"))
        return
    match = _HEADING.match(content)
    setext = _SETEXT.fullmatch(content)
    if match or setext:
        level = len(match[1]) if match else (1 if content.rstrip().endswith("=") else 2)
        span = match.span(2) if match else setext.span(1)  # type: ignore[union-attr]
        block = Block(start + span[0], start + span[1], None, True)
        _cut_marks(draft, block.start, block.end)
        if level == 1 and not any(one.heading for one in draft.blocks):
            draft.title = draft.title or _plain(content[span[0] : span[1]])
            block.kind = "heading"
        draft.blocks.append(block)
        line_end = start + (match.end() if match else end - start)
        rest = trim(text, line_end, end)
        if rest[0] < rest[1]:
            _paragraph(draft, *rest)
        return
    before = len(draft.blocks)
    items = [found.start() for found in re.finditer(r"^[ \t]*(?:(?:[-*+]|\d{1,3}[.)])[ \t]+|>)", content, re.M)]
    if items:
        cuts = sorted({0, *items, len(content)})
        for one_start, one_end in pairwise(cuts):
            span = trim(text, start + one_start, start + one_end)
            mark = _ITEM.match(text[span[0] : span[1]])
            if mark:
                span = trim(text, span[0] + mark.end(), span[1])
            if span[0] < span[1]:
                draft.blocks.append(Block(*span))
    else:
        add_paragraph(draft, start, end)
    for block in draft.blocks[before:]:
        _cut_marks(draft, block.start, block.end)


def _cut_marks(draft: Draft, start: int, end: int) -> None:
    for match in _MARKS.finditer(draft.original[start:end]):
        inner = next((name for name in ("link", "bold", "soft") if match[name] is not None), None)
        if inner is None:
            draft.cuts.append((start + match.start(), start + match.end(), ""))
            continue
        draft.cuts.append((start + match.start(), start + match.start(inner), ""))
        draft.cuts.append((start + match.end(inner), start + match.end(), ""))


def _plain(text: str) -> str:
    return " ".join(_MARKS.sub(lambda match: match["link"] or match["bold"] or match["soft"] or "", text).split())


def _front_matter(draft: Draft, lines: str, day_first: bool | None) -> None:
    for key, value in _pairs(lines):
        target = _KEYS.get(key.lower().replace("-", "_"))
        if target == "outlet" and value.startswith(("http://", "https://")):
            target = "url"
        if target is None:
            draft.extra[key] = value
        elif target == "published":
            draft.published, note = dates.parse(value, day_first)
            if note:
                draft.note(f"date: {note}")
        elif getattr(draft, target) in (None, ""):
            setattr(draft, target, value)


def _pairs(lines: str) -> list[tuple[str, Any]]:
    """`key: value`, `key = "value"` and lists, which is all of YAML and TOML that front matter of stories uses."""
    pairs: list[tuple[str, Any]] = []
    for line in lines.splitlines():
        item = re.match(r"\s*-\s+(.+)", line)
        if item and pairs:
            key, value = pairs[-1]
            pairs[-1] = (key, f"{value}, {_unquote(item[1])}" if value else _unquote(item[1]))
            continue
        match = re.match(r"([A-Za-z][\w -]*?)\s*[:=]\s*(.*)", line)
        if match:
            value = match[2].strip()
            if value.startswith("[") and value.endswith("]"):
                value = ", ".join(_unquote(part) for part in value[1:-1].split(","))
            pairs.append((match[1], _unquote(value)))
    return pairs


def _unquote(value: str) -> str:
    value = value.strip()
    return value[1:-1] if len(value) >= 2 and value[0] == value[-1] and value[0] in "\"'" else value
