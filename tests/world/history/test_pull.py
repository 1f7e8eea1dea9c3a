from __future__ import annotations

import tarfile
import zipfile
from pathlib import Path

import pytest

from foedus.errors import DataError
from foedus.world.history.catalogue import dataset
from foedus.world.history.manifest import read_manifest
from foedus.world.history.pull import pull
from foedus.world.history.tables import Tables
from foedus.world.history.verify import verify


def test_a_download_that_broke_off_goes_on_where_it_stopped(research: Path, research_mirror, tmp_path: Path) -> None:
    research_mirror.break_after = 20_000
    with pytest.raises(DataError, match=r"after 20,000 .*run the same command again to go on"):
        pull("atop_alliance", tmp_path, base_url=research_mirror.url)
    assert not (tmp_path / "atop_alliance.rda").exists()
    assert (tmp_path / "atop_alliance.rda.part").stat().st_size == 20_000
    with pytest.raises(DataError, match=r"only part of atop_alliance.rda; finish with"):
        Tables(tmp_path)["atop_alliance"]
    assert [one.state for one in verify(tmp_path)] == ["unfinished"]
    research_mirror.break_after = None
    seen: list[tuple[int, int | None]] = []
    entry, fetched = pull(
        "atop_alliance",
        tmp_path,
        base_url=research_mirror.url,
        progress=lambda _, done, total: seen.append((done, total)),
    )
    assert fetched
    assert research_mirror.asked[-1] == ("atop_alliance.rda", "bytes=20000-")
    assert (tmp_path / "atop_alliance.rda").read_bytes() == (research / "atop_alliance.rda").read_bytes()
    assert entry.sha256 == dataset("atop_alliance").sha256
    assert seen[-1] == (entry.size, entry.size)
    assert read_manifest(tmp_path)["atop_alliance.rda"] == entry
    assert sorted(path.name for path in tmp_path.iterdir()) == ["atop_alliance.rda", "manifest.json"]


def test_what_is_here_is_not_fetched_again(research_mirror, tmp_path: Path) -> None:
    pull("cow_majors", tmp_path, base_url=research_mirror.url)
    asked = len(research_mirror.asked)
    _, fetched = pull("cow_majors", tmp_path, base_url=research_mirror.url)
    assert not fetched
    assert len(research_mirror.asked) == asked


def test_a_server_without_ranges_starts_anew(research: Path, research_mirror, tmp_path: Path) -> None:
    (tmp_path / "cow_majors.rda.part").write_bytes(b"something else")
    research_mirror.ranges = False
    pull("cow_majors", tmp_path, base_url=research_mirror.url)
    assert (tmp_path / "cow_majors.rda").read_bytes() == (research / "cow_majors.rda").read_bytes()


def test_a_part_longer_than_the_file_starts_anew(research: Path, research_mirror, tmp_path: Path) -> None:
    (tmp_path / "cow_majors.rda.part").write_bytes(b"x" * 5000)
    pull("cow_majors", tmp_path, base_url=research_mirror.url)
    assert (tmp_path / "cow_majors.rda").read_bytes() == (research / "cow_majors.rda").read_bytes()


def test_another_file_than_the_catalogues_is_refused_and_not_kept(mirror, tmp_path: Path) -> None:
    mirror.files["cow_majors.rda"] = b"not the right bytes"
    folder = tmp_path / "data"
    with pytest.raises(DataError, match=r"is not version v2016 of the catalogue .* --any-version"):
        pull("cow_majors", folder, base_url=mirror.url)
    assert list(folder.iterdir()) == []
    with pytest.raises(DataError, match="is damaged: it cannot be read as a table"):
        pull("cow_majors", folder, base_url=mirror.url, any_version=True)
    assert list(folder.iterdir()) == []


def test_a_table_without_a_checksum_must_be_readable(mirror, tmp_path: Path) -> None:
    mirror.files["gml_part.rda"] = b"\x1f\x8b garbage"
    with pytest.raises(DataError, match=r"gml_part\.rda from http.* is damaged"):
        pull("gml_part", tmp_path / "data", base_url=mirror.url)


def test_an_answer_that_is_no_file(mirror, tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"answered 404 .*--from"):
        pull("cow_majors", tmp_path / "data", base_url=mirror.url)
    with pytest.raises(DataError, match="is no web address"):
        pull("cow_majors", tmp_path / "data", base_url="ftp://somewhere")


def test_nobody_answers(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"could not be reached .* --from"):
        pull("cow_majors", tmp_path, base_url="http://127.0.0.1:9")


def test_from_a_folder_and_from_archives(research: Path, tmp_path: Path) -> None:
    pull("cow_majors", tmp_path / "a", source=research)
    package = tmp_path / "package_1.0.tar.gz"
    with tarfile.open(package, "w:gz") as bundle:
        bundle.add(research / "cow_majors.rda", "package/data/cow_majors.rda")
    pull("cow_majors", tmp_path / "b", source=package)
    box = tmp_path / "box.zip"
    with zipfile.ZipFile(box, "w") as bundle:
        bundle.write(research / "cow_majors.rda", "../../evil/cow_majors.rda")
    pull("cow_majors", tmp_path / "c", source=box)
    for folder in "abc":
        assert (tmp_path / folder / "cow_majors.rda").read_bytes() == (research / "cow_majors.rda").read_bytes()
    assert not (tmp_path.parent / "evil").exists()


def test_sources_that_hold_nothing(tmp_path: Path) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    with pytest.raises(DataError, match=r"holds no cow_majors.rda"):
        pull("cow_majors", tmp_path / "data", source=empty)
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"PK nothing")
    with pytest.raises(DataError, match=r"bad.zip is damaged"):
        pull("cow_majors", tmp_path / "data", source=bad)
    with pytest.raises(DataError, match="neither a folder nor an archive"):
        pull("cow_majors", tmp_path / "data", source=tmp_path / "nothing")


def test_what_must_be_fetched_by_hand(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"by hand from https://sites\.duke\.edu/icbdata/"):
        pull("icb1v14", tmp_path)


def test_a_csv_brought_by_hand(tmp_path: Path) -> None:
    source = tmp_path / "downloads"
    source.mkdir()
    (source / "icb1v14.csv").write_text("crisno,crisname\n1,X\n")
    entry, _ = pull("icb1v14", tmp_path / "data", source=source)
    assert "not checked" in entry.version
    assert len(Tables(tmp_path / "data")["icb1v14"]) == 1


def test_unknown_names_offer_the_nearest(tmp_path: Path) -> None:
    with pytest.raises(DataError, match=r"did you mean .*atop_alliance"):
        pull("atop_aliance", tmp_path)
