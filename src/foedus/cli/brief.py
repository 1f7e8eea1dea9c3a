"""`foedus brief`: the main job, from reports to a brief."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(add_completion=False)
EXAMPLE = """Example:

  foedus brief examples/june-2025/ -o brief.html

  foedus brief report.txt --attacked IRN --by ISR,USA --on 2025-06-22 --supporter RUS"""


@app.command(epilog=EXAMPLE)
def brief(
    sources: Annotated[
        list[str] | None,
        typer.Argument(metavar="SOURCE…", help="Files, folders, globs, URLs, or - (stdin).", show_default=False),
    ] = None,
    store: Annotated[Path | None, typer.Option(help="Take documents and events from this store.")] = None,
    attacked: Annotated[str | None, typer.Option(help="Who was attacked, e.g. IRN.", metavar="CODES")] = None,
    by: Annotated[str | None, typer.Option(help="Who attacked, e.g. ISR,USA.", metavar="CODES")] = None,
    on: Annotated[str | None, typer.Option(help="Day of the attack looked at.", metavar="YYYY-MM-DD")] = None,
    supporter: Annotated[str | None, typer.Option(help="Only these, e.g. RUS,CHN.", metavar="CODES")] = None,
    client: Annotated[str | None, typer.Option(help="The side whose help is asked about.", metavar="CODE")] = None,
    since: Annotated[str | None, typer.Option(help="First day counted.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day counted.", metavar="DATE")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="Write here: .html, .md or .json.")] = None,
    format: Annotated[str | None, typer.Option(help="terminal, html, md or json.", metavar="FORMAT")] = None,
    estimates: Annotated[bool, typer.Option(help="Add how far each third state may go.")] = True,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="With -o: do not print the brief as well.")] = False,
) -> None:
    """From reports to a brief: who stands by whom, in words and deeds."""
    from foedus.brief import report
    from foedus.brief.build import build
    from foedus.cli.sources import coded, codes, dated, finish, writable
    from foedus.output import write
    from foedus.world.world import World

    writable(output, sources, store)
    form = report.form(output, format)
    dated(on=on, since=since, until=until)
    sides, attackers, supporters, clients = (codes(text, on) for text in (attacked, by, supporter, client))
    material = coded(sources, store)
    model = build(
        material.documents,
        attacked=sides,
        attackers=attackers,
        on=on,
        supporters=supporters,
        client=next(iter(clients), None),
        since=since,
        until=until,
        world=World.shipped(),
        faults=[*material.faults, *material.foreign],
        estimates=estimates,
    )
    if form == "terminal" or (output is not None and not quiet):
        from rich.console import Console

        from foedus.brief.terminal import show

        show(model, Console(soft_wrap=False))
    if form != "terminal" and output is None:
        typer.echo(report.render(model, form), nl=False)
    elif output is not None:
        write(report.render(model, form), output)
        typer.echo(f"The brief is in {output}", err=True)
    finish(material)
