from foedus.coding.words import rows, words


def test_lists_are_read_as_sets_of_words():
    assert {"ally", "neighbour"} <= words("nouns", "relational")
    assert words("nouns", "relational") is words("nouns", "relational")


def test_rows_skip_comments():
    assert all(not row["lemma"].startswith("#") for row in rows("frames"))
