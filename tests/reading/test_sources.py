from __future__ import annotations

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.options import Options
from foedus.reading.sources import outcomes, would_read

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


def test_a_pipe_is_refused_and_does_not_wait(tmp_path) -> None:
    import os

    os.mkfifo(tmp_path / "pipe.txt")
    (error,) = read(tmp_path / "pipe.txt")
    assert isinstance(error, SourceError)
    assert "standard input" in str(error)


def test_what_a_shell_hands_over_is_read() -> None:
    import os

    reading, writing = os.pipe()
    os.write(writing, STORY.encode())
    os.close(writing)
    (document,) = read(f"/dev/fd/{reading}")
    os.close(reading)
    assert isinstance(document, Document)
    assert document.text == STORY


def test_a_file_is_known_among_the_sources_by_any_name(tmp_path) -> None:
    held = tmp_path / "in" / "a.txt"
    held.parent.mkdir()
    held.write_text(STORY)
    (tmp_path / "link.txt").symlink_to(held)
    (held.parent / "a.bin").touch()
    for source in (str(held), str(tmp_path / "link.txt"), str(tmp_path), f"{tmp_path}/*/*.txt"):
        assert would_read(source, held)
    assert would_read(str(held), tmp_path / "link.txt")
    for source in ("-", STORY, "https://example.org/a.txt", str(tmp_path / "b.txt")):
        assert not would_read(source, held)
    assert not would_read(str(tmp_path), held.with_name("new.txt"))
    assert not would_read(str(tmp_path), held.with_name("a.bin"))
