import pytest

from foedus.coding import parse as module
from foedus.coding.parse import LONGEST, Sentence, parse
from foedus.errors import ModelError


def test_words_stand_at_their_offsets():
    text = "Peru’s navy — 3 ships — left 🇵🇪 waters."
    (sentence,) = parse([Sentence(text)])
    assert [text[a:b] for a, b in zip(sentence.starts, sentence.ends, strict=True)] == sentence.words
    assert all(0 <= head < len(sentence) for head in sentence.heads)


def test_an_endless_sentence_is_not_parsed():
    (sentence,) = parse([Sentence("word " * (LONGEST + 5))])
    assert len(sentence) == 0


def test_an_altered_model_is_refused(monkeypatch):
    monkeypatch.setattr(module, "_SHA256", {"parser/model": "0" * 64})
    module.pipeline.cache_clear()
    with pytest.raises(ModelError, match="missing or altered; repair with"):
        module.pipeline()
    monkeypatch.undo()
    module.pipeline.cache_clear()
    module.pipeline()


def test_no_word_hangs_on_one_inside_a_bracket_before_it():
    text = "Peru tried to mediate between Chile and Bolivia (a tenth of Chile's people speak Aymara) and offered to host them."
    (sentence,) = parse([Sentence(text)])
    opened, closed = sentence.words.index("("), sentence.words.index(")")
    outside = [i for i in range(len(sentence)) if not opened <= i <= closed]
    assert [sentence.words[i] for i in outside if opened <= sentence.heads[i] <= closed] == []
    assert all(i in sentence.children[sentence.heads[i]] for i in outside if sentence.heads[i] != i)
    assert sentence.words[sentence.heads[sentence.words.index("offered")]] == "tried"


@pytest.mark.parametrize(
    ("text", "verb", "sayer"),
    [
        ("Rutte said that Kenya had the right to protest, and promised that Europe would help.", "promised", "said"),
        ("Rutte said that Kenya had the right to protest and that it would.", "protest", "right"),
    ],
)
def test_a_second_saying_belongs_to_who_said_the_first(text, verb, sayer):
    (sentence,) = parse([Sentence(text)])
    head = sentence.heads[sentence.words.index(verb)]
    assert sentence.words[head] == sayer
    assert sentence.words.index(verb) in sentence.children[head]
