"""What every importer gives: rows of the event columns, or rejects with their reason."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import gzip
import io
import json
import lzma
import re
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO, Any, Final

from foedus.errors import DataError
from foedus.model.dates import is_date
from foedus.model.event import QUADS
from foedus.store.codec import COLUMNS, SURROGATE, dated

MAPPING: Final = "import-1"
"""Version of the mappings here; a later one takes the same file in anew."""

_BLANK: Final = frozenset({"", "NA", "N/A", "None", "null", "NULL", "nan"})


@dataclass(frozen=True, slots=True)
class Reject:
    """A row that could not be understood: its line in the source (from 1, 0 where it is not known), why, and the row itself."""

    line: int
    reason: str
    row: str


Item = dict[str, Any] | Reject


def wrong(error: Exception) -> str:
    """What is wrong with a record, where reading it met something unforeseen."""
    if isinstance(error, KeyError):
        return f"the field {str(error.args[0])[:40]!r} is missing"
    if isinstance(error, IndexError):
        return "a number points beyond what there is"
    if isinstance(error, ValueError):
        return " ".join(str(error).split())[:160]
    return "a field does not hold what it should"


class Bad(Exception):
    """Raised while a row is read: the reason it is rejected for."""


def clean(value: str | None) -> str | None:
    """The text of a cell, None where the source says that there is nothing."""
    if value is None:
        return None
    text = value.strip()
    return None if text in _BLANK else text


def number(value: str | None, name: str) -> float | None:
    """The number in a cell. Raises Bad for text that is none."""
    text = clean(value)
    if text is None:
        return None
    try:
        found = float(text)
    except ValueError:
        raise Bad(f"{name} {text[:40]!r} is no number") from None
    if found != found or found in (float("inf"), float("-inf")):
        raise Bad(f"{name} {text[:40]!r} is no number")
    return found


_DEEPEST: Final = 50
_ESCAPED: Final = re.compile(r"\\u[dD][89a-fA-F]")


def record(line: str) -> dict[str, Any]:
    """The JSON object of a line. Lone surrogates, which no catalogue can hold, are U+FFFD. Raises Bad for what is none."""
    try:
        told = json.loads(line)
        if _ESCAPED.search(line):
            told = json.loads(SURROGATE.sub("\ufffd", json.dumps(told, ensure_ascii=False)))
    except json.JSONDecodeError as error:
        raise Bad(f"not JSON ({error.msg})") from None
    except ValueError as error:  # a whole number of thousands of digits
        raise Bad(f"not JSON ({error})") from None
    except RecursionError:
        raise Bad(_NESTED) from None
    if not isinstance(told, dict):
        raise Bad("not a JSON object")
    # A shallow line cannot be deep, and most are: they are not walked.
    if line.count("[") + line.count("{") > _DEEPEST and _deep(told):
        raise Bad(_NESTED)
    return told


_NESTED: Final = "nested too deeply"


def _deep(told: Any) -> bool:
    level = [told]
    for _ in range(_DEEPEST):
        level = [
            inner
            for one in level
            if isinstance(one, dict | list)
            for inner in (one.values() if isinstance(one, dict) else one)
        ]
    return bool(level)


def typed(told: Mapping[str, Any], kinds: Mapping[str, str]) -> None:
    """Check values against column types (`string`, `int64`, `int32`, `double`, `bool`). Raises Bad for what does not fit."""
    for name, kind in kinds.items():
        value = told.get(name)
        if value is not None and not _fits(value, kind):
            raise Bad(f"{name} {str(value)[:40]!r} is no {_CALLED[kind]}")


def _fits(value: Any, kind: str) -> bool:
    if kind == "string":
        return isinstance(value, str)
    if kind == "bool":
        return isinstance(value, bool)
    if isinstance(value, bool):
        return False
    if kind == "double":
        return isinstance(value, int | float) and abs(value) <= sys.float_info.max
    return isinstance(value, int) and abs(value) < 2 ** (31 if kind == "int32" else 63)


def words(told: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """The texts in a list, none where it is absent. Raises Bad for what is no such list."""
    value = told.get(name) or []
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise Bad(f"{name} is no list of words")
    return tuple(value)


_CALLED: Final = {
    "string": "text", "bool": "true or false", "double": "number", "int64": "whole number", "int32": "whole number"
}  # fmt: skip
_CHOICES: Final = {
    "polarity": ("positive", "negative"),
    "modality": ("actual", "future", "hypothetical"),
    "kind": ("word", "deed", "withheld"),
}


def sensible(told: Mapping[str, Any]) -> None:
    """Check what events and rows of any format share: dates and the few words that a column knows. Raises Bad."""
    for name, known in _CHOICES.items():
        if told.get(name) is not None and told[name] not in known:
            raise Bad(f"{name} {str(told[name])[:40]!r} is none of {', '.join(known)}")
    for name in ("date", "published"):
        if told.get(name) is not None and not is_date(told[name]):
            raise Bad(f"{name} {str(told[name])[:40]!r} is no date; write YYYY-MM-DD, YYYY-MM or YYYY")


_FORMS: Final = (
    (re.compile(r"(\d{4})-(\d\d?)-(\d\d?)(?:[ T].*)?"), (1, 2, 3)),
    (re.compile(r"(\d{4})(\d\d)(\d\d)(?:\d{6})?"), (1, 2, 3)),
    (re.compile(r"(\d\d?)/(\d\d?)/(\d{4})"), (3, 1, 2)),
)
_MONTHS: Final = {name: n for n, name in enumerate(
    ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1)}  # fmt: skip
_NAMED: Final = re.compile(r"(\d\d?)[ -]([A-Za-z]{3})[a-z]*[ -](\d{4}|\d\d)")


def day(value: str | None, name: str = "date") -> str:
    """A date as YYYY-MM-DD, from ISO, compact, American (m/d/Y) and `12 March 2021` forms. Raises Bad for none of these."""
    text = (value or "").strip()
    parts: tuple[int, int, int] | None = None
    for form, (y, m, d) in _FORMS:
        if match := form.fullmatch(text):
            parts = (int(match[y]), int(match[m]), int(match[d]))
            break
    if parts is None and (match := _NAMED.fullmatch(text)) and match[2].lower() in _MONTHS:
        year = int(match[3])
        parts = (
            year if year > 99 else 1900 + year if year >= 70 else 2000 + year,
            _MONTHS[match[2].lower()],
            int(match[1]),
        )
    if parts is None:
        raise Bad(f"{name} {text[:40]!r} is no date")
    try:
        return dt.date(*parts).isoformat()
    except ValueError:
        raise Bad(f"{name} {text[:40]!r} is no day of the calendar") from None


def event_row(dataset: str, source_id: str, **known: Any) -> dict[str, Any]:
    """A full row from what is known; quad, kind, day and identity are worked out."""
    row = dict.fromkeys(COLUMNS)
    type_ = known.get("type")
    polarity, modality = known.get("polarity") or "positive", known.get("modality") or "actual"
    quad = QUADS[type_] if type_ else None
    row |= {
        "id": f"{dataset}:{source_id}",
        "dataset": dataset,
        "source_id": source_id,
        "quad": quad,
        "polarity": polarity,
        "modality": modality,
        "historical": False,
        "directed": True,
        "coder": f"{dataset}/{MAPPING}",
        "kind": kind(quad, polarity, modality),
    }
    row |= {name: value for name, value in known.items() if value is not None}
    row["day"], row["dated"] = dated(row["date"], row["published"])
    unknown = row.keys() - COLUMNS.keys()
    assert not unknown, f"no such columns: {unknown}"
    return row


def kind(quad: str | None, polarity: str, modality: str) -> str | None:
    """Word, deed or withheld (rule 1 of the codebook); None where the source's code is no PLOVER event."""
    if quad is None:
        return None
    if polarity == "negative":
        return "withheld"
    return "deed" if quad.startswith("material") and modality == "actual" else "word"


@contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """The bytes of a file, unpacked where it is .gz or a .zip with one member. Raises DataError where it cannot be read."""
    kind = path.suffix.lower().removeprefix(".")
    try:
        if kind == "gz":
            with gzip.open(path, "rb") as stream:
                yield stream  # type: ignore[misc]
        elif kind == "zip":
            with zipfile.ZipFile(path) as archive:
                members = [info for info in archive.infolist() if not info.is_dir()]
                if len(members) != 1:
                    raise DataError(f"{path}: holds {len(members)} files; unpack it and name the one that is meant")
                with _member(path, archive, members[0]) as stream:
                    yield stream
        else:
            with path.open("rb") as stream:
                yield stream
    except (gzip.BadGzipFile, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
        # Other errors of the system are of the disk; this one is how bz2 tells of damage.
        if isinstance(error, OSError) and not isinstance(error, gzip.BadGzipFile) and str(error) != _DAMAGED_BZ2:
            raise
        raise DataError(f"{path}: a damaged {kind} archive ({error}); fetch it anew") from None


_DAMAGED_BZ2: Final = "Invalid data stream"


def _member(path: Path, archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> IO[bytes]:
    if member.flag_bits & 1:
        raise DataError(f"{path}: an archive locked with a password; unpack it yourself")
    try:
        return archive.open(member)
    except NotImplementedError as error:  # a packing that zipfile does not know
        raise DataError(f"{path}: an archive that cannot be unpacked here ({error}); unpack it yourself") from None


def lines(stream: IO[bytes]) -> Iterator[str]:
    """The lines of a file with their ends; those that are not UTF-8 are read as Latin-1, one by one.

    A file that begins with UTF-16's mark, as spreadsheets write it, is read as that.
    """
    told = iter(stream)
    first = next(told, b"")
    if first.startswith(_UTF16):
        yield from _decoded(first, stream)
        return
    for line in chain([first.removeprefix(b"\xef\xbb\xbf")] if first else [], told):
        try:
            yield line.decode("utf-8")
        except UnicodeDecodeError:
            yield line.decode("latin-1")


_UTF16: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def _decoded(first: bytes, stream: IO[bytes]) -> Iterator[str]:
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    rest = decoder.decode(first)
    while block := stream.read(1 << 20):
        *whole, rest = (rest + decoder.decode(block)).split("\n")
        yield from (line + "\n" for line in whole)
    *whole, rest = (rest + decoder.decode(b"", final=True)).split("\n")
    yield from (line + "\n" for line in whole)
    if rest:
        yield rest


def tabbed(stream: IO[bytes]) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, line and cells of a tab-separated file without quoting."""
    for index, line in enumerate(lines(stream), 1):
        text = line.rstrip("\r\n")
        if text:
            yield index, text, text.split("\t")


def quoted(stream: IO[bytes]) -> Iterator[tuple[int, str, list[str]]]:
    """Line number, row and cells of a CSV file, whose quoted cells may hold line ends.

    Its separator is a comma, a semicolon or a tab, whichever its first line has most of. A stray carriage return in a
    cell without quotes is read as a blank: it would break the row, and is no line end.
    """
    csv.field_size_limit(1 << 27)
    told = lines(stream)
    first = next(told, "")
    delimiter = max(",;\t", key=first.count)
    of_row: list[str] = []

    def fed(begin: Iterable[str]) -> Iterator[str]:
        for line in chain(begin, told):
            of_row.append(line)
            yield line

    reader, before = csv.reader(fed([first]), delimiter=delimiter), 0
    while True:
        of_row.clear()
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            *whole, last = of_row
            mended = _STRAY.sub(" ", last)
            here = before + reader.line_num
            if here == 1 or mended == last:
                raise DataError(f"line {here}: not a CSV file ({error})") from None
            reader, before = csv.reader(fed([*whole, mended]), delimiter=delimiter), here - len(of_row)
            continue
        if cells:
            out = io.StringIO()
            csv.writer(out, delimiter=delimiter, lineterminator="").writerow(cells)
            yield before + reader.line_num, out.getvalue(), cells


_STRAY: Final = re.compile(r"\r(?!\n|$)")


def mapped(
    rows: Iterable[tuple[int, str, list[str]]],
    header: list[str],
    make: Callable[[dict[str, str], str], dict[str, Any]],
) -> Iterator[Item]:
    """Each row through `make` with its cells by column name; what it calls Bad becomes a reject."""
    for line, text, cells in rows:
        if len(cells) != len(header):
            many = f"{len(cells)} column{'' if len(cells) == 1 else 's'}"
            yield Reject(line, f"{many} where the header has {len(header)}", text)
            continue
        try:
            yield make(dict(zip(header, cells, strict=True)), text)
        except Bad as bad:
            yield Reject(line, str(bad), text)
