"""The labelled reports and the 366 stories of benchmarks/store/duplicates.py."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def duplicates() -> ModuleType:
    path = Path(__file__).resolve().parents[2] / "benchmarks" / "store" / "duplicates.py"
    spec = importlib.util.spec_from_file_location("duplicates", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_reports_of_one_act_are_found_and_others_kept_apart(duplicates: ModuleType) -> None:
    found = duplicates.score(duplicates.load())
    assert found["reports"] >= 300
    assert found["pairs"] > 2000
    assert found["precision"] >= 0.93
    assert found["recall"] >= 0.94


def test_366_stories_about_one_kidnapping_are_one_kidnapping(duplicates: ModuleType, tmp_path: Path) -> None:
    rows = duplicates.one_kidnapping(duplicates.TellsKidnapping(), tmp_path / "store")
    assert rows == [(366, 366, "2014-04-15", "2014-04-24")]


def test_reports_that_nothing_was_fitted_to(duplicates: ModuleType) -> None:
    found = duplicates.score(duplicates.load(), duplicates.held_out)
    assert found["pairs"] > 900
    assert found["precision"] >= 0.85
    assert found["recall"] >= 0.85
