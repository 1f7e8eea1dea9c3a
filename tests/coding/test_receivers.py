import pytest

from foedus.coding.frames import match
from foedus.coding.receivers import people_object, recipients


@pytest.mark.parametrize(
    ("text", "word", "code"),
    [
        ("Peru's attack on Chile failed.", "attack", "CHL"),
        ("The Peruvian attack on Chile failed.", "attack", "CHL"),
        ("Peru condemned Chile.", "condemned", "CHL"),
        ("Peru condemned Chile's raid.", "condemned", "CHL"),
        ("Peru sent rifles to Chile.", "sent", "CHL"),
        ("Chile was bombed by Peru.", "bombed", "CHL"),
        ("Peru accused Chile of shelling the port.", "accused", "CHL"),
    ],
)
def test_on_whom_it_falls(read, at, text, word, code):
    entities = read(text)
    i = at(entities, word)
    found = recipients(entities, i, match(entities.sentence, i)[0])
    assert [ref.code for ref in found[0][0]] == [code]


def test_an_act_on_people_of_no_named_state_is_seen(read, at):
    entities = read("Peru arrested forty protesters.")
    assert people_object(entities.sentence, at(entities, "arrested"))
    entities = read("Peru signed the treaty.")
    assert not people_object(entities.sentence, at(entities, "signed"))
