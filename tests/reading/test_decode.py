from __future__ import annotations

import codecs
import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foedus.errors import SourceError
from foedus.reading.decode import clean, decode

WORDS = "Le président français a refusé d'aider l'Arménie après l'été, a déclaré le ministère. " * 3


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "latin-1"]
)
def test_western_text_in_every_encoding(encoding: str) -> None:
    assert decode(WORDS.encode(encoding), "x")[0] == WORDS


def test_utf16_with_mark() -> None:
    assert decode(codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"), "x")[0] == WORDS


def test_russian_in_a_code_page_is_detected_with_a_note() -> None:
    words = "Россия отказалась помогать Ирану после ударов Израиля, заявил министр иностранных дел. " * 4
    text, notes = decode(words.encode("cp1251"), "x")
    assert text == words
    assert any("encoding" in note for note in notes)


def test_declared_charset_decides() -> None:
    page = '<html><head><meta charset="windows-1251"></head><body>Удар</body></html>'
    assert "Удар" in decode(page.encode("cp1251"), "x")[0]
    assert decode("Удар по порту".encode("koi8-r"), "x", "koi8-r")[0] == "Удар по порту"


def test_wrong_declaration_is_noted_and_detected() -> None:
    text, notes = decode(WORDS.encode("cp1252"), "x", "utf-8")
    assert text == WORDS
    assert any("declared" in note for note in notes)


def test_null_characters_go_with_a_note_and_offsets_stay_true() -> None:
    text, notes = decode(b"Russia refused\x00 to help Iran. " + b"It said so. " * 10, "x")
    assert text.startswith("Russia refused to help Iran.")
    assert "1 null character(s) removed" in notes


def test_lone_surrogates_are_replaced_one_for_one() -> None:
    notes: list[str] = []
    assert clean("a\ud800b", notes) == "a\ufffdb"
    assert notes


def test_line_ends_become_one_kind() -> None:
    assert decode(b"a\r\nb\rc\n", "x")[0] == "a\nb\nc\n"


@pytest.mark.parametrize("data", [bytes(range(256)) * 40, b"\x00\x01\x02\x03" * 500])
def test_binary_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="binary"):
        decode(data, "x")


@given(st.binary(max_size=3000), st.sampled_from([None, "utf-8", "no-such-code", "utf-16", "gb18030", "cp1252"]))
def test_never_crashes(data: bytes, declared: str | None) -> None:
    text = ""
    with contextlib.suppress(SourceError):
        text, _ = decode(data, "x", declared)
    assert "\x00" not in text
    text.encode("utf-8")


@pytest.mark.parametrize("text", ["Río Plata", "São Tomé", "Müller"])
def test_a_few_accents_in_a_short_text_are_west_european(text):
    assert decode(text.encode("cp1252"), "short.txt")[0] == text
