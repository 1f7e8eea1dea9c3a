"""Byte streams that can be looked into before they are read, gzip seen through, lines never longer than a limit."""

from __future__ import annotations

import gzip
import io
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO, cast

HEAD = 65_536
_GZIP = b"\x1f\x8b"
GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)


class Headed(io.RawIOBase):
    """A stream whose first bytes were already read to look at them.

    Damage further on (`damage`) ends it like an end of file, so that what came before can still be used.
    """

    def __init__(self, head: bytes, rest: Any, damage: Exception | None = None) -> None:
        self._head = head
        self._rest = rest
        self.damage = damage

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """First the head, then the rest."""
        if self._head:
            part, self._head = self._head[: len(buffer)], self._head[len(buffer) :]
        elif self.damage is not None:
            return 0
        else:
            try:
                part = getattr(self._rest, "read1", self._rest.read)(len(buffer))
            except GZIP_ERRORS as error:
                self.damage = error
                return 0
        buffer[: len(part)] = part
        return len(part)


@dataclass(frozen=True, slots=True)
class Opened:
    """A stream from its beginning, its first 64 kB, and whether it turned out to be damaged."""

    head: bytes
    stream: BinaryIO
    _source: Headed

    @property
    def damaged(self) -> bool:
        """Whether the gzip data broke off; known when the stream has been read."""
        return self._source.damage is not None


def open_stream(raw: BinaryIO) -> Opened:
    """A stream that was looked into, gunzipped where it is gzip."""
    head = read_up_to(raw, HEAD)
    source = Headed(head, raw)
    stream = cast(BinaryIO, io.BufferedReader(source, HEAD))
    if head.startswith(_GZIP):
        inner = gzip.GzipFile(fileobj=stream)
        head, damage = _unzipped_head(inner)
        source = Headed(head, inner, damage)
        stream = cast(BinaryIO, io.BufferedReader(source, HEAD))
    return Opened(head, stream, source)


def _unzipped_head(inner: gzip.GzipFile) -> tuple[bytes, Exception | None]:
    """What can be unpacked of the first 64 kB, and the damage that ended it."""
    parts: list[bytes] = []
    size = 0
    while size < HEAD:
        try:
            part = inner.read1(HEAD - size)
        except GZIP_ERRORS as error:
            return b"".join(parts), error
        if not part:
            break
        parts.append(part)
        size += len(part)
    return b"".join(parts), None


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
