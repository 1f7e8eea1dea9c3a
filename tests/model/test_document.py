import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.model.document import Document


def test_a_bare_text_is_its_own_original():
    document = Document("Moscow condemned the strikes.")
    assert document.original == document.text
    assert document.to_original(7) == 7
    assert document.id


@given(st.text(min_size=1))
def test_the_same_story_has_the_same_hash_whatever_its_white_space(text):
    assert Document(text).content_hash == Document("  " + text + "\n").content_hash


def test_an_offset_outside_the_body_is_refused():
    with pytest.raises(IndexError, match="outside the body"):
        Document("abc").to_original(3)
