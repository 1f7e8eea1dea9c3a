"""Research tables as their keepers publish them: a folder of .rda, .csv and .xlsx files, each read once, as pandas frames."""

from __future__ import annotations

import warnings
from pathlib import Path

import pandas as pd

from foedus.errors import DataError


class Tables:
    """The tables of one folder by file stem (`tables["gml_part"]`), read on first use and then kept.

    Raises DataError, naming the file, where a table is missing, truncated or no table at all.
    """

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        if not self.folder.is_dir():
            raise DataError(
                f"{folder} is no folder; give the folder that holds the research tables (see `foedus data list`)"
            )
        self._files = {
            path.stem: path for path in sorted(self.folder.iterdir()) if path.suffix in {".rda", ".csv", ".xlsx"}
        }
        self._frames: dict[str, pd.DataFrame] = {}

    def __contains__(self, name: str) -> bool:
        return name in self._files

    def __getitem__(self, name: str) -> pd.DataFrame:
        if name not in self._frames:
            self._frames[name] = self._read(name)
        return self._frames[name]

    def names(self) -> list[str]:
        """Stems of the files that the folder holds."""
        return list(self._files)

    def _read(self, name: str) -> pd.DataFrame:
        path = self._files.get(name)
        if path is None:
            raise DataError(f"{self.folder} holds no table {name!r}; bring it with `foedus data pull {name}`")
        try:
            if path.suffix == ".csv":
                return pd.read_csv(path, low_memory=False, encoding_errors="replace")
            if path.suffix == ".xlsx":
                return pd.read_excel(path)
            return _read_rda(path, name)
        except DataError:
            raise
        except Exception as error:
            raise DataError(
                f"{path} cannot be read as a table ({type(error).__name__}); fetch it anew with `foedus data pull {name}`"
            ) from error


def _read_rda(path: Path, name: str) -> pd.DataFrame:
    import rdata

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        objects = rdata.read_rda(path, default_encoding="utf8")
    frame = objects.get(name, next(iter(objects.values()), None))
    if not isinstance(frame, pd.DataFrame):
        raise DataError(f"{path} holds no data frame")
    return frame.reset_index(drop=True)
