"""Rows of a newly written GDELT file that must not count twice: told twice in it, or held by the store from another file."""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from foedus.errors import DataError, StoreError
from foedus.store.files import verbatim
from foedus.store.imports.rows import Reject
from foedus.store.interrupted import heard

REVISED: Final = (
    "the store holds a row of this id that says something else; take the new edition into a store of its own"
)
_SAYS: Final = ("actor", "recipient", "type", "day", "source_code", "mentions", "url")
"""What two rows of one id must share to say the same."""

Range = tuple[str, str] | None


def drop(part: Path, held: Iterable[Path], room: Path, memory: str = "2GB") -> tuple[int, list[Reject]]:
    """Take the rows out of `part` that stand in it before or in one of the files `held`.

    Returns how many were the same, and as rejects those that say something else under a known id. Files whose ids lie
    apart, as those of GDELT do, are told apart by their footers alone. Raises DataError where memory and disk do not
    suffice, StoreError where a file held cannot be read.
    """
    import duckdb

    found = _range(part)
    if found is None:
        return 0, []
    meeting = [path for path in held if _meet(found, _range_of(path))]
    with heard(), tempfile.TemporaryDirectory(dir=room) as scratch:
        duck = duckdb.connect()
        try:
            duck.execute("SET memory_limit=?", [memory])
            duck.execute("SET temp_directory=?", [scratch])
            duck.execute("SET preserve_insertion_order=false")
            duck.execute(f"CREATE VIEW part AS SELECT * FROM read_parquet({verbatim(part)})")
            if not meeting and _distinct(duck):
                return 0, []
            return _taken_out(duck, part, meeting, Path(scratch))
        except duckdb.OutOfMemoryException:
            raise DataError(f"comparing it with what the store holds needs more than {memory} and the disk") from None
        except duckdb.Error as error:
            if shutil.disk_usage(room).free < 64 << 20:
                raise OSError(errno.ENOSPC, "No space left on device") from None
            told = " ".join(str(error).split())[:200]
            raise StoreError(
                f"{room.parent}: an event file cannot be read ({told}); see: foedus store verify --store {room.parent}"
            ) from None
        finally:
            duck.close()


def _distinct(duck: Any) -> bool:
    # Of hashes, which take a third of the room: where two ids share one, the closer look costs time and nothing else.
    total, different = duck.execute("SELECT count(*), count(DISTINCT hash(id)) FROM part").fetchall()[0]
    return bool(total == different)


def _taken_out(duck: Any, part: Path, meeting: Sequence[Path], scratch: Path) -> tuple[int, list[Reject]]:
    columns = ", ".join(("id", *_SAYS))
    files = (
        f"read_parquet([{', '.join(map(verbatim, meeting))}], union_by_name=true)" if meeting else "part WHERE false"
    )
    duck.execute(
        "CREATE VIEW ranked AS SELECT *, row_number() OVER "
        "(PARTITION BY id ORDER BY mentions DESC NULLS LAST, url, source_code) AS turn_ FROM part"
    )
    duck.execute(
        f"CREATE TEMP TABLE known AS SELECT * FROM (SELECT {columns} FROM {files}) WHERE id IN (SELECT id FROM part)"
    )
    same = " AND ".join(f"a.{name} IS NOT DISTINCT FROM b.{name}" for name in _SAYS)
    row = ", ".join(f"'{name}': a.{name}" for name in ("id", *_SAYS))
    judged = f"SELECT a.id, a.turn_, {same} AS same, CASE WHEN NOT ({same}) THEN to_json({{{row}}}) END AS row_ FROM ranked a"
    duck.execute(
        "CREATE TEMP TABLE again AS SELECT bool_or(same) AS same, any_value(row_) AS row_ FROM ("
        f"{judged} JOIN known b USING (id) UNION ALL {judged} JOIN ranked b USING (id) "
        "WHERE a.turn_ > 1 AND b.turn_ = 1 AND NOT EXISTS (SELECT 1 FROM known k WHERE k.id = a.id)"
        ") GROUP BY id, turn_"
    )
    repeated, total = duck.execute("SELECT count(*) FILTER (same), count(*) FROM again").fetchall()[0]
    if not total:
        return 0, []
    revised = duck.execute("SELECT row_ FROM again WHERE NOT same ORDER BY row_").fetchall()
    fresh = scratch / "fresh.parquet"
    duck.execute(
        "COPY (SELECT * EXCLUDE (turn_) FROM ranked r WHERE turn_ = 1 AND NOT EXISTS "
        "(SELECT 1 FROM known k WHERE k.id = r.id) ORDER BY actor, recipient, day) "
        f"TO {_text(fresh)} (FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"
    )
    os.replace(fresh, part)
    return int(repeated), [Reject(0, REVISED, one[0]) for one in revised]


def _meet(one: Range, other: Range) -> bool:
    return one is not None and other is not None and one[0] <= other[1] and other[0] <= one[1]


def _range_of(path: Path) -> Range:
    try:
        state = path.stat()
    except OSError:
        return None  # verify names it
    return _range_as_of(path, state.st_mtime_ns, state.st_size)


@lru_cache(maxsize=200_000)
def _range_as_of(path: Path, _changed: int, _size: int) -> Range:
    return _range(path)


def _range(path: Path) -> Range:
    """First and last id of an event file, by its footer; None for a file without rows or one that is gone."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        footer = pq.ParquetFile(path).metadata
    except (OSError, pa.ArrowException):
        return None  # verify names it
    at = [footer.schema.column(index).name for index in range(footer.num_columns)].index("id")
    first: list[str] = []
    last: list[str] = []
    for group in range(footer.num_row_groups):
        told = footer.row_group(group).column(at).statistics
        if told is None or not told.has_min_max:
            return ("", "\U0010ffff")
        first.append(str(told.min))
        last.append(str(told.max))
    return (min(first), max(last)) if first else None


def _text(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
