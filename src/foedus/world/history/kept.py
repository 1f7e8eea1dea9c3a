"""Slow tables, kept in a form that is read at once: a copy in the user's cache, known by the checksum of its source."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import pandas as pd

from foedus.world.history.manifest import digest

SLOW_S: Final = 3.0
# Part of the name of every copy: raise it when the way tables are read changes.
FORM: Final = 1


def cache_folder() -> Path:
    """Where the copies lie: `foedus/tables` in the user's cache folder. It may be deleted at any time."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "foedus" / "tables"


def kept(path: Path, read: Callable[[], pd.DataFrame]) -> pd.DataFrame:
    """The frame that `read` gives for the file, from the copy where there is one; a slow reading leaves a copy.

    A copy that cannot be read or written is passed over: all it does is save time.
    """
    import pandas as pd

    copy = cache_folder() / f"{digest(path)}-{FORM}.parquet"
    if copy.is_file():
        with suppress(Exception):
            return pd.read_parquet(copy)
    begun = time.perf_counter()
    frame = read()
    if time.perf_counter() - begun > SLOW_S:
        with suppress(Exception):
            copy.parent.mkdir(parents=True, exist_ok=True)
            part = copy.with_name(f".{copy.name}.{os.getpid()}")
            frame.to_parquet(part)
            part.replace(copy)
    return frame
