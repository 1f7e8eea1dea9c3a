"""The read-only views that `Store.sql` and `Store.events` ask: Parquet through DuckDB, the rest from the catalogue."""

from __future__ import annotations

import json
import re
import sqlite3
import tempfile
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedus.errors import InputError, StoreError
from foedus.store.codec import COLUMNS, schema
from foedus.store.files import EVENTS, digest, verbatim
from foedus.store.interrupted import heard

TABLES: Final[dict[str, tuple[str, str]]] = {
    "documents": (
        "SELECT id, title, byline, outlet, published, source, url, language, format, {text} length(text) AS characters, "
        "content_hash, coder, events, fault, added FROM documents",
        "one row a document; ask for `text` by name where you need it",
    ),
    "reports": ("SELECT event, document, act FROM reports", "which sentence-level event tells of which act"),
    "acts": (
        "SELECT id, actor, recipient, type, mode, polarity, modality, date, first_seen, last_seen, reports, documents, "
        "stories FROM acts",
        "one row an act of coded documents: first and last seen, reports, documents, and stories (copies of one counted once)",
    ),
    "reviews": (
        "SELECT id, event, document, verdict, fields, comment, reviewer, at, undone, snapshot FROM reviews",
        "one row a review; `undone` is null where it stands",
    ),
    "copies": ("SELECT document, of, likeness FROM copies", "documents that repeat another's text"),
    "sightings": ("SELECT document, source, url, why, seen FROM sightings", "where a known document was met again"),
    "imports": ("SELECT id, format, source, sha256, mapping, rows, rejected, done FROM imports", "data sets taken in"),
    "rejects": ("SELECT id, import, source, line, reason, row FROM rejects", "rows and sources not understood, and why"),
    "runs": ("SELECT id, kind, what, coder, started, ended, counts FROM runs", "each add, import and repair"),
}  # fmt: skip
_NUMBERS: Final = frozenset(
    {"id", "characters", "events", "reports", "documents", "stories", "import", "rows", "rejected", "line"}
)  # fmt: skip
_TEXT_IDS: Final = frozenset({"documents", "acts"})


@dataclass(frozen=True)
class Result:
    """What a query gave: `columns` and `rows`, both plain."""

    columns: list[str]
    rows: list[tuple[Any, ...]]

    def __iter__(self) -> Iterator[tuple[Any, ...]]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def dicts(self) -> list[dict[str, Any]]:
        """The rows by column name."""
        return [dict(zip(self.columns, row, strict=True)) for row in self.rows]

    def to_pandas(self) -> Any:
        """The rows as a pandas DataFrame."""
        import pandas as pd

        return pd.DataFrame(self.rows, columns=self.columns)


class Views:
    """A DuckDB connection in memory whose views follow the catalogue. It reads the store's event files and writes nothing."""

    def __init__(self, folder: Path, db: sqlite3.Connection, memory: str | None = None) -> None:
        import duckdb

        self._folder = folder.absolute()
        self._db = db
        self._duck = duckdb.connect()
        if memory:
            self._duck.execute("SET memory_limit=?", [memory])
        self._duck.execute("SET preserve_insertion_order=false")
        self._duck.execute("SET TimeZone='UTC'")
        # Made when a query spills and removed with the connection. DuckDB's own choice is the working directory, whose
        # files a query could then read.
        self._duck.execute("SET temp_directory=?", [f"{tempfile.gettempdir()}/foedus-{uuid.uuid4().hex}"])
        self._duck.execute("SET python_enable_replacements=false")
        room = f"{self._folder / EVENTS}/"
        # Asked of the pattern as it is written and again of each file that it finds.
        self._duck.execute(f"SET allowed_directories=[{_text(room)}, {verbatim(room)}]")
        self._duck.execute("SET enable_external_access=false")
        self._duck.execute("SET lock_configuration=true")
        self._shape: tuple[Any, ...] | None = None
        self._plain: dict[str, bool] = {}  # queries that only read, and whether they want the documents' texts

    def close(self) -> None:
        """Let the connection go."""
        self._duck.close()

    def table(self, query: str, params: Sequence[Any] = ()) -> Any:
        """What one SELECT gives, as an Arrow table."""
        return self.query(query, params, arrow=True)

    def query(self, query: str, params: Sequence[Any] = (), arrow: bool = False) -> Any:
        """The DuckDB result of one SELECT. Raises InputError for a query at fault, StoreError for a damaged file."""
        import duckdb

        self._only_reads(query)
        for last in (False, True):
            try:
                with heard():
                    self._refresh(query)
                    if arrow:
                        return self._duck.sql(query, params=list(params)).to_arrow_table()
                    return self._duck.execute(query, list(params))
            except duckdb.OutOfMemoryException:
                raise InputError("the query needs more memory than there is; ask for fewer rows or columns") from None
            except _mistakes() as error:
                raise InputError(f"SQL: {_line(error)}{_hint(error)}") from None
            except (duckdb.Error, UnicodeDecodeError) as error:  # the latter where it quotes what a file holds
                # A file may have been merged away since its name was read: the catalogue knows the new one.
                self._shape = None
                if last:
                    raise self._fault(error) from None
        raise AssertionError("unreachable")

    @contextmanager
    def fetching(self) -> Iterator[None]:
        """Names the event file at fault where what a query gave cannot be fetched or does not make sense."""
        import duckdb

        try:
            with heard():
                yield
        except (duckdb.Error, ValueError, TypeError, KeyError) as error:
            raise self._fault(error) from None

    def _fault(self, error: Exception) -> InputError | StoreError:
        """What an error is: of the store, where an event file is not as it was written, else of the query."""
        for row in self._db.execute("SELECT path, bytes, sha256 FROM files WHERE retired IS NULL ORDER BY id"):
            path = self._folder / row["path"]
            try:
                if not path.is_file():
                    what = "gone"
                elif path.stat().st_size != row["bytes"] or digest(path) != row["sha256"]:
                    what = "not as it was written"
                else:
                    continue
            except OSError as unread:
                what = f"not to be read ({unread.strerror})"
            return StoreError(
                f"{self._folder}: the event file {row['path']} is {what}; "
                f"see: foedus store verify --store {self._folder}"
            )
        return InputError(f"SQL: {_line(error)}")

    def _only_reads(self, query: str) -> None:
        """Refuse all but one SELECT that does nothing but read the views.

        DuckDB writes files also from a WITH or an EXPLAIN ANALYZE, and into a folder that it may read. So each node of
        the parsed query is looked at, and only what is known to be harmless passes.
        """
        import duckdb

        if query in self._plain:
            return
        try:
            query.encode()  # a lone surrogate is no text
            statements = self._duck.extract_statements(query)
            if len(statements) != 1 or statements[0].type != duckdb.StatementType.SELECT:
                raise InputError(_ONE_SELECT)
            told = self._duck.execute("SELECT json_serialize_sql(?::VARCHAR)", [query]).fetchall()[0][0]
            parsed = json.loads(told)
        except (duckdb.Error, UnicodeEncodeError) as error:
            raise InputError(f"SQL: {_line(error)}") from None
        except RecursionError:
            raise InputError("SQL: the query is nested too deeply; write it in steps") from None
        if parsed["error"]:
            raise InputError(f"SQL: {parsed.get('error_message') or 'not understood'}")
        for node in _nodes(parsed):
            kind = str(node.get("type"))
            if kind.endswith("_NODE") and kind not in _READING:
                raise InputError(_ONE_SELECT)
            if kind == "TABLE_FUNCTION" and (name := str(node["function"]["function_name"]).lower()) not in _HARMLESS:
                raise InputError(f"SQL: {name} is not allowed here; the views are events, {', '.join(TABLES)}")
            if kind in ("BASE_TABLE", "SHOW_REF") and _like_a_file(node):
                raise InputError(f"SQL: {node['table_name']} is no view; the views are events, {', '.join(TABLES)}")
        if len(self._plain) >= 1000:
            self._plain.clear()
        self._plain[query] = _wants_text(query, parsed)

    def _refresh(self, query: str) -> None:
        self._refresh_events()
        words = set(re.findall(r"[a-z_]+", query.lower()))
        for name in TABLES.keys() & words:
            self._duck.unregister(name)
            self._duck.register(name, self._table(name, self._plain[query]))

    def _refresh_events(self) -> None:
        # In one statement: between two, a writer could hide an event under its old file and show none under its new.
        told = self._db.execute(
            "SELECT f.id, f.path, f.dataset, s.document FROM files f LEFT JOIN superseded s ON s.file = f.id "
            "WHERE f.retired IS NULL ORDER BY f.id, s.document"
        ).fetchall()
        files = list({row["id"]: row for row in told}.values())
        gone = [row for row in told if row["document"] is not None]
        shape = (tuple(row["id"] for row in files), hash(tuple((row["id"], row["document"]) for row in gone)))
        if shape == self._shape:
            return
        plain: dict[str, list[str]] = {}
        checked = []
        held = {row["path"] for row in gone}
        for row in files:
            path = str(self._folder / row["path"])
            if row["path"] in held:
                checked.append(path)
            else:
                plain.setdefault(row["dataset"], []).append(path)
        parts = [
            f"SELECT {_columns(dataset)} FROM read_parquet({_list(paths)})" for dataset, paths in sorted(plain.items())
        ]
        if checked:
            import pyarrow as pa

            pairs = [(str(self._folder / row["path"]), row["document"]) for row in gone]
            self._duck.execute("CREATE OR REPLACE TABLE superseded_(filename VARCHAR, document VARCHAR)")
            self._duck.register("pairs_", pa.table({"f": [f for f, _ in pairs], "d": [d for _, d in pairs]}))
            self._duck.execute("INSERT INTO superseded_ SELECT f, d FROM pairs_")
            self._duck.unregister("pairs_")
            parts.append(
                f"SELECT {', '.join(COLUMNS)} FROM read_parquet({_list(checked)}, filename=true) p WHERE NOT EXISTS "
                "(SELECT 1 FROM superseded_ s WHERE s.filename = p.filename AND s.document = p.document)"
            )
        if not parts:
            self._duck.register("empty_", schema().empty_table())
            parts.append("SELECT * FROM empty_")
        self._duck.execute(f"CREATE OR REPLACE VIEW events AS {' UNION ALL '.join(parts)}")
        self._shape = shape

    def _table(self, name: str, with_text: bool) -> Any:
        import pyarrow as pa

        select = TABLES[name][0].format(text="text," if with_text else "")
        cursor = self._db.execute(select)
        names = [column[0] for column in cursor.description]
        kinds = [_kind(name, column) for column in names]
        shape = pa.schema([(column, kind) for column, kind in zip(names, kinds, strict=True)])
        batches = []
        while rows := cursor.fetchmany(20_000):
            columns = [pa.array([row[i] for row in rows], type=kind) for i, kind in enumerate(kinds)]
            batches.append(pa.record_batch(columns, schema=shape))
        return pa.Table.from_batches(batches, schema=shape)


_ONE_SELECT: Final = (
    "only one SELECT at a time, and nothing that writes: a store is changed by `foedus store add` and `import`"
)
_READING: Final = frozenset({"SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE"})
_HARMLESS: Final = frozenset(
    {"unnest", "range", "generate_series", "repeat", "json_each", "json_tree", "histogram", "histogram_values", "summary",
     "duckdb_columns", "duckdb_views", "duckdb_tables", "duckdb_functions", "pragma_table_info"}
)  # fmt: skip
"""Table functions that read no file, run no other query and change nothing of the connection."""


def _nodes(parsed: Any) -> Iterator[dict[str, Any]]:
    waiting = [parsed]
    while waiting:
        one = waiting.pop()
        if isinstance(one, dict):
            yield one
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one


_SCHEMAS: Final = frozenset({"", "main", "information_schema", "pg_catalog"})


def _like_a_file(table: dict[str, Any]) -> bool:
    """Whether DuckDB may take the name of a table for that of a file: there is a dot in it, or before it (`x.parquet`)."""
    return "." in table["table_name"] or table["schema_name"].lower() not in _SCHEMAS


def _wants_text(query: str, parsed: Any) -> bool:
    """Whether a query may ask for the column `text`: by name, by a star (`FROM documents` has one), or by whole rows."""
    if re.search(r"\btext\b", query, re.IGNORECASE):
        return True
    nodes = list(_nodes(parsed))
    tables = {str(node.get(name)).lower() for node in nodes for name in ("table_name", "alias")}
    return any(
        node.get("class") == "STAR"
        or (node.get("class") == "COLUMN_REF" and str(node["column_names"][-1]).lower() in tables)
        for node in nodes
    )


def _mistakes() -> tuple[type[Exception], ...]:
    """Errors that are the query's whatever the files hold."""
    import duckdb

    return (
        duckdb.ParserException, duckdb.SyntaxException, duckdb.BinderException, duckdb.CatalogException,
        duckdb.PermissionException, duckdb.NotImplementedException, duckdb.TypeMismatchException,
        duckdb.ConversionException, duckdb.OutOfRangeException,
    )  # fmt: skip


_TYPES: Final = {
    "string": "VARCHAR", "date": "DATE", "bool": "BOOLEAN", "int64": "BIGINT", "int32": "INTEGER", "double": "DOUBLE"
}  # fmt: skip


def _columns(dataset: str) -> str:
    """The columns of a data set's files; GDELT's files leave out what follows from the rest."""
    if dataset not in ("gdelt1", "gdelt2"):
        return ", ".join(COLUMNS)
    from foedus.store.imports.gdelt import WRITTEN, derived

    known = derived(int(dataset[-1]))
    return ", ".join(
        name if name in WRITTEN else f"CAST({known.get(name, 'NULL')} AS {_TYPES[kind]}) AS {name}"
        for name, (kind, _) in COLUMNS.items()
    )


def _kind(table: str, column: str) -> Any:
    import pyarrow as pa

    if column == "likeness":
        return pa.float64()
    if column == "id" and table in _TEXT_IDS:
        return pa.string()
    return pa.int64() if column in _NUMBERS else pa.string()


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _list(paths: Sequence[str]) -> str:
    return "[" + ", ".join(verbatim(path) for path in paths) + "]"


def _line(error: Exception) -> str:
    return " ".join(str(error).split("\n\n")[0].split())[:300]


def _hint(error: Exception) -> str:
    if "does not exist" in str(error) and "Table" in str(error):
        return f"; the views are events, {', '.join(TABLES)}"
    return ""
