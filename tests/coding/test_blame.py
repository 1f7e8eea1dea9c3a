import pytest

from foedus.coding.blame import blamed, blames_the_victim
from foedus.coding.candidates import Candidate
from foedus.coding.entities import Ref
from foedus.coding.frames import Frame
from foedus.coding.scope import Scope

FRAME = Frame("", "", "", frozenset(), (), frozenset(), "", None, (), (), frozenset())


def accusation(entities, word, victim="BOL"):
    """Peru's accusation at a word, given to the victim: where it is named, else as the one spoken of."""
    named = next((n for n in entities.names.all if n.code == victim), None)
    recipient = Ref(victim, "named", named.start, named.end) if named else Ref(victim, "focus1", word, word + 1)
    return Candidate(word, FRAME, "ACCUSE", None, Ref("PER", "named", 0, 1), recipient, "", "", Scope(), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Peru condemned the occupation of Bolivia.", "CHL"),
        ("Peru condemned the incursion into Bolivia.", "CHL"),
        ("Peru condemned the incursion.", "CHL"),
        ("Peru condemned Brazil's annexation of Bolivia.", "BRA"),
        ("Peru condemned the siege of Bolivia by Brazil.", "BRA"),
        ("Peru condemned Bolivia.", "BOL"),
    ],
)
def test_an_accusation_over_force_falls_on_who_used_it(read, at, text, expected):
    entities = read(text)
    entities.discourse.dealings.clashes.append(("CHL", "BOL"))
    assert blamed(entities, accusation(entities, at(entities, "condemned"))).recipient.code == expected


def test_an_accusation_over_force_by_nobody_known_falls_on_nobody(read, at):
    entities = read("Peru condemned the blockade of Bolivia.")
    assert blamed(entities, accusation(entities, at(entities, "condemned"))).recipient is None


def test_whom_a_strike_falls_on_is_the_victim(read, at):
    entities = read("Peru condemned the strikes on Bolivia.")
    assert blames_the_victim(entities.sentence, accusation(entities, at(entities, "condemned")))
