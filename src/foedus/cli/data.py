"""`foedus data`: research data on this machine."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Research data on this machine: list, pull, verify, cite.",
    epilog="Example: foedus data pull atop_alliance cow_states",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Folder = Annotated[
    Path | None,
    typer.Option(
        "--folder", help="Data folder (default: FOEDUS_RESEARCH_DATA, else the user's data folder).", show_default=False
    ),
]
Form = Annotated[str, typer.Option("--format", help="text or json")]


@app.callback()
def _group() -> None:
    """Research data on this machine: list, pull, verify, cite."""


@app.command("list", epilog="Example: foedus data list --format json")
def list_(folder: Folder = None, form: Form = "text") -> None:
    """What there is, whose it is, on what terms, and what is on this machine."""
    from foedus.world.history import report

    typer.echo(report.listing(_folder(folder), _one_of(form, "text", "json")))


@app.command(epilog="Example: foedus data pull atop_alliance cow_nmc --from ~/Downloads/peacesciencer_1.2.0.tar.gz")
def pull(
    names: Annotated[list[str], typer.Argument(help="Names from `foedus data list`, or `all`.")],
    folder: Folder = None,
    source: Annotated[
        Path | None, typer.Option("--from", help="Take the files from this folder or archive.", show_default=False)
    ] = None,
    base_url: Annotated[
        str | None, typer.Option("--base-url", help="Take the files from this mirror, by name.", show_default=False)
    ] = None,
    any_version: Annotated[
        bool, typer.Option("--any-version", help="Accept files other than those the catalogue knows.")
    ] = False,
) -> None:
    """Bring data sets to this machine; a download that broke off goes on where it stopped."""
    from foedus.world.history import report

    if source is not None and base_url is not None:
        raise typer.BadParameter("give --from or --base-url, not both")
    for line in report.pull_all(names, _folder(folder), source, base_url, any_version):
        typer.echo(line)


@app.command(epilog="Example: foedus data verify atop_alliance")
def verify(
    names: Annotated[list[str] | None, typer.Argument(help="Names; without any, all that is here.")] = None,
    folder: Folder = None,
    form: Form = "text",
) -> None:
    """Whether the data on this machine are whole; exit status 1 where something is damaged or unfinished."""
    from foedus.world.history import report

    text, sound = report.verification(_folder(folder), names or [], _one_of(form, "text", "json"))
    typer.echo(text)
    if not sound:
        raise typer.Exit(1)


@app.command(epilog="Example: foedus data cite atop_alliance cow_nmc --format bibtex")
def cite(
    names: Annotated[list[str], typer.Argument(help="Names from `foedus data list`.")],
    form: Annotated[str, typer.Option("--format", help="bibtex or text")] = "bibtex",
) -> None:
    """What to cite for data sets, with their versions."""
    from foedus.world.history.catalogue import citations, dataset

    known = [dataset(name).name for name in names]
    typer.echo(citations(known, "bibtex" if _one_of(form, "bibtex", "text") == "bibtex" else "text"))


def _folder(given: Path | None) -> Path:
    from foedus.world.history.folder import data_folder, tables_in

    return tables_in(given) if given is not None else data_folder()


def _one_of(value: str, *allowed: str) -> str:
    if value not in allowed:
        raise typer.BadParameter(f"--format must be {' or '.join(allowed)}, not {value}")
    return value
