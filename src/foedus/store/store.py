"""The store: documents, events and reviews in a folder that several processes may read and write at once."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from foedus.errors import InputError, SourceError, StoreError
from foedus.model.document import Document
from foedus.model.event import QUADS, Event
from foedus.store import acts, codec, documents, headers, reviews, schema
from foedus.store.adding import BATCH, Adder, AddReport, Codes, Progress
from foedus.store.reviews import Review
from foedus.store.views import Result, Views

if TYPE_CHECKING:
    from foedus.store.exports import ExportReport
    from foedus.store.imports.run import ImportReport
    from foedus.store.verify import Fault

_AT_ONCE: Final = 500


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Store:
    """A store in a folder. Opening makes it where there is none, unless `create` is False; an older one is migrated.

    One object may be used from several threads. Raises StoreError where the folder is no store, is newer than this
    program, cannot be written when it must be, or is damaged.
    """

    def __init__(self, folder: str | os.PathLike[str], create: bool = True) -> None:
        self.folder = Path(folder)
        self._create = create
        self._local = threading.local()
        self._db  # noqa: B018 - opens, makes or refuses the store now and not at first use

    @property
    def _db(self) -> sqlite3.Connection:
        held: sqlite3.Connection | None = getattr(self._local, "db", None)
        if held is None:
            held = self._local.db = schema.connect(self.folder, self._create)
        return held

    @property
    def _views(self) -> Views:
        held: Views | None = getattr(self._local, "views", None)
        if held is None:
            held = self._local.views = Views(self.folder, self._db)
        return held

    def close(self) -> None:
        """Let this thread's connections go; the store opens them again when it is used."""
        for name in ("views", "db"):
            held = getattr(self._local, name, None)
            if held is not None:
                held.close()
                setattr(self._local, name, None)

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # -- adding ------------------------------------------------------------------------------------------------

    def add(
        self,
        documents: Any,
        coder: Codes,
        progress: Progress | None = None,
        workers: int = 1,
        on_error: Callable[[SourceError], object] | None = None,
        batch: int = BATCH,
    ) -> AddReport:
        """Read, code and keep documents, or sources as `foedus.read_all` takes them; what is known is skipped.

        A document is known by its normalised content or address; it is coded anew only where `coder.version` is not
        the one it was coded with. `progress` is called with the report after each batch, when that batch is safe on
        disk. Sources at fault go to `on_error` and into the report; the others are still read.
        """
        adder = Adder(self.folder, self._db, coder, _now)

        def fault(error: SourceError) -> None:
            adder.fault(error)
            if on_error is not None:
                on_error(error)

        with schema.guarded(self.folder):
            self._check_writable()
            report = adder.run(_stream(documents, fault), workers, progress, _named(documents), batch)
            report.acts = self.link()
            self._tidy()
        return report

    def recode(self, coder: Codes, progress: Progress | None = None, workers: int = 1) -> AddReport:
        """Code anew every stored document that another coder version, or none, has coded; events given with theirs stay."""
        old = [
            row["id"]
            for row in self._db.execute(
                "SELECT id FROM documents WHERE coder IS NOT ? AND coalesce(coder, '') NOT LIKE 'given%' ORDER BY n",
                (coder.version,),
            )
        ]  # fmt: skip
        return self.add((self.document(name) for name in old), coder, progress, workers)

    def link(self) -> int:
        """Group reports into acts where new ones have come; returns the number of acts in what changed."""
        with schema.guarded(self.folder):
            return acts.link(self._db, self._by_ids)

    def _tidy(self) -> None:
        from foedus.store.upkeep import sweep

        sweep(self.folder, self._db, _now)

    def _check_writable(self) -> None:
        if not os.access(self.folder, os.W_OK):
            raise StoreError(f"{self.folder}: the folder cannot be written; give yourself the right to write there")

    # -- documents ---------------------------------------------------------------------------------------------

    def documents(
        self,
        query: str | None = None,
        since: str | None = None,
        until: str | None = None,
        outlet: str | None = None,
        limit: int | None = None,
        offset: int = 0,
    ) -> Iterator[Document]:
        """Documents, by full text (best match first), publication date and outlet; all of them without a condition."""
        with schema.guarded(self.folder):
            for row in documents.select(self._db, query, since, until, outlet, limit, offset):
                yield documents.unpack(row)

    def document(self, id: str) -> Document:
        """The document of this id. Raises InputError where there is none."""
        with schema.guarded(self.folder):
            row = self._db.execute("SELECT * FROM documents WHERE id=?", (id,)).fetchone()
        if row is None:
            raise InputError(f"the store holds no document {id!r}; find one with: foedus store search WORDS")
        return documents.unpack(row)

    def search(self, text: str, limit: int = 20, offset: int = 0) -> list[dict[str, Any]]:
        """Documents that hold the words, best first: id, title, outlet, published, url, and a `snippet`.

        Matches in the snippet stand between U+0002 and U+0003, which no stored text can hold as mark-up.
        """
        with schema.guarded(self.folder):
            rows = self._db.execute(
                "SELECT d.id, d.title, d.outlet, d.published, d.url, d.events, "
                "snippet(documents_fts, 1, char(2), char(3), '…', 24) AS snippet "
                "FROM documents_fts JOIN documents d ON d.n = documents_fts.rowid WHERE documents_fts MATCH ? "
                "ORDER BY bm25(documents_fts, 4.0, 1.0, 1.0, 1.0), d.n LIMIT ? OFFSET ?",
                (documents.match_text(text), limit, offset),
            ).fetchall()
        return [dict(row) for row in rows]

    def coded(self) -> Iterator[tuple[Document, list[Event]]]:
        """Every document with its events, in the order added."""
        names = [row[0] for row in self._db.execute("SELECT id FROM documents ORDER BY n")]
        for at in range(0, len(names), _AT_ONCE):
            part = names[at : at + _AT_ONCE]
            events: defaultdict[str, list[Event]] = defaultdict(list)
            for event in self._of_documents(part):
                events[event.document].append(event)
            for name in part:
                yield self.document(name), sorted(events[name], key=_in_text)

    # -- events ------------------------------------------------------------------------------------------------

    def events(
        self,
        sql_filter: str | None = None,
        params: Sequence[Any] = (),
        limit: int | None = None,
        offset: int = 0,
        corrected: bool = False,
        undirected: bool = False,
    ) -> list[Event]:
        """Events that meet a condition over the columns of `docs/formats.md`, such as `actor = ? AND day >= ?`.

        In order of day. Rows whose source code has no PLOVER type, and without `undirected` those that do not say who
        acted on whom, are left out (`sql` has them). `corrected` gives them as their reviewers see them.
        """
        conditions = ["type IS NOT NULL", *([] if undirected else ["directed"])]
        if sql_filter:
            # On lines of its own, so that a comment at its end cannot take the bracket along.
            conditions.append(f"(\n{sql_filter}\n)")
        page = (f" LIMIT {int(limit)}" if limit is not None else "") + (f" OFFSET {int(offset)}" if offset else "")
        cursor = self._query(
            f"SELECT * FROM events WHERE {' AND '.join(conditions)} "
            f"ORDER BY day NULLS LAST, document, start_char, id{page}",
            params,
        )
        found = _events(cursor)
        return reviews.corrected(found, self.reviews()) if corrected else found

    def headers(self, sql_filter: str | None = None, params: Sequence[Any] = ()) -> list[Event]:
        """Events that meet a condition, with only the columns that counting needs (`store/headers.py`), in no order."""
        conditions = ["type IS NOT NULL", "directed", *([f"(\n{sql_filter}\n)"] if sql_filter else [])]
        return headers.read(
            self._query(f"SELECT {', '.join(headers.COLUMNS)} FROM events WHERE {' AND '.join(conditions)}", params)
        )

    def find(
        self,
        actor: str | None = None,
        recipient: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
        speaker: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
    ) -> list[Event]:
        """Events by actor, recipient, type, day, speaker and kind (`word`, `deed`, `withheld`)."""
        if type is not None and type.upper() not in QUADS:
            raise InputError(f"{type} is no PLOVER type; the types are {', '.join(QUADS)}")
        wanted = {
            "actor = ?": actor,
            "recipient = ?": recipient,
            "type = ?": type.upper() if type else None,
            "day >= CAST(? AS DATE)": since,
            "day <= CAST(? AS DATE)": until,
            "speaker = ?": speaker,
            "kind = ?": kind,
        }
        given = {condition: value for condition, value in wanted.items() if value is not None}
        return self.events(" AND ".join(given) or None, list(given.values()), limit)

    def event(self, id: str) -> Event:
        """The event of this id. Raises InputError where there is none."""
        found = _events(self._query("SELECT * FROM events WHERE id = ? LIMIT 1", [id]))
        if not found:
            raise InputError(f"the store holds no event {id!r}")
        return found[0]

    def events_of(self, document: str) -> list[Event]:
        """The events of one document, in text order."""
        return sorted(self._of_documents([document]), key=_in_text)

    def events_frame(self, sql_filter: str | None = None, params: Sequence[Any] = ()) -> Any:
        """All columns of the events that meet a condition, as an Arrow table (`.to_pandas()` for pandas)."""
        where = f"WHERE (\n{sql_filter}\n)" if sql_filter else ""
        with schema.guarded(self.folder):
            return self._views.table(f"SELECT * FROM events {where}", params)

    def sql(self, query: str, params: Sequence[Any] = ()) -> Result:
        """One SELECT over the views events, documents, reports, acts, reviews, copies, imports, rejects and runs."""
        cursor = self._query(query, params)
        return Result([column[0] for column in cursor.description], cursor.fetchall())

    def select(self, sql_filter: str | None, params: Sequence[Any] = (), columns: str = "*") -> Any:
        """A cursor over the event rows that meet a condition, for exports too large for memory."""
        where = f"WHERE (\n{sql_filter}\n)" if sql_filter else ""
        return self._query(f"SELECT {columns} FROM events {where}", params)

    def _query(self, query: str, params: Sequence[Any]) -> Any:
        with schema.guarded(self.folder):
            return self._views.query(query, params)

    def _of_documents(self, names: Sequence[str]) -> list[Event]:
        marks = ", ".join("?" * len(names))
        return _events(self._query(f"SELECT * FROM events WHERE dataset = 'foedus' AND document IN ({marks})", names))

    def _by_ids(self, ids: Sequence[str]) -> Iterator[Event]:
        for at in range(0, len(ids), 20_000):
            part = list(ids[at : at + 20_000])
            yield from _events(
                self._query("SELECT * FROM events WHERE dataset = 'foedus' AND id IN (SELECT unnest(?))", [part])
            )

    # -- reviews -----------------------------------------------------------------------------------------------

    def review(
        self,
        event_id: str,
        verdict: str | None = None,
        fields: Mapping[str, Any] | None = None,
        comment: str | None = None,
        reviewer: str | None = None,
    ) -> Review:
        """Keep a review beside an event: `up` or `down`, corrected fields, a comment. The event stays as it is."""
        event = self.event(event_id)
        with schema.guarded(self.folder), schema.transaction(self._db):
            number = reviews.insert(self._db, event, verdict, fields or {}, comment, reviewer, _now())
        return next(review for review in self.reviews(event_id) if review.id == number)

    def undo_review(self, id: int) -> None:
        """Take a review back. It is kept, marked as undone. Raises InputError where there is none that stands."""
        with schema.guarded(self.folder), schema.transaction(self._db):
            done = self._db.execute("UPDATE reviews SET undone=? WHERE id=? AND undone IS NULL", (_now(), id))
            if done.rowcount == 0:
                raise InputError(f"there is no review {id} to take back")

    def reviews(
        self, event_id: str | None = None, document: str | None = None, include_undone: bool = False
    ) -> list[Review]:
        """Reviews, oldest first, of one event or document or of all; those taken back only where asked for."""
        with schema.guarded(self.folder):
            return reviews.select(self._db, event_id, document, include_undone)

    # -- in and out --------------------------------------------------------------------------------------------

    def import_(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        progress: Callable[[ImportReport], object] | None = None,
        keep_rows: bool = False,
    ) -> ImportReport:
        """Take in a data set: gdelt1, gdelt2, icews, polecat, acled, ucdp, plover, jsonl (told from its content if None).

        Rows not understood are kept with their reason. `keep_rows` keeps GDELT's cells that have no column of their own
        (of the other sets every row is kept as it came).
        """
        from foedus.store.imports.run import run

        with schema.guarded(self.folder):
            self._check_writable()
            report = run(self.folder, self._db, Path(path), format, _now, progress, keep_rows)
            self._tidy()
        self.link()
        return report

    def export(
        self,
        path: str | os.PathLike[str],
        format: str | None = None,
        sql_filter: str | None = None,
        params: Sequence[Any] = (),
        publish: bool = False,
        title: str | None = None,
        authors: Sequence[str] = (),
    ) -> ExportReport:
        """Write events in a format (by the file's ending if None); the report says what the format cannot carry.

        `publish` puts a citation file, a codebook and the standing reviews beside the data.
        """
        from foedus.store.exports import export

        return export(self, Path(path), format, sql_filter, params, publish, title, authors)

    # -- upkeep ------------------------------------------------------------------------------------------------

    def verify(self, leftovers: bool = False) -> list[Fault]:
        """Every fault found: files missing or altered; documents, reports and counts that disagree.

        `leftovers` lists also the files of stopped writers, which are in nobody's way.
        """
        from foedus.store.verify import verify

        with schema.guarded(self.folder):
            return verify(self.folder, self._db, leftovers)

    def repair(self) -> list[str]:
        """Mend what can be mended; returns what was done and what is left to do, one line each."""
        from foedus.store.repair import repair

        with schema.guarded(self.folder):
            self._check_writable()
            done = repair(self.folder, self._db, _now)
        self.link()
        return done

    def stats(self) -> dict[str, Any]:
        """Counts: documents, coded events, imported rows, acts, reviews, copies, rejects, files, bytes, schema version."""
        one = self._db.execute
        with schema.guarded(self.folder):
            files = one(
                "SELECT count(*), coalesce(sum(rows), 0), coalesce(sum(bytes), 0) FROM files WHERE retired IS NULL"
            )
            count, _, size = files.fetchone()
            datasets = {
                row[0]: row[1]
                for row in one(
                    "SELECT dataset, sum(rows) FROM files WHERE retired IS NULL AND dataset <> 'foedus' GROUP BY 1"
                )
            }
            first, last = one("SELECT min(published), max(published) FROM documents").fetchone()
            found = {
                "documents": one("SELECT count(*) FROM documents").fetchone()[0],
                "first_published": first,
                "last_published": last,
                "events": one("SELECT coalesce(sum(events), 0) FROM documents").fetchone()[0],
                "imported": datasets,
                **{
                    name: one(f"SELECT count(*) FROM {name}").fetchone()[0]
                    for name in ("acts", "copies", "rejects", "sightings", "runs")
                },
                "reviews": one("SELECT count(*) FROM reviews WHERE undone IS NULL").fetchone()[0],
                "coders": {
                    row[0]: row[1] for row in one("SELECT coder, count(*) FROM documents GROUP BY 1 ORDER BY 1")
                },
                "files": count,
                "bytes": size,
                "schema": schema.VERSION,
            }
        return found


def _in_text(event: Event) -> tuple[int, int, str]:
    return (event.start, event.predicate_span.start if event.predicate_span else -1, event.id)


def _events(cursor: Any) -> list[Event]:
    names = [column[0] for column in cursor.description]
    found = []
    while rows := cursor.fetchmany(10_000):
        found += [codec.to_event(dict(zip(names, row, strict=True))) for row in rows]
    return found


def _stream(given: Any, fault: Callable[[SourceError], object]) -> Iterator[Document]:
    many = not isinstance(given, Document | str | bytes | os.PathLike)
    for one in given if many else (given,):
        if isinstance(one, Document):
            yield one
            continue
        from foedus.reading.read import read_all

        yield from read_all(one, on_error=fault)


def _named(given: Any) -> str:
    if isinstance(given, str | os.PathLike):
        return str(given)[:500]
    if isinstance(given, list | tuple):
        return " ".join(str(one) if isinstance(one, str | os.PathLike) else "document" for one in given[:20])[:500]
    return "documents"
