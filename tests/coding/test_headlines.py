import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.coding.coder import Coder
from foedus.coding.headlines import lowered, past, shouted, spoken
from foedus.coding.parse import Sentence, parse
from foedus.model.document import Document


@pytest.mark.parametrize(
    ("words", "tags", "expected"),
    [
        ("Turkey summons Israeli envoy", "NNP NNS JJ NN", (1, "summon")),
        ("Peru denies entry to Chileans", "NNP NNS NN IN NNPS", (1, "deny")),
        ("Peru summoned its envoy", "NNP VBD PRP$ NN", None),
        ("Peru strikes and protests", "NNP NNS CC NNS", None),
        ("The strikes of May", "DT NNS IN NNP", None),
    ],
)
def test_the_verb_of_a_headline(words, tags, expected):
    assert spoken(words.split(), tags.split()) == expected


@pytest.mark.parametrize(
    ("lemma", "expected"),
    [("summon", "summoned"), ("arm", "armed"), ("deny", "denied"), ("seize", "seized"), ("send", "sent")],
)
def test_the_past_of_a_verb(lemma, expected):
    assert past(lemma) == expected


def test_a_headline_is_parsed_with_its_verb():
    (sentence,) = parse([Sentence("Turkey summons Israeli envoy over strike")])
    assert (sentence.words[1], sentence.lemmas[1], sentence.pos[1], sentence.deps[0]) == (
        "summons",
        "summon",
        "VERB",
        "nsubj",
    )
    assert 0 in sentence.children[1]


def test_capitals_become_prose_without_moving_a_letter():
    text = "U.S. TELLS NATO: HELP UKRAINE"
    assert shouted(text)
    assert lowered(text, [(0, 4), (11, 15), (22, 29)]) == "U.S. tells Nato: help Ukraine"
    assert not shouted("NATO met in Brussels.")
    assert not shouted("USA")


@given(st.text(max_size=80))
def test_any_text_keeps_its_length(text):
    assert len(lowered(text, [])) == len(text)


@pytest.mark.parametrize("text", ["RUSSIA CONDEMNS U.S. STRIKES ON IRAN", "Russia condemns U.S. strikes on Iran"])
def test_headlines_are_coded_whatever_their_letters(text):
    found = Coder().code(Document(text, published="2025-06-23"))
    assert ("RUS", "USA", "ACCUSE") in {(e.actor, e.recipient, e.type) for e in found}
    assert all(e.quote == text for e in found)
