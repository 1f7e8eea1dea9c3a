"""Which data set a file is of, told by its first line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from foedus.errors import InputError
from foedus.store import codec
from foedus.store.imports.rows import lines, opened

FORMATS: Final = ("gdelt1", "gdelt2", "icews", "polecat", "acled", "ucdp", "plover", "jsonl")
"""What can be taken in; the last is our own."""


def sniff(path: Path) -> str:
    """The format of a file, from its first line. Raises InputError where it is none we know."""
    with opened(path) as stream:
        first = next(lines(stream), None)
    if first is None:
        raise InputError(f"{path}: an empty file; nothing to take in")
    first = first.rstrip("\r\n")
    cells = first.split("\t")
    if len(cells) == 61 and cells[0].isdigit():
        return "gdelt2"
    if len(cells) in (57, 58) and cells[0].isdigit():
        return "gdelt1"
    names = {cell.strip().strip('"').lower() for cell in cells}
    if {"event id", "cameo code"} <= names:
        return "icews"
    if {"event id", "actor name raw"} <= names:
        return "polecat"
    if "event_id_cnty" in first.lower():
        return "acled"
    if "type_of_violence" in first.lower() and "side_a" in first.lower():
        return "ucdp"
    if first.startswith(("PAR1", ",".join([*codec.COLUMNS][:4]))):
        raise InputError(f"{path}: an export for other programs; what comes home whole is one in jsonl")
    if first.lstrip().startswith("{"):
        try:
            record = json.loads(first)
        except (ValueError, RecursionError):
            record = {}
        if "events" in record or "row" in record or "reviews" in record:
            return "jsonl"
        if "event" in record or "has_event" in record:
            return "plover"
    raise InputError(
        f"{path}: not told what data set it is from its first line; say so with --format ({', '.join(FORMATS)})"
    )


def looks(file: Path, format: str) -> str:
    """What to say of a file of which nothing was understood as `format`."""
    try:
        found = sniff(file)
    except InputError:
        found = format
    rows = "the rows and their reasons are kept in the view rejects"
    return f"; {rows}" if found == format else f"; its first line looks like {found}: import it with --format {found}"
