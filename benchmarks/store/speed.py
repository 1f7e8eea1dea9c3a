"""How fast the store is with many events: import from GDELT rows, one pair by month, all pairs by month.

    python benchmarks/store/speed.py --rows 4000000
    python benchmarks/store/speed.py --rows 40000000

Rows are made up, with the shape of GDELT 2 and dyads as skewed as its own (Zipf over states). They are written as files of four
million rows and read by the store, by plain DuckDB over the same CSV files and by pandas, all in this run. Every
question runs in a process of its own, whose memory is measured; the best of three is given.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import resource
import shutil
import tempfile
import time
from pathlib import Path

PER_FILE = 4_000_000
PAIR = ("RUS", "UKR")


def generate(folder, rows, seed=1815):
    """GDELT 2 files of made-up rows; 61 columns, tabs, no header."""
    import duckdb

    from foedus.actors import tables
    from foedus.store.imports import codes, gdelt

    first = ["USA", "RUS", "CHN", "ISR", "GBR", "UKR", "IRN", "FRA", "SYR", "IND", "PAK", "TUR", "DEU", "IRQ", "SAU"]
    states = first + [
        code for code in tables.states() if code not in first and tables.states()[code].exists("2015-06-01")
    ]
    fips = {code: mark for mark, code in codes.fips().items()}
    duck = duckdb.connect()
    duck.execute("SET memory_limit='3GB'")
    duck.execute("SET preserve_insertion_order=false")
    duck.execute("CREATE TABLE states(n INTEGER, code VARCHAR, fips VARCHAR)")
    duck.executemany("INSERT INTO states VALUES (?, ?, ?)", [[n, c, fips.get(c, "")] for n, c in enumerate(states)])
    duck.execute("CREATE TABLE cameo(n INTEGER, code VARCHAR, scale DOUBLE)")
    known = [
        (n, one.code, one.goldstein) for n, one in enumerate(c for c in gdelt.cameo_codes().values() if len(c.code) > 2)
    ]
    duck.executemany("INSERT INTO cameo VALUES (?, ?, ?)", [list(row) for row in known])
    files = []
    for part, at in enumerate(range(0, rows, PER_FILE)):
        count = min(PER_FILE, rows - at)
        path = folder / f"part-{part:03d}.export.CSV"
        duck.execute("SELECT setseed(?)", [(seed + part) % 1000 / 1000])
        # Ids have nine digits, as GDELT's. A share of rows names no second actor, as in GDELT; ranks are Zipf-like: u^3 * number of states.
        cells = {
            "GLOBALEVENTID": f"{700_000_000 + at} + r.i",
            "SQLDATE": "strftime(r.day, '%Y%m%d')", "MonthYear": "strftime(r.day, '%Y%m')", "Year": "year(r.day)",
            "FractionDate": "year(r.day) + 0.5",
            "Actor1Code": "a.code || 'GOV'", "Actor1Name": "'NAME ' || a.code", "Actor1CountryCode": "a.code",
            "Actor1Type1Code": "'GOV'",
            "Actor2Code": "coalesce(b.code, '')", "Actor2Name": "'NAME ' || b.code", "Actor2CountryCode": "b.code",
            "IsRootEvent": "1", "EventCode": "k.code", "EventBaseCode": "left(k.code, 3)",
            "EventRootCode": "left(k.code, 2)", "QuadClass": "1", "GoldsteinScale": "k.scale",
            "NumMentions": "1 + (r.u * 20)::INTEGER", "NumSources": "1", "NumArticles": "1 + (r.u * 20)::INTEGER",
            "AvgTone": "(r.u - 0.5) * 8", "Actor1Geo_Type": "1", "Actor1Geo_FullName": "'Place of ' || a.code",
            "Actor1Geo_CountryCode": "a.fips", "Actor1Geo_Lat": "r.u * 60", "Actor1Geo_Long": "r.v * 90",
            "ActionGeo_Type": "1", "ActionGeo_FullName": "'Place of ' || a.code || ', province ' || (r.u * 40)::INTEGER",
            "ActionGeo_CountryCode": "a.fips", "ActionGeo_ADM1Code": "a.fips || '01'", "ActionGeo_Lat": "r.u * 60",
            "ActionGeo_Long": "r.v * 90", "ActionGeo_FeatureID": "(r.u * 1000000)::INTEGER",
            "DATEADDED": "strftime(r.day, '%Y%m%d') || '120000'",
            "SOURCEURL": "'https://news' || (r.v * 3000)::INTEGER || '.example/world/' || (r.u * 1e9)::BIGINT || '-report.html'",
        }  # fmt: skip
        row = ", ".join(f"{cells.get(name, 'NULL')} AS {name}" for name in gdelt.columns(2))
        duck.execute(
            f"""COPY (SELECT {row} FROM (
              SELECT i, random() AS u, random() AS v, (power(random(), 3) * {len(states)})::INTEGER AS x,
                (power(random(), 3) * {len(states)})::INTEGER AS y, random() < 0.7 AS two,
                (power(random(), 2) * {len(known)})::INTEGER AS z,
                DATE '2015-01-01' + (random() * 3650)::INTEGER AS day FROM range({count}) t(i)) r
              JOIN states a ON a.n = least(r.x, {len(states) - 1}) JOIN cameo k ON k.n = least(r.z, {len(known) - 1})
              LEFT JOIN states b ON r.two AND b.n = least(r.y, {len(states) - 1}))
            TO '{path}' (FORMAT csv, DELIMITER '\t', HEADER false, QUOTE '')"""
        )
        files.append(path)
    return files


def one_pair(store):
    return store.sql(
        "SELECT date_trunc('month', day) AS month, kind, count(*), sum(intensity) FROM events "
        "WHERE actor = ? AND recipient = ? GROUP BY ALL ORDER BY ALL",
        PAIR,
    ).rows


def all_pairs(store):
    # Drawn into one figure, so that what is timed is the counting and not the making of Python objects.
    return store.sql(
        "SELECT count(*), sum(n) FROM (SELECT actor, recipient, date_trunc('month', day) AS month, "
        "count(*) FILTER (kind = 'word') AS words, count(*) FILTER (kind = 'deed') AS deeds, count(*) AS n "
        "FROM events GROUP BY ALL)"
    ).rows


_CSV = "read_csv('{}', delim='\t', header=false, quote='', escape='', auto_detect=false, columns={{{}}})"


def _plain(folder):
    import duckdb

    from foedus.store.imports import gdelt

    shape = ", ".join(f"'{name}': 'VARCHAR'" for name in gdelt.columns(2))
    duck = duckdb.connect()
    return duck, _CSV.format(folder / "*.CSV", shape)


_DEED = "EventRootCode IN ('06', '07', '08', '14', '15', '16', '17', '18', '19', '20')"


def plain_one(folder):
    duck, table = _plain(folder)
    return duck.execute(
        f"SELECT MonthYear, {_DEED} AS deed, count(*), sum(CAST(GoldsteinScale AS DOUBLE)) FROM {table} "
        "WHERE Actor1CountryCode = ? AND Actor2CountryCode = ? GROUP BY ALL ORDER BY ALL",
        list(PAIR),
    ).fetchall()


def plain_all(folder):
    duck, table = _plain(folder)
    return duck.execute(
        "SELECT count(*), sum(n) FROM (SELECT Actor1CountryCode, Actor2CountryCode, MonthYear, "
        f"count(*) FILTER ({_DEED}) AS deeds, count(*) AS n FROM {table} GROUP BY ALL)"
    ).fetchall()


def pandas_all(folder):
    """Every pair by month in pandas, file by file, with the four columns that it needs."""
    import pandas as pd

    from foedus.store.imports import gdelt

    names = ["MonthYear", "Actor1CountryCode", "Actor2CountryCode", "EventRootCode"]
    where = [gdelt.columns(2).index(name) for name in names]
    parts = []
    for path in sorted(folder.glob("*.CSV")):
        frame = pd.read_csv(
            path,
            sep="\t",
            header=None,
            usecols=where,
            dtype="string",
            quoting=3,
            names=gdelt.columns(2),
            na_filter=False,
        )
        frame["deed"] = frame["EventRootCode"].isin(["06", "07", "08", "14", "15", "16", "17", "18", "19", "20"])
        keys = ["Actor1CountryCode", "Actor2CountryCode", "MonthYear", "deed"]
        parts.append(frame.groupby(keys, observed=True).size())
    whole = pd.concat(parts).groupby(level=[0, 1, 2]).sum()
    return [(len(whole), int(whole.sum()))]


def _job(queue, name, where, of_store):
    from foedus.store.store import Store

    target = Store(where, create=False) if of_store else where
    best = None
    repeat = 3 if of_store else 1
    for _ in range(repeat):
        began = time.perf_counter()
        found = globals()[name](target)
        took = time.perf_counter() - began
        best = took if best is None else min(best, took)
    queue.put((round(best, 3), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024, len(found), str(found[0])))


def _import(queue, store_folder, files):
    from foedus.store.store import Store

    store = Store(store_folder)
    began = time.perf_counter()
    rows = rejected = 0
    for path in files:
        report = store.import_(path)
        rows += report.rows
        rejected += report.rejected
    took = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_SELF)
    queue.put((rows, rejected, took, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024))


def apart(target, *arguments):
    """Run in a fresh process, so that one question's memory is not another's."""
    context = multiprocessing.get_context("spawn")
    queue = context.Queue()
    process = context.Process(target=target, args=(queue, *arguments))
    process.start()
    found = queue.get(timeout=7200)
    process.join()
    return found


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=4_000_000)
    parser.add_argument("--folder", type=Path, help="where to put the files (default: a temporary folder)")
    parser.add_argument("--no-pandas", action="store_true")
    given = parser.parse_args()
    folder = given.folder or Path(tempfile.mkdtemp())
    csv, kept = folder / "csv", folder / "store"
    csv.mkdir(parents=True, exist_ok=True)
    shutil.rmtree(kept, ignore_errors=True)
    began = time.perf_counter()
    files = sorted(csv.glob("*.CSV")) or generate(csv, given.rows)
    size = sum(path.stat().st_size for path in files)
    print(json.dumps({"rows": given.rows, "files": len(files), "GB": round(size / 1e9, 2), "cores": os.cpu_count(),
                      "load": os.getloadavg()[0], "made in s": round(time.perf_counter() - began, 1)}), flush=True)  # fmt: skip
    rows, rejected, took, cpu, memory = apart(_import, kept, files)
    stored = sum(path.stat().st_size for path in kept.rglob("*.parquet"))
    print(json.dumps({"import": rows, "rejected": rejected, "s": round(took, 1), "rows/s": round(rows / took), "rows per core second": round(rows / cpu),
                      "MB of memory": memory, "GB stored": round(stored / 1e9, 2)}), flush=True)  # fmt: skip
    questions = [
        ("one_pair", kept, True),
        ("all_pairs", kept, True),
        ("plain_one", csv, False),
        ("plain_all", csv, False),
    ]
    if not given.no_pandas:
        questions.append(("pandas_all", csv, False))
    for name, where, of_store in questions:
        seconds, memory, count, first = apart(_job, name, where, of_store)
        print(json.dumps({name: seconds, "MB of memory": memory, "rows": count, "first": first}), flush=True)
    if given.folder is None:
        shutil.rmtree(folder)


if __name__ == "__main__":
    main()
