import dataclasses

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import foedus
from foedus.coding.coder import Coder
from foedus.errors import InputError
from foedus.model.document import Document
from foedus.model.event import QUADS


@pytest.fixture(scope="module")
def coder():
    return Coder()


STORY = Document(
    "Kenya condemned Sudan on Monday for shelling its border post. Kenyan officials said that Sudan had also sent arms to the rebels. "
    "Nairobi has not asked the African Union for help.",
    published="2021-03-10",
)


def test_a_story_gives_its_acts(coder):
    found = {(e.actor, e.recipient, e.type, e.polarity, e.speaker) for e in coder.code(STORY)}
    assert ("KEN", "SDN", "ACCUSE", "positive", None) in found
    assert any(actor == "KEN" and kind == "REQUEST" and polarity == "negative" for actor, _, kind, polarity, _ in found)


def test_every_event_points_at_its_words(coder):
    for event in coder.code(STORY):
        assert STORY.text[event.start : event.end] == event.quote
        for span in (event.actor_span, event.recipient_span, event.predicate_span, event.speaker_span):
            assert span is None or event.start <= span.start < span.end <= event.end
        assert event.why is not None
        assert 0 <= event.confidence <= 1
        assert event.coder


def test_whom_the_sentence_does_not_name_is_not_pointed_at(coder):
    text = Document("Peru accused Chile of spying on its fleet. Chile rejected the charge.", published="2020-03-01")
    answer = next(e for e in coder.code(text) if e.type == "REJECT")
    assert (answer.actor, answer.recipient, answer.recipient_span) == ("CHL", "PER", None)


def test_dates_come_from_the_publication_date(coder):
    condemned = next(e for e in coder.code(STORY) if e.type == "ACCUSE")
    assert condemned.date == "2021-03-08"


words = st.sampled_from(
    'Kenya condemned Sudan 🇰🇪 attacked é́ the U.S. and China, \u200f\u202e said \x00 "No" IRAN STRIKES ISRAEL не мир 攻撃 ; — its ally .'.split(
        " "
    )
)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.lists(words, max_size=60).map(" ".join) | st.text(max_size=200))
def test_any_text_is_coded_with_true_offsets(coder, text):
    document = Document(text, published="2024-05-05")
    for event in coder.code(document):
        assert text[event.start : event.end] == event.quote
        assert event.type in QUADS


@pytest.mark.parametrize(
    "text",
    ["", " ", "word " * 5000, "A" * 50_000, "KENYA ATTACKS SUDAN " * 400, "\x00\x00", "‏مصر هاجمت السودان"],
    ids=range(7),
)
def test_hard_texts_never_crash(coder, text):
    for event in coder.code(Document(text)):
        assert text[event.start : event.end] == event.quote


def test_another_language_gives_nothing(coder):
    assert coder.code(dataclasses.replace(STORY, language="fr", id="")) == []


def test_many_documents_keep_their_order(coder):
    documents = [dataclasses.replace(STORY, id=f"d{n}") for n in range(40)]
    assert [d.id for d, _ in coder.code_all(iter(documents))] == [f"d{n}" for n in range(40)]


def test_a_document_is_coded_alike_alone_and_in_company(coder):
    acts = (
        "sent Iran fuel",
        "condemned Iran over the raid",
        "rejected the charge",
        "met Iranian envoys",
        "shelled Iran",
    )
    documents = [
        Document(
            text=" ".join(f"{who} {acts[(n + k) % 5]} on Monday, said {k + 2} officials{', once more' * n}." for k in range(n + 1)),
            published="2025-06-24",
        )
        for n, who in enumerate(("Russia", "China", "Turkey", "Iraq", "Egypt", "France", "India"))
    ]  # fmt: skip
    together = {document.id: [event.to_dict() for event in events] for document, events in coder.code_all(documents)}
    assert sum(map(len, together.values())) > 5
    for document in documents:
        assert [event.to_dict() for event in coder.code(document)] == together[document.id]


def test_two_workers_code_the_same(coder):
    documents = [dataclasses.replace(STORY, id=f"d{n}") for n in range(3)]
    one = [events for _, events in coder.code_all(documents)]
    assert [events for _, events in coder.code_all(documents, workers=2)] == one


def test_an_unknown_back_end_is_refused():
    with pytest.raises(InputError, match="no coder back end"):
        foedus.Coder(backend="oracle")


def test_another_back_end_can_stand_in():
    class Silent:
        version = "silent-1"

        def code_batch(self, documents):
            return [[] for _ in documents]

    assert Coder(backend=Silent()).code(STORY) == []
