"""Byte streams that can be looked into before they are read, gzip seen through, lines never longer than a limit."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from typing import BinaryIO, cast

HEAD = 65_536
_GZIP = b"\x1f\x8b"
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


class Headed(io.RawIOBase):
    """A stream whose first bytes were already read to look at them."""

    def __init__(self, head: bytes, rest: BinaryIO) -> None:
        self._head = head
        self._rest = rest

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """First the head, then the rest."""
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        else:
            part = self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)


def open_stream(raw: BinaryIO) -> tuple[bytes, BinaryIO]:
    """The first 64 kB of a stream and the stream from its beginning, gunzipped where it is gzip."""
    head = read_up_to(raw, HEAD)
    stream = cast(BinaryIO, io.BufferedReader(Headed(head, raw), HEAD))
    if head.startswith(_GZIP):
        inner = cast(BinaryIO, gzip.GzipFile(fileobj=stream))
        head = read_up_to(inner, HEAD)
        stream = cast(BinaryIO, io.BufferedReader(Headed(head, inner), HEAD))
    return head, stream


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Exactly `size` bytes, or all there are."""
    parts = []
    while size > 0:
        part = stream.read(min(size, 1 << 20))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def lines(stream: BinaryIO, longest: int) -> Iterator[tuple[int, bytes | None]]:
    """Numbered lines of a stream; None for one over the limit, which is skipped without being kept."""
    number = 0
    while True:
        line = stream.readline(longest + 1)
        if not line:
            return
        number += 1
        if len(line) > longest and not line.endswith(b"\n"):
            while True:
                rest = stream.readline(1 << 20)
                if not rest or rest.endswith(b"\n"):
                    break
            yield number, None
        else:
            yield number, line
