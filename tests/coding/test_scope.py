import pytest

from foedus.coding.scope import scope


@pytest.mark.parametrize(
    ("text", "word", "marks"),
    [
        ("Spain condemned the raid.", "condemned", set()),
        ("Spain did not condemn the raid.", "condemn", {"negative"}),
        ("Spain has never sent troops.", "sent", {"negative"}),
        ("No unit has come to its aid.", "come", {"negative"}),
        ("Spain left without signing the pact.", "signing", {"negative"}),
        ("Spain failed to deliver the jets.", "deliver", {"negative"}),
        ("Spain was unable to deliver the jets.", "deliver", {"negative"}),
        ("Spain neither condemned nor praised the raid.", "condemned", {"negative"}),
        ("Spain might send troops.", "send", {"hypothetical"}),
        ("If Spain attacks Portugal, oil will rise.", "attacks", {"hypothetical", "conditional"}),
        ("It is feared that Spain may attack Portugal.", "attack", {"hypothetical"}),
        ("Spain will send troops.", "send", {"will"}),
        ("Spain said that it would send troops.", "send", {"will"}),
        ("Spain is expected to receive the envoy.", "receive", {"future"}),
        ("Spain wants to send troops.", "send", {"wished"}),
        ("Spain refused to send troops.", "send", {"wished"}),
        ("Spain began to bomb the port.", "bomb", set()),
    ],
)
def test_marks(read, at, text, word, marks):
    entities = read(text)
    found = scope(entities.sentence, at(entities, word))
    assert {
        name for name in ("negative", "hypothetical", "future", "will", "wished", "conditional") if getattr(found, name)
    } == marks
