"""`foedus serve`: the workbench in a browser."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
EXAMPLE = """Example:

  foedus serve --demo

  foedus serve --store ~/crises/june-2025

  foedus serve --store DIR --host 0.0.0.0 --token "$(openssl rand -hex 16)\""""


@app.command(epilog=EXAMPLE)
def serve(
    store: Annotated[Path | None, typer.Option(help="The store to look into; made where there is none.")] = None,
    demo: Annotated[bool, typer.Option("--demo", help="Build the example in a temporary store and show it.")] = False,
    host: Annotated[
        str, typer.Option(help="Address to listen on; another than this machine's needs --token.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on; 0 takes a free one.", min=0, max=65535)] = 8020,
    token: Annotated[str | None, typer.Option(help="Whoever asks must know it.", envvar="FOEDUS_TOKEN")] = None,
    name: Annotated[list[str] | None, typer.Option(help="Another host name to answer to (a reverse proxy's).")] = None,
    record: Annotated[
        list[Path] | None,
        typer.Option(help="A backtest report (foedus backtest --format json) to show; give it twice for two designs."),
    ] = None,
) -> None:
    """The workbench in your browser."""
    from foedus.web.serving import Asked, start

    start(
        Asked(store, demo, host, port, token, tuple(name or ()), tuple(record or ())),
        lambda line: typer.echo(line, err=True),
    )
