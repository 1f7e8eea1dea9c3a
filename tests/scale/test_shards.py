from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from foedus.scale.shards import code, cut, expand


def test_shards_follow_from_their_sources(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", ".hidden.txt", "c.xyz"):
        (tmp_path / name).write_text(name)
    found = expand([str(tmp_path), str(tmp_path / "a.txt"), "https://a.example/x?y"])
    assert [Path(one).name for one in found] == ["a.txt", "b.txt", "x?y"]
    first = cut(found, "v1", 2)
    assert first == cut(found, "v1", 2)
    assert {s.key for s in first}.isdisjoint(s.key for s in cut(found, "v2", 2))
    (tmp_path / "b.txt").write_text("changed")
    assert cut(found, "v1", 2)[0].key != first[0].key
    assert cut(found, "v1", 2)[1].key == first[1].key


def test_a_shard_written_twice_is_the_same_file(tmp_path: Path) -> None:
    class Silent:
        version = "silent-1"

        def code_all(self, documents: Any) -> Any:
            for document in documents:
                yield document, []

    source = tmp_path / "a.txt"
    source.write_text("The envoy arrived in the capital on Monday for talks.")
    [shard] = cut([str(source), str(tmp_path / "none.txt")], "silent-1", 5)
    path = Path(code(shard, str(tmp_path / "out"), Silent, "silent-1")["path"])
    first = path.read_bytes()
    assert b'"faults"' in first
    path.unlink()
    code(shard, str(tmp_path / "out"), Silent, "silent-1")
    assert path.read_bytes() == first
    assert [one.name for one in (tmp_path / "out").iterdir()] == [path.name]


def test_workers_with_another_coder_are_refused(tmp_path: Path) -> None:
    class Old:
        version = "old"

    [shard] = cut([str(tmp_path / "a.txt")], "new", 5)
    with pytest.raises(RuntimeError, match="same Foedus"):
        code(shard, str(tmp_path / "out"), Old, "new")


def test_a_text_that_breaks_the_coder_costs_no_other(tmp_path: Path) -> None:
    class Fragile:
        version = "fragile-1"

        def code_all(self, documents: Any, workers: int = 1) -> Any:
            for document in documents:
                if "break" in document.text:
                    raise ValueError("no parse")
                yield document, []

    for name, text in (("a", "The envoy arrived."), ("b", "This will break it."), ("c", "The envoy left.")):
        (tmp_path / f"{name}.txt").write_text(text)
    [shard] = cut(expand([str(tmp_path)]), "fragile-1", 5)
    lines = Path(code(shard, str(tmp_path / "out"), Fragile, "fragile-1")["path"]).read_text().splitlines()
    assert [json.loads(line).get("text") for line in lines[:-1]] == [
        "The envoy arrived.",
        "This will break it.",
        "The envoy left.",
    ]
    [[source, reason]] = json.loads(lines[-1])["faults"]
    assert source.endswith("b.txt")
    assert "ValueError: no parse" in reason
