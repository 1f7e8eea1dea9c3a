"""What was brought into a data folder: size, checksum, version and origin of each file, in `manifest.json`."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from foedus.errors import DataError

NAME: Final = "manifest.json"
PART: Final = ".part"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file as it was when it came in. `origin` is the address or path it came from, `when` an ISO date."""

    name: str
    file: str
    size: int
    sha256: str
    version: str
    origin: str
    when: str


def read_manifest(folder: Path) -> dict[str, Entry]:
    """Records by file name; none where the folder has no manifest. DataError where it is damaged."""
    path = folder / NAME
    if not path.is_file():
        return {}
    try:
        entries = [Entry(**record) for record in json.loads(path.read_text(encoding="utf-8"))["files"]]
    except (OSError, ValueError, TypeError, KeyError) as error:
        raise DataError(
            f"{path} is damaged ({type(error).__name__}); delete it and pull the data sets again"
        ) from error
    return {entry.file: entry for entry in entries}


def add_entry(folder: Path, entry: Entry) -> None:
    """Writes one record, whole or not at all; the others stay."""
    entries = read_manifest(folder) | {entry.file: entry}
    part = folder / f"{NAME}{PART}"
    document = {"files": [asdict(one) for _, one in sorted(entries.items())]}
    part.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    part.replace(folder / NAME)


def digest(path: Path) -> str:
    """SHA-256 of a file's bytes."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
