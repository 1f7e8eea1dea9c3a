"""Adding over a Dask cluster: workers read and code shards, this process alone writes the store."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError, MissingExtraError, SourceError, StoreError
from foedus.model.document import Document
from foedus.scale.shards import SHARDS, Factory, Shard, code, cut, expand, local_coder
from foedus.store import schema
from foedus.store.adding import Adder, AddReport
from foedus.store.imports.own import Given, parse
from foedus.store.locks import writing
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
    were taken in before are skipped, save for their sources that could not be read; a shard whose worker dies is coded by
    another. Raises MissingExtraError without
    the extra `scale`, InputError where the scheduler does not answer within `patience` seconds.
    """
    try:
        import_module("cloudpickle")
        import_module("distributed")
    except ImportError:
        raise MissingExtraError("scale", "adding over a Dask cluster") from None
    began = time.monotonic()
    coder_version = factory().version
    with Store(folder) as store, writing(store.folder):
        shards = cut(expand(sources), coder_version, size)
        done = _done(store)
        report = AddReport()

        def tell(so_far: AddReport) -> None:
            # By the clock: the workers' time counts, not only this process's own.
            so_far.seconds = round(time.monotonic() - began, 3)
            if progress is not None:
                progress(so_far)

        again: list[str] = []
        for shard in shards:
            if shard.key in done:
                report.read += done[shard.key].read
                report.seen += done[shard.key].read
                again += _again(shard, done[shard.key], report)
        waiting = [shard for shard in shards if shard.key not in done] + cut(again, coder_version, size)
        if waiting:
            _spread(store, waiting, scheduler, factory, coder_version, patience, report, tell)
        report.acts = store.link()
        store._tidy()
        tell(report)
    return report


def _spread(
    store: Store,
    waiting: Sequence[Shard],
    scheduler: str,
    factory: Factory,
    coder_version: str,
    patience: float,
    report: AddReport,
    tell: Callable[[AddReport], None],
) -> None:
    cloudpickle: Any = import_module("cloudpickle")
    distributed: Any = import_module("distributed")
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
        }  # fmt: skip
        for future in distributed.as_completed(list(futures)):
            shard = futures.pop(future)
            failed = future.exception()
            if failed is not None:
                _lost(store, shard, f"its worker failed ({type(failed).__name__}: {failed})", report)
                continue
            _take_in(store, shard, Path(future.result()["path"]), coder_version, report, tell)
            # Whoever holds on to a result has it made again when the worker that keeps it dies.
            future.release()
    _clear(room, set(_done(store)))


def _lost(store: Store, shard: Shard, reason: str, report: AddReport) -> None:
    """Note each source of a shard that no worker could finish; the same command tries them again."""
    adder = Adder(store.folder, store._db, Given(), _now, given=True)
    with schema.guarded(store.folder):
        for source in shard.sources:
            adder.fault(SourceError(source, reason))
        report.faults += adder.run([], what=f"shard {shard.key}").faults


def _again(shard: Shard, done: _Done, report: AddReport) -> list[str]:
    """Sources of a shard taken in before that could not be read then: they are tried again. Lines at fault are told again."""
    report.faults += [str(SourceError(source, why)) for source, why in done.faults if source not in shard.sources]
    return [source for source, _ in done.faults if source in shard.sources]


def _clear(room: Path, done: set[str]) -> None:
    """Remove what workers left of shards that are in the store: half a file of one killed, a whole one done twice."""
    for path in room.iterdir():
        if path.name.removeprefix(".").split(".")[0] in done:
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Done:
    """What is known of a shard taken in: how many documents it had, and (source, reason) of what could not be read."""

    read: int
    faults: tuple[tuple[str, str], ...]


def _done(store: Store) -> dict[str, _Done]:
    found: dict[str, _Done] = {}
    rows = store._db.execute("SELECT what, counts FROM runs WHERE kind='shard' AND ended IS NOT NULL ORDER BY id")
    for row in rows:
        told = json.loads(row["counts"])
        found[row["what"]] = _Done(told.get("read", 0), tuple((a, b) for a, b in told.get("faults", ())))
    return found


def _mended(store: Store, shard: Shard, faults: Sequence[tuple[str, str]]) -> None:
    """Strike what has been read now from the faults of the shards that it was a part of."""
    still = {source for source, _ in faults}
    read = set(shard.sources) - still
    for row in store._db.execute(
        "SELECT id, counts FROM runs WHERE kind='shard' AND counts LIKE '%faults%'"
    ).fetchall():
        told = json.loads(row["counts"])
        left = [pair for pair in told["faults"] if pair[0] not in read]
        if left != told["faults"]:
            store._db.execute("UPDATE runs SET counts=? WHERE id=?", (json.dumps(told | {"faults": left}), row["id"]))


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
    faults: list[tuple[str, str]] = []
    with schema.guarded(store.folder):
        found = adder.run(_documents(path, given, adder, faults), what=f"shard {shard.key}")
        counts = {"read": found.read} | ({"faults": faults} if faults else {})
        with schema.transaction(store._db):
            store._db.execute(
                "INSERT INTO runs (kind, what, coder, started, ended, counts) VALUES ('shard', ?, ?, ?, ?, ?)",
                (shard.key, version, _now(), _now(), json.dumps(counts, ensure_ascii=False)),
            )
            _mended(store, shard, faults)
    path.unlink(missing_ok=True)
    for name in ("read", "added", "recoded", "seen", "changed_pages", "restored", "copies", "events"):
        setattr(report, name, getattr(report, name) + getattr(found, name))
    report.faults += found.faults
    tell(report)


def _documents(path: Path, given: Given, adder: Adder, faults: list[tuple[str, str]]) -> Iterator[Document]:
    with path.open("rb") as stream:
        for item in parse(_without_faults(stream, adder, faults)):
            if not isinstance(item, tuple):
                raise StoreError(f"{path}: a damaged shard file ({item}); delete it and give the same command again")
            yield from given.offer(item, adder.report)


def _without_faults(stream: Any, adder: Adder, faults: list[tuple[str, str]]) -> Any:
    for line in stream:
        if line.startswith(b'{"faults"'):
            for source, reason in json.loads(line)["faults"]:
                adder.fault(SourceError(source, reason))
                faults.append((source, reason))
        else:
            yield line
