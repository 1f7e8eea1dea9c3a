from __future__ import annotations

import json
import resource
import subprocess
import sys
import threading
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

import pyarrow.parquet as pq
import pytest

from foedus.errors import InputError, SourceError
from foedus.store.adding import GIVEN, Adder, AddReport, catalogue_file
from foedus.store.store import Store

SAYS = "RUS AID IRN today, said officials in the capital."


def adder(store: Store, coder: Any, given: bool = False) -> Adder:
    return Adder(store.folder, store._db, coder, lambda: "2025-06-22T00:00:00Z", given)


def test_a_batch_is_acknowledged_once_it_can_be_read_by_others(store: Store, crash: Any) -> None:
    safe: list[tuple[int, int]] = []

    def progress(report: AddReport) -> None:
        with Store(store.folder, create=False) as other:
            safe.append((report.added, other.stats()["documents"]))

    report = adder(store, crash.WordCoder()).run(crash.corpus(10), progress=progress, batch=4)
    assert safe == [(4, 4), (8, 8), (10, 10)]
    assert (report.read, report.added, report.events) == (10, 10, 20)


def test_a_run_is_closed_with_its_counts_and_its_faults(store: Store, coder: Any, report: Any) -> None:
    run = adder(store, coder)
    run.fault(SourceError("none.txt", "there is no such file"))
    done = run.run([report(SAYS)], what="one report")
    row = store._db.execute("SELECT * FROM runs WHERE id=?", (done.run,)).fetchone()
    assert (row["what"], row["coder"], row["ended"]) == ("one report", coder.version, "2025-06-22T00:00:00Z")
    assert json.loads(row["counts"])["faults"] == 1
    assert done.to_dict()["faults"] == ["none.txt: there is no such file"]
    kept = store._db.execute("SELECT source, reason FROM rejects WHERE run=?", (done.run,)).fetchall()
    assert [tuple(one) for one in kept] == [("none.txt", "there is no such file")]


def test_the_same_fault_in_a_second_run_is_told_again_and_kept_once(store: Store, coder: Any) -> None:
    for _ in range(2):
        run = adder(store, coder)
        run.fault(SourceError("none.txt", "there is no such file"))
        assert run.run([]).faults == ["none.txt: there is no such file"]
    assert store._db.execute("SELECT count(*) FROM rejects").fetchone()[0] == 1


def test_a_text_that_breaks_the_coder_is_kept_though_it_came_alone(store: Store, crash: Any, report: Any) -> None:
    class Broken(crash.WordCoder):  # type: ignore[misc]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            raise RuntimeError("cannot parse")

    found = adder(store, Broken()).run([report(SAYS)])
    assert (found.added, found.events) == (1, 0)
    assert "cannot parse" in store._db.execute("SELECT fault FROM documents").fetchone()[0]


def test_a_text_that_breaks_one_of_several_workers_costs_no_other(store: Store, crash: Any, report: Any) -> None:
    class Breaking(crash.WordCoder):  # type: ignore[misc]
        """Runs ahead of what it yields, as workers do, and falls over one text."""

        def code_all(self, documents: Any, workers: int = 1) -> Any:
            stream = iter(documents)
            while ahead := list(islice(stream, 4)):
                if any("no parse" in document.text for document in ahead):
                    raise RuntimeError("cannot parse")
                yield from super().code_all(ahead)

    sources = [*crash.corpus(9), report("There is no parse of this."), *list(crash.corpus(25))[9:]]
    found = adder(store, Breaking()).run(sources, workers=2)
    assert (found.added, store.stats()["documents"]) == (26, 26)
    faults = [row[0] for row in store._db.execute("SELECT fault FROM documents WHERE fault IS NOT NULL")]
    assert len(faults) == 1
    assert "cannot parse" in faults[0]


def test_a_source_that_fails_under_workers_is_not_taken_for_a_text(store: Store, crash: Any) -> None:
    def sources() -> Any:
        yield from crash.corpus(3)
        raise InterruptedError("the disk is gone")

    with pytest.raises(InterruptedError, match="the disk is gone"):
        adder(store, crash.WordCoder()).run(sources(), workers=2)


def test_events_given_with_a_document_are_not_coded_over(store: Store, crash: Any, report: Any) -> None:
    adder(store, crash.WordCoder(f"{GIVEN} by ann"), given=True).run([report(SAYS)])
    again = adder(store, crash.WordCoder("word-2")).run([report(SAYS)])
    assert (again.recoded, again.seen) == (0, 1)
    assert [event.coder for event in store.events()] == [f"{GIVEN} by ann"]


def test_an_error_of_ours_stops_the_run_and_keeps_what_was_acknowledged(store: Store, crash: Any, report: Any) -> None:
    class Refusing(crash.WordCoder):  # type: ignore[misc]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document in documents:
                if "no model" in document.text:
                    raise InputError("the model is not there")
                yield from super().code_all([document])

    sources = [*crash.corpus(32), report("There is no model for this.")]
    with pytest.raises(InputError, match="the model is not there"):
        adder(store, Refusing()).run(sources, batch=32)
    assert store.stats()["documents"] == 32
    assert store.verify() == []


FULL_DISK = """
import importlib.util, resource, signal, sys
spec = importlib.util.spec_from_file_location("crash", sys.argv[1])
crash = importlib.util.module_from_spec(spec); spec.loader.exec_module(crash)
from foedus.errors import FoedusError
from foedus.store.store import Store
store = Store(sys.argv[2])
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (600_000, 600_000))
try:
    store.add(crash.corpus(2000), crash.WordCoder(), batch=50)
except FoedusError as error:
    print(error)
    sys.exit(1)
"""


def test_a_full_disk_is_one_clear_line_and_loses_nothing(crash: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, crash.__file__, str(folder)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 1, done.stderr
    assert "disk is full" in done.stdout
    assert "Traceback" not in done.stderr
    store = Store(folder)
    kept = store.stats()["documents"]
    assert 0 < kept < 2000
    assert store.verify() == []
    store.add(crash.corpus(2000), crash.WordCoder())
    assert store.stats()["documents"] == 2000
    assert store.verify() == []


def test_limits_of_this_process_are_untouched() -> None:
    # The full disk is played in a process of its own: were it not, everything after it would fail.
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] in (
        resource.RLIM_INFINITY,
        resource.getrlimit(resource.RLIMIT_FSIZE)[1],
    )


TWO = """
import importlib.util, sys
spec = importlib.util.spec_from_file_location("crash", sys.argv[1])
crash = importlib.util.module_from_spec(spec); spec.loader.exec_module(crash)
from foedus.store.store import Store
report = Store(sys.argv[2]).add(crash.corpus(400), crash.WordCoder(pause=0.0005), batch=20)
print(report.added, report.seen)
"""


def test_two_writers_of_the_same_documents_keep_each_once(crash: ModuleType, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    Store(folder).close()
    command = [sys.executable, "-c", TWO, crash.__file__, str(folder)]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    told = [tuple(map(int, one.communicate(timeout=60)[0].split())) for one in both]
    assert sum(added for added, _ in told) == 400
    assert all(added + seen == 400 for added, seen in told)
    store = Store(folder)
    assert store.verify() == []
    assert len(store.events()) == 800
    assert store.sql("SELECT sum(reports) FROM acts").rows == [(800,)]


def test_every_text_at_fault_is_told_once(store: Store, crash: Any, report: Any) -> None:
    class Broken(crash.WordCoder):  # type: ignore[misc]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            raise RuntimeError("cannot parse")

    told: list[SourceError] = []
    store.add([report(SAYS), "/nowhere/none.txt"], Broken(), on_error=told.append)
    assert sorted("cannot parse" in str(one) for one in told) == [False, True]


def test_another_text_at_an_address_is_told_in_one_run_as_in_two(store: Store, coder: Any, report: Any) -> None:
    url = "https://news.example/a"
    done = store.add([report(SAYS, url=url), report("CHN AID IRN today, said officials.", url=url)], coder)
    assert (done.added, done.changed_pages) == (1, 1)


def test_a_document_with_a_changed_byte_is_not_coded_as_another(batched: Store, crash: Any) -> None:
    first, second = (row[0] for row in batched._db.execute("SELECT id FROM documents LIMIT 2"))
    batched._db.execute("UPDATE documents SET text = text || ' RUS AID CHN.' WHERE id = ?", (first,))
    batched._db.execute("UPDATE documents SET rest = x'00' WHERE id = ?", (second,))
    told: list[SourceError] = []
    done = batched.recode(crash.WordCoder("word-2"), on_error=told.append)
    assert (done.added, done.recoded) == (0, 118)
    assert {one.source for one in told} == {first, second}
    assert "a stored byte has changed" in str(told[0])


def test_a_file_that_comes_back_under_its_name_is_catalogued_as_it_is_now(batched: Store, event_file: Path) -> None:
    name = event_file.relative_to(batched.folder).as_posix()
    table = pq.read_table(event_file)
    pq.write_table(table.slice(0, 10), event_file)
    with batched._db:
        catalogue_file(batched._db, batched.folder, name, "foedus", 10, 1)
    assert "altered file" not in {fault.kind for fault in batched.verify()}


def test_threads_that_add_the_same_documents_do_not_take_each_other_s_files(store: Store, crash: Any) -> None:
    faults: list[BaseException] = []

    def add() -> None:
        try:
            store.add(crash.corpus(40), crash.WordCoder(), batch=5)
        except BaseException as error:
            faults.append(error)

    threads = [threading.Thread(target=add) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert store.stats()["documents"] == 40
    assert store.verify() == []
