from __future__ import annotations

import json
from pathlib import Path

import pytest

from foedus.errors import FoedusError
from foedus.world.history.catalogue import catalogue
from foedus.world.history.report import listing, pull_all, verification


def test_the_catalogue_is_listed_for_an_empty_folder(tmp_path: Path) -> None:
    rows = json.loads(listing(tmp_path / "none", "json"))["datasets"]
    assert {row["name"] for row in rows} == set(catalogue())
    assert not any(row["here"] for row in rows)
    assert all(name in listing(tmp_path, "table") for name in catalogue())


def test_nothing_kept_is_sound_but_a_named_set_that_is_absent_is_not(tmp_path: Path) -> None:
    assert verification(tmp_path, [], "table")[1]
    assert not verification(tmp_path, ["cow_states"], "table")[1]


def test_a_pull_from_an_empty_folder_leaves_nothing(tmp_path: Path) -> None:
    source, into = tmp_path / "from", tmp_path / "into"
    source.mkdir()
    with pytest.raises(FoedusError):
        list(pull_all(["cow_states"], into, source, None, False))
    assert not into.exists() or not any(into.rglob("*.rda"))
