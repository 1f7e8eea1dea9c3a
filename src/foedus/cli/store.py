"""`foedus store`: keep documents and events in a folder; import, export, search, look over."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

app = typer.Typer(
    help="Keep documents and events: add, import, export, search, verify.",
    epilog="Example: foedus store add reports/ --store ./store",
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)
Folder = Annotated[Path, typer.Option("--store", help="Folder of the store.", metavar="DIR")]
Form = Annotated[str, typer.Option("--format", help="table, json or csv.", metavar="FORMAT")]


@app.callback()
def _group() -> None:
    """Keep documents and events: add, import, export, search, verify."""


@app.command(epilog="Example: foedus store add reports/ https://example.org/article --store ./store")
def add(
    sources: Annotated[list[str], typer.Argument(metavar="SOURCE…", help="Files, folders, globs, URLs, or - (stdin).")],
    store: Folder,
    workers: Annotated[int, typer.Option(help="Processes that code.", min=1)] = 1,
    scheduler: Annotated[
        str | None,
        typer.Option(help="Address of a Dask scheduler to spread the work over (extra: scale).", metavar="ADDRESS"),
    ] = None,
) -> None:
    """Read and code sources; skips what is known, and goes on where it was stopped."""
    from foedus.store.command import add as run

    if run(sources, store, workers, scheduler):
        raise typer.Exit(1)


@app.command(epilog="Example: foedus store recode --store ./store")
def recode(store: Folder, workers: Annotated[int, typer.Option(help="Processes that code.", min=1)] = 1) -> None:
    """Code anew what an older coder version has coded."""
    from foedus.store.command import recode as run

    if run(store, workers):
        raise typer.Exit(1)


@app.command("import", epilog="Example: foedus store import 20250622.export.CSV --store ./store")
def import_(
    paths: Annotated[
        list[Path], typer.Argument(metavar="PATH…", help="Files or folders of a data set; .gz and .zip too.")
    ],
    store: Folder,
    format: Annotated[
        str | None,
        typer.Option(
            help="gdelt1, gdelt2, icews, polecat, acled, ucdp, plover or jsonl; told from the first line if not given.",
            metavar="FORMAT",
        ),
    ] = None,
    keep_rows: Annotated[
        bool, typer.Option("--keep-rows", help="Keep every cell of GDELT's rows (larger, slower).")
    ] = False,
) -> None:
    """Take in a data set; rows not understood are kept with their reason."""
    from foedus.store.command import import_ as run

    if run(paths, store, format, keep_rows):
        raise typer.Exit(1)


@app.command(
    epilog="Example: foedus store export iran.csv --store ./store --where \"recipient = 'IRN' AND kind = 'deed'\""
)
def export(
    path: Annotated[Path, typer.Argument(metavar="FILE", help="Its ending tells the format, unless --format does.")],
    store: Folder,
    format: Annotated[
        str | None, typer.Option(help="jsonl, parquet, csv, plover, polecat, icews or geojson.", metavar="FORMAT")
    ] = None,
    where: Annotated[
        str | None, typer.Option(help="A condition over the event columns, as SQL.", metavar="SQL")
    ] = None,
    publish: Annotated[
        bool, typer.Option("--publish", help="Add a citation file, a codebook and the reviews.")
    ] = False,
    title: Annotated[str | None, typer.Option(help="Title of the data set, for its citation.")] = None,
    author: Annotated[list[str] | None, typer.Option(help="An author, as 'Family, Given'; may be repeated.")] = None,
) -> None:
    """Write events for others; says what the format cannot carry."""
    from foedus.store.command import export as run

    run(path, store, format, where, publish, title, author or [])


@app.command(epilog="Example: foedus store search 'arms delivery -exercise' --store ./store")
def search(
    words: Annotated[str, typer.Argument(help='Words; "a phrase", begin*, OR, -without.')],
    store: Folder,
    limit: Annotated[int, typer.Option(help="Documents shown at most.", min=1)] = 20,
    format: Form = "table",
) -> None:
    """Full-text search over documents."""
    from foedus.store.command import search as run

    run(words, store, limit, format)


@app.command(epilog="Example: foedus store events --store ./store --actor RUS --recipient IRN --since 2025-06-01")
def events(
    store: Folder,
    actor: Annotated[str | None, typer.Option(help="Code or name.", metavar="ACTOR")] = None,
    recipient: Annotated[str | None, typer.Option(help="Code or name.", metavar="ACTOR")] = None,
    type: Annotated[str | None, typer.Option(help="PLOVER type.", metavar="TYPE")] = None,
    since: Annotated[str | None, typer.Option(help="First day, month or year.", metavar="DATE")] = None,
    until: Annotated[str | None, typer.Option(help="Last day, month or year.", metavar="DATE")] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Whose word it is: code, or a person's name.", metavar="WHO")
    ] = None,
    kind: Annotated[str | None, typer.Option(help="word, deed or withheld.", metavar="KIND")] = None,
    limit: Annotated[int, typer.Option(help="Events shown at most.", min=1)] = 50,
    format: Form = "table",
) -> None:
    """Events by actor, recipient, type, day, speaker and kind."""
    from foedus.cli.sources import dated
    from foedus.store.command import events as run

    dated(since=since, until=until)
    run(store, actor, recipient, type, since, until, speaker, kind, limit, format)


@app.command(epilog='Example: foedus store sql "SELECT actor, count(*) FROM events GROUP BY 1" --store ./store')
def sql(
    query: Annotated[str, typer.Argument(help="One SELECT. Columns: docs/formats.md.")],
    store: Folder,
    format: Form = "table",
) -> None:
    """One SELECT over events, documents, reports, acts, reviews, copies, sightings, imports, rejects, runs."""
    from foedus.store.command import sql as run

    run(query, store, format)


@app.command(epilog="Example: foedus store verify --store ./store")
def verify(store: Folder, format: Form = "table") -> None:
    """Look the store over; exit status 1 where there is a fault."""
    from foedus.store.command import verify as run

    if run(store, format):
        raise typer.Exit(1)


@app.command(epilog="Example: foedus store repair --store ./store")
def repair(store: Folder) -> None:
    """Mend what can be mended, and say what is left to do."""
    from foedus.store.command import repair as run

    run(store)


@app.command(epilog="Example: foedus store stats --store ./store --format json")
def stats(store: Folder, format: Form = "table") -> None:
    """What the store holds."""
    from foedus.store.command import stats as run

    run(store, format)
