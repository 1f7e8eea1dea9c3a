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
    format: Annotated[str | None, typer.Option(help="table, json or csv.", metavar="FORMAT")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here: .json or .csv.")] = None,
) -> None:
    """Words and deeds of one state for another, by time; one act, however many reports tell of it."""
    from foedus.cli.sources import coded, codes, dated, finish, writable
    from foedus.errors import UsageError
    from foedus.ledger.ledger import ledger as book
    from foedus.ledger.show import as_csv, as_json, as_table
    from foedus.output import write

    writable(output, sources, store)
    form = _form(output, format)
    dated(since=since, until=until)
    day = until or since
    one, other = (codes(text, day) for text in (supporter, client))
    if len(one) != 1 or len(other) != 1:
        raise UsageError("give one supporter and one client, for example: foedus ledger RUS IRN SOURCE")
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
    if form == "table":
        from rich.console import Console

        as_table(found, Console())
    else:
        text = as_json(found) if form == "json" else as_csv(found)
        if output is None:
            typer.echo(text, nl=False)
        else:
            write(text, output)
            typer.echo(f"The ledger is in {output}", err=True)
    finish(material)


def _form(output: Path | None, asked: str | None) -> str:
    """The form to write: as asked, else by the file's ending, else a table. Raises UsageError for one unknown."""
    from foedus.errors import UsageError

    if asked is not None and asked not in ("table", "json", "csv"):
        raise UsageError(f"--format {asked} is not known: choose table, json or csv")
    if output is None:
        return asked or "table"
    if asked == "table":
        raise UsageError("--format table goes to the screen: leave -o away, or choose json or csv")
    ending = output.suffix.lower().removeprefix(".")
    if asked is None and ending not in ("json", "csv"):
        raise UsageError(f"{output.name}: the ending tells the form; use .json or .csv, or give --format")
    return asked or ending
