from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from foedus.errors import DataError
from foedus.world.history.pull import pull
from foedus.world.history.tables import Tables
from foedus.world.history.verify import verify


@pytest.fixture
def folder(research: Path, tmp_path: Path) -> Path:
    for name in ("cow_majors", "td_rivalries"):
        pull(name, tmp_path, source=research)
    return tmp_path


def states(folder: Path) -> dict[str, str]:
    return {one.name: one.state for one in verify(folder)}


def test_whole(folder: Path) -> None:
    assert states(folder) == {"cow_majors": "whole", "td_rivalries": "whole"}


def test_truncated_changed_and_gone(folder: Path) -> None:
    path = folder / "td_rivalries.rda"
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    assert states(folder)["td_rivalries"] == "damaged"
    (told,) = [one.detail for one in verify(folder, ["td_rivalries"])]
    assert f"{len(whole) - 100:,} bytes where {len(whole):,} were pulled" in told
    with pytest.raises(DataError, match=r"td_rivalries\.rda has .* bytes where .* were downloaded"):
        Tables(folder)["td_rivalries"]
    path.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert states(folder)["td_rivalries"] == "damaged"
    path.unlink()
    assert states(folder)["td_rivalries"] == "damaged"


def test_pulling_again_repairs(folder: Path, research: Path) -> None:
    (folder / "td_rivalries.rda").write_bytes(b"")
    pull("td_rivalries", folder, source=research)
    assert states(folder)["td_rivalries"] == "whole"


def test_files_that_were_laid_there(research: Path, tmp_path: Path) -> None:
    shutil.copy(research / "cow_majors.rda", tmp_path)
    shutil.copy(research / "gml_part.rda", tmp_path)
    shutil.copy(research / "cow_majors.rda", tmp_path / "cow_contdir.rda")
    found = states(tmp_path)
    assert found["cow_majors"] == "whole"
    assert found["gml_part"] in ("readable", "whole")
    assert found["cow_contdir"] == "other version"


def test_a_damaged_file_without_a_record(research: Path, tmp_path: Path) -> None:
    (tmp_path / "gml_part.rda").write_bytes((research / "gml_part.rda").read_bytes()[:5000])
    assert states(tmp_path)["gml_part"] == "damaged"
    with pytest.raises(DataError, match=r"gml_part\.rda cannot be read as a table"):
        Tables(tmp_path)["gml_part"]


def test_named_and_absent(tmp_path: Path) -> None:
    assert [one.state for one in verify(tmp_path, ["cow_nmc"])] == ["absent"]
    assert verify(tmp_path) == []
    with pytest.raises(DataError, match="is no folder"):
        verify(tmp_path / "nowhere")


def test_a_damaged_manifest_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text('{"files": [{"na')
    with pytest.raises(DataError, match=r"manifest.json is damaged .* delete it and pull"):
        Tables(tmp_path)
