"""A brief in the form asked for."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from foedus.brief.model import BriefModel
from foedus.errors import UsageError

SUFFIXES: Final = {".html": "html", ".htm": "html", ".md": "md", ".markdown": "md", ".json": "json"}
FORMATS: Final = ("terminal", "html", "md", "json")


def form(output: Path | None, asked: str | None) -> str:
    """The form to write: as asked, else by the file's suffix, else the terminal. Raises UsageError for one unknown."""
    if asked is not None:
        if asked not in FORMATS:
            raise UsageError(f"--format {asked} is not known: choose one of {', '.join(FORMATS)}")
        if output is not None and asked == "terminal":
            raise UsageError("--format terminal goes to the screen: leave -o away, or choose html, md or json")
        return asked
    if output is None:
        return "terminal"
    if output.suffix.lower() not in SUFFIXES:
        raise UsageError(f"{output.name}: the ending tells the form; use .html, .md or .json, or give --format")
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
