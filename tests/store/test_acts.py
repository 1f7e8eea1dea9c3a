from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import pytest

from foedus.model.event import Event
from foedus.store import acts
from foedus.store.store import Store


def test_acts_do_not_hang_on_the_order_of_arrival(tmp_path: Any, crash: Any) -> None:
    documents = list(crash.corpus(60))
    one = Store(tmp_path / "one")
    one.add(documents, crash.WordCoder())
    random.Random(3).shuffle(documents)
    other = Store(tmp_path / "other")
    for at in range(0, 60, 13):
        other.add(documents[at : at + 13], crash.WordCoder())
    query = "SELECT * FROM acts ORDER BY id"
    assert other.sql(query).rows == one.sql(query).rows
    assert one.sql("SELECT sum(reports) FROM acts").rows == [(120,)]


def test_first_and_last_seen_are_days_of_reports(store: Store, report: Any, coder: Any) -> None:
    store.add(
        [report(f"Fuel convoy {n}: RUS AID IRN with fuel convoy.", f"2025-06-{n:02d}") for n in (20, 21, 22)], coder
    )
    assert store.sql("SELECT first_seen, last_seen, reports, date FROM acts").rows == [
        ("2025-06-20", "2025-06-22", 3, "2025-06-20")
    ]


def test_busy_pairs_are_grouped_month_by_month(monkeypatch: Any) -> None:
    monkeypatch.setattr(acts, "WHOLE", 10)
    events = [
        Event(actor="RUS", recipient="UKR", type="ASSAULT", date=f"2025-{month:02d}-05", document=f"d{month}-{n}", quote="Strike.", id=f"{month}-{n}")
        for month in (1, 2, 3) for n in range(5)
    ]  # fmt: skip
    found = acts.grouped(events, {})
    assert sorted(len(act) for act in found) == [5, 5, 5]


def test_recoding_away_an_event_takes_its_act_along(store: Store, report: Any, coder: Any, crash: Any) -> None:
    class Nothing(crash.WordCoder):  # type: ignore[misc, name-defined]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document in documents:
                yield document, []

    store.add([report("Fuel: RUS AID IRN.")], coder)
    assert store.stats()["acts"] == 1
    store.recode(Nothing("none-1"))
    assert store.stats()["acts"] == 0
    assert store.verify() == []


@pytest.mark.parametrize("polarity", ["positive", "negative"])
@pytest.mark.parametrize("modality", ["actual", "future", "hypothetical"])
def test_a_report_that_comes_back_with_another_mood_takes_its_act_along(
    store: Store, report: Any, crash: Any, polarity: str, modality: str
) -> None:
    class Moody(crash.WordCoder):  # type: ignore[misc, name-defined]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document, events in super().code_all(documents):
                yield document, [replace(event, polarity=polarity, modality=modality) for event in events]

    store.add([report("Fuel: RUS AID IRN.")], crash.WordCoder())
    for version, coder in (("moody-1", Moody), ("word-2", crash.WordCoder)):
        store.recode(coder(version))
        told = (polarity, modality) if coder is Moody else ("positive", "actual")
        assert store.sql("SELECT polarity, modality, reports FROM acts").rows == [(*told, 1)]
    assert store.verify() == []


def test_a_document_coded_anew_while_its_reports_are_read_is_grouped_in_the_next_round(
    store: Store, report: Any, crash: Any
) -> None:
    class Other(crash.WordCoder):  # type: ignore[misc, name-defined]
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document, events in super().code_all(documents):
                yield document, [replace(event, start=event.start + 1, id="") for event in events]

    store.add([report("Fuel: RUS AID IRN.")], crash.WordCoder())
    store._db.execute("INSERT INTO dirty SELECT DISTINCT bucket FROM reports")
    asked: list[list[str]] = []

    def load(ids: Any) -> Any:
        found = store._by_ids(ids)
        if not asked:  # meanwhile another process says otherwise, with as many events
            with Store(store.folder) as other:
                other.recode(Other("other-1"))
        asked.append(list(ids))
        return found

    acts.link(store._db, load)
    assert store.verify() == []
    assert store.sql("SELECT count(*) FROM reports WHERE act IS NULL").rows == [(0,)]
