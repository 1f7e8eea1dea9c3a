"""A file as DuckDB can read it: unpacked, under a name that is no pattern, with lines that end alike."""

from __future__ import annotations

import shutil
from pathlib import Path

from foedus.store.imports.rows import opened


def unpacked(source: Path, scratch: Path) -> Path:
    """The file itself, or what a zip archive holds, which DuckDB does not read."""
    if source.suffix.lower() != ".zip":
        return source
    copy = scratch / "unpacked.csv"
    with opened(source) as stream, copy.open("wb") as out:
        shutil.copyfileobj(stream, out, 1 << 20)
    return copy


def linked(path: Path, links: Path) -> Path:
    """The file under a name of ours: DuckDB takes names for patterns, and none that is not UTF-8."""
    link = links / ("read.gz" if path.suffix.lower() == ".gz" else "read")
    link.unlink(missing_ok=True)
    link.symlink_to(path.absolute())
    return link


def evened(source: Path, scratch: Path) -> Path:
    """A copy whose lines all end in a line feed, where the file's do; a carriage return within one is a space."""
    copy = scratch / "even.csv"
    with opened(source) as stream, copy.open("wb") as out:
        out.writelines(_without_returns(line) + b"\n" for line in stream)
    return copy


def _without_returns(line: bytes) -> bytes:
    return line.rstrip(b"\r\n").replace(b"\r", b" ")


def line_count(source: Path) -> int:
    """The lines of a file, packed or not."""
    count = 0
    last = b"\n"
    with opened(source) as stream:
        while block := stream.read(1 << 22):
            count += block.count(b"\n")
            last = block[-1:]
    return count + (last != b"\n")
