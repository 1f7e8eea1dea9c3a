"""First views kept from one run of the workbench to the next, so that a large store opens with its figures standing.

They lie in the user's own cache, never in the store: a store may come from somebody else, and what is kept here is shown
as it is. One is shown only while the store, its reviews and the program are exactly those it was made from.
"""

from __future__ import annotations

import json
import logging
import os
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from foedus import __version__
from foedus.web.ask import Ask
from foedus.web.shelf import Shelf

_LOG = logging.getLogger("foedus.web")
MOST: Final = 40
"""First views kept; the oldest go."""


def folder() -> Path:
    """Where they lie: below `XDG_CACHE_HOME`, `LOCALAPPDATA` or `~/.cache`."""
    base = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    return (Path(base) if base else Path.home() / ".cache") / "foedus" / "views"


@dataclass(frozen=True, slots=True)
class First:
    """The headline of a first view and its body, as mark-up."""

    title: str
    body: str


class FirstViews:
    """First views of one store."""

    def __init__(self, shelf: Shelf, place: Path | None = None) -> None:
        self._shelf = shelf
        self._place = place or folder()
        self._last: dict[Ask, str] = {}

    def get(self, ask: Ask) -> First | None:
        """The first view of a question where one was kept of the store as it is now."""
        try:
            plain = json.loads(self._file(ask).read_text(encoding="utf-8"))
            if plain["of"] == self._state():
                return First(str(plain["title"]), str(plain["body"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None
        return None

    def keep(self, ask: Ask, first: First, stamp: str) -> None:
        """Keep a first view made of the state `stamp`; a full or closed disk only means that the next start takes longer."""
        if self._last.get(ask) == stamp:
            return
        self._last[ask] = stamp
        state = self._state()
        if not state.startswith(f"{stamp}|"):
            return  # the store has moved on meanwhile
        file = self._file(ask)
        part = file.with_suffix(f".{os.getpid()}.part")
        try:
            self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
            part.write_text(json.dumps({"of": state, "title": first.title, "body": first.body}), encoding="utf-8")
            os.replace(part, file)
            for old in sorted(self._place.glob("*.json"), key=lambda path: path.stat().st_mtime)[:-MOST]:
                old.unlink(missing_ok=True)
        except OSError as error:
            _LOG.info("the first view is not kept: %s", error)

    def _file(self, ask: Ask) -> Path:
        name = f"{self._shelf.store.folder.absolute()}\n{ask.query()}"
        return self._place / f"{sha256(name.encode('utf-8', 'surrogateescape')).hexdigest()[:32]}.json"

    def _state(self) -> str:
        """What a first view follows from: the stamp, the event files by their contents, the last review, the program."""
        rows: list[dict[str, Any]] = self._shelf.rows("SELECT sha256 FROM files WHERE retired IS NULL ORDER BY id")
        last = self._shelf.rows("SELECT at, undone, event FROM reviews ORDER BY id DESC LIMIT 1")
        told = sha256(json.dumps([rows, last], sort_keys=True, default=str).encode()).hexdigest()
        return f"{self._shelf.stamp()}|{told[:32]}|{program()}"


@cache
def program() -> str:
    """The program as it is installed: its version, and names, sizes and times of its files."""
    root = Path(str(files("foedus")))
    told = sha256(__version__.encode())
    for path in sorted(root.rglob("*")):
        if path.suffix in (".py", ".toml", ".csv", ".jsonl", ".j2", ".npz", ".json") and "vendor" not in path.parts:
            facts = path.stat()
            told.update(f"{path.relative_to(root)} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return told.hexdigest()[:16]
