"""Taking a data set in: told by its content, read as a stream, published file by file, each row kept or its reason noted."""

from __future__ import annotations

import json
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import IO, Any, Final

from foedus.errors import DataError, InputError
from foedus.model.document import Document
from foedus.store import codec, forms, schema
from foedus.store.adding import Adder, catalogue_file
from foedus.store.files import EVENTS, STAGING, measured, publish
from foedus.store.imports import gdelt, known, own, repeats, tables
from foedus.store.imports.gathering import gathered, shown
from foedus.store.imports.plover import plover
from foedus.store.imports.rows import MAPPING, Bad, Item, Reject, opened
from foedus.store.imports.sniff import FORMATS, looks, sniff
from foedus.store.locks import importing

CHUNK: Final = 100_000
"""Rows held in memory at once."""

_READERS: Final[dict[str, Callable[[IO[bytes]], Iterator[Item]]]] = {
    "icews": tables.icews,
    "polecat": tables.polecat,
    "acled": tables.acled,
    "ucdp": tables.ucdp,
    "plover": plover,
}


@dataclass
class ImportReport:
    """What an import did. `known` files were taken in before and are skipped; `faults` are files that could not be read.

    `repeated` rows stand word for word in the store already, or twice in their file, and are not taken in again.

    `reasons` counts rejected rows by what is wrong with them, `examples` gives the first of each in full.
    """

    format: str = ""
    files: int = 0
    known: int = 0
    rows: int = 0
    rejected: int = 0
    repeated: int = 0
    documents: int = 0
    reviews: int = 0
    reasons: dict[str, int] = field(default_factory=dict)
    examples: dict[str, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        return asdict(self)


Progress = Callable[[ImportReport], object]


def run(
    folder: Path,
    db: sqlite3.Connection,
    path: Path,
    format: str | None,
    now: Callable[[], str],
    progress: Progress | None = None,
    keep_rows: bool = False,
) -> ImportReport:
    """Take in a file, or every file of a folder; a file known by its content is skipped, so that a stopped import goes on.

    Raises InputError for an unknown format and DataError for a file that is not of its format. In a folder such a file
    is noted among the faults and the rejects, and the others are taken in.
    """
    if format is not None and format not in FORMATS:
        raise InputError(f"--format {format} is not known: choose one of {', '.join(FORMATS)}")
    try:
        there = path.exists()
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the right to read it") from None
    if not there:
        raise InputError(f"{path}: no such file or folder; check the path")
    if not (path.is_dir() or path.is_file()):
        raise InputError(f"{path}: neither a file nor a folder; write what it gives to a file first")
    files, unread = gathered(path) if path.is_dir() else ([path], {})
    if not files and not unread:
        raise InputError(f"{path}: a folder without data files")
    began = time.monotonic()
    report = ImportReport()
    with schema.transaction(db):
        cursor = db.execute(
            "INSERT INTO runs (kind, what, started) VALUES ('import', ?, ?)", (shown(path)[:500], now())
        )
    number = int(cursor.lastrowid or 0)
    for place, says in unread.items():
        _fault(db, number, place, says, report)
    for file, mark in _marked(files):
        try:
            if isinstance(mark, DataError):
                raise mark
            before = replace(report, reasons=dict(report.reasons))
            kind = format or sniff(file)
            with importing(folder):
                _one(folder, db, file, mark, kind, number, now, report, keep_rows, progress)
            if _nothing(file, kind, before, report):
                report.faults.append(shown(f"{file}: no row was understood as {kind}{looks(file, kind)}"))
        except InputError as error:
            # Readers are given a stream and do not know its name.
            says = str(error) if str(file) in str(error) else f"{file}: {error}"
            if not path.is_dir():
                raise type(error)(says) from None
            _fault(db, number, file, says, report)
        report.seconds = round(time.monotonic() - began, 3)
        if progress:
            progress(report)
    with schema.transaction(db):
        db.execute("UPDATE runs SET ended=?, counts=? WHERE id=?", (now(), json.dumps(report.to_dict()), number))
    return report


def _nothing(file: Path, format: str, before: ImportReport, after: ImportReport) -> bool:
    """Whether a file was taken in and every row of it rejected as none of the format."""
    rejected = after.rejected - before.rejected
    took = any(getattr(before, name) != getattr(after, name) for name in ("rows", "repeated", "documents", "reviews"))
    if not rejected or took or after.reasons.get(_sort(repeats.REVISED)) != before.reasons.get(_sort(repeats.REVISED)):
        return False
    if format not in ("jsonl", "plover"):
        return True
    with opened(file) as stream:  # a line may also tell of no event, or of a known document
        return rejected >= sum(1 for line in stream if line.strip())


def _fault(db: sqlite3.Connection, number: int, file: Path, says: str, report: ImportReport) -> None:
    says = shown(says)
    report.faults.append(says)
    with schema.transaction(db):
        # Told again, and kept once.
        db.execute(
            "INSERT INTO rejects (run, source, reason) SELECT ?1, ?2, ?3 WHERE NOT EXISTS "
            "(SELECT 1 FROM rejects WHERE import IS NULL AND source=?2 AND reason=?3)",
            (number, shown(file), says),
        )


def _marked(files: Sequence[Path]) -> Iterator[tuple[Path, tuple[str, int] | DataError]]:
    """Each file with its SHA-256 and lines, or why it cannot be read; while one is taken in, the next is read for that."""

    def mark(file: Path) -> tuple[str, int] | DataError:
        try:
            # Packed or not, the same rows are the same file: a day is not taken in twice for having been unpacked.
            with opened(file) as stream:
                return measured(stream)
        except DataError as error:
            return error
        except OSError as error:
            return DataError(f"{file}: cannot be read ({error.strerror}); check the right to read it")

    if not files:
        return
    with ThreadPoolExecutor(1) as ahead:
        following = ahead.submit(mark, files[0])
        for file, after in zip(files, [*files[1:], None], strict=True):
            found = following.result()
            if after is not None:
                following = ahead.submit(mark, after)
            yield file, found


def _one(
    folder: Path,
    db: sqlite3.Connection,
    path: Path,
    mark: tuple[str, int],
    format: str,
    run_id: int,
    now: Callable[[], str],
    report: ImportReport,
    keep_rows: bool,
    progress: Progress | None,
) -> None:
    report.format = format if report.format in ("", format) else "several"
    fingerprint = mark[0]
    gdelts = format.startswith("gdelt")
    mapping = MAPPING + ("+rows" if keep_rows and gdelts else "")
    if known.taken(db, format, fingerprint, mapping):
        report.known += 1
        return
    # The same file under an older mapping, or without its rows' cells: what comes now stands in its place.
    lacking = known.lacking(db, format, fingerprint, mapping)
    older = [] if format == "jsonl" else [n for n in known.imports(db, format, fingerprint) if n not in lacking]
    # Another mapping writes other files: readers see the old ones whole until the new ones are entered. So does an
    # import that brings what was lost, beside the files that stand.
    key = sha256(f"{fingerprint} {mapping}{f' {run_id}' if lacking else ''}".encode()).hexdigest()
    if format == "jsonl":
        parts, rows, rejects = _own(folder, db, path, key, now, report)
    elif gdelts:
        parts, rows, rejects = _gdelt(folder, db, path, key, mark[1], int(format[-1]), keep_rows, older, report)
    else:
        parts, rows, rejects = _table(folder, db, path, key, format, report, progress)
    with schema.transaction(db):
        for number in older:
            known.retire(db, number, now())
        cursor = db.execute(
            "INSERT INTO imports (run, format, source, sha256, mapping, rows, rejected, done) VALUES (?,?,?,?,?,?,?,?)",
            (run_id, format, shown(path.absolute()), fingerprint, mapping, rows, len(rejects), now()),
        )
        entered = int(cursor.lastrowid or 0)
        for number in lacking:
            known.join(db, number, entered)
        for part, dataset, count in parts:
            file = catalogue_file(db, folder, part, dataset, count, run_id)
            db.execute("INSERT OR IGNORE INTO file_imports VALUES (?, ?)", (file, entered))
        db.executemany(
            "INSERT INTO rejects (run, import, source, line, reason, row) VALUES (?, ?, ?, ?, ?, ?)",
            [(run_id, entered, shown(path), r.line or None, r.reason, r.row[:100_000]) for r in rejects],
        )
    report.files += 1
    report.rows += rows
    report.rejected += len(rejects)
    for reject in rejects:
        reason = _sort(reject.reason)
        report.reasons[reason] = report.reasons.get(reason, 0) + 1
        report.examples.setdefault(reason, reject.reason)


Parts = list[tuple[str, str, int]]


def _gdelt(
    folder: Path,
    db: sqlite3.Connection,
    path: Path,
    key: str,
    count: int,
    version: int,
    keep_rows: bool,
    older: Sequence[int],
    report: ImportReport,
) -> tuple[Parts, int, list[Reject]]:
    dataset = f"gdelt{version}"
    target = f"{EVENTS}/{dataset}/{key[:32]}.parquet"
    done: list[tuple[gdelt.Counts, list[Reject]]] = []
    (folder / STAGING).mkdir(exist_ok=True)
    others = db.execute(
        "SELECT path FROM files f WHERE retired IS NULL AND dataset IN (?, 'rows') AND path <> ? AND NOT EXISTS "
        f"(SELECT 1 FROM file_imports i WHERE i.file = f.id AND i.import IN ({', '.join('?' * len(older))}))",
        (dataset, target, *older),
    ).fetchall()

    def write(part: Path) -> None:
        counts, rejects = gdelt.write(path, version, part, folder / STAGING, keep_rows, count=count)
        repeated, revised = repeats.drop(part, [folder / row["path"] for row in others], folder / STAGING)
        report.repeated += repeated
        done.append((gdelt.Counts(counts.rows - repeated - len(revised), 0), rejects + revised))

    publish(folder, target, write)
    counts, rejects = done[0]
    return [(target, dataset, counts.rows)], counts.rows, rejects


def _table(
    folder: Path,
    db: sqlite3.Connection,
    path: Path,
    key: str,
    format: str,
    report: ImportReport,
    progress: Progress | None,
) -> tuple[Parts, int, list[Reject]]:
    rejects: list[Reject] = []
    parts: Parts = []
    rows: list[dict[str, Any]] = []
    total = 0
    told = known.Told()

    def flush() -> None:
        nonlocal total
        held = known.held(folder, db, format, rows)
        fresh = [row for row in rows if row["id"] not in held]
        again = [row for row in rows if row["id"] in held]
        revised = [row for row in again if row["raw"] != held[row["id"]]]
        rejects.extend(Reject(0, repeats.REVISED, row["raw"]) for row in revised)
        report.repeated += len(again) - len(revised)
        total += len(fresh)
        rows.clear()
        if fresh:
            target = f"{EVENTS}/{format}/{key[:32]}-{len(parts):05d}.parquet"
            publish(folder, target, lambda part: codec.write(part, fresh))
            parts.append((target, format, len(fresh)))

    with opened(path) as stream:
        for item in _READERS[format](stream):
            if isinstance(item, Reject):
                rejects.append(item)
                continue
            try:
                # ICEWS has a key of its own and looks after it.
                if format != "icews" and told.again(item, item["raw"]):
                    report.repeated += 1
                    continue
            except Bad as bad:
                rejects.append(Reject(0, str(bad), item["raw"]))
                continue
            rows.append(item)
            if len(rows) >= CHUNK:
                flush()
                if progress:
                    progress(report)
    flush()
    return parts, total, rejects


def _own(
    folder: Path, db: sqlite3.Connection, path: Path, key: str, now: Callable[[], str], report: ImportReport
) -> tuple[Parts, int, list[Reject]]:
    given = own.Given()
    adder = Adder(folder, db, given, now, given=True)
    rejects: list[Reject] = []
    reviews: list[dict[str, Any]] = []
    by_dataset: dict[str, list[dict[str, Any]]] = {}
    told = known.Told()
    parts: Parts = []
    rows = 0

    def flush(dataset: str) -> None:
        nonlocal rows
        held = by_dataset.pop(dataset, [])
        fresh = known.unknown(folder, db, held)
        report.repeated += len(held) - len(fresh)
        if fresh:
            mark = sha256(dataset.encode()).hexdigest()[:8]
            target = f"{EVENTS}/rows/{key[:32]}-{mark}-{len(parts):05d}.parquet"
            publish(folder, target, lambda part: codec.write(part, fresh))
            # Whole rows stand in files of their own kind, whatever data set they are of.
            parts.append((target, "rows", len(fresh)))
            rows += len(fresh)

    def take(row: dict[str, Any]) -> None:
        if told.again(row, tuple(row.values())):
            report.repeated += 1
            return
        held = by_dataset.setdefault(row["dataset"], [])
        held.append(row)
        if len(held) >= CHUNK:
            flush(row["dataset"])

    def documents() -> Iterator[Document]:
        with opened(path) as stream:
            for item in own.parse(stream):
                if isinstance(item, Reject):
                    rejects.append(item)
                elif isinstance(item, dict):
                    try:
                        take(item)
                    except Bad as bad:
                        rejects.append(Reject(0, str(bad), forms.json_line(forms.whole(item)).rstrip()))
                elif isinstance(item, list):
                    reviews.extend(item)
                else:
                    yield from given.offer(item, adder.report)

    added = adder.run(documents(), what=shown(path))
    for dataset in list(by_dataset):
        flush(dataset)
    report.documents += added.added
    report.reviews += _reviews(db, reviews)
    return parts, rows + added.events, rejects


def _reviews(db: sqlite3.Connection, told: list[dict[str, Any]]) -> int:
    names = ("event", "document", "verdict", "fields", "comment", "reviewer", "at", "undone", "snapshot")
    count = 0
    with schema.transaction(db):
        for review in told:
            row = [review.get(name) for name in names]
            row[3], row[8] = json.dumps(row[3] or {}, ensure_ascii=False), json.dumps(row[8] or {}, ensure_ascii=False)
            known = "SELECT 1 FROM reviews WHERE event=? AND at=? AND reviewer IS ? AND fields=? AND verdict IS ? AND comment IS ?"
            if db.execute(known, (row[0], row[6], row[5], row[3], row[2], row[4])).fetchone():
                continue
            db.execute(f"INSERT INTO reviews ({', '.join(names)}) VALUES (?,?,?,?,?,?,?,?,?)", row)
            count += 1
    return count


def _sort(reason: str) -> str:
    """A reason without what is peculiar to one row, so that rejects can be counted."""
    return re.sub(r"\d+", "N", re.sub(r"'[^']*'", "…", reason))
