"""Where this machine keeps research data."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

VARIABLE: Final = "FOEDUS_RESEARCH_DATA"


def data_folder() -> Path:
    """The folder named by FOEDUS_RESEARCH_DATA, else the user's data folder of the platform; it may not exist yet."""
    named = os.environ.get(VARIABLE)
    if named:
        return tables_in(Path(named).expanduser())
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    elif os.name == "nt":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "foedus" / "history"


def tables_in(folder: Path) -> Path:
    """The folder itself, or its `history` folder where there is one."""
    inner = folder / "history"
    return inner if inner.is_dir() else folder
