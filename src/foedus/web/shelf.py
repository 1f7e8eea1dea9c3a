"""The workbench's hold on the store: what changes when, headers of documents without their texts, and memory of results."""

from __future__ import annotations

import datetime as dt
import sqlite3
import threading
import time
from collections import OrderedDict, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar, cast

from foedus.brief import labels
from foedus.errors import StoreError
from foedus.ledger import background
from foedus.model.document import Document
from foedus.model.event import Event
from foedus.store.reviews import Review, corrected
from foedus.store.schema import read_only
from foedus.store.store import Store

T = TypeVar("T")
KEPT: Final = 256
SLOW: Final = 0.15
"""Seconds from which a result is made anew in the background while the last one is still shown."""
VERY_SLOW: Final = 2.0
"""Seconds from which even a reviewer is shown the last result first: a long wait helps nobody."""
STALE: Final = 30.0
"""Seconds for which a slow result may be shown after the store has changed, where nobody is making it anew."""
PAUSES: Final = 4.0
"""Pause between two makings of a slow result while the store keeps changing, as a multiple of the time one takes."""
OWED: ContextVar[int] = ContextVar("foedus_owed", default=0)
"""How far the record of reviews had come (`Stamp.clock`) when whoever asks last wrote to it: no less may be shown to them."""
_SINCE: ContextVar[float | None] = ContextVar("foedus_since", default=None)
"""While a result is made: when that began. What it is made from must be no older."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the store holds now: two stamps are equal where nothing has changed between them."""

    documents: tuple[int, ...]
    reviews: tuple[int, ...]

    @property
    def clock(self) -> int:
        """Reviews written and taken back so far; it only ever rises. 0 for what does not depend on reviews."""
        return 2 * self.reviews[0] - self.reviews[1] if self.reviews else 0

    def __str__(self) -> str:
        return ".".join(map(str, (*self.documents, *self.reviews)))


@dataclass(frozen=True, slots=True)
class Behind:
    """A result that is shown while a fresh one is made: the time of day it is of, and what came in since."""

    at: str
    documents: int
    reviews: int


@dataclass(frozen=True, slots=True)
class Header:
    """A document without its text. `n` is its place in the store, `events` how many were coded from it."""

    n: int
    id: str
    title: str | None
    byline: str | None
    outlet: str | None
    published: str | None
    source: str | None
    url: str | None
    language: str | None
    events: int
    coder: str | None
    fault: str | None
    added: str

    @property
    def label(self) -> str:
        """What a person calls it: outlet or title."""
        return self.title or self.outlet or self.id

    def to_dict(self) -> dict[str, Any]:
        """Plain values for JSON."""
        plain = {name: getattr(self, name) for name in self.__slots__ if name != "n"}
        return plain | {"source": without_folder(self.source)}


def without_folder(source: str | None) -> str | None:
    """A source without the folder that it lay in: whole paths of the machine are nobody's business."""
    return source.rsplit("/", 1)[-1] if source and source.startswith("/") else source


def _left_out(kept: str | None, left: str | None) -> str:
    """Which events are left out, by the days of the last that is kept and the first that is not."""
    if left is None:
        return "some without a date" if kept is None else "those without a date"
    if kept == left:
        return f"some of {labels.date(left)} and those before it or without a date"
    return f"those up to {labels.date(left)} or without a date"


_HEADER: Final = "n, id, title, byline, outlet, published, source, url, language, events, coder, fault, added"


@dataclass
class _Kept:
    value: Any
    stamp: Stamp
    began: float
    took: float
    refreshing: bool = False

    @property
    def made(self) -> float:
        return self.began + self.took


class Shelf:
    """A store with a memory for results that follow from it."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._kept: OrderedDict[Hashable, _Kept] = OrderedDict()
        self._lock = threading.Lock()
        self._making: dict[Hashable, threading.Lock] = {}
        self._reviews: tuple[tuple[int, ...], list[Review]] | None = None
        self._past: dict[tuple[str, int, int], bool] = {}
        self._local = threading.local()
        self._behind = ThreadPoolExecutor(max_workers=1, thread_name_prefix="foedus-behind")

    def close(self) -> None:
        """Let the background thread and this thread's connection go."""
        self._behind.shutdown(wait=False, cancel_futures=True)
        self._drop()

    def rows(self, query: str, params: Iterable[Any] = ()) -> list[dict[str, Any]]:
        """Rows of the catalogue, read only. For lists that must not carry every text along."""
        # Store.sql loads whole tables into DuckDB: right for analysis, too slow for a page of twenty headers.
        try:
            return [dict(row) for row in self._db().execute(query, tuple(params))]
        except sqlite3.Error as error:
            self._drop()
            raise StoreError(f"{self.store.folder}: the catalogue cannot be read ({error})") from error

    def _db(self) -> sqlite3.Connection:
        """This thread's connection to the catalogue, which can only read; it ends with the thread."""
        held: sqlite3.Connection | None = getattr(self._local, "db", None)
        if held is None:
            held = self._local.db = read_only(self.store.folder, timeout=10)
        return held

    def _drop(self) -> None:
        """Let this thread's connection go: the next question opens another."""
        held: sqlite3.Connection | None = getattr(self._local, "db", None)
        if held is not None:
            self._local.db = self._local.stamp = None
            held.close()

    def stamp(self) -> Stamp:
        """What the store holds now."""
        # SQLite itself says, at next to no cost, whether another connection has written since.
        version = self.rows("PRAGMA data_version")[0]["data_version"]
        held: tuple[int, Stamp] | None = getattr(self._local, "stamp", None)
        if held is None or held[0] != version:
            held = self._local.stamp = (version, self._stamp())
        return held[1]

    def _stamp(self) -> Stamp:
        row = self.rows(
            "SELECT (SELECT coalesce(max(id), 0) FROM files) AS a, (SELECT count(*) FROM superseded) AS b, "
            "(SELECT coalesce(max(n), 0) FROM documents) AS c, (SELECT coalesce(max(id), 0) FROM runs) AS d, "
            # What is retired, mended or joined into acts afterwards leaves the numbers above as they are.
            "(SELECT count(*) FROM files WHERE retired IS NULL) AS standing, (SELECT count(*) FROM acts) AS acts, "
            "(SELECT coalesce(max(id), 0) FROM reviews) AS e, (SELECT count(*) FROM reviews WHERE undone IS NULL) AS f"
        )[0]
        documents = (row["a"], row["b"], row["c"], row["d"], row["standing"], row["acts"])
        return Stamp(documents, (row["e"], row["f"]))

    def events_held(self) -> int:
        """How many events the store holds, coded from documents or imported."""
        return self.memo(
            ("events held",),
            lambda: int(self.rows("SELECT coalesce(sum(rows), 0) AS n FROM files WHERE retired IS NULL")[0]["n"]),
            False,
        )

    def headers(self, ids: Iterable[str]) -> dict[str, Header]:
        """Headers of some documents, by id."""
        wanted = list(dict.fromkeys(ids))
        found: dict[str, Header] = {}
        for at in range(0, len(wanted), 500):
            part = wanted[at : at + 500]
            marks = ",".join("?" * len(part))
            for row in self.rows(f"SELECT {_HEADER} FROM documents WHERE id IN ({marks})", part):
                found[row["id"]] = Header(**row)
        return found

    def listed(self, limit: int, offset: int, only: str = "") -> tuple[list[Header], int]:
        """A page of headers, the newest additions first, and how many there are; `only` is `faults` or `silent`."""
        where = {"faults": "WHERE fault IS NOT NULL", "silent": "WHERE events = 0"}.get(only, "")
        total = self.rows(f"SELECT count(*) AS n FROM documents {where}")[0]["n"]
        rows = self.rows(f"SELECT {_HEADER} FROM documents {where} ORDER BY n DESC LIMIT ? OFFSET ?", (limit, offset))
        return [Header(**row) for row in rows], int(total)

    def newest(self, condition: str, params: Sequence[Any], most: int) -> tuple[list[Event], str]:
        """The events that meet a condition; of more than `most` the newest, those without a day last.

        And, in words, which of them are left out; empty where none is.
        """
        meets = f"FROM events WHERE type IS NOT NULL AND directed AND ({condition})"
        if self.store.sql(f"SELECT count(*) {meets}", params).rows[0][0] <= most:
            return self.store.headers(condition, params), ""
        (day, last), (left, _) = self.store.sql(
            f"SELECT CAST(day AS VARCHAR), id {meets} ORDER BY day DESC NULLS LAST, id LIMIT 2 OFFSET {int(most) - 1}",
            params,
        ).rows
        if day is None:
            kept, place = "(day IS NOT NULL OR id <= ?)", [last]
        else:
            kept, place = "(day > CAST(? AS DATE) OR (day = CAST(? AS DATE) AND id <= ?))", [day, day, last]
        return self.store.headers(f"({condition}) AND {kept}", [*params, *place]), _left_out(day, left)

    def corrected(self, events: Sequence[Event]) -> list[Event]:
        """Events as their reviewers see them."""
        return corrected(events, self.reviews())

    def reviews(self) -> list[Review]:
        """All standing reviews, oldest first, read once for each state of the record."""
        now = self.stamp().reviews
        held = self._reviews
        if held is None or held[0] != now:
            held = self._reviews = (now, self.store.reviews())
        return held[1]

    def dated_back(self, events: Sequence[Event]) -> list[Event]:
        """The same events; undated deeds in a stretch of background, and habitual ones, become historical, as in the brief.

        Whether a sentence is background follows from its document alone, so it is looked up once.
        """
        asked = [event for event in events if background.asks(event)]
        past = {id(event) for event in asked if background.habitual(event)}
        open_ = [event for event in asked if event.document and id(event) not in past]
        wanted: defaultdict[str, set[tuple[int, int]]] = defaultdict(set)
        for event in open_:
            if (event.document, event.start, event.end) not in self._past:
                wanted[event.document].add((event.start, event.end))
        names = list(wanted)
        for at in range(0, len(names), 200):
            part = names[at : at + 200]
            marks = ",".join("?" * len(part))
            rows = self.rows(f"SELECT id, text, published FROM documents WHERE id IN ({marks})", part)
            for row in rows:
                document = Document(row["text"], id=row["id"], published=row["published"])
                for start, end in wanted[row["id"]]:
                    self._past[row["id"], start, end] = background.in_background(document, start, end)
        past |= {id(event) for event in open_ if self._past.get((event.document, event.start, event.end))}
        return [replace(event, historical=True) if id(event) in past else event for event in events]

    def memo(self, key: Hashable, make: Callable[[], T], reviews: bool = True) -> T:
        """What `make` gives for the store as it is now; with `reviews` false, what does not depend on reviews.

        A slow result is shown while a fresh one is made behind it, with pauses as long as the work takes: the pages stay
        quick while a long `store add` runs and while others review. Who reviewed themselves (`OWED`) waits for the
        figures that know of it; where they take long, they are begun at once.
        """
        asked = _SINCE.get() or time.monotonic()
        stamp = self._now(reviews)
        with self._lock:
            kept = self._kept.get(key)
            if kept is not None:
                self._kept.move_to_end(key)
                if kept.stamp == stamp or self._shown(kept, stamp, key, make, reviews):
                    return cast(T, kept.value)
            making = self._making.setdefault(key, threading.Lock())
        with making:
            with self._lock:
                kept = self._kept.get(key)
                # Made since it was asked for: in a store that changes all the time no later state is owed to anybody.
                if kept is not None and (kept.stamp == stamp or kept.began >= asked):
                    return cast(T, kept.value)
            return self._make(key, make, reviews)

    def _now(self, reviews: bool) -> Stamp:
        return self.stamp() if reviews else Stamp(self.stamp().documents, ())

    def _shown(self, kept: _Kept, stamp: Stamp, key: Hashable, make: Callable[[], Any], reviews: bool) -> bool:
        """Whether an outdated result may be shown; sees to it that a fresh one is made."""
        if kept.took <= SLOW or _SINCE.get() is not None:
            return False
        owed = kept.stamp.clock < min(OWED.get(), stamp.clock)
        if owed and kept.took <= VERY_SLOW:
            return False
        age = time.monotonic() - kept.made
        if not kept.refreshing and age > STALE + PAUSES * kept.took:
            return False
        if not kept.refreshing and (owed or age > PAUSES * kept.took):
            kept.refreshing = True
            self._behind.submit(self._again, key, make, reviews)
        return True

    def last(self, key: Hashable) -> Any:
        """The result at hand, fresh or not; None where there is none."""
        with self._lock:
            return self._kept[key].value if key in self._kept else None

    def stamp_of(self, key: Hashable, value: object) -> Stamp | None:
        """The state of the store that a result at hand was made from; None where it is no longer at hand."""
        with self._lock:
            kept = self._kept.get(key)
            return kept.stamp if kept is not None and kept.value is value else None

    def behind(self, key: Hashable, value: object) -> Behind | None:
        """What has come into the store since a result at hand was made; None where it is of the store as it is now."""
        now = self.stamp()
        with self._lock:
            kept = self._kept.get(key)
        if kept is None or kept.value is not value or kept.stamp == now:
            return None
        documents = max(now.documents[2] - kept.stamp.documents[2], 0)
        at = dt.datetime.now() - dt.timedelta(seconds=time.monotonic() - kept.began)
        return Behind(f"{at:%H:%M:%S}", documents, now.clock - kept.stamp.clock)

    def holds(self, key: Hashable) -> bool:
        """Whether a result is at hand, fresh or not."""
        with self._lock:
            return key in self._kept

    def _make(self, key: Hashable, make: Callable[[], T], reviews: bool) -> T:
        stamp, began = self._now(reviews), time.monotonic()
        inside = _SINCE.set(_SINCE.get() or began)
        try:
            value = make()
        finally:
            _SINCE.reset(inside)
        with self._lock:
            self._kept[key] = _Kept(value, stamp, began, time.monotonic() - began)
            self._kept.move_to_end(key)
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)
            for gone in self._making.keys() - self._kept.keys() - {key}:
                if not self._making[gone].locked():
                    del self._making[gone]
        return value

    def _again(self, key: Hashable, make: Callable[[], Any], reviews: bool) -> None:
        try:
            self._make(key, make, reviews)
        except Exception:
            # The next request makes it in the open and tells its reader what is wrong.
            with self._lock:
                self._kept.pop(key, None)
