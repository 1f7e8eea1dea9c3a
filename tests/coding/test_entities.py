from __future__ import annotations

import pytest

from foedus.coding.entities import Named, joined
from foedus.coding.parse import Sentence


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


def test_of_a_list_without_end_each_word_is_looked_at_a_few_times() -> None:
    class Counted(list[str]):
        looks = 0

        def __getitem__(self, at):  # type: ignore[no-untyped-def, override]
            self.looks += 1
            return super().__getitem__(at)

    size = 2_000
    sentence = Sentence("")
    sentence.words = sentence.lower = sentence.lemmas = ["Norway"] * size
    sentence.tags = ["NNP"] * size
    sentence.deps = Counted(["nsubj"] + ["conj"] * (size - 1))
    sentence.heads = [0, *range(size - 1)]
    sentence.children = [[i + 1] for i in range(size - 1)] + [[]]
    names = [Named(i, i + 1, i, "NOR", "name", None, None, False) for i in range(size)]
    assert joined(sentence, names[0], names) == names[1:]
    assert joined(sentence, names[-1], names) == []
    assert sentence.deps.looks < 5 * size
