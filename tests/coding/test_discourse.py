import pytest

from foedus.coding.discourse import turn, voice_of


@pytest.mark.parametrize(
    ("texts", "word", "expected"),
    [
        (["Ghana signed the pact.", "It also sent troops."], "It", ["GHA"]),
        (["Emmanuel Macron arrived on Monday.", "He praised the hosts."], "He", ["FRA"]),
        (["Ethiopia and Eritrea held talks.", "The two countries signed nothing."], "countries", ["ETH", "ERI"]),
        (["Ethiopia and Eritrea held talks.", "Both refused to yield."], "Both", ["ETH", "ERI"]),
        (["Japan warned China.", "Tokyo praised its ally in Manila."], "ally", ["PHL"]),
        (["NATO met in Brussels.", "The alliance condemned the raid."], "alliance", ["NATO"]),
    ],
)
def test_who_is_meant(read, at, texts, word, expected):
    entities = read(*texts)
    assert [ref.code for ref in entities.phrase(at(entities, word))] == expected


def test_an_object_pronoun_is_not_its_own_subject(read, at):
    entities = read("Kuwait asked Russia for help; Russia leased it three tankers.")
    assert [ref.code for ref in entities.phrase(at(entities, "it"))] == ["KWT"]


def test_a_titled_statement_has_a_voice():
    assert voice_of("Statement by the Government of Chile", ["CHL"]) == "CHL"
    assert voice_of("Uneasy quiet in Batken", ["KGZ"]) is None


def test_turns_of_a_press_conference():
    assert [turn("Q: What now?"), turn("A: Nothing."), turn("A quiet day.")] == ["Q", "A", None]
