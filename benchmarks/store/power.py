"""What a power cut may leave of SQLite's log: bytes that were never synced may be lost or torn, and no others.

With `synchronous=FULL` a commit syncs the log before it returns, a checkpoint starts only after that, and the log starts anew
only when all of it is in the database and synced. So of a log left by a killed process only this may be lost: what
follows the last commit, and that last commit itself where nothing shows that its sync was done. Its sync was
done where it was acknowledged, where a checkpoint has begun to copy it, or where a later transaction has written frames.
A checkpoint that was under way may have left any of its pages in the database torn: the log still holds them.
"""

from __future__ import annotations

import os
import random
import struct
from dataclasses import dataclass
from pathlib import Path

HEADER = 32
FRAME = 24
_MAGIC = (0x377F0682, 0x377F0683)


@dataclass(frozen=True)
class Log:
    """A log as it lies: its generation (the salts), its page size, the pages of its valid frames, and its commits."""

    generation: bytes = b""
    page: int = 0
    pages: tuple[int, ...] = ()
    """Page number of each frame whose chain of checksums holds, the first one first."""
    commits: tuple[int, ...] = ()
    """Numbers of the frames (from 1) that end a transaction."""

    def end(self, frame: int) -> int:
        """Where a frame ends in the file."""
        return HEADER + frame * (FRAME + self.page)


def _sum(order: str, data: bytes, a: int, b: int) -> tuple[int, int]:
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for at in range(0, len(words), 2):
        a = (a + words[at] + b) & 0xFFFFFFFF
        b = (b + words[at + 1] + a) & 0xFFFFFFFF
    return a, b


def log(path: Path) -> Log:
    """Read a log the way SQLite recovers it: frames count as long as salts and checksums hold."""
    try:
        held = path.read_bytes()
    except FileNotFoundError:
        return Log()
    if len(held) < HEADER:
        return Log()
    magic, _, page = struct.unpack(">III", held[:12])
    if magic not in _MAGIC:
        return Log()
    order = ">" if magic & 1 else "<"
    total = _sum(order, held[:24], 0, 0)
    if total != struct.unpack(">II", held[24:32]):
        return Log()
    salts = held[16:24]
    pages: list[int] = []
    commits: list[int] = []
    at = HEADER
    while at + FRAME + page <= len(held):
        head = held[at : at + FRAME]
        total = _sum(order, head[:8], *total)
        total = _sum(order, held[at + FRAME : at + FRAME + page], *total)
        if head[8:16] != salts or total != struct.unpack(">II", head[16:24]):
            break
        number, size = struct.unpack(">II", head[:8])
        pages.append(number)
        if size:
            commits.append(len(pages))
        at += FRAME + page
    return Log(salts, page, tuple(pages), tuple(commits))


def generation(path: Path) -> str:
    """The salts in the head of a log, in hexadecimal; nothing where there is no log."""
    try:
        with path.open("rb") as stream:
            return stream.read(HEADER)[16:24].hex()
    except FileNotFoundError:
        return ""


def _copied(index: Path, found: Log) -> tuple[int, int]:
    """How many frames are known to be in the database, and up to which a checkpoint has tried (from the -shm file)."""
    try:
        held = index.read_bytes()[:136]
    except FileNotFoundError:
        return 0, 0
    if len(held) < 136 or not any(held[:48]):
        return 0, 0
    if held[32:40] != found.generation:
        # The next log has begun, though its head is not written yet: all of this one is in the database and synced.
        return len(found.pages), len(found.pages)
    return struct.unpack("=I", held[96:100])[0], struct.unpack("=I", held[128:132])[0]


def acknowledged(database: Path) -> dict[str, str | int]:
    """What a writer says right after a commit: which log it is in, and where SQLite's index says that the log ends."""
    index = database.with_name(database.name + "-shm")
    frames = 0
    if index.exists():
        frames = struct.unpack("=I", index.read_bytes()[16:20])[0]
    return {"log": generation(database.with_name(database.name + "-wal")), "frames": frames}


def cut(database: Path, said: dict[str, str | int], rng: random.Random) -> list[str]:
    """Cut the power of a killed writer, given what it last acknowledged; returns what was lost or torn."""
    path = database.with_name(database.name + "-wal")
    index = database.with_name(database.name + "-shm")
    found = log(path)
    done: list[str] = []
    if found.generation:
        copied, tried = _copied(index, found)
        safe = tried
        if said.get("log") == found.generation.hex():
            safe = max(safe, int(said["frames"]))
        if found.commits:
            # A frame after the last commit shows that it was synced; else only the commit before it is sure to be.
            sure = found.commits if len(found.pages) > found.commits[-1] else found.commits[:-1]
            safe = max(safe, *sure) if sure else safe
        size = path.stat().st_size
        # The head too is synced before the first commit in it returns.
        low = found.end(safe) if safe else 0
        if low < size and rng.random() < 0.8:  # else all of it had reached the disk
            done.append(_tear(path, low, min(size, found.end(len(found.pages) + 2)), rng))
        if copied < tried <= len(found.pages):
            done += _tear_pages(database, found, copied, tried, rng)
    index.unlink(missing_ok=True)  # it was never meant to be synced
    return done


def _tear(path: Path, low: int, high: int, rng: random.Random) -> str:
    """Lose everything from a random place on, or everything but some sectors of it, which were written out of order."""
    place = rng.randint(low, high)
    if rng.random() < 0.5:
        os.truncate(path, place)
        return "log: end cut off"
    with path.open("r+b") as stream:
        for sector in range(place // 512 * 512, high, 512):
            if rng.random() < 0.5:
                start = max(sector, low)
                stream.seek(start)
                stream.write(bytes(min(sector + 512, high) - start))
    return "log: sectors lost"


def _tear_pages(database: Path, found: Log, copied: int, tried: int, rng: random.Random) -> list[str]:
    torn = sorted({number for number in found.pages[copied:tried] if rng.random() < 0.5})
    size = database.stat().st_size
    with database.open("r+b") as stream:
        for number in torn:
            start = (number - 1) * found.page
            if start + found.page <= size:
                stream.seek(start + found.page // 2)
                stream.write(bytes(found.page // 2))
    return ["database: pages of a checkpoint torn"] if torn else []
