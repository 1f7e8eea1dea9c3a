"""What the commands that take sources share: checks before any work, reading with progress, faults on one line, codes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import typer

from foedus.errors import InputError, SourceError, UnknownActorError, UsageError
from foedus.model.document import Document
from foedus.model.event import Event


@dataclass
class Material:
    """Documents with their events, the lines on sources that failed, and those on texts that are not coded."""

    documents: list[tuple[Document, list[Event]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


def writable(output: Path | None, sources: Sequence[str] | None, store: Path | None) -> None:
    """Raises InputError where `-o` names a place that cannot be written, or what the command itself reads."""
    if output is None:
        return
    from foedus import output as files
    from foedus.reading.sources import would_read

    files.check(output)
    if files.through(output):
        return
    for source in sources or ():
        if would_read(source, output):
            raise InputError(f"{output}: this is one of the sources, and would be lost; choose another place with -o")
    if store is not None:
        from foedus.store.exports import refuse_own

        refuse_own(store, output)


def dated(**given: str | None) -> None:
    """Raises InputError for an option that is no date, by its name and value."""
    from foedus.model.dates import bounds

    for option, value in given.items():
        try:
            bounds(value or "2000")
        except ValueError as error:
            raise InputError(f"--{option} {error}") from None


def coded(sources: Sequence[str] | None, store: Path | None) -> Material:
    """Documents and events from sources (coded now) or from a store. Raises UsageError where neither is given."""
    if store is not None and sources:
        raise UsageError("give either sources or --store, not both")
    if store is None and not sources:
        raise UsageError("no source was given: name a file, folder, glob or URL, - for standard input, or --store DIR")
    material = _stored(store) if store is not None else _read(sources or ())
    from foedus.reading.language import uncoded

    material.foreign = uncoded((one.title or one.id, one.language) for one, _ in material.documents)
    for line in material.foreign:
        typer.echo(f"foedus: {line}", err=True)
    return material


def _read(sources: Sequence[str]) -> Material:
    from rich.console import Console
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

    from foedus.brief.gather import gather

    material = Material()
    screen = Console(stderr=True)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    with Progress(*columns, console=screen, transient=True, disable=not screen.is_terminal) as progress:
        task = progress.add_task("reading and coding", total=None)
        done = 0

        def one(document: Document) -> None:
            nonlocal done
            done += 1
            progress.update(task, description=f"{done} read and coded: {(document.title or document.id)[:60]}")

        def fault(error: SourceError) -> None:
            material.faults.append(str(error))
            progress.console.print(f"foedus: {error}", markup=False, highlight=False, soft_wrap=True)

        material.documents = gather(list(sources), fault, one)
    if not material.documents:
        raise InputError("no source could be read, so there is nothing to tell")
    return material


def _stored(folder: Path) -> Material:
    from foedus.store.store import Store

    with Store(folder, create=False) as store:
        material = Material(documents=[(document, list(events)) for document, events in store.coded()])
    if not material.documents:
        raise InputError(
            f"the store {folder} holds no documents: add some with foedus store add SOURCE --store {folder}"
        )
    return material


def codes(text: str | None, on: str | None = None) -> list[str]:
    """Entity codes from a list such as `IRN,Russia`: codes stay, names are looked up.

    Raises UnknownActorError for a name that means nobody, UsageError for a list without any.
    """
    from foedus.actors.resolver import resolve

    if text is not None and not text.strip(" ,"):
        raise UsageError(f"{text!r} names nobody: write codes or names with commas, such as IRN,Russia")

    found = []
    for part in (text or "").split(","):
        word = part.strip()
        if not word:
            continue
        actor = resolve(word, on=on) or resolve(word.upper(), on=on)
        if actor is None:
            from foedus.actors.resolver import unknown

            raise UnknownActorError(unknown(word[:80], on))
        found.append(actor.code)
    return list(dict.fromkeys(found))


def finish(material: Material) -> None:
    """Exit status 1 where a source failed, although the others were done."""
    if material.faults:
        leave()


def leave() -> NoReturn:
    """Leave with status 1."""
    raise typer.Exit(1)
