"""The whole way from a plain text to a document: title, byline, date, apparatus, body."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from foedus.errors import SourceError
from foedus.model.document import Document
from foedus.reading.finish import finish
from foedus.reading.options import Options
from foedus.reading.plain import draft_text
from foedus.reading.read import read

FIXTURES = Path(__file__).parent.parent / "fixtures" / "reading"


def of(text: str, **options: object) -> Document:
    return finish(draft_text(text), "test", Options(**options))  # type: ignore[arg-type]


def kinds(document: Document) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for one in document.apparatus:
        found.setdefault(one.kind, []).append(one.text)
        assert document.original[one.start : one.end] == one.text
    return found


def test_republished_translation() -> None:
    document = read(FIXTURES / "republished.txt")
    assert document.title == "Nairobi Holds Back as the Border War Widens"
    assert document.outlet == "The East African Review"
    assert document.byline == "Wanjiru M. Otieno"
    assert document.published == "2019-03-14"
    assert document.inferred == {"published"}
    assert any("2019" in note for note in document.notes)
    assert document.url == "https://www.example.org/a/7521180169114026531/"
    assert document.translation is not None
    assert document.translation.republished_by == "example.org"
    assert document.language == "en"
    parts = kinds(document)
    assert len(parts["translation"]) == 1
    assert len(parts["disclaimer"]) == 1
    for foreign in ("Up/Down", "represents the views", "Translation Desk", "Original:", "is translated as follows"):
        assert foreign not in document.text
    assert "\n\nWhy does Kenya not send its army?\n\n" in document.text
    assert document.text.startswith("Kenya has spoken loudly")
    assert document.text.endswith("the mediators went home.")


def test_headers_title_byline_dateline() -> None:
    document = of(
        "Ankara refuses to send shells to Baku\n"
        "By Jane Doe and John Roe | The Daily Post | 5 March 2024\n\n"
        "ANKARA, March 5 (Reuters) — Turkey refused on Tuesday to send shells to Azerbaijan.\n\n"
        "Officials in Baku said that they had expected more.\n\n"
        "(Reporting by Jane Doe; editing by Max Roe)\n"
    )
    assert document.title == "Ankara refuses to send shells to Baku"
    assert document.byline == "Jane Doe and John Roe"
    assert document.outlet == "The Daily Post"
    assert document.published == "2024-03-05"
    assert not document.inferred
    assert document.text == (
        "Turkey refused on Tuesday to send shells to Azerbaijan.\n\nOfficials in Baku said that they had expected more."
    )


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("Published: 14 June 2025", "2025-06-14"),
        ("Date: 2025-06-14", "2025-06-14"),
        ("June 14, 2025 10:30 AM EDT", "2025-06-14"),
        ("14.06.2025", "2025-06-14"),
        ("Published on Saturday, 14 June 2025 at 09:15 GMT", "2025-06-14"),
    ],
)
def test_date_lines(head: str, expected: str) -> None:
    document = of(f"A Treaty Tested\n{head}\n\nRussia refused to send troops. Armenia was left alone.\n")
    assert document.published == expected
    assert document.title == "A Treaty Tested"
    assert document.text == "Russia refused to send troops. Armenia was left alone."


def test_header_fields() -> None:
    document = of(
        "Title: A Treaty Tested\nAuthor: Jane Doe\nSource: The Hindu, 14 May 1998\nURL: https://example.org/x\nLanguage: en\n\n"
        "Russia refused to send troops.\n"
    )
    assert (document.title, document.byline, document.outlet) == ("A Treaty Tested", "Jane Doe", "The Hindu")
    assert (document.published, document.url, document.language) == ("1998-05-14", "https://example.org/x", "en")
    assert document.text == "Russia refused to send troops."


def test_year_of_a_dateline_comes_from_the_text_and_not_from_today() -> None:
    document = of(
        "GENEVA, January 5 (Agency) — The talks failed. They had begun on December 30, 1987, after a truce.\n",
        today=dt.date(2031, 4, 1),
    )
    assert document.published == "1988-01-05"
    assert "published" in document.inferred
    assert "1987-12-30" in " ".join(document.notes)


def test_date_of_the_file_name_is_a_weak_hint(tmp_path: Path) -> None:
    path = tmp_path / "report-2011-03-19.txt"
    path.write_text("France struck the column near the town. The rebels held on.")
    document = read(path)
    assert document.published == "2011-03-19"
    assert document.inferred == {"published"}
    path.write_text("Published: 20 March 2011\n\nFrance struck the column near the town. The rebels held on.")
    assert read(path).published == "2011-03-20"
    assert not read(path).inferred


def test_no_date_stays_unknown() -> None:
    document = of("France struck the column near the town. The rebels held on.")
    assert document.published is None
    assert document.title is None
    assert document.text == "France struck the column near the town. The rebels held on."


def test_date_in_the_future_is_kept_with_a_note() -> None:
    document = of("Published: 1 May 2040\n\nRussia refused to help Armenia, it said.", today=dt.date(2026, 1, 1))
    assert document.published == "2040-05-01"
    assert any("future" in note for note in document.notes)


def test_only_notices_are_kept_as_the_body() -> None:
    document = of("Share this\n\nAdvertisement\n")
    assert document.text
    assert any("all of it is kept" in note for note in document.notes)


def test_nothing_is_an_error() -> None:
    with pytest.raises(SourceError, match="empty"):
        of(" \n \n")


def test_original_survives_with_body_and_apparatus() -> None:
    text = "Home | World | Politics\n\nA strike\n\nIran struck Iraq. It said so.\n\nShare this\n\nIraq struck back, it said.\n\nAll rights reserved\n"
    document = of(text)
    assert document.original == text
    assert document.text == "Iran struck Iraq. It said so.\n\nIraq struck back, it said."
    start = document.text.index("Iraq struck back")
    assert text[document.to_original(start) :].startswith("Iraq struck back")
    assert set(kinds(document)) == {"navigation", "heading", "share", "disclaimer"}


def test_an_address_that_is_none_is_dropped_and_the_text_kept() -> None:
    found = read(
        b"---\nurl: http://[::1\ntitle: A refusal\n---\n\nNorway refused to lend Sweden its ships.\n", format="markdown"
    )
    assert found.text == "Norway refused to lend Sweden its ships."
    assert found.url is None
    assert any("malformed" in note for note in found.notes)
