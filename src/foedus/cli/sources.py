"""What the commands that take sources share: reading with progress, faults on one line, codes from names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import typer

from foedus.errors import InputError, SourceError, UnknownActorError
from foedus.model.document import Document
from foedus.model.event import Event


@dataclass
class Material:
    """Documents with their events, and the lines on sources that failed."""

    documents: list[tuple[Document, list[Event]]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)


def coded(sources: Sequence[str] | None, store: Path | None) -> Material:
    """Documents and events from sources (coded now) or from a store. Raises InputError where neither is given."""
    if store is not None:
        if sources:
            raise InputError("give either sources or --store, not both")
        return _stored(store)
    if not sources:
        raise InputError("no source was given: name a file, folder, glob or URL, - for standard input, or --store DIR")
    return _read(sources)


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
    """Entity codes from a list such as `IRN,Russia`: codes stay, names are looked up. Raises UnknownActorError."""
    from foedus.actors.resolver import resolve

    found = []
    for part in (text or "").split(","):
        word = part.strip()
        if not word:
            continue
        actor = resolve(word, on=on) or resolve(word.upper(), on=on)
        if actor is None:
            from foedus.actors.resolver import unknown

            raise UnknownActorError(unknown(word, on))
        found.append(actor.code)
    return list(dict.fromkeys(found))


def finish(material: Material) -> None:
    """Exit status 1 where a source failed, although the others were done."""
    if material.faults:
        leave()


def leave() -> NoReturn:
    """Leave with status 1."""
    raise typer.Exit(1)
