import numpy as np
import pytest

from foedus.actors.mentions import find
from foedus.coding import decide
from foedus.coding.parse import Sentence, parse
from foedus.coding.windows import hidden
from foedus.errors import ModelError


def readings(*texts):
    model = decide.decider()
    sentences = list(parse(Sentence(text) for text in texts))
    (read,) = model.read([[("", [], []), *((s.text, s.starts, hidden(find(s.text))) for s in sentences)]])
    return read[1:]


def test_a_sentence_is_read_with_what_stands_before_it():
    alone = readings("It refused.")[0]
    told = readings("Peru asked Chile for tanks.", "It refused.")[1]
    assert alone.vectors.shape == told.vectors.shape
    assert not np.allclose(alone.vectors, told.vectors, atol=1e-3)
    assert set(told.before) == {"PER", "CHL"}
    assert not alone.before


def test_a_name_is_read_by_its_part_and_never_by_which_state_it_is():
    peru = readings("Peru condemned Chile.")[0]
    mali = readings("Mali condemned Niger.")[0]
    np.testing.assert_allclose(peru.vectors, mali.vectors, atol=1e-5)


def test_every_word_finds_its_piece_when_names_are_replaced():
    (read,) = readings("Peru condemned Saudi Arabia.")
    assert read.words[2] == read.words[3], "both words of a name share its stand-in"
    assert all(0 <= piece < len(read.vectors) for piece in read.words)


def test_a_sentence_longer_than_a_window_keeps_vectors_for_its_beginning():
    (read,) = readings("Peru condemned Chile and " + "then ships and " * 90 + "left.")
    assert read.words[0] == 0
    assert read.words[-1] == -1
    assert not read.span(len(read.words) - 1, len(read.words)).any()


def test_an_altered_model_file_is_refused():
    with pytest.raises(ModelError, match=r"altered; repair with: pip install"):
        decide._checked(decide.CURRENT, "heads.npz", "0" * 64)
    with pytest.raises(ModelError, match="missing; repair with"):
        decide._checked(decide.CURRENT, "nothing.npz", None)
