"""Asking a store: documents by words and date, events by condition, and one SELECT over the views."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Final

from foedus.columns import told_apart
from foedus.errors import DataError, InputError, UnknownActorError
from foedus.model.dates import earliest, latest
from foedus.model.document import Document
from foedus.model.event import QUADS, Event
from foedus.store import codec, documents, headers, reviews, schema
from foedus.store.handle import Handle
from foedus.store.reviews import Review
from foedus.store.views import Result

KINDS: Final = ("word", "deed", "withheld")
_AT_ONCE: Final = 500


class Asking(Handle):
    """What can be asked of a store. Nothing here writes."""

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
        chosen, values = documents.chosen(query, since, until, outlet)
        page = (-1 if limit is None else limit, offset)
        with schema.guarded(self.folder):
            for row in self._db.execute(f"SELECT d.* {chosen} LIMIT ? OFFSET ?", (*values, *page)):
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
        found = self._events(cursor)
        return reviews.corrected(found, self.reviews()) if corrected else found

    def headers(self, sql_filter: str | None = None, params: Sequence[Any] = ()) -> list[Event]:
        """Events that meet a condition, with only the columns that counting needs (`store/headers.py`), in no order."""
        conditions = ["type IS NOT NULL", "directed", *([f"(\n{sql_filter}\n)"] if sql_filter else [])]
        cursor = self._query(
            f"SELECT {', '.join(headers.COLUMNS)} FROM events WHERE {' AND '.join(conditions)}", params
        )
        with self._views.fetching():
            return headers.read(cursor)

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
        """Events by actor, recipient, type, day, speaker and kind (`word`, `deed`, `withheld`).

        Entities by code or name, the speaker also by the person's own name; days as YYYY-MM-DD, YYYY-MM or YYYY. Raises
        InputError for what names nothing, so that no events is not taken for none of these.
        """
        if type is not None and type.upper() not in QUADS:
            raise InputError(f"{type} is no PLOVER type; the types are {', '.join(QUADS)}")
        if kind is not None and kind not in KINDS:
            raise InputError(f"{kind} is no kind of event; the kinds are {', '.join(KINDS)}")
        if limit is not None and limit < 0:
            raise InputError(f"a limit of {limit}: give a number from 0")
        wanted = {
            "actor = ?": self._entity(actor),
            "recipient = ?": self._entity(recipient),
            "type = ?": type.upper() if type else None,
            "day >= CAST(? AS DATE)": _bound("since", since, earliest),
            "day <= CAST(? AS DATE)": _bound("until", until, latest),
            "kind = ?": kind,
        }
        given: dict[str, Any] = {condition: value for condition, value in wanted.items() if value is not None}
        if speaker is not None:
            person = "contains(lower(speaker_name), lower(?))"
            by_name = self._query(f"SELECT 1 FROM events WHERE {person} LIMIT 1", [speaker]).fetchall()
            given |= {person: speaker} if by_name else {"speaker = ?": self._entity(speaker)}
        return self.events(" AND ".join(given) or None, list(given.values()), limit)

    def _entity(self, text: str | None) -> str | None:
        """The code that a code or name means. Raises UnknownActorError for neither, unless an event has it all the same."""
        from foedus.actors.resolver import resolve, unknown

        if text is None:
            return None
        actor = resolve(text) or resolve(text.upper())
        if actor is not None:
            return actor.code
        query = "SELECT 1 FROM events WHERE ? IN (actor, recipient, speaker) LIMIT 1"
        if self._query(query, [text]).fetchall():
            return text
        raise UnknownActorError(unknown(text, None))

    def event(self, id: str) -> Event:
        """The event of this id. Raises InputError where there is none, DataError for a row whose code PLOVER has no type for."""
        found = self._events(self._query("SELECT * FROM events WHERE id = ? AND type IS NOT NULL LIMIT 1", [id]))
        if found:
            return found[0]
        untyped = "SELECT dataset, source_code FROM events WHERE id = ? LIMIT 1"
        for dataset, code in self._query(untyped, [id]).fetchall():
            raise DataError(
                f"{id} is a row of {dataset} whose code {code} has no PLOVER type, so it is no event here; "
                "read it with: foedus store sql"
            )
        raise InputError(f"the store holds no event {id!r}")

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
        with self._views.fetching():
            return Result(told_apart(column[0] for column in cursor.description), cursor.fetchall())

    def select(self, sql_filter: str | None, params: Sequence[Any] = (), columns: str = "*") -> Any:
        """A cursor over the event rows that meet a condition, for exports too large for memory."""
        where = f"WHERE (\n{sql_filter}\n)" if sql_filter else ""
        return self._query(f"SELECT {columns} FROM events {where}", params)

    def batches(self, cursor: Any) -> Iterator[list[tuple[Any, ...]]]:
        """The rows of such a cursor, ten thousand at a time."""
        while True:
            with self._views.fetching():
                rows = cursor.fetchmany(10_000)
            if not rows:
                return
            yield rows

    def _query(self, query: str, params: Sequence[Any]) -> Any:
        with schema.guarded(self.folder):
            return self._views.query(query, params)

    def _of_documents(self, names: Sequence[str]) -> list[Event]:
        marks = ", ".join("?" * len(names))
        return self._events(
            self._query(f"SELECT * FROM events WHERE dataset = 'foedus' AND document IN ({marks})", names)
        )

    def _by_ids(self, ids: Sequence[str]) -> Iterator[Event]:
        for at in range(0, len(ids), 20_000):
            part = list(ids[at : at + 20_000])
            yield from self._events(
                self._query("SELECT * FROM events WHERE dataset = 'foedus' AND id IN (SELECT unnest(?))", [part])
            )

    def _events(self, cursor: Any) -> list[Event]:
        names = [column[0] for column in cursor.description]
        found = []
        for rows in self.batches(cursor):
            with self._views.fetching():
                found += [codec.to_event(dict(zip(names, row, strict=True))) for row in rows]
        return found

    # -- reviews -----------------------------------------------------------------------------------------------

    def reviews(
        self, event_id: str | None = None, document: str | None = None, include_undone: bool = False
    ) -> list[Review]:
        """Reviews, oldest first, of one event or document or of all; those taken back only where asked for."""
        with schema.guarded(self.folder):
            return reviews.select(self._db, event_id, document, include_undone)


def _bound(name: str, text: str | None, of: Callable[[str], dt.date]) -> str | None:
    if text is None:
        return None
    try:
        return of(text).isoformat()
    except ValueError as error:
        raise InputError(f"{name}: {error}") from None


def _in_text(event: Event) -> tuple[int, int, str]:
    return (event.start, event.predicate_span.start if event.predicate_span else -1, event.id)
