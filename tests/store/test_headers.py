from dataclasses import replace

from foedus.model.document import Document
from foedus.model.event import Event, Span, Why
from foedus.store.store import Store


class Coder:
    version = "byhand-1"

    def code_all(self, documents, workers=1):
        for document in documents:
            yield (
                document,
                [
                    Event(
                        "RUS", "IRN", "AID", mode="military", polarity="negative", modality="future", speaker="MEDIA", date="2025-06",
                        quote=document.text, end=len(document.text), confidence=0.4, actor_span=Span(0, 6), contexts=("war",),
                        why=Why("aid"), speaker_name="A reporter", document=document.id,
                    ),
                    Event("RUS", "IRN", "SUPPORT", quote=document.text, end=len(document.text), document=document.id),
                ],
            )  # fmt: skip


def test_headers_are_the_events_without_what_only_a_reader_needs(tmp_path):
    with Store(tmp_path / "store") as store:
        store.add([Document("Russia will not send Iran arms.", id="d", published="2025-06-13")], Coder())
        whole = {event.id: event for event in store.events()}
        found = {event.id: event for event in store.headers()}
        assert found.keys() == whole.keys()
        for key, event in whole.items():
            bare = replace(event, actor_span=None, contexts=(), why=None, coder="")
            assert found[key] == bare
        assert [event.type for event in store.headers("type = ?", ["AID"])] == ["AID"]
