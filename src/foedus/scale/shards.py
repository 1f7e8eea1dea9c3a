"""One shard: some sources, read and coded by a worker into one file whose name follows from what goes in."""

from __future__ import annotations

import json
import os
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Final, cast

from foedus.errors import SourceError
from foedus.store.coding import code_all
from foedus.store.exports import record
from foedus.store.files import sync_folder

Factory = Callable[[], Any]
SHARDS: Final = "shards"
_coders: dict[str, Any] = {}


@dataclass(frozen=True, slots=True)
class Shard:
    """Sources that one worker reads; `key` is their fingerprint and the coder's version."""

    key: str
    sources: tuple[str, ...]


def local_coder() -> Any:
    """The shipped coder."""
    from foedus.coding.coder import Coder

    return Coder()


def expand(sources: Sequence[str]) -> list[str]:
    """Files of folders and patterns, one by one, in order; whatever is no folder stays as it is."""
    import glob

    from foedus.reading.sniff import SUFFIXES

    found: list[str] = []
    for source in sources:
        path = Path(source)
        if path.is_dir():
            found += sorted(
                str(one)
                for one in path.rglob("*")
                if one.is_file()
                and not any(part.startswith(".") for part in one.relative_to(path).parts)
                and Path(one.name.removesuffix(".gz")).suffix.lower() in SUFFIXES
            )
        elif any(mark in source for mark in "*?[") and not path.exists():
            found += sorted(glob.glob(source, recursive=True)) or [source]
        else:
            found.append(source)
    return list(dict.fromkeys(found))


def cut(sources: Sequence[str], version: str, size: int) -> list[Shard]:
    """Shards of `size` sources. The same sources in the same state give the same shards."""
    return [
        Shard(_key(part, version), tuple(part))
        for part in (list(sources[at : at + size]) for at in range(0, len(sources), size))
    ]


def _key(sources: Sequence[str], version: str) -> str:
    mark = sha256(version.encode())
    for source in sources:
        try:
            state = os.stat(source)
            told = f"{os.path.abspath(source)}\x1f{state.st_size}\x1f{state.st_mtime_ns}"
        except OSError:
            told = source
        mark.update(told.encode("utf-8", "surrogateescape") + b"\x1e")
    return mark.hexdigest()[:32]


def code(shard: Shard, folder: str, factory: Factory | bytes, version: str) -> dict[str, Any]:
    """Read and code a shard into `folder/<key>.jsonl`; a shard that lies there is not coded again.

    Runs in a worker, which loads the coder once. The file is renamed into place, so that a worker killed midway
    leaves nothing behind that looks done, and a second run writes the same bytes.
    """
    from foedus.reading.read import read_all

    target = Path(folder) / f"{shard.key}.jsonl"
    if target.exists():
        return {"key": shard.key, "path": str(target)}
    coder = _coders.get(version)
    if coder is None:
        if isinstance(factory, bytes):
            import pickle

            # Unpacked here and not by Dask, which would wait for ever where it cannot.
            factory = cast(Factory, pickle.loads(factory))
        coder = _coders[version] = factory()
    if coder.version != version:
        raise RuntimeError(f"this worker has the coder {coder.version}, the others {version}: give all the same Foedus")
    faults: list[tuple[str, str]] = []

    def fault(error: SourceError) -> None:
        faults.append((error.source, error.reason))

    target.parent.mkdir(parents=True, exist_ok=True)
    aside = target.with_name(f".{shard.key}.{uuid.uuid4().hex}.part")
    try:
        with aside.open("w", encoding="utf-8", errors="replace") as out:
            for document, events, failed in code_all(coder, read_all(list(shard.sources), on_error=fault)):
                if failed is not None:
                    faults.append((document.source or document.id, failed))
                out.write(json.dumps(record(document, events), ensure_ascii=False, default=str) + "\n")
            if faults:
                out.write(json.dumps({"faults": faults}, ensure_ascii=False) + "\n")
            out.flush()
            os.fsync(out.fileno())
        os.replace(aside, target)
        sync_folder(target.parent)
    finally:
        aside.unlink(missing_ok=True)
    return {"key": shard.key, "path": str(target)}
