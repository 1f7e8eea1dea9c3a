"""The visible text of a web page as blocks, with what the page itself says about each block's place."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_HIDDEN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "math",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "textarea",
        "input",
        "map",
        "applet",
        "datalist",
        "frameset",
        "noframes",
        "meta",
        "link",
        "title",
        "base",
        "param",
        "source",
        "track",
        "area",
    ]
)
_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "center",
        "dd",
        "details",
        "dialog",
        "dir",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "html",
        "legend",
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
        "caption",
    ]
)
_PLACES = {
    "nav": "navigation",
    "menu": "navigation",
    "footer": "navigation",
    "aside": "other",
    "form": "other",
    "button": "other",
    "figcaption": "other",
    "dialog": "advert",
    "address": "byline",
}
_NAMED = (
    (
        "share",
        re.compile(r"(?:^|[\s_-])(?:share|sharing|social|addthis|sharethis|a2a)(?:$|[\s_-]|bar|buttons?|links?)", re.I),
    ),
    (
        "vote",
        re.compile(
            r"(?:^|[\s_-])(?:comments?|disqus|respond|reactions?|rating|votes?|voting)(?:$|[\s_-]|list|form|area)", re.I
        ),
    ),
    (
        "advert",
        re.compile(
            r"(?:^|[\s_-])(?:ad|ads|advert\w*|sponsor\w*|promo\w*|newsletter\w*|subscri\w*|paywall|cookie\w*|consent"
            r"|gdpr)(?:$|[\s_-])",
            re.I,
        ),
    ),
    (
        "navigation",
        re.compile(
            r"(?:^|[\s_-])(?:nav\w*|menu|breadcrumbs?|related\w*|recommend\w*|sidebar|pagination|pager|trending"
            r"|most-?read|read-?more|see-?also|site-?footer|tags|tag-?list)(?:$|[\s_-])",
            re.I,
        ),
    ),
    ("disclaimer", re.compile(r"(?:^|[\s_-])(?:disclaimer|copyright)(?:$|[\s_-])", re.I)),
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)
_SPACE = re.compile(r"[ \t\r\f\v\u200b\ufeff]+")


@dataclass(slots=True)
class PageBlock:
    """One block of visible text: where the page puts it, whether it is a heading, how much of it is links."""

    text: str
    place: str | None
    tag: str
    linked: float
    in_article: bool


def page_blocks(root: Any) -> list[PageBlock]:
    """The blocks of a parsed page in reading order; scripts, styles, forms' fields and hidden parts have none."""
    from lxml import etree  # type: ignore[import-untyped]

    collector = _Collector()
    skip: Any = None
    for event, node in etree.iterwalk(root, events=("start", "end", "comment", "pi")):
        if event in ("comment", "pi") or not isinstance(node.tag, str):
            if skip is None:
                collector.add(node.tail)
            continue
        tag = node.tag.rsplit("}", 1)[-1].lower()
        if event == "start":
            if skip is not None:
                continue
            if tag in _HIDDEN or _hidden(node):
                skip = node
                continue
            collector.open(node, tag)
            collector.add(node.text)
        else:
            if skip is not None:
                if node is not skip:
                    continue
                skip = None
                if tag in _BLOCKS:
                    collector.flush()
            else:
                collector.close(node, tag)
            if node is not root:
                collector.add(node.tail)
    collector.flush()
    return collector.blocks


def _hidden(node: Any) -> bool:
    return (
        node.get("hidden") is not None
        or bool(_HIDING.search(node.get("style") or ""))
        or (node.get("aria-hidden") == "true" and node.tag not in ("body", "main", "article"))
    )


class _Collector:
    """Gathers text between block boundaries, with the place it stands in."""

    def __init__(self) -> None:
        self.blocks: list[PageBlock] = []
        self.parts: list[str] = []
        self.stack: list[tuple[Any, str | None]] = []
        self.tags: list[str] = []
        self.links = 0
        self.linked = 0
        self.article = 0

    def open(self, node: Any, tag: str) -> None:
        if tag == "br":
            self.parts.append("\n")
        if tag in _BLOCKS:
            self.flush()
            self.tags.append(tag)
        if tag == "a":
            self.links += 1
        place = _PLACES.get(tag) or _named_place(node, tag)
        if place:
            self.stack.append((node, place))
        if tag in ("article", "main"):
            self.article += 1

    def close(self, node: Any, tag: str) -> None:
        if tag in _BLOCKS:
            self.flush()
            if self.tags:
                self.tags.pop()
        if tag == "a":
            self.links -= 1
        if self.stack and self.stack[-1][0] is node:
            self.stack.pop()
        if tag in ("article", "main"):
            self.article -= 1

    def add(self, text: str | None) -> None:
        if text:
            self.parts.append(text.replace("\n", " "))
            if self.links > 0:
                self.linked += len(text)

    def flush(self) -> None:
        if not self.parts:
            return
        whole = "".join(self.parts)
        linked, self.linked, self.parts = self.linked, 0, []
        place = self.stack[-1][1] if self.stack else None
        tag = self.tags[-1] if self.tags else "body"
        share = min(1.0, linked / max(1, len(whole)))
        for line in whole.split("\n"):
            text = _SPACE.sub(" ", line).strip()
            if text:
                self.blocks.append(PageBlock(text, place, tag, share, self.article > 0))


def _named_place(node: Any, tag: str) -> str | None:
    """What the class, id or role of a box says; large boxes (body, article, main) are not judged by their names."""
    role = node.get("role") or ""
    if role in ("navigation", "menu", "menubar", "contentinfo", "search", "banner"):
        return "navigation"
    if role in ("complementary", "dialog", "alertdialog"):
        return "other"
    if tag not in ("div", "section", "ul", "ol", "p", "span", "header", "aside", "li", "figure"):
        return None
    names = f"{node.get('class') or ''} {node.get('id') or ''}"
    if len(names) < 3:
        return None
    for kind, pattern in _NAMED:
        if pattern.search(names[:300]):
            return kind
    return None
