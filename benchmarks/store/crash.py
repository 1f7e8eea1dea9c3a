"""Kills a process that adds documents, at random moments, and cuts the power: is every acknowledged document there once?

    python benchmarks/store/crash.py --kills 200

A nursery process forks an adder for each trial (so that a trial does not pay for imports). The adder names each document
once `Store.add` has acknowledged it. After SIGKILL, in every other trial, the power is cut: whatever was written and never
synced is lost or torn at a random place (see power.py for what that can be). How often SQLite copies its log into the
database varies from trial to trial, so that some are killed in the middle of that. After each, the store is opened anew,
counted and verified. A run that comes to its end is no kill: its store is compared with one that nobody disturbed, and
the next trial begins an empty one.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import random
import re
import select
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import power

CHECKPOINTS = (8, 64, 1000)
DOCUMENTS = 300
"""A store is full after a dozen trials, so that many are killed while acts are grouped and files merged."""

PATIENCE = 60.0
LONGEST = (0.1, 0.1, 0.25, 0.8)
"""Seconds that an adder may live: most are killed at once, some come to their end."""
_EVENT = re.compile(r"([A-Z]{3}) (AID|ASSAULT|ACCUSE) ([A-Z]{3})")


class WordCoder:
    """A coder that takes `RUS AID IRN` at its word: quick and always the same."""

    def __init__(self, version="word-1", pause=0.0):
        self.version = version
        self.pause = pause

    def code_all(self, documents, workers=1):
        from foedus.model.event import Event, Span

        for document in documents:
            events = []
            for index, found in enumerate(re.finditer(r"[^.]+\.", document.text)):
                told = _EVENT.search(found.group())
                if told:
                    at = found.start() + told.start(2)
                    events.append(
                        Event(
                            actor=told[1], recipient=told[3], type=told[2], quote=found.group(), start=found.start(),
                            end=found.end(), sentence=index, document=document.id, date=document.published,
                            predicate_span=Span(at, at + len(told[2])), coder=self.version,
                        )
                    )  # fmt: skip
            time.sleep(self.pause)
            yield document, events


def corpus(count):
    from foedus.model.document import Document

    states = ("RUS", "IRN", "ISR", "USA", "CHN", "TUR")
    rng = random.Random(7)
    for number in range(count):
        a, b, c = rng.sample(states, 3)
        words = " ".join(
            rng.choice(("harbour", "grain", "convoy", "envoy", "border", "radar", "pipeline")) for _ in range(30)
        )
        yield Document(
            text=f"On day {number} {a} AID {b} with load {number}. Later {c} ACCUSE {a} over it. Story {number}: {words}.",
            published=f"2025-{1 + number % 12:02d}-{1 + number % 28:02d}",
            url=f"https://wire.example/{number}",
        )


def adder(folder, checkpoint):
    """In the forked child: add the corpus, naming what is acknowledged."""
    from foedus.store.store import Store

    store = Store(folder)
    store._db.execute(f"PRAGMA wal_autocheckpoint={checkpoint:d}")
    database = Path(folder) / "catalogue.sqlite"
    told = store._db.execute("SELECT coalesce(max(n), 0) FROM documents").fetchone()[0]

    def acknowledged(_report):
        nonlocal told
        rows = store._db.execute("SELECT n, id FROM documents WHERE n > ? ORDER BY n", (told,)).fetchall()
        if rows:
            told = rows[-1][0]
        said = {"ids": [row[1] for row in rows], "safe": power.acknowledged(database)}
        os.write(1, (json.dumps(said) + "\n").encode())

    os.write(1, b'{"started": true}\n')
    store.add(corpus(DOCUMENTS), WordCoder(pause=0.0005), acknowledged, batch=5)
    os.write(1, b'{"done": true}\n')


def nursery(folder):
    """Fork an adder for each line on standard input, which names its checkpoint, and say its process number."""
    import duckdb  # noqa: F401
    import pandas  # noqa: F401 - Arrow looks for it at the first conversion
    import pyarrow.parquet  # noqa: F401

    import foedus.store.copies
    import foedus.store.store
    import foedus.store.upkeep

    foedus.store.copies._factors()
    print("ready", flush=True)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            try:
                adder(folder, int(line))
            finally:
                os._exit(0)
        os.write(1, (json.dumps({"pid": child}) + "\n").encode())
        status = os.waitpid(child, 0)[1]
        os.write(1, (json.dumps({"ended": True, "killed": os.WIFSIGNALED(status)}) + "\n").encode())


class Lines:
    """Lines of a pipe, with a deadline."""

    def __init__(self, handle):
        self.handle = handle
        self.rest = b""

    def next(self, until):
        while b"\n" not in self.rest:
            left = until - time.monotonic()
            if left <= 0 or not select.select([self.handle], [], [], left)[0]:
                return None
            got = os.read(self.handle, 65536)
            if not got:
                return None
            self.rest += got
        line, self.rest = self.rest.split(b"\n", 1)
        return line.decode()


class Nursery:
    """The process that forks the adders of one store."""

    def __init__(self, folder):
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--nursery", str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        self.lines = Lines(self.process.stdout.fileno())
        assert self.lines.next(time.monotonic() + PATIENCE) == "ready"

    def run(self, checkpoint, after, opening):
        """Start an adder and kill it `after` seconds (of its life if `opening`, else of its adding); what it said."""
        said = {"ids": [], "safe": {}, "started": False, "done": False}
        self.process.stdin.write(b"%d\n" % checkpoint)
        self.process.stdin.flush()
        deadline = time.monotonic() + after if opening else None
        child = None
        while "killed" not in said:
            line = self.lines.next(deadline if child and deadline else time.monotonic() + PATIENCE)
            if line is None:
                assert child is not None, "the nursery is silent"
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)
                deadline = time.monotonic() + PATIENCE
                continue
            told = json.loads(line)
            child = told.get("pid", child)
            said["ids"] += told.pop("ids", ())
            said.update(told)
            if told.get("started") and deadline is None:
                deadline = time.monotonic() + after
        return said

    def close(self):
        self.process.stdin.close()
        self.process.wait(PATIENCE)
        self.process.stdout.close()


def trial(folder, kills, seed=1815):
    """Kill `kills` adders; returns what was found. Raises AssertionError where something acknowledged is not there once."""
    from foedus.store.store import Store

    folder = Path(folder)
    rng = random.Random(seed)
    told: set[str] = set()
    cuts: Counter[str] = Counter()
    torn: set[Path] = set()
    moments: Counter[str] = Counter()
    finished = 0
    with tempfile.TemporaryDirectory() as aside, Store(Path(aside) / "clean") as clean:
        clean.add(corpus(DOCUMENTS), WordCoder())
        wanted = contents(clean)
    nursery = Nursery(folder)
    try:
        while moments.total() < kills:
            # Some are killed while the store is being opened, the others while they add.
            said = nursery.run(rng.choice(CHECKPOINTS), rng.uniform(0, rng.choice(LONGEST)), rng.random() < 0.1)
            told.update(said["ids"])
            if not said["killed"]:
                assert said["done"], "an adder ended before its time, and nobody had killed it"
                finished += 1
            else:
                moments[_moment(said, len(told))] += 1
                if moments.total() % 2:
                    cuts.update(cut_power(folder, said["safe"], rng, torn))
            with Store(folder) as store:
                told = whole(store, told, f"kill {moments.total()}")
                if said["done"]:
                    assert contents(store) == wanted, "the store is not what an undisturbed run makes"
            if said["done"]:
                shutil.rmtree(folder)
                told = set()
    finally:
        nursery.close()
    with Store(folder) as store:
        store.add(corpus(DOCUMENTS), WordCoder())
        whole(store, told, "the end")
        assert contents(store) == wanted, "the store is not what an undisturbed run makes"
    return {
        "kills": moments.total(),
        "killed while": dict(sorted(moments.items())),
        "lost to power cuts": dict(sorted(cuts.items())),
        "stores filled and compared": finished + 1,
    }


def _moment(said, held):
    if not said["started"]:
        return "the store was being opened"
    return "documents were added" if held < DOCUMENTS else "the last document was in (acts grouped, files merged)"


def whole(store, told, when):
    """The ids that a store holds, each once and none of `told` missing, where `verify` finds no fault."""
    ids = [row[0] for row in store._db.execute("SELECT id FROM documents")]
    assert len(ids) == len(set(ids)), f"{when}: a document is there twice"
    assert told <= set(ids), f"{when}: acknowledged and lost: {sorted(told - set(ids))[:3]}"
    faults = store.verify()
    assert not faults, f"{when}: {[str(fault) for fault in faults][:3]}"
    return set(ids)


def contents(store):
    """What must be the same however often the work was broken off: events and acts."""
    events = "SELECT id, document, actor, recipient, type, day, quote FROM events ORDER BY ALL"
    return store.sql(events).rows, store.sql("SELECT * FROM acts ORDER BY id").rows


def cut_power(folder, safe, rng, torn):
    """Lose or tear what was written and not synced; returns what that was, in words. `torn` are leftovers torn before."""
    import sqlite3

    lost = power.cut(folder / "catalogue.sqlite", safe, rng)
    for part in set((folder / "staging").glob("*.part")) - torn:
        torn.add(part)
        os.truncate(part, rng.randint(0, part.stat().st_size))
        lost.append("staging: file cut")
    link = sqlite3.connect(folder / "catalogue.sqlite")
    try:
        known = {row[0] for row in link.execute("SELECT path FROM files")}
    except sqlite3.OperationalError:
        known = set()  # killed before the first table was made
    link.close()
    for file in (folder / "events").rglob("*.parquet"):
        if file.relative_to(folder).as_posix() not in known and rng.random() < 0.5:
            file.unlink()
            lost.append("events: name not on disk yet")
    return lost


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1815)
    parser.add_argument("--nursery")
    given = parser.parse_args()
    if given.nursery:
        nursery(given.nursery)
        return
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        found = trial(Path(folder) / "store", given.kills, given.seed)
    print(json.dumps({**found, "acknowledged and lost": 0, "seconds": round(time.monotonic() - began, 1)}))


if __name__ == "__main__":
    main()
