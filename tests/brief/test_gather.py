from __future__ import annotations

from foedus.brief.gather import gather


def test_faults_are_told_and_the_same_text_counts_once(tmp_path):
    story = "Russia condemned the Israeli strikes on Iran on Friday. Moscow sent Iran generators.\n"
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(story, encoding="utf-8")
    faults, done = [], []
    found = gather([str(tmp_path), str(tmp_path / "missing.txt")], faults.append, done.append)
    assert [len(faults), len(done), len(found)] == [1, 1, 1]
    assert found[0][1], "the story holds events"


def test_nothing_read_is_nothing_coded():
    faults = []
    assert gather(["nowhere/missing.txt"], faults.append) == []
    assert len(faults) == 1
