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
