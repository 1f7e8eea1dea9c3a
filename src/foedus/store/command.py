"""What `foedus store` does: progress to stderr, results to stdout."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

from foedus.errors import InputError, SourceError
from foedus.store.adding import AddReport
from foedus.store.store import Store
from foedus.store.views import Result


def add(sources: Sequence[str], folder: Path, workers: int, scheduler: str | None) -> bool:
    """Add sources to a store, here or over a Dask cluster; True where a source was at fault."""
    if scheduler is not None:
        from foedus.scale.cluster import add as spread

        with _progress("coding on the cluster") as tell:
            report = spread(folder, sources, scheduler, tell)
        _say_added(report, folder)
        return bool(report.faults)
    from foedus.coding.coder import Coder

    with Store(folder) as store, _progress("reading and coding") as tell:
        report = store.add(list(sources), Coder(), tell, workers, _fault)
    _say_added(report, folder)
    if report.read == 0 and report.faults:
        raise InputError("no source could be read, so nothing was added")
    return bool(report.faults)


def recode(folder: Path, workers: int) -> bool:
    """Code anew what another coder version has coded; True where a document was at fault."""
    from foedus.coding.coder import Coder

    with Store(folder, create=False) as store, _progress("coding anew") as tell:
        report = store.recode(Coder(), tell, workers)
    _say_added(report, folder)
    return bool(report.faults)


def import_(paths: Sequence[Path], folder: Path, format: str | None, keep_rows: bool) -> None:
    """Import data sets, saying what was taken in and what was not understood."""
    with Store(folder) as store:
        for path in paths:
            with _progress(f"importing {path.name}") as tell:
                report = store.import_(path, format, tell, keep_rows)
            rate = f", {report.rows / report.seconds:,.0f} rows/s" if report.seconds else ""
            _say(
                f"{path}: {report.format or 'known'}, {report.rows:,} events from {report.files} files "
                f"({report.known} known before), {report.rejected:,} rows rejected, {report.seconds:.1f} s{rate}"
            )
            for reason, count in sorted(report.reasons.items(), key=lambda pair: -pair[1])[:10]:
                _say(f"  rejected {count:,}: {reason}")


def export(
    path: Path,
    folder: Path,
    format: str | None,
    where: str | None,
    publish: bool,
    title: str | None,
    authors: list[str],
) -> None:
    """Export events, saying what the format does not carry."""
    with Store(folder, create=False) as store:
        report = store.export(path, format, where, publish=publish, title=title, authors=authors)
    _say(f"{report.events:,} events are in {path}")
    for reason, count in report.left_out.items():
        _say(f"  left out {count:,}: {reason}")
    for loss in report.losses:
        _say(f"  {report.format} does not carry: {loss}" if not loss.startswith("a cell") else f"  {loss}")
    for place in report.beside:
        _say(f"  beside it: {place}")


def search(words: str, folder: Path, limit: int, format: str) -> None:
    """Print the documents that hold the words."""
    with Store(folder, create=False) as store:
        found = store.search(words, limit)
    if format == "table":
        from rich.console import Console
        from rich.text import Text

        console = Console()
        for one in found:
            head = " · ".join(
                str(part) for part in (one["published"], one["outlet"], one["title"] or one["id"]) if part
            )
            console.print(Text(head, style="bold"))
            console.print(_marked(one["snippet"] or ""))
            console.print(Text(f"  {one['id']}  {one['events']} events  {one['url'] or ''}", style="dim"))
        if not found:
            _say("no document holds these words")
        return
    columns = ["id", "published", "outlet", "title", "url", "events", "snippet"]
    rows = [tuple((one[name] or "") if name != "snippet" else _bare(one[name]) for name in columns) for one in found]
    _show(Result(columns, rows), format)


def events(
    folder: Path,
    actor: str | None,
    recipient: str | None,
    type: str | None,
    since: str | None,
    until: str | None,
    speaker: str | None,
    kind: str | None,
    limit: int,
    format: str,
) -> None:
    """Print events that meet the conditions."""
    with Store(folder, create=False) as store:
        found = store.find(actor, recipient, type, since, until, speaker, kind, limit)
    if format == "json":
        print(json.dumps([replace(event, why=None).to_dict() for event in found], ensure_ascii=False, indent=1))
        return
    columns = ["date", "actor", "recipient", "type", "mode", "kind", "speaker", "quote", "id"]
    _show(Result(columns, [tuple(getattr(event, name) for name in columns) for event in found]), format)


def sql(query: str, folder: Path, format: str) -> None:
    """Print what a query gives."""
    with Store(folder, create=False) as store:
        _show(store.sql(query), format)


def verify(folder: Path, format: str) -> bool:
    """Print the faults of a store; True where there is one."""
    with Store(folder, create=False) as store:
        found = store.verify(leftovers=True)
    faults = [fault for fault in found if fault.kind not in ("stray file", "leftover")]
    if format == "json":
        print(json.dumps([fault.to_dict() for fault in faults], ensure_ascii=False, indent=1, default=str))
    else:
        for fault in faults:
            print(f"{fault.kind}: {fault}")
    if len(found) > len(faults):
        _say(
            f"{len(found) - len(faults)} files of stopped writers lie about; they are in nobody's way, repair removes them"
        )
    _say(f"{len(faults)} faults" if faults else "the store is whole")
    return bool(faults)


def repair(folder: Path) -> None:
    """Mend a store and print what was done."""
    with Store(folder, create=False) as store:
        for line in store.repair() or ["nothing to mend"]:
            print(line)


def stats(folder: Path, format: str) -> None:
    """Print what a store holds."""
    with Store(folder, create=False) as store:
        told = store.stats()
    if format == "json":
        print(json.dumps(told, ensure_ascii=False, indent=1))
        return
    rows: list[tuple[Any, ...]] = []
    for name, value in told.items():
        if isinstance(value, dict):
            rows += [(f"{name}: {key}", f"{one:,}") for key, one in value.items()]
        else:
            rows.append((name, f"{value:,}" if isinstance(value, int) else value))
    _show(Result(["what", "count"], rows), format)


def _say_added(report: AddReport, folder: Path) -> None:
    rate = f", {report.read / report.seconds:.1f} documents/s" if report.seconds and report.read else ""
    _say(
        f"{report.added} documents added with {report.events} events, {report.recoded} coded anew, "
        f"{report.seen} known before, {report.copies} copies of others; {report.seconds:.1f} s{rate}; store: {folder}"
    )
    if report.changed_pages:
        _say(f"  {report.changed_pages} of those known by their address have another text now; see the view sightings")


def _fault(error: SourceError) -> None:
    _say(f"foedus: {error}")


def _say(text: str) -> None:
    print(text, file=sys.stderr)


@contextmanager
def _progress(what: str) -> Iterator[Any]:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def tell(report: Any) -> None:
            if isinstance(report, AddReport):
                said = f"{report.read} read, {report.added} added, {report.seen} known, {report.events} events"
            else:
                said = f"{report.rows:,} rows, {report.rejected:,} rejected"
            bar.update(task, description=f"{what}: {said}")

        yield tell


def _show(result: Result, format: str) -> None:
    if format == "json":
        print(json.dumps(result.dicts(), ensure_ascii=False, indent=1, default=str))
    elif format == "csv":
        from foedus.store.exports import _safe

        out = io.StringIO(newline="")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(result.columns)
        writer.writerows([_safe(value) for value in row] for row in result.rows)
        print(out.getvalue(), end="")
    elif format == "table":
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(*result.columns)
        for row in result.rows:
            # Text, not str: what a source wrote is never mark-up.
            table.add_row(*(Text("" if value is None else str(value)) for value in row))
        Console().print(table)
    else:
        raise InputError(f"--format {format} is not known: choose table, json or csv")


def _marked(snippet: str) -> Any:
    from rich.text import Text

    out = Text("  ")
    for index, part in enumerate(snippet.replace("\x03", "\x02").split("\x02")):
        out.append(part, style="bold underline" if index % 2 else "")
    return out


def _bare(snippet: str | None) -> str:
    return (snippet or "").replace("\x02", "").replace("\x03", "")
