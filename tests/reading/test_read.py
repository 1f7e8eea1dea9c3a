"""The two doors: what a source may be, and every way in which it can be at fault."""

from __future__ import annotations

import gzip
import io
import json
import os
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import foedus
from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.read import read, read_all

STORY = "Russia refused to help Iran, the ministry said."


def fails(source: object, reason: str, **options: object) -> SourceError:
    with pytest.raises(SourceError, match=reason) as caught:
        read(source, **options)  # type: ignore[arg-type]
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) < 400
    return caught.value


def test_doors_are_public() -> None:
    assert foedus.read is read
    assert foedus.read_all is read_all


@pytest.mark.parametrize(
    "source", [STORY, "Moscow refused.", f"A title\n{STORY}", STORY.encode(), "俄罗斯拒绝援助伊朗，外交部周一说。"]
)
def test_text_itself(source: str | bytes) -> None:
    assert read(source).text.strip()


@pytest.mark.parametrize(
    "source", ["no/such/file.txt", "nosuchfile", "missing.html", "/tmp/none at all.txt", "two words"]
)
def test_missing_file_says_so(source: str) -> None:
    fails(source, "no such file")


def test_missing_path_object() -> None:
    fails(Path("no-such-file"), "no such file")


@pytest.mark.parametrize("source", ["", "  \n ", b"", b" \n"])
def test_empty(source: str | bytes) -> None:
    fails(source, "empty|no text")


def test_other_schemes() -> None:
    fails("ftp://example.org/x", "only http and https")
    fails("file:///etc/passwd", "only http and https")


def test_no_source_at_all() -> None:
    fails(3, "no source")


def test_path_and_str_and_gz(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(STORY)
    assert read(path).text == read(str(path)).text == STORY
    assert read(path).source == str(path)
    packed = tmp_path / "a.txt.gz"
    packed.write_bytes(gzip.compress(STORY.encode()))
    assert read(packed).text == STORY
    packed.write_bytes(gzip.compress(STORY.encode())[:-12])
    fails(packed, "gzip")


def test_several_documents_name_read_all(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps({"id": str(n), "text": STORY}) for n in range(3)))
    fails(path, "read_all")
    assert [one.id for one in read_all(path)] == ["0", "1", "2"]
    path.write_text(json.dumps({"id": "7", "text": STORY}))
    assert read(path).id == "7"


def test_folder_glob_and_order(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/d.md", ".hidden.txt", "skip.bin"):
        (tmp_path / name).write_text(f"{STORY} In {name}.")
    names = [Path(one.source or "").name for one in read_all(tmp_path)]
    assert names == ["a.txt", "d.md", "c.txt"]
    assert len(list(read_all(f"{tmp_path}/*.txt"))) == 2
    assert len(list(read_all(f"{tmp_path}/**/*.md"))) == 1
    assert len(list(read_all([tmp_path / "a.txt", STORY, read(STORY)]))) == 3
    fails(f"{tmp_path}/*.pdf", "no file matches")
    fails(tmp_path, "read_all")


def test_folder_without_texts(tmp_path: Path) -> None:
    fails(tmp_path, "without files of a known kind")


def test_links_out_of_a_folder_are_not_followed(tmp_path: Path) -> None:
    inside, outside = tmp_path / "in", tmp_path / "out"
    inside.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_text("The secret stays where it is.")
    (inside / "a.txt").write_text(STORY)
    os.symlink(outside / "secret.txt", inside / "link.txt")
    os.symlink(outside, inside / "folder")
    os.symlink(inside, inside / "loop")
    errors: list[SourceError] = []
    documents = list(read_all(inside, on_error=errors.append))
    assert [one.text for one in documents] == [STORY]
    assert len(errors) == 2
    assert all("leads out" in str(error) for error in errors)


def test_pipe_in_a_folder_does_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.txt")
    fails(tmp_path, "not a regular file")


def test_stdin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(STORY.encode())))
    document = read("-")
    assert (document.text, document.source) == (STORY, "-")


def test_errors_go_to_on_error_and_the_others_are_done(tmp_path: Path) -> None:
    good = tmp_path / "a.txt"
    good.write_text(STORY)
    binary = tmp_path / "b.txt"
    binary.write_bytes(bytes(range(256)) * 20)
    errors: list[SourceError] = []
    documents = list(read_all(["nosuch.txt", good, binary], on_error=errors.append))
    assert len(documents) == 1
    assert [error.source for error in errors] == ["nosuch.txt", str(binary)]
    with pytest.raises(SourceError):
        list(read_all([good, "nosuch.txt"]))


def test_fifty_megabytes_of_one_line(tmp_path: Path) -> None:
    path = tmp_path / "line.txt"
    path.write_bytes(b"Russia refused to help Iran. " * 1_750_000)
    start = time.perf_counter()
    fails(path, "20 MB")
    assert time.perf_counter() - start < 5


@pytest.mark.parametrize("unit", ["a", "Russia refused to help Iran. ", "June 5 ", "((((", "share ", "[a](b) **"])
def test_long_single_lines_do_not_hang(unit: str) -> None:
    start = time.perf_counter()
    text = (unit * (2_000_000 // len(unit)))[:2_000_000]
    document = read(text, language="en")
    assert document.text
    assert time.perf_counter() - start < 20


def test_unknown_option_and_format() -> None:
    with pytest.raises(TypeError):
        read(STORY, colour="red")  # type: ignore[call-arg]
    fails(STORY.encode(), "known are", format="docx")


def test_format_can_be_told() -> None:
    assert read(b"<p>Russia refused.</p>", format="text").text == "<p>Russia refused.</p>"


def test_document_passes_through() -> None:
    document = Document("Russia refused.")
    assert read(document) is document


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=2000))
def test_any_bytes_give_documents_or_one_line_errors(data: bytes) -> None:
    errors: list[SourceError] = []
    for document in read_all(data, on_error=errors.append):
        document.text.encode("utf-8")
        for start, at, length in document.segments:
            assert document.text[start : start + length] == document.original[at : at + length]
    assert all("\n" not in str(error) for error in errors)


MARKUP = st.lists(st.sampled_from(["<p>", "</p>", "<div class=share>", "</div>", "<script>", "</script>", "<br>", "Russia refused. ", "<a href=x>", "&lt;", "&#0;", "<table><td>", "<!--", "-->", "<![CDATA[", "<html>", "<h1>", "\x00", "é", "<svg>", "<title>"]), max_size=40)  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(MARKUP)
def test_any_markup_gives_a_page_or_an_error(pieces: list[str]) -> None:
    errors: list[SourceError] = []
    for document in read_all("".join(pieces).encode(), on_error=errors.append, format="html"):
        for start, at, length in document.segments:
            assert document.text[start : start + length] == document.original[at : at + length]
    assert all("\n" not in str(error) for error in errors)
