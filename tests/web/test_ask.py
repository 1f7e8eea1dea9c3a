import pytest

from foedus.errors import CrisisError, InputError
from foedus.web.ask import Ask, asked, code, codes


def test_names_and_codes_mean_the_same():
    assert codes("IRN, Russia") == ("IRN", "RUS")
    assert asked("Iran", "Israel,USA", "2025-06-22", "", "", "") == Ask(("IRN",), ("ISR", "USA"), "2025-06-22")


def test_the_question_survives_its_own_address():
    from urllib.parse import parse_qs

    ask = Ask(("IRN",), ("ISR", "USA"), "2025-06-22", "2025-06", None, "week")
    back = {name: values[0] for name, values in parse_qs(ask.query(what_if=["a & b", "c"])).items()}
    assert asked(back["attacked"], back["by"], back["on"], back["since"], "", back["step"]) == ask
    assert parse_qs(ask.query(what_if=["a & b", "c"]))["what_if"] == ["a & b", "c"]


@pytest.mark.parametrize(
    ("given", "error", "says"),
    [
        (("IRN", "IRN", "", "", "", ""), CrisisError, "cannot be attacked and attacker"),
        (("Atlantis", "", "", "", "", ""), InputError, "no actor that we know"),
        (("", "", "2025-06", "", "", ""), InputError, "no full day"),
        (("", "", "", "2025-07", "2025-06", ""), InputError, "window is empty"),
        (("", "", "", "yesterday", "", ""), InputError, "no date"),
        (("", "", "", "", "", "hour"), InputError, "choose day, week or month"),
        ((",".join(["IRN"] * 13), "", "", "", "", ""), InputError, "too many"),
    ],
)
def test_what_cannot_be_is_refused_in_words(given, error, says):
    with pytest.raises(error, match=says):
        asked(*given)


@pytest.mark.parametrize("text", ["", "../etc", "RUS;DROP", "<b>", "x" * 60])
def test_a_code_is_a_code(text):
    with pytest.raises(InputError):
        code(text)
