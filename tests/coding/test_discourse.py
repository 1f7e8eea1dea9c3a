import pytest

from foedus.actors.mentions import find
from foedus.coding.discourse import opened


@pytest.mark.parametrize(
    ("texts", "word", "expected"),
    [
        (["Ghana signed the pact.", "It also sent troops."], "It", ["GHA"]),
        (["Emmanuel Macron arrived on Monday.", "He praised the hosts."], "He", ["FRA"]),
        (["Ethiopia and Eritrea held talks.", "The two countries signed nothing."], "countries", ["ETH", "ERI"]),
        (["Ethiopia and Eritrea held talks.", "Both refused to yield."], "Both", ["ETH", "ERI"]),
        (["Japan warned China.", "Tokyo praised its ally in Manila."], "ally", ["PHL"]),
        (
            [
                "The Ghanaian Foreign Ministry protested.",
                "Togo shelled Ho.",
                "The Foreign Ministry demanded an end to it.",
            ],
            "Ministry",
            ["GHA"],
        ),
        (
            [
                "The finance ministers of Kenya, Uganda and Rwanda met Pravin Gordhan.",
                "They urged South Africa to lend.",
            ],
            "They",
            ["KEN", "UGA", "RWA"],
        ),
        (["Hakan Fidan telephoned Islamabad.", "Israel's ambassador said that his country agreed."], "his", ["ISR"]),
        (
            ["The Organization of American States met.", "Argentina asked for help.", "France left the junta."],
            "junta",
            ["ARG"],
        ),
        (["Portugal let American transports refuel; Spain did not let them land."], "them", ["USA"]),
        (["NATO met in Brussels.", "The alliance condemned the raid."], "alliance", ["NATO"]),
    ],
)
def test_who_is_meant(read, at, texts, word, expected):
    entities = read(*texts)
    assert [ref.code for ref in entities.phrase(at(entities, word))] == expected


def test_an_object_pronoun_is_not_its_own_subject(read, at):
    entities = read("Kuwait asked Russia for help; Russia leased it three tankers.")
    assert [ref.code for ref in entities.phrase(at(entities, "it"))] == ["KWT"]


def test_the_title_gives_a_document_its_voice_and_its_first_actors():
    memory = opened("Statement by the Government of Chile on Peru", find("Government of Chile on Peru"))
    assert memory.voice == "CHL"
    assert set(memory.focus(set())) == {"CHL", "PER"}
    assert opened(None, []).focus(set()) == []


def test_who_was_named_last_and_how_often_is_kept(read):
    entities = read("Ghana warned Togo.", "Ghana left.", "Nobody spoke.")
    memory = entities.discourse
    assert memory.standing["GHA"] == (1, 2, True)
    assert memory.standing["TGO"] == (0, 1, False)


def test_both_sides_are_those_who_fought(read, at):
    entities = read("Japan warned China.", "Ghana urged restraint on both sides.")
    assert [ref.code for ref in entities.phrase(at(entities, "sides"))] == ["JPN", "CHN"]
    entities = read("Japan warned China.", "Ghana urged restraint on all parties.")
    entities.discourse.dealt("ETH", "ERI", True)
    assert [ref.code for ref in entities.phrase(at(entities, "parties"))] == ["ETH", "ERI"]


def test_the_two_countries_are_those_who_deal_with_each_other(read, at):
    entities = read("Guyana appealed to Brazil.", "Cuba thanked Mexico.", "The two countries signed a pact.")
    assert [ref.code for ref in entities.phrase(at(entities, "countries"))] == ["CUB", "MEX"]
    entities = read("Guyana appealed to Brazil.", "Cuba thanked Mexico.", "The two countries signed a pact.")
    entities.discourse.dealt("GUY", "BRA", False)
    entities.discourse.dealt("BRA", "GUY", False)
    assert {ref.code for ref in entities.phrase(at(entities, "countries"))} == {"BRA", "GUY"}
