"""`foedus ledger`: words and deeds of one state for another."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
EXAMPLE = """Example:

  foedus ledger RUS IRN --against USA,ISR --since 2025-06-13 examples/june-2025/

  foedus ledger Russia Iran --against USA,ISR --store ./store --format csv"""


@app.command(epilog=EXAMPLE)
def ledger(
    supporter: Annotated[str, typer.Argument(help="The third state: code or name.", metavar="SUPPORTER")],
    client: Annotated[str, typer.Argument(help="The side it may help: code or name.", metavar="CLIENT")],
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SOURCE…]", help="Files, folders, URLs, or -.", show_default=False),
    ] = None,
    against: Annotated[str | None, typer.Option(help="Its adversaries, e.g. USA,ISR.", metavar="CODES")] = None,
    since: Annotated[str | None, typer.Option(help="First day counted.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day counted.", metavar="DATE")] = None,
    store: Annotated[Path | None, typer.Option(help="Take documents and events from this store.")] = None,
    format: Annotated[str, typer.Option(help="table, json or csv.", metavar="FORMAT")] = "table",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here instead of the screen.")] = None,
) -> None:
    """Words and deeds of one state for another, by time; one act, however many reports tell of it."""
    from foedus.brief.report import write
    from foedus.cli.sources import coded, codes, finish
    from foedus.errors import InputError
    from foedus.ledger.ledger import ledger as book
    from foedus.ledger.show import as_csv, as_json, as_table

    if format not in ("table", "json", "csv"):
        raise InputError(f"--format {format} is not known: choose table, json or csv")
    day = until or since
    one, other = (codes(text, day) for text in (supporter, client))
    if len(one) != 1 or len(other) != 1:
        raise InputError("give one supporter and one client, for example: foedus ledger RUS IRN SOURCE")
    adversaries = codes(against, day)
    material = coded(sources, store)
    found = book(
        (event for _, events in material.documents for event in events),
        supporter=one[0],
        client=other[0],
        adversaries=adversaries,
        since=since,
        until=until,
        documents=[document for document, _ in material.documents],
    )
    if format == "table" and output is None:
        from rich.console import Console

        as_table(found, Console())
    else:
        text = (
            as_json(found)
            if format == "json" or (format == "table" and output and output.suffix == ".json")
            else as_csv(found)
        )
        if output is None:
            typer.echo(text, nl=False)
        else:
            write(text, output)
            typer.echo(f"The ledger is in {output}", err=True)
    finish(material)
