from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import InputError, StoreError
from foedus.model.document import Apparatus, Document, Translation
from foedus.model.event import Event, Span, Why
from foedus.store.store import Store


class Saying:
    """A coder that says what it was told to say of each text."""

    def __init__(self, events: dict[str, list[Event]], version: str = "saying-1") -> None:
        self.version = version
        self.events = events
        self.coded: list[str] = []

    def code_all(self, documents: Any, workers: int = 1) -> Any:
        for document in documents:
            self.coded.append(document.text)
            yield document, self.events.get(document.text, [])


FULL = Event(
    actor="RUS", recipient="IRN", type="ACCUSE", mode="disapprove", polarity="negative", modality="future", speaker="USA",
    date="2025-06", historical=True, quote="Russia…", start=3, end=10, sentence=1, actor_span=Span(3, 9),
    recipient_span=None, predicate_span=Span(5, 6), speaker_span=Span(0, 2), actor_sector="GOV", recipient_sector="MIL",
    speaker_name="Marco Rubio", contexts=("military", "diplomatic"), confidence=0.25,
    why=Why("accuse.v", ("actor by subject",), (("REJECT", 0.2),)), coder="saying-1",
)  # fmt: skip


def test_documents_and_events_come_back_as_they_went_in(store: Store) -> None:
    document = Document(
        text="In Russia…", title="A title", byline="By X", outlet="Wire", published="2025-06-22", source="a.txt",
        url="https://wire.example/a", language="en", format="text", original="Share\nIn Russia…",
        segments=((0, 6, 10),), apparatus=(Apparatus("share", "Share", 0, 5),),
        translation=Translation("ru", "Site", "note"), inferred=frozenset({"published"}), notes=("n",), extra={"k": [1]},
    )  # fmt: skip
    store.add([document], Saying({document.text: [FULL]}))
    [(back, [event])] = list(store.coded())
    assert back == document
    assert back.extra == {"k": [1]}
    assert event.id == f"{document.id}:3:RUS:IRN:ACCUSE"
    assert event.why == FULL.why
    assert {**event.to_dict(), "id": "", "document": ""} == {**FULL.to_dict(), "id": "", "document": ""}


def test_what_is_known_by_content_or_address_is_not_coded_again(store: Store, report: Any) -> None:
    coder = Saying({})
    store.add([report("One  text.", url="https://a.example/1?utm_source=x")], coder)
    again = [
        report("One text."),
        report("One text, revised.", url="http://www.a.example/1#top"),
        report("Another.", url="https://a.example/2"),
        report("Another.", url="https://a.example/2"),
    ]
    found = store.add(again, coder)
    assert (found.read, found.added, found.seen, found.changed_pages) == (4, 1, 3, 1)
    assert coder.coded == ["One  text.", "Another."]
    whys = {row[0] for row in store.sql("SELECT why FROM sightings")}
    assert "address, other text" in whys


def test_front_pages_share_an_address_and_are_told_apart(store: Store, report: Any) -> None:
    found = store.add(
        [report("Monday.", url="https://a.example/"), report("Tuesday.", url="https://a.example/")], Saying({})
    )
    assert found.added == 2


def test_two_documents_with_one_id_are_both_kept(store: Store, report: Any) -> None:
    coder = Saying({"One.": [FULL], "Two.": [FULL]})
    store.add([report("One.", id="d1"), report("Two.", id="d1")], coder)
    names = [document.id for document in store.documents()]
    assert names[0] == "d1"
    assert names[1].startswith("d1-")
    assert {event.document for event in store.events()} == set(names)


def test_only_a_newer_coder_version_codes_again(store: Store, report: Any) -> None:
    documents = [report("One."), report("Two.")]
    store.add(documents, Saying({"One.": [FULL]}, "v1"))
    newer = Saying({"One.": [], "Two.": [FULL]}, "v2")
    found = store.add(documents, newer)
    assert (found.recoded, found.added) == (2, 0)
    assert [event.document for event in store.events()] == [documents[1].id]
    assert store.add(documents, newer).recoded == 0
    back = store.recode(Saying({"One.": [FULL]}, "v1"))
    assert back.recoded == 2
    assert [event.document for event in store.events()] == [documents[0].id]
    assert store.verify() == []


def test_a_text_that_breaks_the_coder_does_not_cost_its_neighbours(store: Store, report: Any) -> None:
    class Fragile(Saying):
        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document in documents:
                if "bad" in document.text:
                    raise RuntimeError("cannot parse")
                yield document, [FULL]

    found = store.add([report("Good one."), report("A bad one."), report("Good two.")], Fragile({}))
    assert found.added == 3
    assert found.events == 2
    assert "cannot parse" in found.faults[0]
    assert store.sql("SELECT count(*) FROM documents WHERE fault IS NOT NULL").rows == [(1,)]


def test_lone_surrogates_cannot_stop_a_store(store: Store, report: Any) -> None:
    store.add([report("Odd \ud800 text.", title="T\udfff")], Saying({}))
    assert next(store.documents()).text == "Odd � text."
    assert store.verify() == []


def test_search_finds_words_phrases_and_leaves_out(store: Store, report: Any) -> None:
    store.add(
        [
            report("Arms delivery to Iran."),
            report("Arms exercise near Iran."),
            report("Delivery of arms."),
            report("Téhéran."),
        ],
        Saying({}),
    )
    assert len(store.search("arms")) == 3
    assert [one["snippet"] for one in store.search('"arms delivery"')] == ["\x02Arms delivery\x03 to Iran."]
    assert len(store.search("arms -exercise")) == 2
    assert len(store.search("teheran")) == 1
    assert store.search('a"b OR (') == []
    with pytest.raises(InputError, match="at least one word"):
        store.search("--- ()")


def test_documents_by_date_take_partial_dates_into_account(store: Store, report: Any) -> None:
    store.add([report("A.", "2025-06"), report("B.", "2025-06-20"), report("C.", "2025-07-01")], Saying({}))
    assert [d.text for d in store.documents(until="2025-06-15")] == ["A."]
    assert [d.text for d in store.documents(since="2025-06-20")] == ["A.", "B.", "C."]
    assert [d.text for d in store.documents(since="2025-07-01")] == ["C."]


def test_find_takes_actor_type_day_speaker_and_kind(store: Store, report: Any) -> None:
    deed = Event(actor="RUS", recipient="IRN", type="AID", quote="One.", end=4)
    store.add([report("One.")], Saying({"One.": [deed, FULL]}))
    assert [e.type for e in store.find(actor="RUS", kind="deed")] == ["AID"]
    assert [e.type for e in store.find(type="accuse", speaker="USA")] == ["ACCUSE"]
    assert store.find(since="2025-06-23") == []
    assert len(store.find(until="2025-06-22")) == 2
    with pytest.raises(InputError, match="no PLOVER type"):
        store.find(type="WAVE")


def test_a_filter_cannot_hide_the_rest_of_the_query(store: Store, report: Any) -> None:
    store.add([report("One.")], Saying({"One.": [FULL]}))
    assert store.events("actor = ? -- and", ["RUS"], limit=5)[0].actor == "RUS"
    assert store.events("actor = 'IRN' -- ) OR (true") == []


def test_two_events_of_one_sentence_have_two_identities(store: Store, report: Any) -> None:
    first = Event(actor="RUS", recipient="IRN", type="AID", quote="One.", end=4, predicate_span=Span(0, 1))
    second = Event(actor="RUS", recipient="IRN", type="AID", quote="One.", end=4, predicate_span=Span(2, 3), mode=None)
    store.add([report("One.", id="d")], Saying({"One.": [second, first]}))
    told = {event.predicate_span: event.id for event in store.events()}
    assert told == {Span(0, 1): "d:0:RUS:IRN:AID", Span(2, 3): "d:0:RUS:IRN:AID#2"}


def test_reviews_stay_beside_events_and_outlive_recoding(store: Store, report: Any) -> None:
    documents = [report("One.", id="d")]
    store.add(documents, Saying({"One.": [FULL]}, "v1"))
    event = store.events()[0]
    review = store.review(event.id, "down", {"type": "REJECT"}, "a refusal", "ann")
    assert store.events()[0].type == "ACCUSE"
    assert store.events(corrected=True)[0].type == "REJECT"
    store.recode(Saying({"One.": [FULL]}, "v2"))
    assert store.reviews(event.id) == [review]
    assert store.events(corrected=True)[0].type == "REJECT"
    store.recode(Saying({}, "v3"))
    assert store.reviews()[0].snapshot["type"] == "ACCUSE"
    store.undo_review(review.id)
    assert store.reviews() == []
    assert store.reviews(include_undone=True)[0].comment == "a refusal"
    with pytest.raises(InputError, match="no review"):
        store.undo_review(review.id)


def test_threads_may_share_a_store(store: Store, report: Any) -> None:
    store.add([report(f"Text {n}.") for n in range(20)], Saying({}))
    seen: list[int] = []
    threads = [threading.Thread(target=lambda: seen.append(len(store.search("text", limit=50)))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [20] * 4


def test_sources_at_fault_are_named_and_kept(store: Store, tmp_path: Path, coder: Any) -> None:
    (tmp_path / "a.txt").write_text("RUS AID IRN today, said officials in the capital on Monday.")
    found = store.add([str(tmp_path / "a.txt"), str(tmp_path / "none.txt")], coder)
    assert found.added == 1
    assert "none.txt" in found.faults[0]
    assert store.sql("SELECT count(*) FROM rejects WHERE source LIKE '%none.txt'").rows == [(1,)]


def test_a_store_is_not_made_where_none_is_wanted(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="holds no store"):
        Store(tmp_path / "none", create=False)
    (tmp_path / "mine.doc").write_text("x")
    with pytest.raises(StoreError, match="other files"):
        Store(tmp_path)
