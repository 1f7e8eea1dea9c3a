"""`foedus treaties`: commitments of a state, or between two, on a date."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.treaties_options import Form, Format, History

app = typer.Typer(add_completion=False)


@app.command(
    epilog="Examples:  foedus treaties IRN RUS --on 2025-06-22    foedus treaties Belgium --on 1914-08-04 --format json"
)
def treaties(
    state: Annotated[str, typer.Argument(help="A state: its code (RUS) or name (Russia).")],
    other: Annotated[str | None, typer.Argument(help="A second state: only commitments between the two.")] = None,
    on: Annotated[
        str | None,
        typer.Option(help="Only what was in force on this day (YYYY-MM-DD). Default: all there ever were."),
    ] = None,
    history: History = None,
    form: Form = Format.table,
) -> None:
    """Commitments of a state, or between two, with what each clause asks; ties short of alliance too."""
    from foedus.world import show

    typer.echo(show.treaties(state, other, on, form.value, history), nl=False)
    for line in show.remarks([state, *([other] if other else [])], on, history):
        typer.echo(f"foedus: {line}", err=True)
