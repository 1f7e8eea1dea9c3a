"""Writes a brief in the form asked for."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Final

from foedus.brief.model import BriefModel
from foedus.errors import InputError

SUFFIXES: Final = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".json": "json"}
FORMATS: Final = ("terminal", "html", "md", "json")


def form(output: Path | None, asked: str | None) -> str:
    """The form to write: as asked, else by the file's suffix, else the terminal. Raises InputError for one unknown."""
    if asked is not None:
        if asked not in FORMATS:
            raise InputError(f"--format {asked} is not known: choose one of {', '.join(FORMATS)}")
        if output is not None and asked == "terminal":
            raise InputError("--format terminal goes to the screen: leave -o away, or choose html, md or json")
        return asked
    if output is None:
        return "terminal"
    if output.suffix.lower() not in SUFFIXES:
        raise InputError(f"{output.name}: the ending tells the form; use .html, .md or .json, or give --format")
    return SUFFIXES[output.suffix.lower()]


def render(brief: BriefModel, name: str) -> str:
    """The brief as text in the form `html`, `md` or `json`."""
    if name == "html":
        from foedus.brief.html import render as html

        return html(brief)
    if name == "md":
        from foedus.brief.markdown import render as markdown

        return markdown(brief)
    return json.dumps(brief.to_dict(), ensure_ascii=False, indent=2) + "\n"


def write(text: str, output: Path) -> None:
    """Write a text file whole or not at all. Raises InputError where the place cannot be written."""
    write_bytes(text.encode("utf-8", "replace"), output)


def write_bytes(data: bytes, output: Path) -> None:
    """Write a file whole or not at all. Raises InputError where the place cannot be written."""
    temporary: str | None = None
    try:
        handle, temporary = tempfile.mkstemp(dir=output.parent, prefix=f".{output.name}.")
        with os.fdopen(handle, "wb") as file:
            file.write(data)
        mask = os.umask(0)
        os.umask(mask)
        os.chmod(temporary, 0o666 & ~mask)
        os.replace(temporary, output)
    except OSError as error:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        raise InputError(f"{output}: cannot be written ({error.strerror}); choose another place with -o") from None
