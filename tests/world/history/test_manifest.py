from __future__ import annotations

from pathlib import Path

from foedus.world.history.manifest import Entry, add_entry, digest, read_manifest


def test_records_come_back_and_others_stay(tmp_path: Path) -> None:
    one = Entry("a", "a.rda", 3, "x" * 64, "1", "here", "2026-01-01")
    other = Entry("b", "b.rda", 4, "y" * 64, "2", "there", "2026-01-02")
    add_entry(tmp_path, one)
    add_entry(tmp_path, other)
    assert read_manifest(tmp_path) == {"a.rda": one, "b.rda": other}
    assert [path.name for path in tmp_path.iterdir()] == ["manifest.json"]


def test_digest_of_known_bytes(tmp_path: Path) -> None:
    (tmp_path / "f").write_bytes(b"abc")
    assert digest(tmp_path / "f") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
