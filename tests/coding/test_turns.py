from foedus.coding.turns import turn, voice_of


def test_a_titled_statement_has_a_voice():
    assert voice_of("Statement by the Government of Chile", ["CHL"]) == "CHL"
    assert voice_of("Uneasy quiet in Batken", ["KGZ"]) is None


def test_turns_of_a_press_conference():
    assert [turn("Q: What now?"), turn("A: Nothing."), turn("A quiet day.")] == ["Q", "A", None]
