import pytest

from foedus.coding.modes import contexts, mode


@pytest.mark.parametrize(
    ("text", "word", "kind", "expected"),
    [
        ("Peruvian drones struck Chile.", "struck", "ASSAULT", "drone"),
        ("Peru shelled Chile with artillery.", "shelled", "ASSAULT", "heavy-weapons"),
        ("Peru struck Chile.", "struck", "ASSAULT", None),
        ("Peru telephoned Chile.", "telephoned", "CONSULT", "phone"),
    ],
)
def test_a_mode_only_where_it_is_plain(read, at, text, word, kind, expected):
    entities = read(text)
    assert mode(entities.sentence, at(entities, word), kind, None) == expected


def test_the_frame_s_own_mode_wins(read, at):
    entities = read("Peru struck Chile.")
    assert mode(entities.sentence, at(entities, "struck"), "ASSAULT", "aerial") == "aerial"


def test_contexts_need_more_than_one_word():
    assert contexts("The army moved troops; soldiers of the navy followed.")[0] == "military"
    assert contexts("A quiet day.") == ()
