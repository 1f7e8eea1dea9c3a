from __future__ import annotations

from foedus.reading.finish import finish
from foedus.reading.options import Options
from foedus.reading.plain import draft_text, paragraphs


def test_hard_wrapped_lines_are_joined() -> None:
    text = (
        "Russia has refused to send the fighter jets that Iran had asked for, a per-\n"
        "son close to the talks said, and the ministry in Moscow did not answer the\n"
        "questions that were put to it on Tuesday by reporters in the capital.\n\n"
        "Iran said nothing.\n"
    )
    document = finish(draft_text(text), "x", Options())
    assert document.text == (
        "Russia has refused to send the fighter jets that Iran had asked for, a person close to the talks said, and the ministry in "
        "Moscow did not answer the questions that were put to it on Tuesday by reporters in the capital.\n\nIran said nothing."
    )
    assert len(document.segments) == 3


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Russia refused.\nIran asked once more, and again it heard nothing from Moscow at all.\nTurkey offered to mediate.\n"
    document = finish(draft_text(text), "x", Options())
    assert document.text == text.strip()


def test_paragraphs_are_trimmed_spans() -> None:
    text = "  one \n \n\n\ttwo\nthree  \f four"
    assert [text[start:end] for start, end in paragraphs(text)] == ["one", "two\nthree", "four"]


def test_lines_that_date_or_sign_a_story_join_no_paragraph() -> None:
    for small in (
        "By our diplomatic staff, 12 April 1982",
        "From our Delhi correspondent\n12 April 1982",
        "12 April 1982",
        "Buenos Aires, 12 April 1982",
    ):
        text = f"Fleet sails as the world chooses sides over the islands\n{small}\n\nArgentina landed troops. Peru spoke up.\n"
        document = finish(draft_text(text), "x", Options())
        assert document.title == "Fleet sails as the world chooses sides over the islands"
        assert document.published == "1982-04-12"
        assert document.text == "Argentina landed troops. Peru spoke up."
