"""Whatever a data file is called and however it is packed and its lines end, DuckDB is given one that it can read."""

from __future__ import annotations

import gzip
import os
import zipfile
from pathlib import Path

import pytest

from foedus.store.imports import plain


def test_a_zip_is_unpacked_and_any_other_file_stays(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.ZIP", "w") as archive:
        archive.writestr("a.CSV", "1\n")
    assert plain.unpacked(tmp_path / "a.ZIP", tmp_path).read_bytes() == b"1\n"
    assert plain.unpacked(tmp_path / "a.gz", tmp_path) == tmp_path / "a.gz"


@pytest.mark.parametrize("name", [b"[x].CSV", b"a*.CSV", b"\xff.CSV", b"a.CSV.GZ"])
def test_a_link_of_a_plain_name_leads_to_the_file(tmp_path: Path, name: bytes) -> None:
    links = tmp_path / "links"
    links.mkdir()
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/" + name))
    path.write_bytes(b"1")
    link = plain.linked(path, links)
    assert link.read_bytes() == b"1"
    assert link.name == ("read.gz" if name.endswith(b"GZ") else "read")


def test_lines_end_alike_and_keep_their_number(tmp_path: Path) -> None:
    path = tmp_path / "a.CSV.gz"
    path.write_bytes(gzip.compress(b"a\tb\r\nc\rd\te\n\r\r\nf\r"))
    assert plain.evened(path, tmp_path).read_bytes() == b"a\tb\nc d\te\n\nf\n"
    assert plain.line_count(path) == 4
