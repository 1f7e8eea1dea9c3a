"""Whom a pronoun cannot mean (the actors of its own clause), and whose clause stands above it."""

import pytest

from foedus.coding.binding import governing_subjects, own_objects, own_subjects


@pytest.mark.parametrize(
    ("text", "word", "codes"),
    [
        ("Russia leased it three tankers.", "it", {"RUS"}),
        ("Russia and Belarus leased it three tankers.", "it", {"RUS", "BLR"}),
        ("Kuwait said that Russia leased it three tankers.", "it", {"RUS"}),
        ("Kuwait praised its ally.", "its", set()),
        ("He met the Peruvian minister in Lima.", "He", {"PER"}),
    ],
)
def test_no_object_is_its_own_subject_nor_a_subject_its_own_object(read, at, text, word, codes):
    entities = read(text)
    assert own_subjects(entities, at(entities, word)) == codes


def test_objects_count_with_what_they_are_joined_to_and_named_after(read, at):
    entities = read("They warned Chile and the Bolivian army.")
    assert own_objects(entities, at(entities, "They")) == {"CHL", "BOL"}
    entities = read("They talked with Chile about Peru.")
    assert own_objects(entities, at(entities, "They")) == {"CHL"}, "what the talk is about may well be meant"


def test_subjects_above_come_nearest_first(read, at):
    entities = read("Kuwait said that Russia hoped that it would leave.")
    found = governing_subjects(entities, at(entities, "it"))
    assert [entities.sentence.words[k] for k in found] == ["Russia", "Kuwait"]
