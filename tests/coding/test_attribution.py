import pytest

from foedus.coding.attribution import speaker


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Sudan bombed a convoy.", "bombed", None),
        ("Chad said that Sudan had bombed a convoy.", "bombed", "TCD"),
        ("Sudan had bombed a convoy, Chadian officials say.", "bombed", "TCD"),
        ("According to Chad, Sudan bombed a convoy.", "bombed", "TCD"),
        ("Chad accused Sudan of bombing a convoy.", "bombing", "TCD"),
        ("Sudan reportedly bombed a convoy.", "bombed", "MEDIA"),
        ("Sudan is believed to have bombed a convoy.", "bombed", "ANALYSTS"),
        ("Analysts say that Sudan bombed a convoy.", "bombed", "ANALYSTS"),
        ("Two diplomats said that Sudan had bombed a convoy.", "bombed", "UNKNOWN"),
        ("Chad said Egypt had told it that Sudan bombed a convoy.", "bombed", "EGY"),
    ],
)
def test_whose_word_it_is(read, at, text, word, expected):
    entities = read(text)
    source = speaker(entities, at(entities, word))
    assert (source.code if source else None) == expected
