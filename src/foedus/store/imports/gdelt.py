"""GDELT 1 and 2 events: read, mapped and sorted by DuckDB, hundreds of thousands of rows a second, in flat memory."""

from __future__ import annotations

import codecs
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from foedus.errors import DataError
from foedus.model.event import QUADS
from foedus.ontology.cameo import CameoCode
from foedus.ontology.cameo import codes as cameo_codes
from foedus.store.codec import COLUMNS
from foedus.store.imports import codes, plain
from foedus.store.imports.rows import MAPPING, Reject
from foedus.store.interrupted import heard

_ACTOR: Final = (
    "Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code", "Type1Code",
    "Type2Code", "Type3Code",
)  # fmt: skip
_GEO1: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "Lat", "Long", "FeatureID")
_GEO2: Final = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")


def columns(version: int) -> list[str]:
    """Column names of GDELT 1 (57 or, with the address, 58 columns) or 2 (61), which its files do not carry."""
    geo = _GEO1 if version == 1 else _GEO2
    names = ["GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate"]
    names += [f"Actor{side}{name}" for side in (1, 2) for name in _ACTOR]
    names += [
        "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale", "NumMentions",
        "NumSources", "NumArticles", "AvgTone",
    ]  # fmt: skip
    names += [f"{place}Geo_{name}" for place in ("Actor1", "Actor2", "Action") for name in geo]
    return [*names, "DATEADDED", "SOURCEURL"]


@dataclass(frozen=True, slots=True)
class Counts:
    """Rows kept and rows rejected."""

    rows: int
    rejected: int


_MOST_REJECTS: Final = 100_000
"""Rejected rows kept word for word for one file; beyond that they are counted and the file is refused."""


_EMPTY: Final = frozenset(
    {"document", "speaker", "speaker_name", "quote", "start_char", "end_char", "sentence", "spans", "confidence", "why"}
)


def derived(version: int) -> dict[str, str]:
    """SQL for the columns that a GDELT file in the store does not hold, from those that it does."""
    quads = " ".join(f"WHEN '{name}' THEN '{quad}'" for name, quad in QUADS.items())
    return {
        "dataset": f"'gdelt{version}'",
        "quad": f"CASE type {quads} END",
        "polarity": "'positive'",
        "modality": "'actual'",
        "date": "strftime(day, '%Y-%m-%d')",
        "dated": "'event'",
        "coder": f"'gdelt{version}/{MAPPING}'",
        "directed": "true",
        "source_id": "substr(id, 8)",
    }


def write(
    source: Path,
    version: int,
    target: Path,
    room: Path,
    keep_rows: bool = False,
    memory: str = "2GB",
    count: int | None = None,
) -> tuple[Counts, list[Reject]]:
    """Write the events of a GDELT file to a Parquet file, sorted by pair and day; `room` takes what does not fit in memory.

    `count` is the number of lines, where it is known already.

    Returns the counts and the rejected rows. Raises DataError for a file that is no GDELT file at all.
    """
    import duckdb

    names = _header(source, version)
    with heard(), tempfile.TemporaryDirectory(dir=room) as scratch, tempfile.TemporaryDirectory() as links:
        try:
            data = plain.unpacked(source, Path(scratch))
            try:
                return _written(data, names, version, target, Path(scratch), Path(links), keep_rows, memory, count)
            except duckdb.InvalidInputException:
                # DuckDB gives a file up where one line ends unlike the others; most files need no copy.
                even = plain.evened(data, Path(scratch))
                return _written(
                    even, names, version, target, Path(scratch), Path(links), keep_rows, memory, count, data
                )
        except duckdb.OutOfMemoryException:
            raise DataError(f"{source}: sorting it needs more than {memory} and the disk; split the file") from None
        except duckdb.IOException as error:
            if shutil.disk_usage(room).free < 64 << 20:
                raise OSError(28, "No space left on device") from None
            raise DataError(f"{source}: cannot be read ({' '.join(str(error).split())[:200]})") from None
        except duckdb.Error as error:
            raise DataError(f"{source}: not a GDELT {version} file ({' '.join(str(error).split())[:200]})") from None


def _written(
    data: Path,
    names: list[str],
    version: int,
    target: Path,
    scratch: Path,
    links: Path,
    keep_rows: bool,
    memory: str,
    count: int | None,
    told: Path | None = None,
) -> tuple[Counts, list[Reject]]:
    """The events of `data` in `target`; rejects are given as they stand in `told`, the file that it was made from."""
    import duckdb

    duck = duckdb.connect()
    try:
        duck.execute(f"SET memory_limit='{memory}'")
        duck.execute("SET temp_directory=?", [str(scratch)])
        duck.execute("SET preserve_insertion_order=false")
        # The optimiser takes the file for the smaller side of a join, and would hold all of it in memory.
        duck.execute("SET disabled_optimizers='join_order,build_side_probe_side'")
        _tables(duck)
        _view(duck, plain.linked(data, links), names)
        copied = duck.execute(
            f"COPY ({_select(version, keep_rows)}) TO {_text(str(target))} "
            "(FORMAT parquet, COMPRESSION zstd, COMPRESSION_LEVEL 1, ROW_GROUP_SIZE 122880)"
        ).fetchall()
        kept = int(copied[0][0])
        rejects = list(_rejects(duck, told or data, names, kept, count))
        return Counts(kept, len(rejects)), rejects
    finally:
        duck.close()


def _header(source: Path, version: int) -> list[str]:
    from foedus.store.imports.rows import lines, opened

    names = columns(version)
    with opened(source) as stream:
        if stream.read(2) in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE):
            raise DataError(f"{source}: in UTF-16; make it UTF-8 first: iconv -f UTF-16 -t UTF-8")
    with opened(source) as stream:
        first = next(lines(stream), "")
    count = first.rstrip("\r\n").count("\t") + 1
    if version == 1 and count == 57:
        return names[:-1]  # the files of before April 2013 give no address
    return names


def _tables(duck: Any) -> None:
    duck.execute(
        "CREATE TABLE cameo(code VARCHAR, type VARCHAR, mode VARCHAR, quad VARCHAR, kind VARCHAR, context VARCHAR)"
    )
    _fill(duck, "cameo", list(_cameo_rows()))
    duck.execute("CREATE TABLE spells(code VARCHAR, first DATE, last DATE, entity VARCHAR)")
    _fill(duck, "spells", list(codes.spells()))
    # Most codes mean one entity throughout: those are looked up without their dates.
    duck.execute(
        "CREATE TABLE fixed AS SELECT code, any_value(entity) AS entity FROM spells GROUP BY code "
        "HAVING count(DISTINCT entity) = 1"
    )
    duck.execute("DELETE FROM spells WHERE code IN (SELECT code FROM fixed)")
    for name, table in (
        ("fips", codes.fips()), ("known_groups", codes.groups("gdelt")), ("sectors", codes.sectors("cameo"))
    ):  # fmt: skip
        duck.execute(f"CREATE TABLE {name}(source VARCHAR, {'sector' if name == 'sectors' else 'entity'} VARCHAR)")
        _fill(duck, name, list(table.items()))


def _cameo_rows() -> Iterator[tuple[str | None, ...]]:
    """What every code of two to four digits means: one that CAMEO does not list means what its family means.

    Written out so that a row needs one look-up and not three.
    """
    known = cameo_codes()
    for code in [*(f"{n:03d}" for n in range(1000)), *(f"{n:04d}" for n in range(10_000))]:
        family = [known[part] for part in (code, code[:3], code[:2]) if part in known]
        if family:
            yield _meaning(code, family[0], next((one.type for one in family if one.type), None))
    for code, entry in known.items():
        if len(code) == 2:
            yield _meaning(code, entry, entry.type)


def _meaning(code: str, entry: CameoCode, type_: str | None) -> tuple[str | None, ...]:
    quad = QUADS[type_] if type_ else None
    kind = None if quad is None else "deed" if quad.startswith("material") else "word"
    return code, type_, entry.mode, quad, kind, entry.context


def _fill(duck: Any, name: str, rows: list[tuple[Any, ...]]) -> None:
    # Many rows a statement: one by one, the tables would take longer than a small file.
    marks = f"({', '.join('?' * len(rows[0]))})"
    for at in range(0, len(rows), 250):
        part = rows[at : at + 250]
        duck.execute(
            f"INSERT INTO {name} VALUES {', '.join([marks] * len(part))}", [cell for row in part for cell in row]
        )


def _reader(source: Path, names: list[str], rejects: bool) -> str:
    shape = ", ".join(f"{_text(name)}: 'VARCHAR'" for name in names)
    keep = "store_rejects=true, rejects_limit=0" if rejects else "ignore_errors=true"
    return (
        f"read_csv({_text(str(source))}, delim='\t', header=false, quote='', escape='', auto_detect=false, "
        f"columns={{{shape}}}, null_padding=false, nullstr='\x02', max_line_size=1048576, buffer_size=16777216, encoding='utf-8', {keep})"
    )


def _view(duck: Any, source: Path, names: list[str]) -> None:
    address = "SOURCEURL" if "SOURCEURL" in names else "NULL::VARCHAR"
    duck.execute(
        f"CREATE VIEW read_ AS SELECT * EXCLUDE (SOURCEURL), {address} AS SOURCEURL FROM {_reader(source, names, True)}"
        if "SOURCEURL" in names
        else f"CREATE VIEW read_ AS SELECT *, {address} AS SOURCEURL FROM {_reader(source, names, True)}"
    )


def _entity(side: int) -> str:
    """The entity of an actor: its known group, else its country on the day."""
    return f"coalesce(g{side}.entity, f{side}.entity, s{side}.entity)"


def _joins(side: int) -> str:
    code = f"r.Actor{side}CountryCode"
    return (
        f"LEFT JOIN known_groups g{side} ON g{side}.source = r.Actor{side}KnownGroupCode "
        f"LEFT JOIN fixed f{side} ON f{side}.code = {code} "
        f"LEFT JOIN spells s{side} ON s{side}.code = {code} AND r.day_ BETWEEN s{side}.first AND s{side}.last "
        f"LEFT JOIN sectors t{side} ON t{side}.source = r.Actor{side}Type1Code "
    )


_GOOD: Final = (
    "GLOBALEVENTID IS NOT NULL AND GLOBALEVENTID <> '' AND day_ IS NOT NULL AND code_ IS NOT NULL "
    "AND (NumMentions IS NULL OR NumMentions = '' OR TRY_CAST(NumMentions AS INTEGER) IS NOT NULL) "
    "AND (GoldsteinScale IS NULL OR GoldsteinScale = '' OR TRY_CAST(GoldsteinScale AS DOUBLE) IS NOT NULL)"
)
_ROWS: Final = """
SELECT r.*, try_strptime(r.SQLDATE, '%Y%m%d')::DATE AS day_,
  try_strptime(left(r.DATEADDED, 8), '%Y%m%d')::DATE AS added_,
  k.code AS code_, k.type AS type_, k.mode AS mode_, k.kind AS kind_, k.context AS context_
FROM read_ r LEFT JOIN cameo k ON k.code = r.EventCode
"""


def _select(version: int, keep_rows: bool) -> str:
    # Columns that follow from another or are the same throughout are not written: `derived` puts them back.
    dataset = f"gdelt{version}"
    told = {
        "id": f"'{dataset}:' || r.GLOBALEVENTID",
        "actor": f"coalesce({_entity(1)}, '{codes.UNKNOWN}')",
        "recipient": f"coalesce({_entity(2)}, CASE WHEN r.Actor2Code <> '' THEN '{codes.UNKNOWN}' END)",
        "type": "r.type_",
        "mode": "r.mode_",
        "kind": "r.kind_",
        "day": "r.day_",
        "historical": "r.added_ IS NOT NULL AND r.added_ - r.day_ > 365",
        "actor_sector": "t1.sector",
        "recipient_sector": "t2.sector",
        "actor_name": "nullif(r.Actor1Name, '')",
        "recipient_name": "nullif(r.Actor2Name, '')",
        "contexts": "r.context_",
        "published": "CAST(r.added_ AS VARCHAR)",
        "url": "nullif(r.SOURCEURL, '')",
        "source_code": "r.EventCode",
        "intensity": "TRY_CAST(r.GoldsteinScale AS DOUBLE)",
        "mentions": "TRY_CAST(r.NumMentions AS INTEGER)",
        "place": "nullif(r.ActionGeo_FullName, '')",
        "country": "p.entity",
        "latitude": "TRY_CAST(r.ActionGeo_Lat AS DOUBLE)",
        "longitude": "TRY_CAST(r.ActionGeo_Long AS DOUBLE)",
        "raw": _raw(version) if keep_rows else "NULL",
    }
    kinds = {
        "string": "VARCHAR",
        "date": "DATE",
        "bool": "BOOLEAN",
        "int64": "BIGINT",
        "int32": "INTEGER",
        "double": "DOUBLE",
    }
    picked = ", ".join(
        f"CAST({told[name]} AS {kinds[kind]}) AS {name}" for name, (kind, _) in COLUMNS.items() if name in told
    )
    return (
        f"SELECT {picked} FROM (SELECT * FROM ({_ROWS}) WHERE {_GOOD}) r {_joins(1)} {_joins(2)} "
        "LEFT JOIN fips p ON p.source = r.ActionGeo_CountryCode ORDER BY actor, recipient, day"
    )


_HELD: Final = frozenset(
    {
        "GLOBALEVENTID", "SQLDATE", "MonthYear", "Year", "FractionDate", "EventCode", "EventBaseCode", "EventRootCode",
        "QuadClass", "GoldsteinScale", "NumMentions", "Actor1Name", "Actor2Name", "SOURCEURL", "ActionGeo_FullName",
        "ActionGeo_Lat", "ActionGeo_Long",
    }
)  # fmt: skip
"""Cells that stand in a column of their own or follow from one (the year from the day)."""


def raw_columns(version: int) -> list[str]:
    """The cells that `raw` keeps, in order and separated by tabs: all that no other column holds."""
    return [name for name in columns(version) if name not in _HELD]


def _raw(version: int) -> str:
    # Read with a mark for null that no file holds, cells are never null.
    return " || '\t' || ".join(f"r.{name}" for name in raw_columns(version))


def _rejects(duck: Any, source: Path, names: list[str], kept: int, count: int | None) -> Iterator[Reject]:
    said = duck.execute(
        "SELECT line, any_value(csv_line), string_agg(DISTINCT error_message, '; ') FROM reject_errors GROUP BY line ORDER BY line"
    ).fetchall()
    if len(said) > _MOST_REJECTS:
        raise DataError(
            f"{source}: {len(said)} rows do not have {len(names)} columns; is it a GDELT file of the other version?"
        )
    by_line = {int(line): (_bare(row), message) for line, row, message in said}
    bad: list[tuple[Any, ...]] = []
    if (plain.line_count(source) if count is None else count) != kept + len(said):
        bad = duck.execute(
            f"SELECT concat_ws(chr(9), {', '.join(names)}), SQLDATE, EventCode, day_, "
            f"code_, NumMentions, GoldsteinScale FROM ({_ROWS}) WHERE NOT coalesce({_GOOD}, false) LIMIT {_MOST_REJECTS + 1}"
        ).fetchall()
    if len(bad) > _MOST_REJECTS:
        raise DataError(f"{source}: more than {_MOST_REJECTS} rows without a date or CAMEO code; is it a GDELT file?")
    by_text: dict[str, list[str]] = {}
    for row, date, code, day, known, mentions, scale in bad:
        if day is None:
            reason = f"SQLDATE {date!r} is no day"
        elif known is None:
            reason = f"EventCode {code!r} is no CAMEO code"
        else:
            reason = f"NumMentions {mentions!r} or GoldsteinScale {scale!r} is no number, or GLOBALEVENTID is empty"
        by_text.setdefault(_bare(row), []).append(reason)
    if by_line or by_text:  # else the file need not be read again
        yield from _as_written(source, len(names), by_line, by_text)


def _as_written(
    source: Path, width: int, by_line: dict[int, tuple[str, str | None]], by_text: dict[str, list[str]]
) -> Iterator[Reject]:
    """Rejects with their lines, word for word: DuckDB does not tell the line of a row, or the bytes of a broken one."""
    from foedus.store.imports.rows import lines, opened

    with opened(source) as stream:
        for number, line in enumerate(lines(stream), 1):
            text = line.rstrip("\r\n")
            if number in by_line:
                _, message = by_line.pop(number)
                cells = text.count("\t") + 1
                many = f"{cells} column{'' if cells == 1 else 's'} where GDELT has {width}"
                reason = many if cells != width else _short(message)
                yield Reject(number, reason, text)
            elif (read := text.replace("\r", " ")) in by_text:
                reasons = by_text[read]
                yield Reject(number, reasons.pop(), text)
                if not reasons:
                    del by_text[read]
    for number, (text, message) in by_line.items():
        yield Reject(number, _short(message), text)
    for text, reasons in by_text.items():
        yield from (Reject(0, reason, text) for reason in reasons)


def _bare(row: str | None) -> str:
    return (row or "").rstrip("\r\n")


def _short(message: str | None) -> str:
    if message and message.startswith("Invalid unicode"):
        return "not UTF-8"
    return " ".join((message or "not understood").split())[:160]


WRITTEN: Final = frozenset(COLUMNS.keys() - derived(2).keys() - _EMPTY)
"""Columns that a GDELT file in the store holds."""


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"
