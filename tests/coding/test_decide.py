import pytest

from foedus.actors.mentions import find
from foedus.coding import decide
from foedus.errors import ModelError


def test_the_same_actor_keeps_its_stand_in_and_others_get_their_own():
    made = decide.masks(find("Peru condemned Chile, and Peru left."))
    assert [start for start, _, _ in made] == [0, 15, 26]
    assert made[0][2] == made[2][2] != made[1][2]


def test_every_word_finds_its_piece_when_names_are_replaced():
    model = decide.decider()
    text = "Peru condemned Saudi Arabia."
    starts = [0, 5, 15, 21, 27]
    ids, mask, pieces = decide.encode_words(model._tokenizer, [text], [starts], [decide.masks(find(text))])
    assert pieces[0][2] == pieces[0][3], "both words of a name share its stand-in"
    assert all(0 < piece < int(mask.sum()) for piece in pieces[0])
    assert ids.shape == mask.shape


def test_an_altered_model_file_is_refused():
    with pytest.raises(ModelError, match=r"altered; repair with: pip install"):
        decide._checked(decide.CURRENT, "heads.npz", "0" * 64)
    with pytest.raises(ModelError, match="missing; repair with"):
        decide._checked(decide.CURRENT, "nothing.npz", None)
