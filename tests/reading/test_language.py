from __future__ import annotations

import pytest

from foedus.reading import language


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Russia condemned the strike on Iran and called for talks in Geneva.", "en"),
        ("Le président russe a déclaré lundi que la Russie n'aiderait pas l'Iran.", "fr"),
        ("Россия отказалась помогать Ирану, заявил министр в понедельник.", "ru"),
        ("俄罗斯总统周一表示谴责对伊朗的袭击", "zh"),
        ("أدانت روسيا الضربات على إيران ودعت إلى الحوار", "ar"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language.detect(text) == code


@pytest.mark.parametrize("text", ["", "ok", "12.3.2024", "Iran", "!!!"])
def test_too_short_is_unknown_and_a_declaration_decides(text: str) -> None:
    assert language.detect(text) is None
    assert language.detect(text, "en-GB") == "en"


def test_text_outweighs_a_wrong_declaration() -> None:
    assert language.detect("Le président russe a déclaré lundi que la Russie n'aiderait pas l'Iran.", "en") == "fr"


def test_plain_english_does_not_load_the_model() -> None:
    language._model.cache_clear()
    words = (
        "The minister said that the army of the north has not moved, and that it would stay for the time of the talks. "
        * 3
    )
    assert language.detect(words) == "en"
    assert language._model.cache_info().currsize == 0


@pytest.mark.parametrize(
    ("written", "code"), [("en-US", "en"), ("English", "en"), ("FRA", "fr"), ("x!", None), (None, None)]
)
def test_normal(written: str | None, code: str | None) -> None:
    assert language.normal(written) == code


def test_a_few_texts_of_other_languages_are_named_and_the_others_counted() -> None:
    told = language.uncoded([("One", None), ("Two", "en"), *((f"Tekst {n}", "nb") for n in range(8))])
    assert len(told) == 6
    assert told[0] == "Tekst 0: in another language (nb); only English is coded"
    assert told[-1] == "and 3 more in other languages; only English is coded"
