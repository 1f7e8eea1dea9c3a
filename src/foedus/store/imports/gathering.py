"""The data files of a folder, and their names as the catalogue can hold them."""

from __future__ import annotations

import os
from pathlib import Path


def gathered(folder: Path) -> tuple[list[Path], dict[Path, str]]:
    """The data files below a folder, sorted, and what there cannot be looked at, with the reason."""
    files: list[Path] = []
    unread: dict[Path, str] = {}

    def fault(path: Path, error: OSError) -> None:
        unread[path] = f"{path}: cannot be read ({error.strerror}); check the right to read it"

    for place, _, names in os.walk(folder, onerror=lambda error: fault(Path(error.filename), error)):
        for one in (Path(place, name) for name in names):
            try:
                if _data(one):
                    files.append(one)
            except OSError as error:
                fault(one, error)
    return sorted(files), dict(sorted(unread.items()))


def shown(text: object) -> str:
    """Text as SQLite holds it: bytes of a name that are not UTF-8 are written out."""
    return str(text).encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _data(path: Path) -> bool:
    return path.is_file() and not path.name.startswith(".") and path.suffix.lower() in (
        ".csv", ".tab", ".txt", ".tsv", ".jsonl", ".gz", ".zip"
    )  # fmt: skip
