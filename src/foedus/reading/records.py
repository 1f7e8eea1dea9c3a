"""Records (JSON objects, table rows) as documents: which field is what, and the text kept to the character."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading import dates, html
from foedus.reading.decode import clean
from foedus.reading.draft import Block, Draft
from foedus.reading.finish import finish
from foedus.reading.options import Options

_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_LONGEST_ID = 200
PARTS = ("id", "text", "title", "published", "url", "outlet", "byline", "language")


def document_of(
    record: Mapping[str, Any], name: str, format_name: str, options: Options, source: str | None
) -> Document:
    """The document of a record. Raises SourceError where it has no text.

    The text stays as it is, to the character, unless it is HTML; the fields that have no place go to `extra`.
    """
    chosen = choose(record, options.fields, name)
    text = _joined(record.get(chosen["text"])) if "text" in chosen else ""
    if len(text) > options.max_bytes:
        raise options.too_large(name)
    if not text.strip():
        raise SourceError(name, _no_text(record, chosen.get("text")))
    notes: list[str] = []
    text = clean(text, notes)
    if html.has_markup(text):
        draft = html.draft_html(text, name, fragment="<html" not in text[:2000].lower(), today=options.today)
        draft.format = format_name
    else:
        draft = Draft(original=text, format=format_name, verbatim=True, blocks=[Block(0, len(text))])
    draft.notes[:0] = notes
    for part in ("id", "title", "url", "outlet", "byline", "language"):
        stated = _joined(record.get(chosen[part])) if part in chosen else ""
        if stated.strip():
            setattr(draft, part, clean(stated.strip(), []))
    draft.id = _name(draft.id)
    if draft.outlet and draft.outlet.startswith(("http://", "https://")):
        draft.url, draft.outlet = draft.url or draft.outlet, None
    if "published" in chosen:
        draft.published, note = dates.parse(record.get(chosen["published"]), options.day_first)
        if note:
            draft.note(f"date: {note}")
    used = set(chosen.values())
    draft.extra.update(
        {str(key): value for key, value in record.items() if key not in used and value not in (None, "")}
    )
    draft.source = source
    return finish(draft, name, options)


def _no_text(record: Mapping[str, Any], key: str | None) -> str:
    known = _known()["text"]
    empty = key or next((one for one in map(str, record) if _plain(one) in known), None)
    if empty is not None:
        return f"the field {empty!r} is empty: there is no text in it"
    held = ", ".join(one[:40] for one in list(map(str, record))[:8])
    return f"no field is known as the text (fields: {held}); name it {', '.join(known[:6])} or the like"


def _name(stated: str) -> str:
    """An id that fits on one line and into an address: a longer one is cut and told apart by its hash."""
    plain = _UNSEEN.sub("_", stated)
    return (
        plain
        if len(plain) <= _LONGEST_ID
        else f"{plain[:160]}-{sha256(stated.encode('utf-8', 'replace')).hexdigest()[:16]}"
    )


def choose(record: Mapping[str, Any], fields: Mapping[str, str], name: str) -> dict[str, str]:
    """Which key of a record holds which part: as told, then by the known names.

    Raises SourceError for a part that no document has, or a key that the record lacks.
    """
    chosen: dict[str, str] = {}
    for part, key in fields.items():
        if part not in PARTS:
            raise SourceError(name, f"fields: there is no part {part!r}; the parts are {', '.join(PARTS)}")
        if key in record:
            chosen[part] = key
        elif part == "text":
            raise SourceError(
                name, f"fields: the record has no field {key!r}; it has {', '.join(list(map(str, record))[:8])}"
            )
    keys = {_plain(str(key)): key for key in record}
    for part, known in _known().items():
        if part in chosen or part in fields:
            continue
        taken = set(chosen.values())
        for one in known:
            column = keys.get(one)
            if column is not None and column not in taken and record.get(column) not in (None, "", [], {}):
                chosen[part] = column
                break
    return chosen


def knows(names: list[str]) -> bool:
    """Whether column names include one that is known to hold a text or a title."""
    return bool(set(map(_plain, names)) & set(_known()["text"]))


def is_part(column: str, fields: Mapping[str, str]) -> bool:
    """Whether a column would be taken for the text, the date or another part of a document."""
    return column in fields.values() or any(_plain(column) in names for names in _known().values())


def _plain(key: str) -> str:
    return re.sub(r"[\s-]+", "_", key.strip().lower())


def _joined(value: Any) -> str:
    """A field as text: lists of paragraphs with blank lines, of names with commas, an object by its name."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        parts = [_joined(one) for one in value]
        return ("\n\n" if any(len(part) > 80 for part in parts) else ", ").join(part for part in parts if part)
    if isinstance(value, Mapping):
        return _joined(value.get("name") or value.get("text") or value.get("title") or "")
    return str(value)


@cache
def _known() -> dict[str, list[str]]:
    return tomllib.loads(files("foedus.reading").joinpath("data/fields.toml").read_text("utf-8"))
