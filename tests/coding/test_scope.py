import pytest

from foedus.coding.scope import affirmed, scope


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
        ("Spain denied that it attacked Portugal.", "attacked", {"negative"}),
        ("Spain denied attacking Portugal.", "attacking", {"negative"}),
        ("Spain did not deny that it attacked Portugal.", "attacked", set()),
        ("Reports that Spain attacked Portugal are baseless.", "attacked", {"negative"}),
        ("The claim that Spain had attacked Portugal was not false.", "attacked", set()),
        ("Reports that Spain attacked Portugal are alarming.", "attacked", set()),
        ("Spain dismissed reports that it attacked Portugal.", "attacked", {"negative"}),
        ("Spain rejected claims that it had armed Portugal.", "armed", {"negative"}),
        ("Spain denied allegations of arming Portugal.", "arming", {"negative"}),
        ("Spain repeated allegations of arming Portugal.", "arming", set()),
        ("Spain not only condemned the raid but recalled its envoy.", "condemned", set()),
        ("Spain does not want to lose the port by supporting Portugal.", "supporting", {"wished"}),
    ],
)
def test_marks(read, at, text, word, marks):
    entities = read(text)
    found = scope(entities.sentence, at(entities, word))
    assert {
        name for name in ("negative", "hypothetical", "future", "will", "wished", "conditional") if getattr(found, name)
    } == marks


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Spain not only armed Portugal but trained its men.", "armed", True),
        ("Spain did not merely condemn Portugal.", "condemn", True),
        ("Spain did not arm Portugal.", "arm", False),
        ("Spain armed Portugal.", "armed", False),
    ],
)
def test_not_only_says_that_it_happened(read, at, text, word, expected):
    entities = read(text)
    assert affirmed(entities.sentence, at(entities, word)) is expected
