"""Cells, dates, packed files and rows: what every importer builds on."""

from __future__ import annotations

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest

from foedus.errors import DataError
from foedus.store.imports.rows import Bad, Reject, day, event_row, lines, mapped, number, opened, quoted, tabbed


@pytest.mark.parametrize(
    "text",
    ["2021-03-12", "2021-3-12 00:00:00.000", "20210312", "20210312234500", "3/12/2021", "12 March 2021", "12-Mar-21"],
)
def test_every_form_of_a_date_is_the_same_day(text: str) -> None:
    assert day(text) == "2021-03-12"


@pytest.mark.parametrize(
    ("text", "reason"),
    [("20210231", "no day of the calendar"), ("soon", "no date"), ("12 Foo 2021", "no date"), (None, "no date")],
)
def test_what_is_no_date_is_bad_and_named(text: str | None, reason: str) -> None:
    with pytest.raises(Bad, match=rf"^Event Date .* is {reason}$"):
        day(text, "Event Date")


def test_numbers_may_be_absent_but_not_something_else() -> None:
    assert number(" -3.5 ", "Latitude") == -3.5
    assert number("NA", "Latitude") is None
    for text in ("north", "inf", "NaN"):
        with pytest.raises(Bad, match=r"^Latitude .* is no number$"):
            number(text, "Latitude")


def test_an_event_row_works_out_quad_kind_and_day() -> None:
    row = event_row("icews", "7", type="ASSAULT", date="2021-03", published="2021-04-01")
    assert (row["id"], row["quad"], row["kind"]) == ("icews:7", "material conflict", "deed")
    assert (str(row["day"]), row["dated"]) == ("2021-03-01", "event")
    undated = event_row("icews", "8", type="ASSAULT", modality="future", published="2021-04-01")
    assert (undated["kind"], str(undated["day"]), undated["dated"]) == ("word", "2021-04-01", "report")
    assert event_row("icews", "9", type="ASSAULT", polarity="negative")["kind"] == "withheld"
    assert event_row("icews", "10")["kind"] is None


def test_rejected_rows_are_kept_with_line_and_reason() -> None:
    def make(cell: dict[str, str], text: str) -> dict[str, Any]:
        if cell["b"] == "x":
            raise Bad("b is x")
        return {"b": cell["b"], "raw": text}

    rows = tabbed(io.BytesIO(b"1\t2\r\n\n1\tx\n1\t2\t3\n"))
    assert list(mapped(rows, ["a", "b"], make)) == [
        {"b": "2", "raw": "1\t2"},
        Reject(3, "b is x", "1\tx"),
        Reject(4, "3 columns where the header has 2", "1\t2\t3"),
    ]


def test_lines_lose_their_mark_and_fall_back_to_latin_1_one_by_one() -> None:
    data = b"\xef\xbb\xbfa\n" + "ü\n".encode() + "ü\n".encode("latin-1")
    assert list(lines(io.BytesIO(data))) == ["a\n", "ü\n", "ü\n"]


def test_quoted_cells_may_hold_line_ends() -> None:
    [(line, text, cells)] = quoted(io.BytesIO(b'1,"a\nb, ""c"""\n'))
    assert (line, cells) == (2, ["1", 'a\nb, "c"'])
    assert text == '1,"a\nb, ""c"""'


def test_a_stray_carriage_return_in_a_cell_is_a_blank_and_costs_no_row() -> None:
    data = b'a,b\r\n1,"x\ny",p\r\rq\r\n2,"kept\rhere"\r\n3,r\rs,"t\r\nu"\r\n4,end'
    assert [(line, cells) for line, _, cells in quoted(io.BytesIO(data))] == [
        (1, ["a", "b"]),
        (3, ["1", "x\ny", "p  q"]),
        (4, ["2", "kept\rhere"]),
        (6, ["3", "r s", "t\r\nu"]),
        (7, ["4", "end"]),
    ]


def test_a_file_with_the_line_ends_of_an_old_macintosh_is_refused() -> None:
    with pytest.raises(DataError, match="line 1: not a CSV file"):
        list(quoted(io.BytesIO(b"a,b\r1,2\r3,4\r")))


def test_packed_files_are_opened_and_unclear_or_damaged_ones_refused(tmp_path: Path) -> None:
    with gzip.open(tmp_path / "a.csv.gz", "wb") as out:
        out.write(b"told")
    with opened(tmp_path / "a.csv.gz") as stream:
        assert stream.read() == b"told"
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "a")
        archive.writestr("b.csv", "b")
    with pytest.raises(DataError, match="holds 2 files"), opened(tmp_path / "two.zip"):
        pass
    (tmp_path / "bad.zip").write_bytes(b"no archive")
    with pytest.raises(DataError, match="damaged zip archive"), opened(tmp_path / "bad.zip"):
        pass


PACKED = {"a.zip": zipfile.ZIP_DEFLATED, "bz2.zip": zipfile.ZIP_BZIP2, "lzma.zip": zipfile.ZIP_LZMA}


@pytest.mark.parametrize("name", ["a.gz", *PACKED])
@pytest.mark.parametrize("harm", ["cut in half", "a flipped byte", "something else"])
def test_a_damaged_archive_is_named_as_such(tmp_path: Path, name: str, harm: str) -> None:
    path = tmp_path / name
    text = "".join(f"{number * 7919 % 10007} line\n" for number in range(3000)).encode()
    if name == "a.gz":
        path.write_bytes(gzip.compress(text))
    else:
        with zipfile.ZipFile(path, "w", PACKED[name]) as archive:
            archive.writestr("a.txt", text)
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 0xFF
    path.write_bytes({"cut in half": data[: len(data) // 2], "a flipped byte": data, "something else": b"hello"}[harm])
    with pytest.raises(DataError, match=r"a damaged (gz|zip) archive .*; fetch it anew$"), opened(path) as stream:
        list(lines(stream))


def test_a_locked_archive_says_so(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "one")
    data = bytearray(path.read_bytes())
    for mark, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + flags] |= 1  # "encrypted"
    path.write_bytes(data)
    with pytest.raises(DataError, match="locked with a password; unpack it yourself"), opened(path):
        pass


@pytest.mark.parametrize("name", ["a.txt", "a.zip"])
def test_other_faults_of_what_reads_a_file_are_not_taken_for_a_bad_archive(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a.txt", "one")
    with pytest.raises(RuntimeError, match="Query interrupted"), opened(path):
        raise RuntimeError("Query interrupted")
