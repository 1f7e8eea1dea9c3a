"""Adding over a Dask cluster: workers read and code shards, this process alone writes the store."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError, MissingExtraError, SourceError, StoreError
from foedus.model.document import Document
from foedus.scale.shards import SHARDS, Factory, Shard, code, cut, expand, local_coder
from foedus.store import schema
from foedus.store.adding import Adder, AddReport
from foedus.store.imports.own import Given, parse
from foedus.store.store import Store, _now

SIZE: Final = 32
"""Sources in a shard: what a killed worker has to do again, at most."""


def add(
    folder: str | Path,
    sources: Sequence[str],
    scheduler: str,
    progress: Callable[[AddReport], object] | None = None,
    factory: Factory = local_coder,
    size: int = SIZE,
    patience: float = 20.0,
) -> AddReport:
    """Read and code sources on the workers of a Dask scheduler, and keep them in a store.

    Workers need Foedus in the same version and the same view of the sources and of the store's folder. Shards that
    were taken in before are skipped; a shard whose worker dies is coded by another. Raises MissingExtraError without
    the extra `scale`, InputError where the scheduler does not answer within `patience` seconds.
    """
    try:
        cloudpickle: Any = import_module("cloudpickle")
        distributed: Any = import_module("distributed")
    except ImportError:
        raise MissingExtraError("scale", "adding over a Dask cluster") from None
    began = time.monotonic()
    coder_version = factory().version
    with Store(folder) as store:
        shards = cut(expand(sources), coder_version, size)
        done = _done(store)
        waiting = [shard for shard in shards if shard.key not in done]
        report = AddReport()

        def tell(so_far: AddReport) -> None:
            # By the clock: the workers' time counts, not only this process's own.
            so_far.seconds = round(time.monotonic() - began, 3)
            if progress is not None:
                progress(so_far)

        if not waiting:
            return report
        room = (store.folder / SHARDS).absolute()
        room.mkdir(exist_ok=True)
        try:
            client = distributed.Client(scheduler, timeout=patience)
        except (OSError, TimeoutError, ValueError) as error:
            raise InputError(
                f"no Dask scheduler answers at {scheduler} ({error}); start one with: dask scheduler"
            ) from None
        packed: bytes = cloudpickle.dumps(factory)
        with client:
            futures = {
                client.submit(
                    code, shard, str(room), packed, coder_version, key=f"foedus-{shard.key}", retries=3
                ): shard
                for shard in waiting
            }
            for future in distributed.as_completed(list(futures)):
                shard = futures.pop(future)
                failed = future.exception()
                if failed is not None:
                    report.faults.append(f"{shard.sources[0]} and {len(shard.sources) - 1} more: {failed}")
                    continue
                _take_in(store, shard, Path(future.result()["path"]), coder_version, report, tell)
                # Whoever holds on to a result has it made again when the worker that keeps it dies.
                future.release()
        _clear(room, _done(store))
        report.acts = store.link()
        store._tidy()
    return report


def _clear(room: Path, done: set[str]) -> None:
    """Remove what workers left of shards that are in the store: half a file of one killed, a whole one done twice."""
    for path in room.iterdir():
        if path.name.removeprefix(".").split(".")[0] in done:
            path.unlink(missing_ok=True)


def _done(store: Store) -> set[str]:
    return {row[0] for row in store._db.execute("SELECT what FROM runs WHERE kind='shard' AND ended IS NOT NULL")}


def _take_in(
    store: Store,
    shard: Shard,
    path: Path,
    version: str,
    report: AddReport,
    tell: Callable[[AddReport], None],
) -> None:
    """Keep a finished shard. Taking it in twice changes nothing: its documents are known by then."""
    given = Given(version)
    adder = Adder(store.folder, store._db, given, _now, given=True)
    with schema.guarded(store.folder):
        found = adder.run(_documents(path, given, adder), what=f"shard {shard.key}")
        with schema.transaction(store._db):
            store._db.execute(
                "INSERT INTO runs (kind, what, coder, started, ended) VALUES ('shard', ?, ?, ?, ?)",
                (shard.key, version, _now(), _now()),
            )
    path.unlink(missing_ok=True)
    for name in ("read", "added", "recoded", "seen", "changed_pages", "copies", "events"):
        setattr(report, name, getattr(report, name) + getattr(found, name))
    report.faults += found.faults
    tell(report)


def _documents(path: Path, given: Given, adder: Adder) -> Iterator[Document]:
    with path.open("rb") as stream:
        for item in parse(_without_faults(stream, adder)):
            if not isinstance(item, tuple):
                raise StoreError(f"{path}: a damaged shard file ({item}); delete it and give the same command again")
            yield given.hold(item)


def _without_faults(stream: Any, adder: Adder) -> Any:
    for line in stream:
        if line.startswith(b'{"faults"'):
            for source, reason in json.loads(line)["faults"]:
                adder.fault(SourceError(source, reason))
        else:
            yield line
