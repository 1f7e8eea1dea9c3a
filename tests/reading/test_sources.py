from __future__ import annotations

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.options import Options
from foedus.reading.sources import outcomes

STORY = "Russia refused to send the jets to Iran on Monday, officials said."


def read(source):
    return list(outcomes(source, Options()))


def test_a_folder_a_glob_and_a_path_give_the_same_text(tmp_path) -> None:
    (tmp_path / "a.txt").write_text(STORY, encoding="utf-8")
    for source in (tmp_path, str(tmp_path / "*.txt"), tmp_path / "a.txt"):
        (document,) = read(source)
        assert isinstance(document, Document)
        assert document.text == STORY


def test_the_text_itself_and_a_document_are_sources() -> None:
    (document,) = read(STORY)
    assert document.text == STORY
    assert read(document) == [document]


def test_what_is_no_source_is_an_error() -> None:
    for source in ("", "nowhere/missing.txt", "ftp://example.org/a", 7):
        (error,) = read(source)
        assert isinstance(error, SourceError)
        assert "\n" not in str(error)
