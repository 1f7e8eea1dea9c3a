"""A figure as plain values: columns, rows, and what a drawing needs besides. One shape for page, JSON and CSV."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import Any

from foedus.brief.coded import cell

Row = dict[str, Any]


@dataclass(frozen=True)
class Figure:
    """A figure's values. `columns` name what every row holds; `extra` is for the drawing; `note` tells how to read it."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    note: str = ""
    extra: Row = field(default_factory=dict)

    def to_dict(self) -> Row:
        """Plain values for JSON."""
        return {
            "name": self.name,
            "title": self.title,
            "note": self.note,
            "columns": list(self.columns),
            "rows": list(self.rows),
            **self.extra,
        }

    def to_csv(self) -> bytes:
        """The rows with a header. A cell that a spreadsheet could take for a formula is led by an apostrophe."""
        file = io.StringIO(newline="")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(self.columns)
        for row in self.rows:
            writer.writerow([cell(_flat(row.get(name))) for name in self.columns])
        return file.getvalue().encode("utf-8", "replace")


def _flat(value: Any) -> Any:
    return " ".join(map(str, value)) if isinstance(value, list | tuple) else value
