from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from foedus.world.history import kept as module
from foedus.world.history.kept import cache_folder, kept


@pytest.fixture
def source(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    path = tmp_path / "table.rda"
    path.write_bytes(b"one")
    return path


FRAME = pd.DataFrame({"a": [1.0, None], "b": pd.Categorical(["yes", "no"])})


def never() -> pd.DataFrame:
    raise AssertionError("read again")


def test_a_slow_table_is_read_once(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_S", -1.0)
    kept(source, lambda: FRAME)
    pd.testing.assert_frame_equal(kept(source, never), FRAME)


def test_a_changed_file_is_read_anew(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_S", -1.0)
    kept(source, lambda: FRAME)
    source.write_bytes(b"two")
    assert len(kept(source, lambda: FRAME.head(1))) == 1


def test_a_quick_table_leaves_nothing_behind(source: Path) -> None:
    kept(source, lambda: FRAME)
    assert not cache_folder().exists()


def test_a_damaged_copy_is_passed_over(source: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SLOW_S", -1.0)
    kept(source, lambda: FRAME)
    (copy,) = cache_folder().iterdir()
    copy.write_bytes(b"broken")
    assert kept(source, lambda: FRAME) is FRAME
