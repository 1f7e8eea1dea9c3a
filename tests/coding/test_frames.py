from foedus.coding.frames import lemmas, lexicon, match


def test_the_most_specific_frame_comes_first(read, at):
    entities = read("Peru broke off relations with Chile.")
    found = match(entities.sentence, at(entities, "broke"))
    assert found[0].type == "SANCTION"
    assert "relation" in found[0].objects


def test_a_block_ends_the_search(read, at):
    entities = read("Peru pulled strings.")
    assert match(entities.sentence, at(entities, "pulled")) == []


def test_a_plural_noun_taken_for_a_verb_still_finds_its_frame(read):
    entities = read("Hours after the U.S. airstrikes on Iranian facilities, Russia spoke.")
    sentence = entities.sentence
    assert match(sentence, sentence.words.index("airstrikes"))[0].type == "ASSAULT"


def test_the_lexicon_is_large_and_every_frame_can_be_named():
    assert sum(len(frames) for frames in lexicon().values()) >= 1500
    assert {"attack", "condemn", "withdraw"} <= lemmas()
    assert all(frame.name for frames in lexicon().values() for frame in frames)
