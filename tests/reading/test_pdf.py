from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from foedus.errors import SourceError
from foedus.reading.read import read

_SPEC = importlib.util.spec_from_file_location("pdfs", Path(__file__).with_name("pdfs.py"))
assert _SPEC is not None
assert _SPEC.loader is not None
_MODULE = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_MODULE)
pdf = _MODULE.pdf

STORY = [
    "A Treaty Tested",
    "By Jane Doe",
    "5 March 2024",
    "Turkey refused on Tuesday to send the shells that Azerbaijan had asked for, offi-",
    "cials in Ankara said, and the ministry did not answer the questions of reporters",
    "who had waited there since the morning.",
    "Baku said nothing about the refusal.",
]


def test_pdf_lines_become_paragraphs() -> None:
    document = read(pdf([STORY]))
    assert document.format == "pdf"
    assert (document.title, document.byline, document.published) == ("A Treaty Tested", "Jane Doe", "2024-03-05")
    assert (
        "officials in Ankara said, and the ministry did not answer the questions of reporters who had waited"
        in document.text
    )
    assert document.text.rstrip().endswith("Baku said nothing about the refusal.")
    for start, at, length in document.segments:
        assert document.text[start : start + length] == document.original[at : at + length]


def test_running_heads_and_page_numbers_are_apparatus() -> None:
    pages = [
        [
            "The Journal of Wars 2024",
            *(f"On day {n} the army of Chad crossed the border once more and {k}." for k in "abcdef"),
            f"{n}",
        ]
        for n in range(1, 5)
    ]
    document = read(pdf(pages))
    assert "Journal of Wars" not in document.text
    assert document.text.count("army of Chad") == 24
    assert {one.text for one in document.apparatus if one.kind == "other"} >= {"1", "4"}


def test_pdf_without_text_says_ocr() -> None:
    with pytest.raises(SourceError, match="OCR"):
        read(pdf([[], []]))


@pytest.mark.parametrize("cut", [20, 200, 400])
def test_damaged_pdf(cut: int) -> None:
    with pytest.raises(SourceError) as caught:
        read(pdf([STORY])[:cut])
    assert "\n" not in str(caught.value)


def test_locked_pdf(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    plain, locked = tmp_path / "a.pdf", tmp_path / "b.pdf"
    plain.write_bytes(pdf([STORY]))
    writer = PdfWriter()
    writer.append(PdfReader(str(plain)))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(str(locked))
    with pytest.raises(SourceError, match="password"):
        read(locked)
