"""Research tables as their keepers publish them: .rda, .rds, .csv and .xlsx files of a folder, read once with pandas."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Final

from foedus.errors import DataError
from foedus.world.history.catalogue import catalogue
from foedus.world.history.kept import kept
from foedus.world.history.layouts import canonical, known
from foedus.world.history.manifest import PART, read_manifest

if TYPE_CHECKING:
    import pandas as pd

SUFFIXES: Final = frozenset({".rda", ".rds", ".csv", ".xlsx"})


class Tables:
    """The tables of one folder by name (`tables["gml_part"]`), read on first use and then kept.

    A table's file is named after it, or is one of its keeper's own files (`contdird.csv` for `cow_contdir`), whose
    columns are then brought to the same names. DataError names the file where a table is missing, half downloaded,
    truncated or no table at all.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise DataError(
                f"{folder} is no folder; give the folder that holds the research tables (see `foedus data list`)"
            )
        present = {path.name.lower(): path for path in sorted(self.folder.iterdir()) if path.suffix in SUFFIXES}
        self._files = {path.stem: path for path in present.values()}
        for name, entry in catalogue().items():
            for official in entry.official:
                if name not in self._files and official.lower() in present:
                    self._files[name] = present[official.lower()]
        self._unfinished = {path.name.removesuffix(PART) for path in self.folder.glob(f"*{PART}")}
        self._manifest = read_manifest(self.folder)
        self._frames: dict[str, pd.DataFrame] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def file(self, name: str) -> Path | None:
        """The file that a table is read from; None where the folder does not hold it."""
        return self._files.get(name)

    def names(self) -> list[str]:
        """Stems of the files that the folder holds."""
        return list(self._files)

    def _read(self, name: str) -> pd.DataFrame:
        path = self._files.get(name)
        if path is None:
            entry = catalogue().get(name)
            if entry and entry.file in self._unfinished:
                raise DataError(f"{self.folder} holds only part of {entry.file}; finish with `foedus data pull {name}`")
            raise DataError(f"{self.folder} holds no table {name!r}; bring it with `foedus data pull {name}`")
        noted = self._manifest.get(path.name)
        if noted and noted.size != path.stat().st_size:
            raise DataError(
                f"{path} has {path.stat().st_size:,} bytes where {noted.size:,} were downloaded; "
                f"fetch it anew with `foedus data pull {name}`"
            )
        return read_file(path, name)


def read_file(path: Path, name: str, suffix: str | None = None) -> pd.DataFrame:
    """One file as the table `name`; `suffix` tells its kind where its own name does not.

    Raises DataError that names the file (and, for CSV, the line) that cannot be read.
    """
    import pandas as pd

    kind = suffix or path.suffix
    try:
        if kind == ".csv":
            frame = pd.read_csv(path, low_memory=False, encoding_errors="replace")
        elif kind == ".xlsx":
            frame = pd.read_excel(path)
        else:
            frame = kept(path, lambda: _read_rda(path, name))
    except DataError:
        raise
    except Exception as error:
        cause = str(error).splitlines()[0][:120] if kind == ".csv" and str(error) else type(error).__name__
        raise DataError(
            f"{path} cannot be read as a table ({cause}); fetch it anew with `foedus data pull {name}`"
        ) from error
    return canonical(name, frame) if kind == ".csv" and known(name) else frame


def _read_rda(path: Path, name: str) -> pd.DataFrame:
    import pandas as pd
    import rdata

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        if path.suffix == ".rds" or path.name.endswith(f".rds{PART}"):
            frame = rdata.read_rds(path, default_encoding="utf8")
        else:
            objects = rdata.read_rda(path, default_encoding="utf8")
            frame = objects.get(name, next(iter(objects.values()), None))
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"{path} holds no data frame")
    return frame.reset_index(drop=True)
