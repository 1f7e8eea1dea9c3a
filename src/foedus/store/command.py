"""What `foedus store` does: progress to stderr, results to stdout."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, SourceError
from foedus.model.event import Event
from foedus.store import foreign
from foedus.store.adding import AddReport
from foedus.store.interrupted import was_stopped
from foedus.store.showing import show
from foedus.store.store import Store
from foedus.store.views import Result

if TYPE_CHECKING:
    from foedus.store.imports.run import ImportReport


def add(sources: Sequence[str], folder: Path, workers: int, scheduler: str | None) -> bool:
    """Add sources to a store, here or over a Dask cluster; True where a source was at fault."""
    told: list[AddReport] = []
    with _stoppable(lambda: f"of this run the store {folder} has kept {_many(_sum(told, 'added'), 'new document')}"):
        if scheduler is not None:
            from foedus.scale.cluster import add as spread

            with _progress("coding on the cluster", told) as tell:
                report = spread(folder, sources, scheduler, tell)
            for fault in report.faults[:_FAULTS]:
                _say(f"foedus: {fault}")
        else:
            from foedus.coding.coder import Coder

            with Store(folder) as store, _progress("reading and coding", told) as tell:
                report = store.add(list(sources), Coder(), tell, workers, _few_faults())
        if len(report.faults) > _FAULTS:
            _say(f"foedus: and {_many(len(report.faults) - _FAULTS, 'more fault')}; all are kept in the view rejects")
        _say_added(report, folder)
    if report.read == 0 and report.faults:
        raise InputError("no source could be read, so nothing was added")
    return bool(report.faults)


def recode(folder: Path, workers: int) -> bool:
    """Code anew what another coder version has coded; True where a document was at fault."""
    told: list[AddReport] = []
    with _stoppable(lambda: f"the store {folder} has kept {_many(_sum(told, 'recoded'), 'document')} coded anew"):
        from foedus.coding.coder import Coder

        with Store(folder, create=False) as store, _progress("coding anew", told) as tell:
            report = store.recode(Coder(), tell, workers, _few_faults())
    _say_added(report, folder)
    return bool(report.faults)


def import_(paths: Sequence[Path], folder: Path, format: str | None, keep_rows: bool) -> bool:
    """Import data sets, saying what was taken in and what was not understood; True where a file could not be read."""
    faults = False
    told: list[ImportReport] = []
    kept = "of this run the store {} has kept {}; the file under way is begun anew"
    with _stoppable(lambda: kept.format(folder, _many(_sum(told, "files"), "file"))), Store(folder) as store:
        for path in paths:
            try:
                with _progress(f"importing {path.name}", told) as tell:
                    report = store.import_(path, format, tell, keep_rows)
            except InputError as error:
                if len(paths) == 1:
                    raise
                _say(f"foedus: {error}")
                faults = True
                continue
            faults |= bool(report.faults)
            _say_imported(path, report)
    return faults


def _say_imported(path: Path, report: ImportReport) -> None:
    for fault in report.faults:
        _say(f"foedus: {fault}")
    rate = f", {report.rows / report.seconds:,.0f} rows/s" if report.seconds and report.rows >= 1000 else ""
    _say(
        f"{path}: {_formats(report.format)}, {_many(report.rows, 'event')} from {_many(report.files, 'file')} "
        f"({report.known} known before), {_many(report.rejected, 'row')} rejected, {report.seconds:.1f} s{rate}"
    )
    if report.repeated:
        _say(f"  {_many(report.repeated, 'row')} stood in the store already, or twice in their file")
    for reason, count in sorted(report.reasons.items(), key=lambda pair: -pair[1])[:10]:
        example = report.examples[reason]
        _say(f"  rejected {count:,}: {example}{', and the like' if count > 1 and reason != example else ''}")
    if report.rejected:
        _say("  the rows and their reasons are kept in the view rejects (foedus store sql)")


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
    nothing = f"nothing was lost, and nothing half written is left at {path}"
    with _stoppable(lambda: nothing, "the same command writes it"), Store(folder, create=False) as store:
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
    show(Result(columns, rows), format)


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
    if format == "table":
        _list_events(found)
        # As many as were asked for: there may be more, and nobody should take a page for the whole.
        _say(
            f"the first {_many(len(found), 'event')}; more with --limit"
            if len(found) == limit
            else _many(len(found), "event")
        )
        return
    columns = ["date", "actor", "recipient", "type", "mode", "kind", "speaker", "quote", "id"]
    show(Result(columns, [tuple(getattr(event, name) for name in columns) for event in found]), format)


def _list_events(found: Sequence[Event]) -> None:
    from rich.console import Console
    from rich.padding import Padding
    from rich.text import Text

    screen = Console()
    for event in found:
        kind = event.type + (f" {event.mode}" if event.mode else "")
        head = f"{event.date or 'no date':<10}  {event.actor} → {event.recipient or '–'}  {kind}  {event.kind}"
        screen.print(Text(head, style="bold"))
        if event.quote:
            said = f"{event.speaker}: " if event.speaker else ""
            screen.print(Padding(Text(said + " ".join(event.quote.split())), (0, 0, 0, 2)))
        screen.print(Text(f"  {event.id}", style="dim"))


def sql(query: str, folder: Path, format: str) -> None:
    """Print what a query gives."""
    with Store(folder, create=False) as store:
        show(store.sql(query), format)


def verify(folder: Path, format: str) -> bool:
    """Print the faults of a store; True where there is one."""
    with Store(folder, create=False) as store:
        found = store.verify(leftovers=True)
    faults = [fault for fault in found if fault.kind not in ("stray file", "leftover", "awaited")]
    awaited = [fault for fault in found if fault.kind == "awaited"]
    if format == "json":
        print(json.dumps([fault.to_dict() for fault in faults], ensure_ascii=False, indent=1, default=str))
    else:
        for fault in faults:
            print(f"{fault.kind}: {fault}")
    for fault in awaited[:_FAULTS]:
        _say(f"{fault}")
    if left := len(found) - len(faults) - len(awaited):
        _say(f"{_many(left, 'file')} of stopped writers left over, in nobody's way; repair removes them")
    whole = f"what the store holds is whole; {_many(len(awaited), 'import')} should be given again"
    _say(_many(len(faults), "fault") if faults else whole if awaited else "the store is whole")
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
        label = _LABELS.get(name, name)
        if isinstance(value, dict):
            rows += [(f"{label} {key or 'none'}", f"{one:,}") for key, one in value.items()]
        elif value is not None:
            rows.append((label, f"{value:,}" if isinstance(value, int) else value))
    show(Result(["what", "count"], rows), format)


def _say_added(report: AddReport, folder: Path) -> None:
    rate = f", {report.read / report.seconds:.1f} documents/s" if report.seconds and report.read else ""
    _say(
        f"{_many(report.added, 'document')} added, {report.recoded:,} coded anew, with {_many(report.events, 'event')}; "
        f"{report.seen:,} known before, {report.copies:,} copies of others; {report.seconds:.1f} s{rate}; store: {folder}"
    )
    for line in foreign.added(folder, report.run):
        _say(f"foedus: {line}")
    if report.restored:
        _say(f"  {_many(report.restored, 'damaged document')} put right from the source")
    if report.changed_pages:
        _say(f"  {report.changed_pages} of those known by their address have another text now; see the view sightings")


_FAULTS = 20
"""Faults of sources told one by one; a broken feed has thousands, and the view `rejects` has them all."""


def _few_faults() -> Callable[[SourceError], None]:
    told = 0

    def tell(error: SourceError) -> None:
        nonlocal told
        told += 1
        if told <= _FAULTS:
            _say(f"foedus: {error}")

    return tell


_LABELS = {
    "first_published": "first published", "last_published": "last published", "events": "coded events",
    "imported": "rows of", "rejects": "rejected rows and sources", "sightings": "known documents met again",
    "coders": "documents coded by", "files": "event files", "bytes": "bytes of event files", "schema": "store version",
}  # fmt: skip


def _many(count: int, what: str) -> str:
    return f"{count:,} {what}" + ("" if count == 1 else "s")


def _formats(told: str) -> str:
    return {"several": "several formats", "": "no format"}.get(told, told)


def _say(text: str) -> None:
    print(text, file=sys.stderr)


@contextmanager
def _stoppable(kept: Callable[[], str], onward: str = "the same command goes on from there") -> Iterator[None]:
    """Ctrl-C is one line that says what is kept and how to go on, and exit status 130."""
    try:
        yield
    except (KeyboardInterrupt, ImportError) as error:
        if not was_stopped(error):
            raise
        _say(f"foedus: stopped; {kept()}; {onward}")
        raise SystemExit(130) from None


def _sum(told: Sequence[Any], name: str) -> int:
    return sum(getattr(report, name) for report in told)


@contextmanager
def _progress(what: str, told: list[Any]) -> Iterator[Any]:
    """Shows how far the work is, and collects the reports in `told`, each once."""
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    screen = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def tell(report: Any) -> None:
            if not any(one is report for one in told):
                told.append(report)
            if isinstance(report, AddReport):
                said = f"{report.read} read, {report.added} added, {report.seen} known, {report.events} events"
            else:
                said = f"{report.rows:,} rows, {report.rejected:,} rejected"
            bar.update(task, description=f"{what}: {said}")

        yield tell


def _marked(snippet: str) -> Any:
    from rich.text import Text

    out = Text("  ")
    for index, part in enumerate(" ".join(snippet.split()).replace("\x03", "\x02").split("\x02")):
        out.append(part, style="bold underline" if index % 2 else "")
    return out


def _bare(snippet: str | None) -> str:
    return " ".join((snippet or "").replace("\x02", "").replace("\x03", "").split())
