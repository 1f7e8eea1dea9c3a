"""CSV and its kin with tabs, semicolons or bars, row by row."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import BinaryIO

from foedus.columns import told_apart
from foedus.errors import SourceError
from foedus.reading.decode import decode
from foedus.reading.options import Options, Outcomes, attempt
from foedus.reading.records import document_of, is_part, knows
from foedus.reading.streams import lines

_SEPARATORS = ",\t;|"
_RETURN = re.compile(r"(?<=\r)(?!\n)")
"""Where a line of old Macintosh files ends."""


def read_csv(head: bytes, stream: BinaryIO, name: str, source: str | None, options: Options) -> Outcomes:
    """A document for each row; the first row names the columns."""
    try:
        text_head, _ = decode(head, name, options.encoding)
    except SourceError as error:
        yield error
        return
    separator = separator_of(text_head)
    # A field holds at most one document; csv's own limit of 128 kB is shorter than a long article.
    csv.field_size_limit(max(options.max_bytes, 131_072))
    rows = csv.reader(_text_lines(head, stream, name, options), delimiter=separator)
    header: list[str] | None = None
    number = 0
    while True:
        try:
            row = next(rows)
        except StopIteration:
            break
        except _LineTooLong:
            yield options.too_large(f"{name} row {number + 1}")
            return
        except csv.Error as error:
            yield SourceError(f"{name} row {number + 1}", f"not a valid table row ({error}); mend the quotes there")
            return
        if not any(cell.strip() for cell in row):
            continue
        if header is None:
            header = [cell.strip().lstrip("\ufeff") for cell in row]
            if double := [one for one in _repeated(header) if is_part(one, options.fields)]:
                yield SourceError(name, f"two columns are named {double[0]!r}; rename or remove one of them")
                return
            header = told_apart(header)
            continue
        number += 1
        at = f"{name} row {number}"
        if len(row) > len(header):
            yield SourceError(
                at, f"{len(row)} cells under {len(header)} columns; quote the cells that hold {separator!r}"
            )
            continue
        record = dict(zip(header, row, strict=False))
        yield attempt(at, document_of, record, at, "csv", options, source)
    if number == 0:
        yield SourceError(name, "a table without rows; the first row names the columns, the others hold the texts")


def _repeated(header: list[str]) -> list[str]:
    return [column for column, count in Counter(header).items() if column and count > 1]


def separator_of(head: str) -> str:
    """The separator that occurs most in the first line."""
    first = _first_line(head)
    return max(_SEPARATORS, key=first.count)


def looks_table(head: str) -> bool:
    """Whether the first line names columns, one of them known to hold a text."""
    line = _first_line(head)
    first = line.strip()
    if line == head or not first or len(first) > 2000:
        return False
    separator = separator_of(head)
    cells = next(csv.reader([first], delimiter=separator), [])
    return len(cells) >= 2 and all(len(cell) <= 40 for cell in cells) and knows(cells)


def _first_line(head: str) -> str:
    return re.split(r"[\r\n]", head, maxsplit=1)[0]


class _LineTooLong(Exception):
    """A line over the limit of one document."""


def _text_lines(head: bytes, stream: BinaryIO, name: str, options: Options) -> Iterator[str]:
    if head.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in head[:200]:
        reader: Iterator[str] = io.TextIOWrapper(stream, "utf-16", newline="", errors="replace")
        yield from (line.replace("\x00", "") for line in reader)
        return
    encoding = options.encoding
    for _, line in lines(stream, options.max_bytes):
        if line is None:
            raise _LineTooLong
        try:
            text = line.decode(encoding or "utf-8-sig")
        except (UnicodeDecodeError, LookupError):
            # One row in another encoding than the rest is common in tables put together by hand.
            text = line.decode("cp1252", "replace")
        yield from _RETURN.split(text.replace("\x00", ""))
