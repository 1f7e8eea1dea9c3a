"""JSON Lines, read line by line, and single JSON values."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from foedus.errors import SourceError
from foedus.reading.decode import decode
from foedus.reading.options import Options, Outcome, Outcomes, attempt
from foedus.reading.records import document_of
from foedus.reading.streams import lines, read_up_to

_LISTS = ("articles", "documents", "items", "results", "stories", "entries", "data", "records", "hits", "docs")


def read_jsonl(stream: BinaryIO, name: str, source: str | None, options: Options) -> Outcomes:
    """A document for each line; a line that is at fault gives its error and the next ones are still read."""
    for number, line in lines(stream, options.max_bytes):
        at = f"{name} line {number}"
        if line is None:
            yield options.too_large(at)
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield from _one(line, at, "jsonl", source, options)


def read_json(stream: BinaryIO, name: str, source: str | None, options: Options) -> Outcomes:
    """One object, an array of objects, or an object that holds such an array (`articles`, `items`, …)."""
    data = read_up_to(stream, options.max_bytes + 1)
    if len(data) > options.max_bytes:
        yield SourceError(
            name,
            f"JSON larger than the limit of {options.max_mb:g} MB is not read whole; write it as JSON "
            f"Lines, or raise max_mb",
        )
        return
    try:
        value = _load(decode(data, name, options.encoding)[0])
    except SourceError as error:
        yield error
        return
    except ValueError as error:
        yield SourceError(name, f"not valid JSON ({error}); mend it, or give JSON Lines")
        return
    if isinstance(value, dict):
        nested = next((value[key] for key in _LISTS if isinstance(value.get(key), list)), None)
        value = [value] if nested is None else nested
    if not isinstance(value, list) or not value:
        yield SourceError(name, "JSON without records; give an object or an array of objects with a text field")
        return
    for number, record in enumerate(value, 1):
        at = name if len(value) == 1 else f"{name} record {number}"
        yield _document(record, at, "json", source, options)


def _one(line: bytes, at: str, format_name: str, source: str | None, options: Options) -> Outcomes:
    try:
        record = _load(line.decode(options.encoding or "utf-8"))
    except UnicodeDecodeError:
        try:
            record = _load(decode(line, at)[0])
        except (SourceError, ValueError):
            yield SourceError(at, "neither UTF-8 nor another text; convert the file to UTF-8")
            return
    except (ValueError, LookupError) as error:
        yield SourceError(at, f"not valid JSON ({str(error)[:80]}); mend or remove the line")
        return
    yield _document(record, at, format_name, source, options)


def _document(record: Any, at: str, format_name: str, source: str | None, options: Options) -> Outcome:
    if not isinstance(record, dict):
        return SourceError(at, "not a JSON object; each record needs a text field")
    return attempt(at, document_of, record, at, format_name, options, source)


def _load(text: str) -> Any:
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
    except json.JSONDecodeError:
        raise
    except ValueError as error:  # Python's own limit of digits, which nobody else has heard of
        raise ValueError("a number of thousands of digits") from error
