from __future__ import annotations

import json
from typing import Any

import pytest

from foedus.errors import InputError, SourceError
from foedus.store.adding import GIVEN, Adder, AddReport
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
