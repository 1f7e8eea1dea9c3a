"""The store: documents, events and reviews in a folder that several processes may read and write at once."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from foedus.errors import InputError, SourceError, StoreError
from foedus.model.document import Document
from foedus.store import acts, reviews, schema
from foedus.store import documents as stored
from foedus.store.adding import BATCH, Adder, AddReport, Progress
from foedus.store.asking import Asking
from foedus.store.coding import Codes
from foedus.store.counts import counts
from foedus.store.locks import writing
from foedus.store.reviews import Review

if TYPE_CHECKING:
    from foedus.store.exports import ExportReport
    from foedus.store.imports.run import ImportReport
    from foedus.store.verify import Fault


def _now() -> str:
    return dt.datetime.now(dt.UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class Store(Asking):
    """A store in a folder. Opening makes it where there is none, unless `create` is False; an older one is migrated.

    One object may be used from several threads. Raises StoreError where the folder is no store, is newer than this
    program, cannot be written when it must be, or is damaged.
    """

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
        adder = Adder(self.folder, self._db, coder, _now, on_error=on_error)
        return self._added(adder, _stream(documents, adder.fault), progress, workers, _named(documents), batch)

    def recode(
        self,
        coder: Codes,
        progress: Progress | None = None,
        workers: int = 1,
        on_error: Callable[[SourceError], object] | None = None,
    ) -> AddReport:
        """Code anew every stored document that another coder version, or none, has coded; events given with theirs stay.

        A document whose stored bytes are damaged stays as it is and is told to `on_error`.
        """
        adder = Adder(self.folder, self._db, coder, _now, on_error=on_error)
        return self._added(adder, self._coded_by_others(coder.version, adder.fault), progress, workers, "documents")

    def _coded_by_others(self, version: str, fault: Callable[[SourceError], object]) -> Iterator[Document]:
        query = "SELECT id FROM documents WHERE coder IS NOT ? AND coalesce(coder, '') NOT LIKE 'given%' ORDER BY n"
        for name in [row["id"] for row in self._db.execute(query, (version,))]:
            row = self._db.execute("SELECT * FROM documents WHERE id=?", (name,)).fetchone()
            if stored.checksum(row) != row["checksum"]:
                # Coded anew, a changed text would pass for another document.
                fault(SourceError(name, f"a stored byte has changed; add its source {row['source']} again"))
                continue
            yield stored.unpack(row)

    def _added(
        self,
        adder: Adder,
        documents: Iterator[Document],
        progress: Progress | None,
        workers: int,
        what: str,
        batch: int = BATCH,
    ) -> AddReport:
        with schema.guarded(self.folder):
            self._check_writable()
            with writing(self.folder):
                report = adder.run(documents, workers, progress, what, batch)
                report.acts = self.link()
                self._tidy()
        return report

    def link(self) -> int:
        """Group reports into acts where new ones have come; returns the number of acts in what changed."""
        with schema.guarded(self.folder):
            return acts.link(self._db, self._by_ids)

    def _tidy(self) -> None:
        from foedus.store.upkeep import sweep

        with writing(self.folder):
            sweep(self.folder, self._db, _now)

    def _check_writable(self) -> None:
        if not os.access(self.folder, os.W_OK):
            raise StoreError(f"{self.folder}: the folder cannot be written; give yourself the right to write there")

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
        # Another may have taken it back by now.
        return next(review for review in self.reviews(event_id, include_undone=True) if review.id == number)

    def undo_review(self, id: int) -> None:
        """Take a review back. It is kept, marked as undone. Raises InputError where there is none that stands."""
        with schema.guarded(self.folder), schema.transaction(self._db):
            done = self._db.execute("UPDATE reviews SET undone=? WHERE id=? AND undone IS NULL", (_now(), id))
            if done.rowcount == 0:
                raise InputError(f"there is no review {id} to take back")

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
            with writing(self.folder):
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
        return counts(self.folder, self._db)


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
