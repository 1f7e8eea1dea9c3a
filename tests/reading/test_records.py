from __future__ import annotations

import pytest

from foedus.errors import SourceError
from foedus.reading.options import Options
from foedus.reading.records import choose, document_of, knows


def test_text_is_kept_to_the_character() -> None:
    text = "  By Jane Doe\n\nShare this\r\n\r\nRussia refused.  \n"
    document = document_of({"id": "a1", "text": text, "title": "T", "score": 3}, "x", "jsonl", Options(), "f.jsonl")
    assert document.text == document.original == text
    assert document.segments == ((0, 0, len(text)),)
    assert (document.id, document.title, document.source) == ("a1", "T", "f.jsonl")
    assert document.extra == {"score": 3}
    assert document.apparatus == ()


def test_common_names_are_known() -> None:
    record = {
        "Headline": "T", "Body": "Russia refused to help.", "Pub Date": "5 March 2024", "link": "https://e.org/a",
        "source_name": "The Post", "authors": ["Jane Doe", "John Roe"], "lang": "en-US", "doc_id": 7,
    }  # fmt: skip
    document = document_of(record, "x", "json", Options(), None)
    assert (document.title, document.text, document.published) == ("T", "Russia refused to help.", "2024-03-05")
    assert (document.url, document.outlet, document.byline) == ("https://e.org/a", "The Post", "Jane Doe, John Roe")
    assert (document.language, document.id) == ("en", "7")


def test_fields_are_mapped_by_option() -> None:
    options = Options(fields={"text": "corpo", "title": "titolo"})
    document = document_of({"corpo": "La Russia.", "titolo": "T", "text": "no"}, "x", "csv", options, None)
    assert (document.text, document.title, document.extra) == ("La Russia.", "T", {"text": "no"})


def test_wrong_mapping_says_what_there_is() -> None:
    with pytest.raises(SourceError, match="no part 'txt'"):
        choose({"a": 1}, {"txt": "a"}, "x")
    with pytest.raises(SourceError, match="it has a, b"):
        choose({"a": 1, "b": 2}, {"text": "c"}, "x")


def test_html_in_a_field_becomes_text() -> None:
    document = document_of(
        {"content": "<p>Russia refused.</p><script>x</script><p>Iran asked.</p>"}, "x", "jsonl", Options(), None
    )
    assert document.text == "Russia refused.\n\nIran asked."


def test_no_text_says_which_fields_there_are() -> None:
    with pytest.raises(SourceError, match=r"fields: foo\).*name it text, body"):
        document_of({"foo": 1}, "x", "jsonl", Options(), None)
    with pytest.raises(SourceError, match="'text' is empty"):
        document_of({"text": " "}, "x", "jsonl", Options(fields={"text": "text"}), None)
    with pytest.raises(SourceError, match="'Body' is empty"):
        document_of({"Body": ""}, "x", "jsonl", Options(), None)


def test_unclear_date_is_noted() -> None:
    document = document_of({"text": "Russia refused.", "date": "05/06/2024"}, "x", "csv", Options(), None)
    assert document.published == "2024"
    assert any("day_first" in note for note in document.notes)


def test_dateline_tells_the_date_and_stays_in_the_text() -> None:
    text = "GENEVA, June 14, 2020 (AP) — The talks failed."
    document = document_of({"text": text}, "x", "jsonl", Options(), None)
    assert document.text == text
    assert (document.published, document.outlet) == ("2020-06-14", "AP")


def test_knows() -> None:
    assert knows(["ID", "Full Text"])
    assert not knows(["a", "b"])


def test_an_id_fits_on_one_line_and_into_an_address() -> None:
    def named(stated: str) -> str:
        return document_of({"id": stated, "text": "Peru waited."}, "x", "jsonl", Options(), None).id

    assert named("wire\n77\u20281") == "wire_77_1"
    one, other = named("a" * 999 + "1"), named("a" * 999 + "2")
    assert one != other
    assert len(one) <= 200
