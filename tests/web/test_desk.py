import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.document import Document
from foedus.model.event import Event, Span
from foedus.web import desk
from foedus.web.shelf import Shelf


@st.composite
def marked_texts(draw):
    text = draw(st.text(alphabet="ab .\nשלום<>&", min_size=1, max_size=120))
    document = Document(id="d", text=text)
    events = []
    for _ in range(draw(st.integers(0, 5))):
        edges = sorted(draw(st.lists(st.integers(0, len(text)), min_size=6, max_size=6)))
        events.append(
            Event(
                "RUS", "IRN", "AID", quote=text[edges[0] : edges[5]], start=edges[0], end=edges[5],
                actor_span=Span(edges[1], edges[4]), recipient_span=Span(edges[0], edges[3]), predicate_span=Span(edges[2], edges[5]),
            )
        )  # fmt: skip
    return document, events


@given(marked_texts())
def test_marks_lose_no_character_and_miss_no_span(case):
    document, events = case
    paragraphs = desk.marked(document, events)
    shown = ["".join(piece.text for piece in paragraph.pieces) for paragraph in paragraphs]
    at = 0
    places = []
    for paragraph in shown:
        at = document.text.index(paragraph, at)
        places.append(at)
        at += len(paragraph)
    assert "".join("".join(shown).split()) == "".join(document.text.split())
    for start, paragraph in zip(places, paragraphs, strict=True):
        for piece in paragraph.pieces:
            end = start + len(piece.text)
            for number, event in enumerate(events):
                over = event.actor_span.start <= start and end <= event.actor_span.end
                if over and piece.text:
                    assert "actor" in piece.roles
                    assert number in piece.events
            start = end


def test_nested_and_crossing_spans_each_keep_their_roles():
    document = Document(id="d", text="the Russian president of peace")
    event = Event(
        "RUS", "IRN", "AID", quote=document.text, start=0, end=30, actor_span=Span(0, 21), speaker_span=Span(4, 11),
        recipient_span=Span(12, 30),
    )  # fmt: skip
    ((paragraph),) = desk.marked(document, [event])
    assert [(piece.text, piece.roles) for piece in paragraph.pieces] == [
        ("the ", ("actor",)),
        ("Russian", ("actor", "speaker")),
        (" ", ("actor",)),
        ("president", ("actor", "recipient")),
        (" of peace", ("recipient",)),
    ]
    assert paragraph.pieces[0].starts == (0,)


def test_what_has_no_place_is_listed(store):
    document, events = store.document("wire"), store.events_of("wire")
    found = {one["event"].type: one["missing"] for one in desk.unlocated(document, events)}
    assert found == {"AID": ["recipient"], "AGREE": ["actor", "act", "recipient"]}
    moved = Event("RUS", None, "AID", quote="elsewhere", start=3, end=9)
    assert desk.unlocated(document, [moved])[0]["missing"] == ["evidence sentence", "actor", "act"]


def test_alpha_equals_krippendorffs_worked_example():
    # Krippendorff, Computing Krippendorff's Alpha-Reliability (2011), part A: two observers, binary data, alpha 0.095.
    one, other = "0100000010", "1110010000"
    assert desk.alpha(zip(one, other, strict=True)) == pytest.approx(0.095, abs=0.0005)


def test_alpha_is_one_for_agreement_and_absent_where_nothing_varies():
    assert desk.alpha([("up", "up"), ("down", "down")]) == 1
    assert desk.alpha([("up", "up"), ("up", "up")]) is None
    assert desk.alpha([("up",), ("down",)]) is None
    assert desk.alpha([]) is None


def test_alpha_of_chance_is_near_zero():
    drawn = random.Random(1)
    assert abs(desk.alpha([(drawn.choice("ud"), drawn.choice("ud")) for _ in range(20_000)])) < 0.02


def test_votes_take_the_last_word_of_each_and_corrections_count_against(store, event_ids):
    aid, assault = event_ids["wire", "CHN", "AID"], event_ids["wire", "ISR", "ASSAULT"]
    store.review(aid, "down", reviewer="ann")
    store.review(aid, "up", reviewer="ann")
    store.review(aid, fields={"mode": "assist"}, reviewer="ben")
    store.review(assault, "up", reviewer="ann")
    store.review(assault, comment="only a remark", reviewer="cid")
    told = desk.agreement(store.reviews())
    assert told["reviewers"] == ["ann", "ben"]
    (apart,) = told["disagreements"]
    assert (apart["event"], apart["votes"]) == (aid, {"ann": "up", "ben": "down"})
    assert (apart["document"], apart["what"]) == ("wire", "China gave help to Iran")
    rows = {row["type"]: (row["right"], row["reviewed"]) for row in desk.accuracy(store.reviews())}
    assert rows == {"AID": (0, 1), "ASSAULT": (1, 1)}
    assert desk.opinion(store.reviews(aid)).corrected == {"mode": "assist"}


def test_wilson_holds_the_share_and_narrows():
    assert desk.wilson(0, 0) == (0.0, 1.0)
    few, many = desk.wilson(8, 10), desk.wilson(800, 1000)
    assert few[0] < many[0] < 0.8 < many[1] < few[1]
    assert desk.wilson(5, 10, 1.96) == pytest.approx((0.2366, 0.7634), abs=0.0005)


def test_the_queue_asks_for_doubt_or_for_weight_and_forgets_what_is_done(store, event_ids):
    shelf = Shelf(store)
    uncertain = desk.queue(shelf, "uncertain", [], "ann", 50)
    assert uncertain[0]["event"].confidence == 0.4
    assert desk.queue(shelf, "consequential", ["IRN"], "ann", 1)[0]["event"].type in ("ASSAULT", "AID", "REJECT")
    store.review(uncertain[0]["event"].id, "up", reviewer="ann")
    assert uncertain[0]["event"].id not in {row["event"].id for row in desk.queue(shelf, "uncertain", [], "ann", 50)}
    assert uncertain[0]["event"].id in {row["event"].id for row in desk.queue(shelf, "uncertain", [], "ben", 50)}
    assert uncertain[0]["event"].id not in {row["event"].id for row in desk.queue(shelf, "uncertain", [], "", 50)}


def test_reports_of_one_act_share_its_weight_in_the_queue(tmp_path):
    from foedus.model.document import Document
    from foedus.store.store import Store

    class Coder:
        version = "x"

        def code_all(self, documents, workers=1):
            for number, one in enumerate(documents):
                kind = "AID" if number < 6 else "COOPERATE"
                yield (
                    one,
                    [
                        Event(
                            "CHN", "IRN", kind, quote=one.text, start=0, end=len(one.text), document=one.id,
                            date="2025-06-14", confidence=0.5,
                        )
                    ],
                )  # fmt: skip

    with Store(tmp_path / "store") as store:
        store.add([Document(f"China helped Iran, report {n}.", id=f"d{n}") for n in range(7)], Coder())
        shelf = Shelf(store)
        order = [row["event"].type for row in desk.queue(shelf, "consequential", ["IRN"], "", 50)]
        assert len(order) == 7
        assert "COOPERATE" in order[:4], "six reports of one act do not push everything else down"
        shelf.close()
