"""Answers of a store on the terminal: as a table or block by block, as JSON, as CSV."""

from __future__ import annotations

import csv
import io
import json
import math
from typing import Any

from foedus.errors import UsageError
from foedus.store.views import Result


def show(result: Result, format: str) -> None:
    """Print a result as `table`, `json` or `csv`. Raises UsageError for another format."""
    if format == "json":
        print(json.dumps([_plain(row) for row in result.dicts()], ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        from foedus.store.exports import _safe

        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(result.columns)
        writer.writerows([_safe(value) for value in row] for row in result.rows)
        print(out.getvalue(), end="")
    elif format == "table":
        _table(result)
    else:
        raise UsageError(f"--format {format} is not known: choose table, json or csv")


def _plain(row: dict[str, Any]) -> dict[str, Any]:
    """The row without NaN and infinity, which JSON does not know."""
    return {
        name: None if isinstance(value, float) and not math.isfinite(value) else value for name, value in row.items()
    }


def _table(result: Result) -> None:
    """A table where it fits the screen, else a block a row: a table of cut-off cells tells nothing."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    screen = Console()
    # Text, not str: what a source wrote is never mark-up.
    cells = [[" ".join(str("" if value is None else value).split()) for value in row] for row in result.rows]
    # The longest cells may wrap; what must stand whole are names and short values.
    widths = [max([len(name), *(len(row[at]) for row in cells)]) for at, name in enumerate(result.columns)]
    needed = sum(min(width, _WRAPS) for width in widths) + 3 * len(widths) + 1
    if needed <= screen.width or len(result.columns) <= 2:
        table = Table()
        for name, width in zip(result.columns, widths, strict=True):
            table.add_column(Text(name), no_wrap=width <= _WRAPS, overflow="fold")
        for row in cells:
            table.add_row(*(Text(cell) for cell in row))
        screen.print(table)
        return
    for row in cells:
        block = Table.grid(padding=(0, 2))
        block.add_column(justify="right", no_wrap=True, style="dim")
        block.add_column(overflow="fold")
        for name, cell in zip(result.columns, row, strict=True):
            if cell:
                block.add_row(name, Text(cell))
        screen.print(block)
        screen.print()


_WRAPS = 24
"""Characters from which on a cell may be broken over lines."""
