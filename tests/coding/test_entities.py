import pytest


def codes(refs):
    return [ref.code for ref in refs]


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Kenya's foreign minister spoke.", "minister", ["KEN"]),
        ("Peruvian troops crossed the river.", "troops", ["PER"]),
        ("The government of Chad fell.", "government", ["TCD"]),
        ("Norway, Sweden and Finland agreed.", "Norway", ["NOR", "SWE", "FIN"]),
        ("British and French aircraft took off.", "aircraft", ["GBR", "FRA"]),
        ("Dozens of Bolivian officials left.", "Dozens", ["BOL"]),
        ("Rockets fired by Sudan hit a market.", "Rockets", ["SDN"]),
        ("The United States, Britain, Saudi Arabia and Kuwait bombed Iraq.", "States", ["USA", "GBR", "SAU", "KWT"]),
        ("The weather in spring is mild.", "weather", []),
    ],
)
def test_phrases(read, at, text, word, expected):
    entities = read(text)
    assert codes(entities.phrase(at(entities, word))) == expected


def test_those_who_share_an_office_are_all_meant(read, at):
    entities = read("The foreign ministers of Britain, France and Germany met in Geneva.")
    assert codes(entities.phrase(at(entities, "ministers"))) == ["GBR", "FRA", "DEU"]
    assert all(named.subject for named in entities.names.all if named.code in {"GBR", "FRA", "DEU"})


def test_whose_partner_a_subject_is_is_no_subject(read):
    entities = read("China, Pakistan's closest partner, urged restraint.")
    assert {named.code: named.subject for named in entities.names.all} == {"CHN": True, "PAK": False}
