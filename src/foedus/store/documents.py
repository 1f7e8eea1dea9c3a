"""Documents in the catalogue: what makes two of them the same, how they are kept, and how they are found again."""

from __future__ import annotations

import json
import re
import sqlite3
import zlib
from dataclasses import asdict, dataclass, replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from foedus.errors import InputError, StoreError
from foedus.model.document import Apparatus, Document, Translation

_PLAIN: Final = (
    "id", "title", "byline", "outlet", "published", "source", "url", "language", "format", "text",
)  # fmt: skip
_TRACKING: Final = re.compile(r"(?:utm_|fbclid|gclid|mc_cid|mc_eid|igshid|cmpid|ref_src|_ga)", re.IGNORECASE)
_PAGES: Final = frozenset({"", "/", "/index.html", "/index.htm", "/index.php", "/home"})


def url_key(url: str | None) -> str | None:
    """What is the same in two addresses of one page: host without `www.`, path, query without tracking marks.

    None for an address that names no single page (a site's front page says something else every day).
    """
    if not url:
        return None
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").lower().removeprefix("www.").removeprefix("m.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return None
    if parts.scheme.lower() not in ("http", "https") or not host:
        return None
    query = urlencode(
        sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    )
    if parts.path.lower() in _PAGES and not query:
        return None
    return f"{host}{port}{parts.path.rstrip('/')}" + (f"?{query}" if query else "")


def pack(document: Document) -> dict[str, Any]:
    """The columns of a document; what has no column of its own travels compressed in `rest`."""
    row: dict[str, Any] = {name: getattr(document, name) for name in _PLAIN}
    rest: dict[str, Any] = {
        "segments": document.segments,
        "apparatus": [{"kind": a.kind, "text": a.text, "start": a.start, "end": a.end} for a in document.apparatus],
        "translation": asdict(document.translation) if document.translation else None,
        "inferred": sorted(document.inferred),
        "notes": document.notes,
        "extra": document.extra,
    }
    if document.original != document.text:
        rest["original"] = document.original
    row["rest"] = zlib.compress(json.dumps(rest, ensure_ascii=False, default=str).encode("utf-8", "surrogatepass"), 6)
    row["content_hash"] = document.content_hash
    row["url_key"] = url_key(document.url)
    row["checksum"] = checksum(row)
    return row


def checksum(row: Any) -> int:
    """CRC-32 over a document's columns, so that `verify` sees a flipped byte in any of them."""
    total = 0
    for name in _PLAIN:
        value = row[name]
        total = zlib.crc32(b"\x00" if value is None else value.encode("utf-8", "surrogatepass") + b"\x01", total)
    return zlib.crc32(row["rest"], total)


def unpack(row: Any) -> Document:
    """The document of a row, as it was read. Raises StoreError where its bytes are not as they were written."""
    try:
        return _unpacked(row)
    except (ValueError, TypeError, KeyError, zlib.error) as error:
        raise StoreError(
            f"the document {row['id']} is damaged ({error}); add its source {row['source']} again, or take it from a backup"
        ) from None


def _unpacked(row: Any) -> Document:
    rest = json.loads(zlib.decompress(row["rest"]).decode("utf-8", "surrogatepass"))
    translation = rest.get("translation")
    return Document(
        **{name: row[name] for name in _PLAIN},
        original=rest.get("original", row["text"]),
        segments=tuple((a, b, c) for a, b, c in rest["segments"]),
        apparatus=tuple(Apparatus(**part) for part in rest["apparatus"]),
        translation=Translation(**translation) if translation else None,
        inferred=frozenset(rest["inferred"]),
        notes=tuple(rest["notes"]),
        extra=rest["extra"],
    )


@dataclass(frozen=True, slots=True)
class Known:
    """A stored document met again. `why` is `content`, `address`, or `address, other text` where the page has changed.

    `damaged` says that what is stored is not as it was written, and that this text is what it was.
    """

    id: str
    why: str
    coder: str | None
    source: str | None
    url: str | None
    damaged: bool = False


def seen(link: sqlite3.Connection, document: Document) -> Known | None:
    """The stored document that this one is, or None."""
    row = link.execute("SELECT * FROM documents WHERE content_hash=?", (document.content_hash,)).fetchone()
    if row:
        damaged = checksum(row) != row["checksum"]
        return Known(row["id"], "content", row["coder"], row["source"], row["url"], damaged)
    key = url_key(document.url)
    if key is None:
        return None
    row = link.execute("SELECT id, coder, source, url, text FROM documents WHERE url_key=?", (key,)).fetchone()
    if row is None:
        return None
    same = " ".join(row["text"].split()) == " ".join(document.text.split())
    return Known(row["id"], "address" if same else "address, other text", row["coder"], row["source"], row["url"])


def free_id(link: sqlite3.Connection, document: Document, taken: set[str]) -> str:
    """The document's id, told apart by its content where another document has it already."""
    wanted = document.id
    if wanted not in taken and not link.execute("SELECT 1 FROM documents WHERE id=?", (wanted,)).fetchone():
        return wanted
    return f"{wanted}-{document.content_hash[:12]}"


def insert(link: sqlite3.Connection, packed: dict[str, Any], run: int, now: str) -> int:
    """Insert a packed document with its full-text entry; returns its number. Raises sqlite3.IntegrityError if known."""
    row = packed | {"run": run, "added": now}
    names = ", ".join(row)
    cursor = link.execute(f"INSERT INTO documents ({names}) VALUES ({', '.join(':' + n for n in row)})", row)
    number = int(cursor.lastrowid or 0)
    link.execute(
        "INSERT INTO documents_fts (rowid, title, text, byline, outlet) VALUES (?, ?, ?, ?, ?)",
        (number, row["title"], row["text"], row["byline"], row["outlet"]),
    )
    return number


def restore(link: sqlite3.Connection, name: str, document: Document) -> None:
    """Put a document that was read again in the place of its damaged self, under the id that its events know."""
    row = pack(replace(document, id=name))
    link.execute(f"UPDATE documents SET {', '.join(f'{column}=:{column}' for column in row)} WHERE id=:id", row)
    # The words of the damaged text cannot be taken out one by one: nobody knows them any more.
    link.execute("INSERT INTO documents_fts (documents_fts) VALUES ('rebuild')")


_TERM: Final = re.compile(r'"[^"]*"\*?|\S+')


def match_text(query: str) -> str:
    """An FTS5 expression from what a person types: words, "phrases", word*, OR, NOT, -word.

    Everything else is taken as words to find, so that no text a person types is a syntax error.
    """
    parts: list[str] = []
    without: list[str] = []
    negate = False
    for term in _TERM.findall(query):
        if term in ("OR", "AND"):
            if parts and parts[-1] not in ("OR", "AND"):
                parts.append(term)
            continue
        if term == "NOT":
            negate = True
            continue
        if term.startswith("-") and len(term) > 1:
            negate, term = True, term[1:]
        star = "*" if term.endswith("*") and len(term) > 1 else ""
        words = re.findall(r"\w+", term.replace("_", " "))
        if not words:
            continue
        quoted = f'"{" ".join(words)}"{star}'
        (without if negate else parts).append(quoted)
        negate = False
    while parts and parts[-1] in ("OR", "AND"):
        parts.pop()
    if not parts:
        raise InputError("a search needs at least one word to find, for example: foedus store search 'arms delivery'")
    wanted = " ".join(parts)
    return f"({wanted}) NOT ({' OR '.join(without)})" if without else wanted


def chosen(query: str | None, since: str | None, until: str | None, outlet: str | None) -> tuple[str, list[Any]]:
    """What follows the columns `d.*` in a SELECT of documents by text, publication date and outlet, and its values.

    By relevance where there is text, else in order added.
    """
    conditions: list[str] = []
    values: list[Any] = []
    source = "documents d"
    order = "d.n"
    if query:
        source = "documents_fts f JOIN documents d ON d.n = f.rowid"
        conditions.append("documents_fts MATCH ?")
        values.append(match_text(query))
        order = "bm25(documents_fts, 4.0, 1.0, 1.0, 1.0), d.n"
    if outlet:
        conditions.append("d.outlet = ?")
        values.append(outlet)
    # `2025-06` sorts before `2025-06-15` and yet may lie after it: compare as far as both go.
    if since:
        conditions.append("d.published >= substr(?, 1, length(d.published))")
        values.append(since)
    if until:
        conditions.append("substr(d.published, 1, length(?)) <= ?")
        values += [until, until]
    where = f"WHERE {' AND '.join(conditions)}" if conditions else ""
    return f"FROM {source} {where} ORDER BY {order}", values
