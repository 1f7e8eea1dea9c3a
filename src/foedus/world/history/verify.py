"""Whether the data on this machine are whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from foedus.errors import DataError
from foedus.world.history.catalogue import Dataset, catalogue, dataset
from foedus.world.history.manifest import PART, digest, read_manifest
from foedus.world.history.tables import read_file

State = Literal["whole", "readable", "other version", "damaged", "unfinished", "absent"]


@dataclass(frozen=True, slots=True)
class Status:
    """One data set on this machine. `readable`: a table, with no checksum to compare it with; `other version`: a table,
    and not the file that the catalogue knows.
    """

    name: str
    file: str
    state: State
    detail: str

    @property
    def fault(self) -> bool:
        """Whether something must be done about it."""
        return self.state in ("damaged", "unfinished")


def verify(folder: Path, names: Iterable[str] = ()) -> list[Status]:
    """The state of the named data sets, or of all that the folder holds wholly or in part.

    A file that was pulled must have the bytes it had then; any other is compared with the catalogue, and read where its
    checksum is not known. Raises DataError for a folder that is none and a name that is no data set.
    """
    if not folder.is_dir():
        raise DataError(f"{folder} is no folder; pull something first, or set FOEDUS_RESEARCH_DATA")
    wanted = [dataset(name) for name in names] or list(catalogue().values())
    found = [_status(folder, one) for one in wanted]
    return found if names else [one for one in found if one.state != "absent"]


def _status(folder: Path, wanted: Dataset) -> Status:
    noted = read_manifest(folder).get(wanted.file)
    again = f"pull it again with `foedus data pull {wanted.name}`"
    path = next((p for p in (folder / file for file in (wanted.file, *wanted.official)) if p.is_file()), None)
    if path is None:
        if (folder / f"{wanted.file}{PART}").is_file():
            return Status(wanted.name, wanted.file, "unfinished", f"the download broke off; {again}")
        if noted:
            return Status(wanted.name, wanted.file, "damaged", f"the file is gone; {again}")
        return Status(wanted.name, wanted.file, "absent", again)
    size = path.stat().st_size
    checksum = digest(path)
    if noted and path.name == noted.file and checksum != noted.sha256:
        told = f"{size:,} bytes where {noted.size:,} were pulled" if size != noted.size else "its bytes have changed"
        return Status(wanted.name, path.name, "damaged", f"{told}; {again}")
    if checksum == wanted.sha256:
        return Status(wanted.name, path.name, "whole", f"version {wanted.version}, {size:,} bytes")
    try:
        frame = read_file(path, wanted.name)
    except DataError:
        return Status(wanted.name, path.name, "damaged", f"it cannot be read as a table; {again}")
    told = f"{len(frame):,} rows, {size:,} bytes"
    if noted and checksum == noted.sha256:
        return Status(wanted.name, path.name, "whole", f"{told}, as it was pulled on {noted.when}")
    if wanted.sha256 is None:
        return Status(wanted.name, path.name, "readable", f"{told}; the catalogue has no checksum to compare")
    return Status(wanted.name, path.name, "other version", f"{told}; not the file of version {wanted.version}")
