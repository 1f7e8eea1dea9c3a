"""`foedus panel`: state-years, dyad-years and their columns, to files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="State-years, dyad-years and their columns, to CSV or Parquet.",
    epilog="Example: foedus panel dyad-years --from 1816 --to 2010 --with alliances,capabilities -o dyads.parquet",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
From = Annotated[int, typer.Option("--from", help="First year.")]
To = Annotated[int, typer.Option("--to", help="Last year.")]
Columns = Annotated[
    str,
    typer.Option(
        "--with",
        help="Columns to join, separated by commas: alliances, capabilities, contiguity, distance, majors, rivalries, "
        "disputes, wars, conflicts, igos, trade, trade-totals, democracy, gdp, un-affinity, leaders; cow-codes, gw-codes.",
    ),
]
Output = Annotated[Path, typer.Option("-o", "--output", help="File to write: .parquet or .csv.")]
Data = Annotated[
    Path | None,
    typer.Option("--data", help="Folder of research tables (default: as `foedus data`).", show_default=False),
]
System = Annotated[str, typer.Option("--system", help="cow or gw")]
Cite = Annotated[bool, typer.Option("--cite", help="Print what to cite, as BibTeX.")]


@app.callback()
def _group() -> None:
    """State-years, dyad-years and their columns, to CSV or Parquet."""


@app.command("dyad-years", epilog="Example: foedus panel dyad-years --from 1946 --to 2010 --undirected -o dyads.csv")
def dyad_years(
    start: From,
    end: To,
    output: Output,
    directed: Annotated[bool, typer.Option("--directed/--undirected", help="Each pair both ways, or once.")] = True,
    columns: Columns = "",
    system: System = "cow",
    data: Data = None,
    cite: Cite = False,
) -> None:
    """Every pair of states in every year."""
    from foedus.panel import command

    typer.echo(command.write("dyad-years", start, end, output, columns, system, data, cite, directed), err=not cite)


@app.command("state-years", epilog="Example: foedus panel state-years --from 1816 --to 2016 --with gdp -o states.csv")
def state_years(
    start: From,
    end: To,
    output: Output,
    columns: Columns = "",
    system: System = "cow",
    data: Data = None,
    cite: Cite = False,
) -> None:
    """Every state in every year."""
    from foedus.panel import command

    typer.echo(command.write("state-years", start, end, output, columns, system, data, cite), err=not cite)


@app.command("state-days", epilog="Example: foedus panel state-days --from 1914 --to 1918 -o days.parquet")
def state_days(start: From, end: To, output: Output, system: System = "cow", data: Data = None) -> None:
    """Every state on every day."""
    from foedus.panel import command

    typer.echo(command.write("state-days", start, end, output, "", system, data, False), err=True)


@app.command("dyad-disputes", epilog="Example: foedus panel dyad-disputes --from 1816 --to 2010 -o disputes.csv")
def dyad_disputes(
    start: From,
    end: To,
    output: Output,
    source: Annotated[str, typer.Option("--source", help="gml or cow")] = "gml",
    directed: Annotated[bool, typer.Option("--directed/--undirected", help="Each pair both ways, or once.")] = True,
    data: Data = None,
    cite: Cite = False,
) -> None:
    """Every year of every militarised dispute between two states."""
    from foedus.panel import command

    typer.echo(command.write("dyad-disputes", start, end, output, "", source, data, cite, directed), err=not cite)
