from __future__ import annotations

from pathlib import Path

import pytest

from foedus.world.history.folder import data_folder


def test_the_variable_wins_and_may_name_the_folder_above(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FOEDUS_RESEARCH_DATA", str(tmp_path))
    assert data_folder() == tmp_path
    (tmp_path / "history").mkdir()
    assert data_folder() == tmp_path / "history"


def test_without_it_the_users_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("FOEDUS_RESEARCH_DATA", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    monkeypatch.setattr("sys.platform", "linux")
    assert data_folder() == tmp_path / "foedus" / "history"
