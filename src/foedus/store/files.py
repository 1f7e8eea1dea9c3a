"""Files that are either whole or not there: written aside, synced, then renamed into place."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Final

from foedus.errors import StoreError

DATABASE: Final = "catalogue.sqlite"
EVENTS: Final = "events"
STAGING: Final = "staging"
QUARANTINE: Final = "quarantine"
_BLOCK: Final = 1 << 20
_NO_PLACE: Final = frozenset(
    {
        errno.ENOENT, errno.ENOTDIR, errno.EISDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG, errno.EINVAL, errno.ENXIO,
    }
)  # fmt: skip
"""What is said of a place, not of the work: the same command again fails again."""


@contextmanager
def explained(folder: Path) -> Iterator[None]:
    """Turns what the system says about a full disk or a locked folder into one line that says what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(reason(folder, error)) from error


def reason(folder: Path, error: OSError) -> str:
    """One line for an error of the system, with the way out."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
        return (
            f"{folder}: the disk is full; what was acknowledged is kept. "
            "Free some space and give the same command again"
        )
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{folder}: the folder cannot be written; give yourself the right to write there, or choose another"
    if error.errno in _NO_PLACE:
        return f"{folder}: nothing can be kept there ({error.strerror}); choose another folder or name"
    return f"{folder}: {error.strerror or error}; what was acknowledged is kept, give the same command again"


def sync_folder(folder: Path) -> None:
    """Make the names in a folder as durable as the contents of its files."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def publish(folder: Path, target: str, write: Callable[[Path], None]) -> Path:
    """Write a file with `write` in the staging room, sync it, and rename it to `target` (relative to the store).

    A second publication under the same name replaces the first in one step.
    """
    final = folder / target
    staging = folder / STAGING
    staging.mkdir(exist_ok=True)
    part = staging / f"{uuid.uuid4().hex}.part"  # its own, also where two write the same file at once
    with explained(folder):
        try:
            write(part)
            with part.open("rb") as stream:
                os.fsync(stream.fileno())
            make_folder(folder, final.parent)
            os.replace(part, final)
            sync_folder(final.parent)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return final


def make_folder(root: Path, folder: Path) -> None:
    """Make a folder below the store and sync the names above it."""
    if folder.is_dir():
        return
    folder.mkdir(parents=True, exist_ok=True)
    while folder != root:
        folder = folder.parent
        sync_folder(folder)


def verbatim(path: Path | str) -> str:
    """A path as DuckDB's readers take it: in quotes, and with `[`, `*` and `?` as letters of a name, not as a pattern."""
    return "'" + re.sub(r"[\[*?]", r"[\g<0>]", str(path)).replace("'", "''") + "'"


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return measured(stream)[0]


def measured(stream: IO[bytes]) -> tuple[str, int]:
    """SHA-256 of what a stream holds and the number of its lines, in one reading."""
    found = hashlib.sha256()
    count = 0
    last = b"\n"
    while block := stream.read(_BLOCK):
        found.update(block)
        count += block.count(b"\n")
        last = block[-1:]
    return found.hexdigest(), count + (last != b"\n")
