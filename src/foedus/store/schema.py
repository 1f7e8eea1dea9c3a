"""The catalogue: an SQLite file whose schema has a version, moves forward by itself, and is refused when newer."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from foedus.errors import StoreError
from foedus.store.files import DATABASE, EVENTS, STAGING, explained, sync_folder

_V1: Final = """
CREATE TABLE runs (
  id INTEGER PRIMARY KEY, kind TEXT NOT NULL, what TEXT NOT NULL, coder TEXT, started TEXT NOT NULL, ended TEXT,
  counts TEXT NOT NULL DEFAULT '{}');
CREATE TABLE files (
  id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, dataset TEXT NOT NULL, rows INTEGER NOT NULL,
  bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id),
  retired TEXT);
CREATE TABLE documents (
  n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, content_hash TEXT NOT NULL UNIQUE, url_key TEXT UNIQUE,
  title TEXT, byline TEXT, outlet TEXT, published TEXT, source TEXT, url TEXT, language TEXT, format TEXT,
  text TEXT NOT NULL, rest BLOB NOT NULL, checksum INTEGER NOT NULL, coder TEXT, file INTEGER REFERENCES files(id),
  events INTEGER NOT NULL DEFAULT 0, fault TEXT, added TEXT NOT NULL, run INTEGER NOT NULL REFERENCES runs(id));
CREATE INDEX documents_file ON documents(file);
CREATE INDEX documents_coder ON documents(coder);
CREATE TABLE superseded (
  file INTEGER NOT NULL REFERENCES files(id), document TEXT NOT NULL, PRIMARY KEY (file, document)) WITHOUT ROWID;
CREATE TABLE sightings (
  document TEXT NOT NULL REFERENCES documents(id), source TEXT, url TEXT, content_hash TEXT NOT NULL,
  why TEXT NOT NULL, seen TEXT NOT NULL, UNIQUE (document, source, content_hash));
CREATE TABLE rejects (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), import INTEGER, source TEXT NOT NULL,
  line INTEGER, reason TEXT NOT NULL, row TEXT);
CREATE INDEX rejects_import ON rejects(import);
CREATE TABLE file_imports (
  file INTEGER NOT NULL REFERENCES files(id), import INTEGER NOT NULL REFERENCES imports(id),
  PRIMARY KEY (file, import)) WITHOUT ROWID;
CREATE TABLE imports (
  id INTEGER PRIMARY KEY, run INTEGER NOT NULL REFERENCES runs(id), format TEXT NOT NULL, source TEXT NOT NULL,
  sha256 TEXT NOT NULL, mapping TEXT NOT NULL, rows INTEGER NOT NULL, rejected INTEGER NOT NULL, done TEXT NOT NULL,
  UNIQUE (format, sha256, mapping));
CREATE TABLE reviews (
  id INTEGER PRIMARY KEY, event TEXT NOT NULL, document TEXT, verdict TEXT, fields TEXT NOT NULL, comment TEXT,
  reviewer TEXT, at TEXT NOT NULL, undone TEXT, snapshot TEXT NOT NULL);
CREATE INDEX reviews_event ON reviews(event);
CREATE VIRTUAL TABLE documents_fts USING fts5(
  title, text, byline, outlet, content='documents', content_rowid='n', tokenize='unicode61 remove_diacritics 2');
"""
_V2: Final = """
CREATE TABLE reports (
  event TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES documents(id), bucket TEXT NOT NULL, act TEXT);
CREATE INDEX reports_document ON reports(document);
CREATE INDEX reports_bucket ON reports(bucket);
CREATE INDEX reports_act ON reports(act);
CREATE TABLE dirty (bucket TEXT PRIMARY KEY);
CREATE TABLE acts (
  id TEXT PRIMARY KEY, bucket TEXT NOT NULL, actor TEXT NOT NULL, recipient TEXT, type TEXT NOT NULL, mode TEXT,
  polarity TEXT NOT NULL, modality TEXT NOT NULL, date TEXT, first_seen TEXT, last_seen TEXT,
  reports INTEGER NOT NULL, documents INTEGER NOT NULL, stories INTEGER NOT NULL);
CREATE INDEX acts_bucket ON acts(bucket);
CREATE TABLE bands (band INTEGER NOT NULL, document INTEGER NOT NULL, PRIMARY KEY (band, document)) WITHOUT ROWID;
CREATE TABLE sketches (document INTEGER PRIMARY KEY REFERENCES documents(n), sketch BLOB NOT NULL);
CREATE TABLE copies (
  document TEXT PRIMARY KEY REFERENCES documents(id), of TEXT NOT NULL REFERENCES documents(id), likeness REAL NOT NULL);
"""
MIGRATIONS: Final[tuple[str, ...]] = (_V1, _V2)
"""Script `i` brings version `i` to version `i + 1`; a new store runs all of them."""

VERSION: Final = len(MIGRATIONS)
_BUSY_SECONDS: Final = 60.0


def connect(folder: Path, create: bool) -> sqlite3.Connection:
    """Open the catalogue of a store, making or migrating it. Raises StoreError with the way out."""
    path = folder / DATABASE
    try:
        str(folder.absolute()).encode()
    except UnicodeEncodeError:
        raise StoreError(f"{str(folder)!a}: a store's folder needs a name in UTF-8; choose another") from None
    if not path.exists():
        if (folder / EVENTS).is_dir() and any((folder / EVENTS).rglob("*.parquet")):
            raise StoreError(
                f"{folder} has event files but no {DATABASE}; put it back from a backup, or name a new folder"
            )
        if not create:
            raise StoreError(f"{folder} holds no store; make one with: foedus store add SOURCE --store {folder}")
        if folder.exists() and not folder.is_dir():
            raise StoreError(f"{folder} is a file; name a folder for the store")
        if folder.is_dir() and any(not entry.name.startswith(".") for entry in folder.iterdir()):
            strangers = [
                e.name for e in folder.iterdir() if e.name not in (EVENTS, STAGING) and not e.name.startswith(".")
            ]
            if strangers and not any(name.startswith(DATABASE) for name in strangers):
                raise StoreError(f"{folder} holds other files and no store; name a new or empty folder")
        with explained(folder):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / EVENTS).mkdir(exist_ok=True)
            (folder / STAGING).mkdir(exist_ok=True)
    writable = _writable(path)
    if not writable and not path.exists():
        raise StoreError(
            f"{folder}: the folder cannot be written; give yourself the right to write there, or choose another"
        )
    try:
        link = _open(path, writable)
        _migrate(folder, link, writable)
    except sqlite3.DatabaseError as error:
        raise StoreError(_said(folder, error)) from error
    return link


def read_only(folder: Path, timeout: float) -> sqlite3.Connection:
    """A connection that can only read the catalogue, and waits `timeout` seconds for one that is busy."""
    path = folder / DATABASE
    mode = "?mode=ro" if _writable(path) else _lent(path)
    link = sqlite3.connect(f"{path.absolute().as_uri()}{mode}", uri=True, timeout=timeout)
    link.row_factory = sqlite3.Row
    return link


def _writable(path: Path) -> bool:
    return os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))


def _lent(path: Path) -> str:
    # A folder that cannot be written has no room for WAL's helper files; unless they are there, nothing is being
    # written either, and the file may be read as it lies.
    return "?mode=ro" if path.with_name(path.name + "-wal").exists() else "?immutable=1"


def _open(path: Path, writable: bool) -> sqlite3.Connection:
    mode = "" if writable else _lent(path)
    link = sqlite3.connect(f"{path.absolute().as_uri()}{mode}", uri=True, timeout=_BUSY_SECONDS, isolation_level=None)
    link.row_factory = sqlite3.Row
    link.execute("PRAGMA foreign_keys=ON")
    if writable:
        link.execute("PRAGMA journal_mode=WAL")
        # FULL: an acknowledged document outlives a power cut, not only a killed process.
        link.execute("PRAGMA synchronous=FULL")
    return link


def _migrate(folder: Path, link: sqlite3.Connection, writable: bool) -> None:
    known = _version(link)
    if known > VERSION:
        raise StoreError(
            f"{folder} was written by a newer Foedus (store version {known}, this program knows {VERSION}); "
            "upgrade with: pip install -U foedus"
        )
    if known == VERSION:
        return
    if not writable:
        raise StoreError(
            f"{folder} has store version {known} and must be brought to {VERSION}, but the folder cannot be written; "
            "open it once where it can be"
        )
    with transaction(link):
        for number in range(_version(link), VERSION):
            for statement in _statements(MIGRATIONS[number]):
                link.execute(statement)
            link.execute(f"PRAGMA user_version={number + 1}")
    sync_folder(folder)


def _statements(script: str) -> Iterator[str]:
    for part in script.split(";\n"):
        if part.strip():
            yield part


def _version(link: sqlite3.Connection) -> int:
    return int(link.execute("PRAGMA user_version").fetchone()[0])


@contextmanager
def transaction(link: sqlite3.Connection) -> Iterator[None]:
    """One write transaction: all of it or nothing."""
    link.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        # A full disk may have rolled back already.
        if link.in_transaction:
            link.execute("ROLLBACK")
        raise
    link.execute("COMMIT")


@contextmanager
def guarded(folder: Path) -> Iterator[None]:
    """Turns what SQLite says into one line that says what to do."""
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_said(folder, error)) from error


def _said(folder: Path, error: sqlite3.Error) -> str:
    text = str(error)
    if "full" in text or "disk I/O" in text:
        return (
            f"{folder}: the disk is full or failing ({text}); what was acknowledged is kept. "
            "Free some space and give the same command again"
        )
    if "locked" in text or "busy" in text:
        return f"{folder}: another process has been writing for {_BUSY_SECONDS:.0f} s; try again when it is done"
    if "readonly" in text:
        return f"{folder}: the store cannot be written; give yourself the right to write there"
    if "malformed" in text or "not a database" in text or "corrupt" in text:
        return f"{folder}: the catalogue is damaged ({text}); put {DATABASE} back from a backup"
    return f"{folder}: {text}"
