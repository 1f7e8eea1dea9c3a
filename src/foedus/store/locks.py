"""Who is at work in a store: writers hold a lock together, so that clearing up after stopped ones waits until none is.

Locks are of the system (`flock`): they go with whoever held them, also where it was killed.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from foedus.errors import StoreError
from foedus.store.files import STAGING, explained


@contextmanager
def writing(folder: Path) -> Iterator[None]:
    """Held by each writer from its first file to its last entry in the catalogue."""
    with _opened(folder, "writers") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether no writer is at work; none begins until the block ends."""
    try:
        file = _opened(folder, "writers")
    except StoreError:
        yield True  # a folder that nobody can write in
        return
    with file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextmanager
def importing(folder: Path) -> Iterator[None]:
    """Held by one import at a time: a row is compared with what the store holds, and must not come in beside it meanwhile."""
    with _opened(folder, "imports") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def is_lock(path: Path) -> bool:
    """Whether a file of the staging room is a lock, which stays."""
    return path.suffix == ".lock"


def _opened(folder: Path, name: str) -> IO[bytes]:
    path = folder / STAGING / f"{name}.lock"
    with explained(folder):
        path.parent.mkdir(exist_ok=True)
        # Read only, so that all who may write in the folder may hold it, whoever made it.
        return os.fdopen(os.open(path, os.O_RDONLY | os.O_CREAT, 0o666), "rb")
