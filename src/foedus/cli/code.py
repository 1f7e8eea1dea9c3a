"""`foedus code`: sources into events."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
EXAMPLE = """Example:

  foedus code examples/june-2025/ -o events.jsonl

  foedus code report.txt --format csv --explain"""


@app.command(epilog=EXAMPLE)
def code(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="Files, folders, globs, URLs, or - (stdin).", show_default=False),
    ] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File; its ending tells the format.")] = None,
    format: Annotated[
        str | None, typer.Option(help="jsonl, csv, parquet, plover or polecat.", metavar="FORMAT")
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Add how each event was come to.")] = False,
) -> None:
    """Code sources into events, in the codebook's file format."""
    from foedus.brief.coded import SUFFIXES, writer
    from foedus.cli.sources import coded, finish, writable
    from foedus.errors import InputError, UsageError
    from foedus.output import through, write_bytes

    writable(output, sources, None)
    name = format or (SUFFIXES.get(output.suffix.lower(), "") if output and not through(output) else "jsonl")
    if output is not None and not name:
        raise UsageError(
            f"{output.name}: the ending tells the format; use one of {', '.join(SUFFIXES)}, or give --format"
        )
    try:
        make = writer(name)
    except InputError as error:
        raise UsageError(str(error)) from None
    if name == "parquet" and output is None and sys.stdout.isatty():
        raise InputError("Parquet is no text for a screen: name a file with -o events.parquet")
    material = coded(sources, None)
    data = make(material.documents, explain=explain)
    if output is None:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()
    else:
        write_bytes(data, output)
        count = sum(len(events) for _, events in material.documents)
        typer.echo(f"{count} events of {len(material.documents)} documents are in {output}", err=True)
    finish(material)
