import pytest

from foedus.coding.arguments import agents, is_passive, owner, patients


def codes(refs):
    return [ref.code for ref in refs]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Peru bombed Chile.", "bombed", ["PER"]),
        ("Chile was bombed by Peru.", "bombed", ["PER"]),
        ("Chile was bombed.", "bombed", []),
        ("Peru urged Chile to withdraw.", "withdraw", ["CHL"]),
        ("Peru arrived and bombed Chile.", "bombed", ["PER"]),
        ("Peru accused Chile of shelling the port.", "shelling", ["CHL"]),
    ],
)
def test_who_acts(read, at, text, word, expected):
    entities = read(text)
    assert codes(agents(entities, at(entities, word))[0]) == expected


def test_a_passive_turns_the_subject_into_the_victim(read, at):
    entities = read("Chile was bombed by Peru.")
    verb = at(entities, "bombed")
    assert is_passive(entities.sentence, verb)
    assert codes(patients(entities, verb)) == ["CHL"]


@pytest.mark.parametrize(
    "text",
    ["Peru's attack on Chile failed.", "The Peruvian attack on Chile failed.", "The attack on Chile by Peru failed."],
)
def test_whose_act_a_noun_names(read, at, text):
    entities = read(text)
    noun = at(entities, "attack")
    assert codes(owner(entities, noun)[0]) == ["PER"]
