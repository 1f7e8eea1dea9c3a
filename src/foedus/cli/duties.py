"""`foedus duties`: what treaties ask of every third state in a crisis."""

from __future__ import annotations

from typing import Annotated

import typer

from foedus.cli.treaties_options import Form, Format, History

app = typer.Typer(add_completion=False)


@app.command(epilog="Example:  foedus duties --attacked IRN --by ISR,USA --on 2025-06-22 --state RUS")
def duties(
    attacked: Annotated[str, typer.Option(help="Who was attacked: codes or names, with commas.")],
    by: Annotated[str, typer.Option(help="Who attacked: codes or names, with commas (groups too: HAMAS).")],
    on: Annotated[str, typer.Option(help="The day of the attack (YYYY-MM-DD).")],
    state: Annotated[
        str | None,
        typer.Option(help="Only the duties of this third state."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option(help="Where it fell, if not at home: a state's code or a place such as FALKLANDS."),
    ] = None,
    disputed: Annotated[bool, typer.Option("--disputed", help="Who began is disputed.")] = False,
    full: Annotated[bool, typer.Option("--all", help="List non-aggression and ties without a duty too.")] = False,
    history: History = None,
    form: Form = Format.table,
) -> None:
    """What treaties ask of third states: defend, join the attack, stay neutral, not aggress, consult, or nothing."""
    from foedus.world import show

    typer.echo(show.duties(attacked, by, on, state, at, disputed, full, form.value, history), nl=False)
    names = [name for name in f"{attacked},{by},{state or ''}".split(",") if name.strip()]
    for line in show.remarks(names, on, history):
        typer.echo(f"foedus: {line}", err=True)
