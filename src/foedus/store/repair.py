"""Mending what can be mended: everything that is derived can be made again, and what cannot is named."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Final

from foedus.store import acts, codec, schema
from foedus.store.adding import retire_empty
from foedus.store.files import QUARANTINE
from foedus.store.imports import known
from foedus.store.locks import alone
from foedus.store.verify import Fault, strays, verify

_MANY: Final = 20
"""Sources named one by one; there may be thousands."""


def repair(folder: Path, db: sqlite3.Connection, now: Callable[[], str]) -> list[str]:
    """Mend the faults that `verify` finds; returns what was done and what is left to do, one line each."""
    began = now()
    done: list[str] = []
    faults = verify(folder, db)
    by_kind: defaultdict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_kind[fault.kind].append(fault)
    for fault in by_kind["missing file"] + by_kind["altered file"]:
        done += _file(folder, db, fault)
    if by_kind["index"]:
        with schema.transaction(db):
            db.execute("INSERT INTO documents_fts (documents_fts) VALUES ('rebuild')")
        done.append("the full-text index was built anew")
    for fault in by_kind["counts"]:
        done.append(_counts(db, fault, now))
    if by_kind["reports"]:
        done.append(_reports(folder, db, [str(fault.key) for fault in by_kind["reports"]]))
    done += _leftovers(folder, db)
    done += [f"LEFT TO DO: {fault}" for fault in faults if not fault.mendable]
    if done:
        with schema.transaction(db):
            db.execute(
                "INSERT INTO runs (kind, what, started, ended, counts) VALUES ('repair', ?, ?, ?, ?)",
                (f"{len(faults)} faults", began, now(), json.dumps({"done": done}, ensure_ascii=False)),
            )
    return done


def _leftovers(folder: Path, db: sqlite3.Connection) -> list[str]:
    """Remove what stopped writers left; a writer at work may be about to enter its file, so then nothing is touched."""
    with alone(folder) as nobody_writes:
        if not nobody_writes:
            return ["what stopped writers left stays for now: another is at work; repair again when it is done"]
        found = list(strays(folder, db))
        for fault in found:
            path = folder / str(fault.key)
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)
    return [f"{fault.what}: removed; its writer had not acknowledged it" for fault in found]


def _file(folder: Path, db: sqlite3.Connection, fault: Fault) -> list[str]:
    row = db.execute("SELECT * FROM files WHERE id=?", (fault.key,)).fetchone()
    more: list[str] = []
    path = folder / row["path"]
    if path.exists():
        aside = folder / QUARANTINE / Path(row["path"]).name
        aside.parent.mkdir(exist_ok=True)
        os.replace(path, aside)
    with schema.transaction(db):
        if row["dataset"] == codec.OWN:
            names = [one[0] for one in db.execute("SELECT id FROM documents WHERE file=?", (row["id"],))]
            _forget_events(db, names)
            says = f"{len(names)} documents await `foedus store recode`"
        else:
            own, others = known.lose(db, row["id"])
            says = f"LEFT TO DO: {_again(own[0] if own else 'SOURCE', folder)}"
            more = [
                f"LEFT TO DO: {_again(one, folder)} (it may hold rows that were in {row['path']} too)" for one in others
            ]
            if len(more) > _MANY:
                query = "SELECT source FROM imports WHERE mapping LIKE '%?%'"
                more[_MANY:] = [
                    f'LEFT TO DO: {len(more) - _MANY} more; foedus store sql "{query}" --store {folder} names them'
                ]
        db.execute("DELETE FROM superseded WHERE file=?", (row["id"],))
        db.execute("DELETE FROM files WHERE id=?", (row["id"],))
    return [f"{row['path']}: forgotten; {says}", *more]


def _again(source: str, folder: Path) -> str:
    return f"foedus store import {shlex.quote(source)} --store {shlex.quote(str(folder))}"


def _forget_events(db: sqlite3.Connection, names: list[str]) -> None:
    for name in names:
        db.execute("INSERT OR IGNORE INTO dirty SELECT DISTINCT bucket FROM reports WHERE document=?", (name,))
        db.execute("DELETE FROM reports WHERE document=?", (name,))
        db.execute("UPDATE documents SET coder=NULL, file=NULL, events=0 WHERE id=?", (name,))


def _counts(db: sqlite3.Connection, fault: Fault, now: Callable[[], str]) -> str:
    with schema.transaction(db):
        if isinstance(fault.key, tuple):
            _, file, name = fault.key
            db.execute("INSERT OR IGNORE INTO superseded VALUES (?, ?)", (file, name))
            return f"{name}: its ownerless events are hidden"
        row = db.execute("SELECT file FROM documents WHERE id=?", (fault.key,)).fetchone()
        if row["file"] is not None:
            db.execute("INSERT OR IGNORE INTO superseded VALUES (?, ?)", (row["file"], fault.key))
        _forget_events(db, [str(fault.key)])
        if row["file"] is not None:
            retire_empty(db, [row["file"]], now())
    return f"{fault.key}: awaits `foedus store recode`"


def _reports(folder: Path, db: sqlite3.Connection, names: list[str]) -> str:
    """Reports follow from the event files: they are read off them again."""
    import pyarrow.parquet as pq

    for name in names:
        held = db.execute(
            "SELECT f.path FROM documents d JOIN files f ON f.id = d.file WHERE d.id=?", (name,)
        ).fetchone()
        rows = []
        if held:
            rows = pq.read_table(folder / held["path"], filters=[("document", "=", name)]).to_pylist()
        told = [(row["id"], name, acts.bucket(codec.to_event(row))) for row in rows]
        with schema.transaction(db):
            db.execute("INSERT OR IGNORE INTO dirty SELECT DISTINCT bucket FROM reports WHERE document=?", (name,))
            db.execute("DELETE FROM reports WHERE document=?", (name,))
            db.executemany("INSERT OR REPLACE INTO reports (event, document, bucket) VALUES (?, ?, ?)", told)
            db.executemany("INSERT OR IGNORE INTO dirty VALUES (?)", [(bucket,) for _, _, bucket in told])
    return f"the reports of {len(names)} documents were read off their event files again"
