from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.content import read_content
from foedus.reading.options import Options
from foedus.reading.tabular import looks_table


def outcomes(data: bytes, **options: object) -> list[Document | SourceError]:
    return list(read_content(data, "t.csv", "t.csv", Options(**options)))  # type: ignore[arg-type]


def test_rows_with_quoted_line_ends() -> None:
    (document,) = outcomes(b'id;title;text;date\n7;T;"Russia refused.\n\nIran, it said; asked.";2024-03-05\n')
    assert isinstance(document, Document)
    assert (document.id, document.title, document.published) == ("7", "T", "2024-03-05")
    assert document.text == "Russia refused.\n\nIran, it said; asked."


def test_long_cell() -> None:
    (document,) = outcomes(b"id,text\n1," + b"Russia refused. " * 20_000 + b"\n")
    assert isinstance(document, Document)
    assert len(document.text) == 320_000


def test_rows_at_fault_do_not_stop_the_others() -> None:
    found = outcomes(b"id,text\n1,a,b,c\n2,Russia refused.\n3,\n")
    assert [isinstance(one, Document) for one in found] == [False, True, False]
    assert "3 columns" in str(found[0]) or "2 columns" in str(found[0])


def test_other_encodings() -> None:
    (document,) = outcomes("id,text\n1,Müller refused.\n".encode("cp1252"))
    assert isinstance(document, Document)
    assert document.text == "Müller refused."
    (document,) = outcomes("id,text\n1,Müller refused.\n".encode("utf-16"))
    assert isinstance(document, Document)
    assert document.text == "Müller refused."


def test_field_mapping_and_empty_table() -> None:
    (document,) = outcomes(b"a,b\n1,Russia refused.\n", fields={"text": "b"})
    assert isinstance(document, Document)
    (error,) = outcomes(b"id,text\n")
    assert isinstance(error, SourceError)


def test_row_over_the_limit() -> None:
    found = outcomes(b"id,text\n1," + b"x" * 400_000, max_mb=0.2)
    assert isinstance(found[-1], SourceError)
    assert "0.2 MB" in str(found[-1])


def test_lines_of_old_macintosh_files() -> None:
    found = outcomes(b'title,text\rOne,Iran thanked Russia.\rTwo,"Russia, it said, waited."\r')
    assert [one.text for one in found if isinstance(one, Document)] == [
        "Iran thanked Russia.",
        "Russia, it said, waited.",
    ]


@pytest.mark.parametrize("head", ["", "!\r!\n", "\r\n", "title,text", "text\n", "title,\rtext\n", '"a\r",text\n'])
def test_what_is_no_table_is_told_from_one(head: str) -> None:
    assert not looks_table(head)


@pytest.mark.parametrize("head", ["title,text\n", "title,text\r", "title;text\r\n1;2"])
def test_a_table_is_told_by_its_first_line(head: str) -> None:
    assert looks_table(head)


@given(st.text(st.sampled_from('a,;|\t"\r\n!'), max_size=30))
def test_any_first_lines_are_told_without_a_fault(head: str) -> None:
    assert looks_table(head) is False
    assert isinstance(looks_table("title,text" + head), bool)


def test_a_text_that_stands_in_two_columns_is_refused() -> None:
    (error,) = outcomes(b"text,date,text\nPeru waited.,2024-03-05,Chile waited.\n")
    assert isinstance(error, SourceError)
    assert "two columns are named 'text'" in str(error)


def test_other_columns_of_one_name_are_told_apart() -> None:
    (document,) = outcomes(b"text,note,note\nPeru waited.,one,two\n")
    assert isinstance(document, Document)
    assert document.extra == {"note": "one", "note_2": "two"}
