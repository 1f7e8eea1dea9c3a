"""What `foedus treaties` and `foedus duties` share: the kinds of output and the folder of research tables."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer


class Format(StrEnum):
    """How the list is written."""

    table = "table"
    json = "json"
    csv = "csv"


Form = Annotated[Format, typer.Option("--format", help="table, json or csv.")]
History = Annotated[
    str | None, typer.Option(help="Folder of research tables; ATOP there fills dyads the shipped list lacks.")
]
