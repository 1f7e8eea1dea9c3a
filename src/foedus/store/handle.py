"""A store's folder held open: one connection to the catalogue and one to the views for each thread."""

from __future__ import annotations

import os
import sqlite3
import threading
from pathlib import Path
from typing import Self

from foedus.store import schema
from foedus.store.views import Views


class Handle:
    """The folder of a store and this thread's connections, which are made when they are first used."""

    def __init__(self, folder: str | os.PathLike[str], create: bool = True) -> None:
        self.folder = Path(folder)
        self._create = create
        self._local = threading.local()
        self._db  # noqa: B018 - opens, makes or refuses the store now and not at first use

    @property
    def _db(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "db", None)
        if held is None:
            held = self._local.db = schema.connect(self.folder, self._create)
        return held

    @property
    def _views(self) -> Views:
        held: Views | None = getattr(self._local, "views", None)
        if held is None:
            held = self._local.views = Views(self.folder, self._db)
        return held

    def close(self) -> None:
        """Let this thread's connections go; the store opens them again when it is used."""
        for name in ("views", "db"):
            held = getattr(self._local, name, None)
            if held is not None:
                held.close()
                setattr(self._local, name, None)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
