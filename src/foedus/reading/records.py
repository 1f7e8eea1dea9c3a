"""Records (JSON objects, table rows) as documents: which field is what, and the text kept to the character."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading import dates, html
from foedus.reading.decode import clean
from foedus.reading.draft import Block, Draft
from foedus.reading.finish import finish
from foedus.reading.options import Options

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
        known = ", ".join(list(map(str, record))[:8])
        wanted = (
            f"field {chosen['text']!r} is empty"
            if "text" in chosen
            else f"no field is known as the text (fields: {known})"
        )
        raise SourceError(name, f'{wanted}; name it with fields={{"text": "…"}}')
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
    keys = {re.sub(r"[\s-]+", "_", str(key).strip().lower()): key for key in record}
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
    plain = {re.sub(r"[\s-]+", "_", name.strip().lower()) for name in names}
    known = _known()
    return bool(plain & set(known["text"])) and len(names) >= 1


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
